import { setTimeout as sleep } from "node:timers/promises";
import { plural } from "@/lib/format/number";
import type { Check } from "@/lib/release/read";

/** Time as the wait sees it; tests bring their own. Milliseconds. */
export type Clock = { now: () => number; sleep: (milliseconds: number) => Promise<unknown> };
export const CLOCK: Clock = { now: Date.now, sleep: (milliseconds) => sleep(milliseconds) };

/** Milliseconds between two questions: at first, and at most. */
const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 5_000;
/** A log that says nothing for longer looks stuck. Milliseconds. */
const SILENCE = 15_000;

type Wait = {
  /** The gate's answer as of now. */
  ask: () => Promise<Check>;
  /** Stored bodies whose analysis is not done: much cheaper than the answer. */
  pending: () => Promise<number>;
  /** Seconds. 0: do not wait. */
  limit: number;
  tell: (line: string) => void;
  clock: Clock;
};

/**
 * The answer once everything that was sent is analysed, or at the limit the answer as it is then: the server says in it what
 * was not analysed.
 */
export async function answerWhenAnalysed({ ask, pending, limit, tell, clock }: Wait): Promise<Check> {
  const end = clock.now() + limit * 1000;
  let answer = await ask();
  if (answer.waits > 0 && limit > 0)
    tell(`Waiting for the analysis of ${bodies(answer.waits)}, for at most ${limit} s.`);
  while (answer.waits > 0 && clock.now() < end) {
    await untilDone({ pending, end, tell, clock }, answer.waits);
    answer = await ask();
  }
  if (answer.waits > 0) tell(`The analysis of ${bodies(answer.waits)} is not done after ${limit} s (--wait).`);
  return answer;
}

async function untilDone(
  { pending, end, tell, clock }: Pick<Wait, "pending" | "tell" | "clock"> & { end: number },
  first: number,
): Promise<void> {
  let [left, pause, toldAt] = [first, FIRST_PAUSE, clock.now()];
  while (left > 0 && clock.now() < end) {
    await clock.sleep(Math.min(pause, end - clock.now()));
    pause = Math.min(2 * pause, LONGEST_PAUSE);
    const before = left;
    left = await pending();
    if (left === before && clock.now() - toldAt < SILENCE) continue;
    tell(left === 0 ? "Analysed." : `${bodies(left)} to go, ${Math.ceil((end - clock.now()) / 1000)} s left.`);
    toldAt = clock.now();
  }
}

const bodies = (count: number) => plural(count, "sent body", "sent bodies");
