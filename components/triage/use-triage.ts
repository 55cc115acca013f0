"use client";
import { useRouter } from "next/navigation";
import { useCallback, useRef, useState } from "react";
import type { Message } from "@/components/ui/toast";
import { mutate, WriteFailed } from "@/lib/api/mutate";
import type { Change } from "@/lib/model/triage";
import type { TriageRead } from "@/lib/queries/triage";
import { apiUrl } from "@/lib/urls/api";
import type { Asked } from "./asked";
import { didText, doneText } from "./words";

/** One shift as it was seen. */
export type Seen = { number: number; revision: number };
/** What a change concerns: shifts as they were seen, or all that match a filter as the list told them. */
export type Target = { shifts: readonly Seen[] } | { filter: object; total: number; seen: number };

type Refused = {
  message: string;
  faults: Record<string, string>;
  changes: readonly Change[];
  target: Target;
  asked: Asked;
};
type Bulk = { batch: number | null; changed: number[] };
type Written = Bulk & { triage: TriageRead | null };
type Undone = { undone: number[]; refused: number; changes: Change[] };

const isWriteFault = (error: unknown): error is WriteFailed => error instanceof WriteFailed;

/**
 * Triage from a page: sends changes, keeps what was refused so that it can be looked at and sent again, and the last
 * change so that it can be undone. `onDone` is called after each that was written, with how one shift stands now.
 */
export function useTriage(project: string, onDone?: (triage: TriageRead | null) => void) {
  const router = useRouter();
  const [isBusy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Refused | null>(null);
  const [message, setMessage] = useState<Message | null>(null);
  const [last, setLast] = useState<number | null>(null);
  // What was written from here has been seen here, also before the page is renewed.
  const own = useRef(new Map<number, number>());

  const undo = useCallback(
    async (batch: number) => {
      setLast(null);
      const id = `undo ${batch}`;
      try {
        const { undone, refused: kept, changes } = await mutate<Undone>(apiUrl.undo(project, batch));
        for (const number of undone) own.current.set(number, (own.current.get(number) ?? 0) + 1);
        const rest = kept > 0 ? ` ${keptText(changes, kept)}` : "";
        setMessage({ id, text: `${doneText(undone, "as before")}.${rest}` });
      } catch (error) {
        if (!isWriteFault(error)) throw error;
        setMessage({ id, text: error.message });
      }
      router.refresh();
    },
    [project, router],
  );

  const send = useCallback(
    async (target: Target, asked: Asked) => {
      setBusy(true);
      setRefused(null);
      try {
        const { batch, changed, triage } = await write(project, withOwn(target, own.current), asked);
        if ("shifts" in target)
          for (const { number, revision } of target.shifts)
            if (changed.includes(number)) own.current.set(number, Math.max(revision, own.current.get(number) ?? 0) + 1);
        if (batch === null) setMessage({ id: crypto.randomUUID(), text: "It was so already." });
        else {
          setLast(batch);
          setMessage({ id: String(batch), text: `${doneText(changed, didText(asked))}.`, undo: () => undo(batch) });
        }
        onDone?.(triage);
        router.refresh();
      } catch (error) {
        if (!isWriteFault(error)) throw error;
        const { message: told, faults, changes } = error;
        setRefused({ message: told, faults, changes, target, asked });
        if (changes.length > 0) router.refresh();
      } finally {
        setBusy(false);
      }
    },
    [project, router, undo, onDone],
  );

  return {
    isBusy,
    refused,
    message,
    send,
    /** Sends what was refused once more, over what has been shown. */
    again: () => {
      if (refused) send(afterSeeing(refused), refused.asked);
    },
    forget: () => setRefused(null),
    undoLast: () => {
      if (last) undo(last);
    },
    silence: useCallback(() => setMessage(null), []),
    say: (text: string) => setMessage({ id: crypto.randomUUID(), text }),
  };
}

async function write(project: string, target: Target, asked: Asked): Promise<Written> {
  const [one, ...others] = "shifts" in target ? target.shifts : [];
  if (one && others.length === 0) {
    const body = { revision: one.revision, ...asked };
    const { batch, triage } = await mutate<{ batch: number | null; triage: TriageRead }>(
      apiUrl.shiftTriage(project, one.number),
      {
        method: "PATCH",
        body,
      },
    );
    return { batch, changed: batch === null ? [] : [one.number], triage };
  }
  return { ...(await mutate<Bulk>(apiUrl.triage(project), { body: { ...target, ...asked } })), triage: null };
}

/** The same target with what was written from this page taken as seen. */
function withOwn(target: Target, own: ReadonlyMap<number, number>): Target {
  if (!("shifts" in target)) return target;
  const shifts = target.shifts.map(({ number, revision }) => ({
    number,
    revision: Math.max(revision, own.get(number) ?? 0),
  }));
  return { shifts };
}

/** The same target with the revisions that the refusal told. A filter has to be looked at anew: its list is. */
function afterSeeing({ target, changes }: Refused): Target {
  if (!("shifts" in target)) return target;
  const now = new Map(changes.map(({ shift, revision }) => [shift, revision]));
  return { shifts: target.shifts.map(({ number, revision }) => ({ number, revision: now.get(number) ?? revision })) };
}

function keptText(changes: readonly Change[], kept: number): string {
  const who = [...new Set(changes.map(({ by }) => by))].join(", ");
  const which = changes.slice(0, 3).map(({ shift }) => `#${shift}`);
  return `${which.join(", ")}${kept > which.length ? ` and ${kept - which.length} more` : ""} stayed: changed since by ${who}.`;
}
