"use client";
import { useRouter } from "next/navigation";
import { useCallback, useState } from "react";
import type { Message } from "@/components/ui/toast";
import { mutate, WriteFailed } from "@/lib/api/mutate";
import type { Change } from "@/lib/model/triage";
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
type Bulk = { batch: string | null; changed: number[] };
type Undone = { undone: number[]; refused: number; changes: Change[] };

const isWriteFault = (error: unknown): error is WriteFailed => error instanceof WriteFailed;

/**
 * Triage from a page: sends changes, keeps what was refused so that it can be looked at and sent again, and the last
 * change so that it can be undone. `onDone` is called after each that was written.
 */
export function useTriage(project: string, onDone?: () => void) {
  const router = useRouter();
  const [isBusy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Refused | null>(null);
  const [message, setMessage] = useState<Message | null>(null);
  const [last, setLast] = useState<string | null>(null);

  const undo = useCallback(
    async (batch: string) => {
      setLast(null);
      const id = `undo ${batch}`;
      try {
        const { undone, refused: kept, changes } = await mutate<Undone>(apiUrl.undo(project, batch));
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
        const { batch, changed } = await write(project, target, asked);
        if (batch === null) setMessage({ id: crypto.randomUUID(), text: "It was so already." });
        else {
          setLast(batch);
          setMessage({ id: batch, text: `${doneText(changed, didText(asked))}.`, undo: () => undo(batch) });
        }
        onDone?.();
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

async function write(project: string, target: Target, asked: Asked): Promise<Bulk> {
  const [one, ...others] = "shifts" in target ? target.shifts : [];
  if (one && others.length === 0) {
    const body = { revision: one.revision, ...asked };
    const { batch } = await mutate<{ batch: string | null }>(apiUrl.shiftTriage(project, one.number), {
      method: "PATCH",
      body,
    });
    return { batch, changed: [one.number] };
  }
  return mutate<Bulk>(apiUrl.triage(project), { body: { ...target, ...asked } });
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
