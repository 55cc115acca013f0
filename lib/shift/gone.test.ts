import { expect, test } from "vitest";
import { type Action, becauseText } from "./gone";

const action = (more: Partial<Action> = {}): Action => ({
  ...{ kind: "excluded", by: "ada", at: "2026-11-24T10:00:00.000Z", subject: "run gha-1", reason: "wrong cluster." },
  ...more,
});

test("what a person did is told with name, day and reason", () => {
  expect(becauseText({ kind: "action", actions: [action()] })).toBe(
    "Run gha-1 was excluded by ada on 24 Nov 2026: wrong cluster.",
  );
});

test("many actions are counted after the first three", () => {
  const actions = Array.from({ length: 5 }, (_, k) => action({ subject: `run r${k}`, reason: null }));
  expect(becauseText({ kind: "action", actions })).toMatch(/^Run r0 .* Run r2 .*\. And 2 more changes by hand\.$/);
});

test("its own data are told with the points that decided", () => {
  expect(becauseText({ kind: "data", points: 1 })).toContain("with 1 later point none");
  expect(becauseText({ kind: "slow", runs: ["a", "b"], total: 4 })).toBe(
    "Runs a, b and 2 more were slow as a whole: not the code.",
  );
});
