import { expect, test } from "vitest";
import { answer } from "./testing/answer";
import { answerWhenAnalysed } from "./wait";

/** `waits` of the answers and of the questions between them, in turn; time passes only while it sleeps. */
async function wait(limit: number, { asked, pending }: { asked: number[]; pending: number[] }) {
  const [told, slept]: [string[], number[]] = [[], []];
  let now = 0;
  const next = (list: number[]) => (list.length > 1 ? list.shift() : list[0]) ?? 0;
  const found = await answerWhenAnalysed({
    ask: async () => answer({ waits: next(asked) }),
    pending: async () => next(pending),
    limit,
    tell: (line) => void told.push(line.replaceAll("\u00a0", " ")),
    clock: {
      now: () => now,
      sleep: async (milliseconds) => {
        slept.push(milliseconds);
        now += milliseconds;
      },
    },
  });
  return { waits: found.waits, told, slept };
}

test("what is analysed is answered at once, without a word", async () => {
  expect(await wait(300, { asked: [0], pending: [0] })).toEqual({ waits: 0, told: [], slept: [] });
});

test("it waits until nothing is pending, says how far it is, and asks for the answer again", async () => {
  const { waits, told, slept } = await wait(300, { asked: [3, 0], pending: [3, 1, 0] });
  expect(waits).toBe(0);
  expect(slept).toEqual([250, 500, 1000]);
  expect(told).toEqual([
    "Waiting for the analysis of 3 sent bodies, for at most 300 s.",
    "1 sent body to go, 300 s left.",
    "Analysed.",
  ]);
});

test("what arrives meanwhile is waited for too", async () => {
  const { waits, slept } = await wait(300, { asked: [1, 2, 0], pending: [0, 0] });
  expect([waits, slept.length]).toEqual([0, 2]);
});

test("a long analysis is asked after every five seconds, and told every fifteen", async () => {
  const { waits, told, slept } = await wait(60, { asked: [2], pending: [2] });
  expect(waits).toBe(2);
  expect(Math.max(...slept)).toBe(5000);
  expect(slept.reduce((a, b) => a + b)).toBe(60_000);
  expect(told.length).toBeLessThan(7);
  expect(told.at(-1)).toBe("The analysis of 2 sent bodies is not done after 60 s (--wait).");
});

test("--wait 0 answers at once, and says what is not analysed", async () => {
  const { waits, told, slept } = await wait(0, { asked: [2], pending: [2] });
  expect([waits, slept]).toEqual([2, []]);
  expect(told).toEqual(["The analysis of 2 sent bodies is not done after 0 s (--wait)."]);
});
