"use client";
import { useState } from "react";
import type { Asked } from "@/components/triage/asked";
import { Conflict } from "@/components/triage/conflict";
import { DueFields } from "@/components/triage/due-line";
import { LinkFields } from "@/components/triage/link-lines";
import { OtherName } from "@/components/triage/owner-choice";
import { StatusFields } from "@/components/triage/status-fields";
import type { useTriage } from "@/components/triage/use-triage";
import { STATUS_MEANS } from "@/components/triage/words";
import { classes } from "@/components/ui/classes";
import { Dialog } from "@/components/ui/dialog";
import { StatusDot } from "@/components/ui/status-dot";
import { formatCount } from "@/lib/format/number";
import { capitalised, dotOf } from "@/lib/format/verdict";
import { SHIFT_STATUSES, type ShiftStatus } from "@/lib/model/words";
import type { ListedShift } from "@/lib/queries/shifts";

/** What is edited of the rows: status (one chosen already, or none yet), owner, day or links. */
export type Editing = { what: "status"; status?: ShiftStatus } | { what: "owner" | "due" | "link" };

const TITLES = { status: "Status", owner: "Owner", due: "Due", link: "Link issue" } as const;

type Props = {
  editing: Editing;
  count: number;
  /** The one row, where it is one. */
  one: ListedShift | undefined;
  triage: ReturnType<typeof useTriage>;
  onApply: (asked: Asked) => void;
  onClose: () => void;
};

/** Edits one row or many. */
export function EditDialog({ editing, count, one, triage, onApply, onClose }: Props) {
  const { refused } = triage;
  const of = one ? `#${one.number}` : `${formatCount(count)} shifts`;
  return (
    <Dialog title={`${TITLES[editing.what]} of ${of}`} open onClose={onClose}>
      {one && <p className="mb-3 text-ink-2 [overflow-wrap:anywhere]">{one.title}</p>}
      {refused && refused.changes.length > 0 && (
        <div className="mb-3">
          <Conflict changes={refused.changes} showNumbers={!one} onAgain={triage.again} onLeave={onClose} />
        </div>
      )}
      {refused && refused.changes.length === 0 && Object.keys(refused.faults).length === 0 && (
        <p role="alert" className="mb-3 text-pretty text-warn">
          {refused.message}
        </p>
      )}
      {refused && "link[0]" in refused.faults && (
        <p role="alert" className="mb-3 text-pretty text-warn">
          {refused.faults["link[0]"]}
        </p>
      )}
      <Fields editing={editing} one={one} triage={triage} onApply={onApply} onClose={onClose} />
    </Dialog>
  );
}

function Fields({ editing, one, triage, onApply, onClose }: Omit<Props, "count">) {
  const doneWith =
    <Value,>(apply: (value: Value) => void) =>
    (value: Value | null) =>
      value === null ? onClose() : apply(value);
  if (editing.what === "status")
    return <StatusEdit first={editing.status} one={one} triage={triage} onApply={onApply} onClose={onClose} />;
  if (editing.what === "owner") return <OtherName onDone={doneWith((owner: string) => onApply({ owner }))} />;
  if (editing.what === "due") return <DueFields dueOn={one?.dueOn ?? null} onChoose={(due) => onApply({ due })} />;
  return <LinkFields onDone={doneWith((link: string) => onApply({ link: [link] }))} />;
}

const focusOnce = (box: HTMLInputElement | null) => box?.focus();

function StatusEdit({
  first,
  one,
  triage,
  onApply,
  onClose,
}: Pick<Props, "one" | "triage" | "onApply" | "onClose"> & { first: ShiftStatus | undefined }) {
  const [status, setStatus] = useState<ShiftStatus | null>(first ?? null);
  // Opened without a choice, the keys begin at the status as it is: arrows choose from there.
  const start = first === undefined ? (one?.status ?? "new") : null;
  return (
    <div className="flex flex-col gap-4">
      <fieldset className="grid grid-cols-2 gap-1 max-sm:grid-cols-1">
        <legend className="sr-only">Status</legend>
        {SHIFT_STATUSES.map((word) => (
          <label
            key={word}
            className={classes(
              "flex min-h-(--control) cursor-pointer items-center gap-2 rounded-2 px-2 hover:bg-surface has-focus-visible:outline-2 has-focus-visible:outline-accent",
              word === status && "bg-surface",
            )}
          >
            <input
              type="radio"
              name="status"
              value={word}
              checked={word === status}
              ref={word === start ? focusOnce : undefined}
              onChange={() => setStatus(word)}
              onClick={() => setStatus(word)}
              className="accent-solid"
            />
            <StatusDot shape={dotOf(word)}>{capitalised(word)}</StatusDot>
            <span className="min-w-0 truncate text-label text-ink-3">{STATUS_MEANS[word]}</span>
          </label>
        ))}
      </fieldset>
      {status !== null && (
        <StatusFields
          status={status}
          submit={`Set ${status}`}
          isBusy={triage.isBusy}
          faults={triage.refused?.faults ?? {}}
          onSubmit={onApply}
          onCancel={onClose}
        />
      )}
    </div>
  );
}
