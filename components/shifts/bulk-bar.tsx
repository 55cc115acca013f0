"use client";
import { X } from "lucide-react";
import type { Asked } from "@/components/triage/asked";
import { Conflict } from "@/components/triage/conflict";
import { Button, buttonClasses, IconButton } from "@/components/ui/button";
import { Menu } from "@/components/ui/menu";
import { formatCount } from "@/lib/format/number";
import { capitalised } from "@/lib/format/verdict";
import type { Change } from "@/lib/model/triage";
import { SHIFT_STATUSES } from "@/lib/model/words";
import type { Person } from "@/lib/queries/triage";
import type { Editing } from "./edit-dialog";

type Props = {
  count: number;
  total: number;
  isEverything: boolean;
  me: Person | null;
  people: readonly Person[];
  isBusy: boolean;
  refused: { message: string; changes: readonly Change[] } | null;
  onEverything: () => void;
  onClear: () => void;
  onEdit: (editing: Editing) => void;
  onApply: (asked: Asked) => void;
  onAgain: () => void;
  onForget: () => void;
};

/** What can be done with the selected rows, at the foot of the window. */
export function BulkBar(props: Props) {
  const { count, total, isEverything, refused } = props;
  return (
    <div className="fixed inset-x-4 bottom-4 z-30 flex flex-col items-center gap-2 print:hidden">
      {refused && (
        <div className="w-full max-w-[520px] rounded-3 bg-raised p-3 shadow-float">
          {refused.changes.length > 0 ? (
            <Conflict changes={refused.changes} showNumbers onAgain={props.onAgain} onLeave={props.onForget} />
          ) : (
            <p role="alert" className="text-pretty text-warn">
              {refused.message}
            </p>
          )}
        </div>
      )}
      <section
        aria-label="Selected shifts"
        className="flex max-w-full flex-wrap items-center gap-x-1 gap-y-1 rounded-3 bg-raised px-3 py-2 shadow-float"
      >
        <span className="mr-1 font-medium" aria-live="polite">
          {isEverything ? `All ${formatCount(total)} that match` : `${formatCount(count)} selected`}
        </span>
        {!isEverything && total > count && (
          <button type="button" className="link mr-1" onClick={props.onEverything}>
            Select all {formatCount(total)}
          </button>
        )}
        <Actions {...props} />
        <IconButton label="Clear the selection" onClick={props.onClear}>
          <X className="size-4" strokeWidth={1.5} aria-hidden />
        </IconButton>
      </section>
    </div>
  );
}

function Actions({ me, people, isBusy, onEdit, onApply }: Props) {
  const trigger = buttonClasses("ghost");
  return (
    <>
      <Menu
        label="Set status"
        className={trigger}
        trigger="Set status"
        items={SHIFT_STATUSES.map((status) => ({
          key: status,
          label: capitalised(status),
          onSelect: () => onEdit({ what: "status", status }),
        }))}
      />
      <Menu
        label="Assign"
        className={trigger}
        trigger="Assign"
        items={[
          ...(me ? [{ key: "me", label: `${me.name} (you)`, onSelect: () => onApply({ owner: "me" }) }] : []),
          ...people
            .filter(({ id }) => id !== me?.id)
            .map(({ id, name }) => ({
              key: String(id),
              label: name,
              onSelect: () => onApply({ owner: { user: id } }),
            })),
          { key: "other", label: "Another name …", onSelect: () => onEdit({ what: "owner" }) },
          { key: "nobody", label: "Nobody", onSelect: () => onApply({ owner: null }) },
        ]}
      />
      <Button look="ghost" disabled={isBusy} onClick={() => onEdit({ what: "due" })}>
        Due
      </Button>
      <Button look="ghost" disabled={isBusy} onClick={() => onEdit({ what: "link" })}>
        Link issue
      </Button>
    </>
  );
}
