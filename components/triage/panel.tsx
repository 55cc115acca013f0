"use client";
import Link from "next/link";
import { type ReactNode, useCallback, useMemo, useState } from "react";
import { useKeys } from "@/components/palette/use-keys";
import { Choice, type ChoiceItem } from "@/components/ui/choice";
import { StatusDot } from "@/components/ui/status-dot";
import { Time } from "@/components/ui/time";
import { Toast } from "@/components/ui/toast";
import { useAlive } from "@/components/ui/use-alive";
import { capitalised, dotOf } from "@/lib/format/verdict";
import { SHIFT_STATUSES, type ShiftStatus } from "@/lib/model/words";
import type { TriageRead } from "@/lib/queries/triage";
import { shiftUrl } from "@/lib/urls/shift";
import { signInUrl } from "@/lib/urls/signIn";
import type { Asked } from "./asked";
import { Conflict } from "./conflict";
import { DueLine } from "./due-line";
import { History } from "./history";
import { LinkLines } from "./link-lines";
import { OwnerChoice } from "./owner-choice";
import { StatusFields } from "./status-fields";
import { useTriage } from "./use-triage";
import { statusTitle } from "./words";

type Props = { project: string; triage: TriageRead /** Texts of the notes, rendered. */; notes: ReactNode };

/** What people say of a shift, and how they say it: status with reason, owner, day, links; notes and history below. */
export function TriagePanel({ project, triage: read, notes }: Props) {
  // The answer to a change stands until the page is renewed, or tells of a later one.
  const [answered, setAnswered] = useState<TriageRead | null>(null);
  const triage = answered && answered.revision > read.revision ? answered : read;
  const isAlive = useAlive();
  const [isOpen, setOpen] = useState(false);
  const [chosen, setChosen] = useState<ShiftStatus | null>(null);
  const close = useCallback(() => setChosen(null), []);
  const done = useCallback((told: TriageRead | null) => {
    setChosen(null);
    if (told) setAnswered(told);
  }, []);
  const { isBusy, refused, message, send, again, forget, undoLast, silence } = useTriage(project, done);
  const { number, revision, me } = triage;
  const mayChange = triage.may.triage;
  const ask = useCallback((asked: Asked) => send({ shifts: [{ number, revision }] }, asked), [send, number, revision]);
  const keys = useMemo(
    (): Record<string, () => void> =>
      mayChange ? { e: () => setOpen(true), a: () => me && ask({ owner: "me" }), u: undoLast, z: undoLast } : {},
    [mayChange, me, ask, undoLast],
  );
  useKeys(keys);
  const items: ChoiceItem[] = SHIFT_STATUSES.map((status) => ({
    key: status,
    content: <StatusDot shape={dotOf(status)}>{capitalised(status)}</StatusDot>,
    selected: status === triage.status,
    onSelect: () => {
      forget();
      setChosen(status);
    },
  }));
  const shown = chosen ?? triage.status;
  return (
    <>
      <section aria-label="Triage">
        <header className="mb-2 flex items-baseline gap-1.5">
          <h2 className="text-section font-semibold">Triage</h2>
          {!mayChange && <SignIn project={project} triage={triage} />}
        </header>
        <div className="flex flex-col gap-2">
          {mayChange ? (
            <Choice
              name="Status"
              value={<StatusDot shape={dotOf(shown)}>{capitalised(shown)}</StatusDot>}
              items={items}
              open={isOpen}
              onOpenChange={setOpen}
              disabled={!isAlive || isBusy}
            />
          ) : (
            <StatusDot shape={dotOf(triage.status)}>{capitalised(triage.status)}</StatusDot>
          )}
          {chosen !== null && (
            <div className="rounded-2 bg-surface p-3">
              <StatusFields
                key={chosen}
                status={chosen}
                submit={`Set ${chosen}`}
                isBusy={isBusy}
                faults={refused?.faults ?? {}}
                onSubmit={ask}
                onCancel={close}
              />
            </div>
          )}
          {refused &&
            (refused.changes.length > 0 ? (
              <Conflict
                changes={refused.changes}
                onAgain={again}
                onLeave={() => {
                  forget();
                  close();
                }}
              />
            ) : (
              <p role="alert" className="text-pretty text-warn">
                {refused.message}
              </p>
            ))}
          {mayChange && (
            <OwnerChoice triage={triage} isBusy={!isAlive || isBusy} onChoose={(owner) => ask({ owner })} />
          )}
          {chosen === null && <Reason triage={triage} />}
          <dl className="grid grid-cols-[88px_1fr] items-start gap-x-2 gap-y-1 [&>dt]:text-ink-3">
            {!mayChange && (
              <>
                <dt>Owner</dt>
                <dd className={triage.owner ? undefined : "text-ink-3"}>{triage.owner ?? "unassigned"}</dd>
              </>
            )}
            <DueLine triage={triage} isBusy={!isAlive || isBusy} onChange={(due) => ask({ due })} />
            <LinkLines
              issues={triage.issues}
              mayChange={mayChange}
              isBusy={!isAlive || isBusy}
              onLink={(link) => ask({ link: [link] })}
              onUnlink={(link) => ask({ unlink: [link] })}
            />
          </dl>
        </div>
      </section>
      {notes}
      <History project={project} triage={triage} />
      <Toast message={message} onOver={silence} />
    </>
  );
}

function SignIn({ project, triage }: { project: string; triage: TriageRead }) {
  if (triage.me) return <span className="ml-auto text-label text-ink-3">you may read only</span>;
  return (
    <Link href={signInUrl({ next: shiftUrl(project, triage.number) })} className="link ml-auto" prefetch={false}>
      Sign in to triage
    </Link>
  );
}

/** The status in words, why, and who said so. */
function Reason({ triage }: { triage: TriageRead }) {
  const { statusReason, statusBy, statusAt, acceptanceOver, acceptedUntil, splitFrom } = triage;
  if (statusReason === null && !acceptanceOver && acceptedUntil === null) return null;
  return (
    <div className="rounded-2 bg-surface p-3">
      <p className={acceptanceOver ? "font-medium text-warn" : "font-medium"}>{statusTitle(triage)}</p>
      {statusReason && <p className="mt-0.5 whitespace-pre-line text-ink-2 [overflow-wrap:anywhere]">{statusReason}</p>}
      <p className="mt-1 text-label text-ink-3">
        {statusBy ? (
          <>
            {statusBy}, <Time at={statusAt} />
          </>
        ) : splitFrom !== null ? (
          `As decided of #${splitFrom}, which it was split from`
        ) : (
          "By whom is not known"
        )}
      </p>
    </div>
  );
}
