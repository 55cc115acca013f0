"use client";
import { useRouter } from "next/navigation";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { Time } from "@/components/ui/time";
import { mutate } from "@/lib/api/mutate";
import { plural } from "@/lib/format/number";
import type { Decision, TriageRead } from "@/lib/queries/triage";
import { apiUrl } from "@/lib/urls/api";
import { changeText } from "./words";

const SHOWN = 8;

/** Who decided what and when, the newest first; what nothing has changed since can be taken back. */
export function History({ project, triage }: { project: string; triage: TriageRead }) {
  const { history, historyTotal, splitFrom } = triage;
  if (history.length === 0) return null;
  const [newest, older] = [history.slice(0, SHOWN), history.slice(SHOWN)];
  const entries = (list: readonly Decision[]) => (
    <ol className="flex flex-col gap-2">
      {list.map((entry) => (
        <Entry key={entry.id} project={project} entry={entry} triage={triage} />
      ))}
    </ol>
  );
  return (
    <section aria-label="Decisions">
      <header className="mb-2 flex items-baseline gap-1.5">
        <h2 className="text-section font-semibold">Decisions</h2>
        <span className="text-ink-3">{historyTotal}</span>
      </header>
      {splitFrom !== null && (
        <p className="mb-2 text-label text-ink-3">
          It began with what was decided of #{splitFrom}, which it was split from.
        </p>
      )}
      {entries(newest)}
      {older.length > 0 && (
        <details className="mt-2">
          <summary className="cursor-pointer text-ink-2 hover:text-ink">{plural(older.length, "older one")}</summary>
          <div className="mt-2">{entries(older)}</div>
        </details>
      )}
    </section>
  );
}

function Entry({ project, entry, triage }: { project: string; entry: Decision; triage: TriageRead }) {
  const router = useRouter();
  const { batch, batchShifts, by, at, verb, before, after, reason, undoneAt, mayUndo, shift } = entry;
  const isOther = shift !== triage.number;
  return (
    <li>
      <span className={undoneAt === null ? undefined : "text-ink-3 line-through"}>
        {verb === "undid" ? "Undone: " : ""}
        {changeText(before, after)}
      </span>
      {reason && <span className="block whitespace-pre-line text-ink-2 [overflow-wrap:anywhere]">{reason}</span>}
      <span className="flex flex-wrap items-center gap-x-2 text-label text-ink-3">
        <span>
          {by}, <Time at={at} withTime />
          {isOther && `, of #${shift}`}
          {batchShifts > 1 && `, with ${plural(batchShifts - 1, "other")}`}
          {undoneAt !== null && ", undone"}
        </span>
        {mayUndo && triage.may.triage && (
          <ConfirmButton
            look="ghost"
            question={batchShifts > 1 ? `Of all ${batchShifts} shifts it changed?` : "As it was before?"}
            confirm="Undo"
            label={`Undo: ${changeText(before, after)}`}
            act={async () => {
              await mutate(apiUrl.undo(project, batch));
              router.refresh();
            }}
          >
            Undo
          </ConfirmButton>
        )}
      </span>
    </li>
  );
}
