import type { MessageKind } from "../model/notification";
import { OPEN_STATUSES, type ShiftStatus } from "../model/words";
import type { Candidate } from "./candidates";

/** What is to be told of a shift now, and why; silent: it is noted as told, and nobody hears of it. */
export type Telling = { kind: Exclude<MessageKind, "test">; because: string | null; silent: boolean };

/** A shift that goes and comes back is told so often; one that flickers is told no more. */
export const CYCLES = 2;

const isOpen = (status: ShiftStatus) => OPEN_STATUSES.some((one) => one === status);

/**
 * One message when a shift is confirmed, one when it is resolved (a later shift undid it, or somebody marked it as fixed)
 * or withdrawn, none between, however often it is asked. Nobody is told of what people have decided before it was
 * confirmed, nor of a shift that came and went between two analyses. null: nothing new.
 */
export function decide(shift: Candidate): Telling | null {
  if (shift.told === "confirmed") return ending(shift);
  if (shift.state !== "confirmed" || !isOpen(shift.status) || shift.cycles >= CYCLES) return null;
  if (shift.told === null) {
    if (shift.knownAs === null) return { kind: "confirmed", because: null, silent: false };
    return { kind: "confirmed", because: `Told as #${shift.knownAs}, which is part of it.`, silent: true };
  }
  return { kind: "confirmed", because: "It is back.", silent: false };
}

function ending({ state, status, statusReason, decidedBy, recoveredBy, withdrawnReason }: Candidate): Telling | null {
  if (state === "withdrawn")
    return { kind: "withdrawn", because: withdrawnReason ?? "The data show it no longer.", silent: false };
  if (state === "recovered")
    return {
      kind: "resolved",
      because: recoveredBy === null ? "It is undone." : `Recovered by #${recoveredBy}.`,
      silent: false,
    };
  if (status !== "fixed") return null;
  const who = decidedBy === null ? "Marked as fixed" : `Marked as fixed by ${decidedBy}`;
  return { kind: "resolved", because: statusReason ? `${who}: ${statusReason}` : `${who}.`, silent: false };
}
