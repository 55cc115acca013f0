import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { groupShifts } from "./group";
import type { Candidate, KnownShift, Shifts } from "./types";

function step(line: string, lastGood: number, firstShifted: number, more: Partial<Candidate> = {}): Candidate {
  const [before, after] = [more.before ?? 10, more.after ?? 12];
  const direction = after > before ? "regression" : "improvement";
  return {
    line,
    track: "1",
    lastGood,
    firstShifted,
    at: firstShifted,
    before,
    after,
    smallestEffect: 0.05,
    direction,
    p: 1e-6,
    state: "confirmed",
    canGrow: true,
    ...more,
  };
}

/** What the next analysis knows after this one. */
function remember({ current, merged, withdrawn }: Shifts<Candidate>, before: KnownShift[]): KnownShift[] {
  const membersOf = (number: number) => before.find((shift) => shift.number === number)?.members ?? [];
  const kept = new Map<number, KnownShift>(before.map((shift) => [shift.number, shift]));
  for (const { number, members } of current) kept.set(number, { number, standing: "current", members });
  for (const { number } of merged) kept.set(number, { number, standing: "part", members: membersOf(number) });
  for (const number of withdrawn) kept.set(number, { number, standing: "withdrawn", members: membersOf(number) });
  return [...kept.values()];
}

const numbersOf = (shifts: Shifts<Candidate>) =>
  Object.fromEntries(shifts.current.map((s) => [s.number, s.members.map((m) => m.line).sort()]));

/** Analyses one set of changepoints after the other. */
function follow(...sets: Candidate[][]): Shifts<Candidate>[] {
  let known: KnownShift[] = [];
  return sets.map((set) => {
    const shifts = groupShifts(set, known);
    known = remember(shifts, known);
    return shifts;
  });
}

describe("numbers", () => {
  test("new shifts are numbered in order of position", () => {
    const [shifts] = follow([step("b", 7, 8), step("a", 2, 3)]);
    expect(shifts && numbersOf(shifts)).toEqual({ 1: ["a"], 2: ["b"] });
    expect(shifts?.current.map(({ origin }) => origin)).toEqual(["opened", "opened"]);
  });

  test("a range that narrows keeps its number", () => {
    const [, later] = follow([step("a", 30, 40)], [step("a", 30, 35)]);
    expect(later?.current).toMatchObject([{ number: 1, origin: "known", lastGood: 30, firstShifted: 35 }]);
  });

  test("an older shift found later gets the next number, not a smaller one", () => {
    const [, later] = follow([step("a", 7, 8)], [step("a", 2, 3), step("a", 7, 8)]);
    expect(later?.current.map(({ number, lastGood }) => [number, lastGood])).toEqual([
      [1, 7],
      [2, 2],
    ]);
  });

  test("of merged shifts the lower number stays and the other is part of it", () => {
    const [, later] = follow(
      [step("a", 1, 3), step("b", 3, 5), step("c", 3, 5)],
      [step("a", 1, 4), step("b", 3, 5), step("c", 3, 5)],
    );
    expect(later && numbersOf(later)).toEqual({ 1: ["a", "b", "c"] });
    expect(later?.merged).toEqual([{ number: 2, into: 1 }]);
    expect(later?.withdrawn).toEqual([]);
  });

  test("on a split the part with most old members keeps the number", () => {
    const [, later] = follow(
      [step("a", 1, 5), step("b", 1, 5), step("c", 1, 5)],
      [step("a", 1, 2), step("b", 4, 5), step("c", 4, 5)],
    );
    expect(later && numbersOf(later)).toEqual({ 1: ["b", "c"], 2: ["a"] });
    expect(later?.current[1]).toMatchObject({ origin: "opened", splitFrom: 1 });
  });

  test("a merged shift gets its number back when the two part again", () => {
    const apart = [step("a", 1, 3), step("b", 1, 3), step("c", 3, 5)];
    const [, together, again] = follow(apart, [step("a", 1, 4), step("b", 1, 4), step("c", 3, 5)], apart);
    expect(together && numbersOf(together)).toEqual({ 1: ["a", "b", "c"] });
    expect(again && numbersOf(again)).toEqual({ 1: ["a", "b"], 2: ["c"] });
    expect(again?.current[1]).toMatchObject({ origin: "returned", splitFrom: 1 });
  });

  test("a shift without members is withdrawn, and comes back under its number", () => {
    const [, gone, back] = follow([step("a", 1, 3)], [step("z", 8, 9)], [step("a", 2, 4), step("z", 8, 9)]);
    expect(gone?.withdrawn).toEqual([1]);
    expect(back && numbersOf(back)).toEqual({ 1: ["a"], 2: ["z"] });
    expect(back?.current[0]?.origin).toBe("returned");
  });

  test("a withdrawn shift that is found again within another one is part of that", () => {
    const [, , back] = follow([step("a", 1, 3)], [step("b", 1, 3)], [step("a", 1, 3), step("b", 1, 3)]);
    expect(back && numbersOf(back)).toEqual({ 2: ["a", "b"] });
    expect(back?.merged).toEqual([{ number: 1, into: 2 }]);
  });

  test("numbers of withdrawn shifts are not given away again", () => {
    const shifts = groupShifts([step("a", 1, 2)], [], 7);
    expect(shifts.current[0]?.number).toBe(8);
    expect(shifts.lastNumber).toBe(8);
  });
});

describe("direction and state", () => {
  test("members of both directions make a mixed shift", () => {
    const [shifts] = follow([step("a", 1, 2), step("b", 1, 2, { after: 8 })]);
    expect(shifts?.current[0]?.direction).toBe("mixed");
  });

  test("metrics without a good direction count only among themselves", () => {
    const rose = { direction: "rose" } as const;
    expect(groupShifts([step("a", 1, 2, rose)], []).current[0]?.direction).toBe("rose");
    expect(groupShifts([step("a", 1, 2, rose), step("b", 1, 2)], []).current[0]?.direction).toBe("regression");
    expect(groupShifts([step("a", 1, 2, rose), step("b", 1, 2, { direction: "fell" })], []).current[0]?.direction).toBe(
      "mixed",
    );
  });

  test("one confirmed member confirms the shift", () => {
    const provisional = { state: "provisional" } as const;
    expect(groupShifts([step("a", 1, 2, provisional)], []).current[0]?.state).toBe("provisional");
    expect(groupShifts([step("a", 1, 2, provisional), step("b", 1, 2)], []).current[0]?.state).toBe("confirmed");
  });

  test("a later shift that brings most members back makes the first recovered by it", () => {
    const lines = ["a", "b", "c"];
    const [shifts] = follow([
      ...lines.map((line) => step(line, 1, 2)),
      ...["a", "b"].map((line) => step(line, 8, 9, { before: 12, after: 10.2 })),
    ]);
    expect(shifts?.current).toMatchObject([
      { number: 1, state: "recovered", recoveredBy: 2 },
      { number: 2, state: "confirmed", recoveredBy: null },
    ]);
  });

  test.each([
    ["half of the members is not most", [step("a", 1, 2), step("b", 1, 2), step("a", 8, 9, { before: 12, after: 10 })]],
    ["a level that stays above the smallest effect", [step("a", 1, 2), step("a", 8, 9, { before: 12, after: 10.6 })]],
    [
      "a small step of which less than half is taken back",
      [step("a", 1, 2, { after: 10.4 }), step("a", 8, 9, { before: 10.4, after: 10.3 })],
    ],
    ["a level of another version", [step("a", 1, 2), step("a", 8, 9, { before: 12, after: 10, track: "2" })]],
    ["a provisional return", [step("a", 1, 2), step("a", 8, 9, { before: 12, after: 10, state: "provisional" })]],
  ])("no recovery: %s", (_, changepoints) => {
    const [shifts] = follow(changepoints);
    expect(shifts?.current[0]).toMatchObject({ state: "confirmed", recoveredBy: null });
  });

  test("a step from zero is recovered at zero", () => {
    const [shifts] = follow([step("a", 1, 2, { before: 0, after: 5 }), step("a", 8, 9, { before: 5, after: 0 })]);
    expect(shifts?.current[0]).toMatchObject({ state: "recovered", recoveredBy: 2 });
  });
});

const candidates = fc.uniqueArray(
  fc
    .record({
      line: fc.constantFrom("a", "b", "c", "d", "e"),
      lastGood: fc.nat(30),
      length: fc.integer({ min: 1, max: 5 }),
      after: fc.constantFrom(8, 12),
      state: fc.constantFrom("provisional" as const, "confirmed" as const),
    })
    .map(({ line, lastGood, length, ...more }) => step(line, lastGood, lastGood + length, more)),
  { maxLength: 18, selector: (c) => `${c.line} ${c.firstShifted}` },
);

/** What does not depend on what was told when. */
const lasting = (shifts: Shifts<Candidate>) =>
  shifts.current
    .map(({ lastGood, firstShifted, members, direction, state }) => ({
      lastGood,
      firstShifted,
      direction,
      state,
      members: members.map((m) => `${m.line} ${m.lastGood} ${m.firstShifted}`).sort(),
    }))
    .sort((a, b) => a.firstShifted - b.firstShifted || a.lastGood - b.lastGood);

describe("any road leads to the same current shifts", () => {
  const roads = fc.tuple(candidates, fc.nat(18), fc.nat(18)).chain(([all, one, two]) => {
    const order = fc.shuffledSubarray(all, { minLength: all.length });
    return order.map((shuffled) => ({
      all,
      batches: [shuffled.slice(0, Math.min(one, two)), shuffled.slice(0, Math.max(one, two)), shuffled],
    }));
  });

  test("in any order and any batching range, members, direction and state are the same", () => {
    fc.assert(
      fc.property(roads, ({ all, batches }) => {
        const last = follow(...batches).at(-1);
        expect(last && lasting(last)).toEqual(lasting(groupShifts(all, [])));
      }),
    );
  });

  test("every number is given once, every known shift is current, part of one that is, or withdrawn", () => {
    fc.assert(
      fc.property(candidates, candidates, candidates, (...sets) => {
        let known: KnownShift[] = [];
        for (const set of sets) {
          const shifts = groupShifts(set, known);
          const numbers = shifts.current.map(({ number }) => number);
          expect(new Set(numbers).size).toBe(numbers.length);
          for (const { number, into } of shifts.merged) {
            expect(numbers).toContain(into);
            expect(numbers).not.toContain(number);
          }
          const settled = new Set([...numbers, ...shifts.merged.map(({ number }) => number), ...shifts.withdrawn]);
          for (const { number, standing } of known) if (standing === "current") expect(settled).toContain(number);
          known = remember(shifts, known);
        }
      }),
    );
  });

  test("the same changepoints again change nothing", () => {
    fc.assert(
      fc.property(candidates, (set) => {
        const [first, again] = follow(set, set);
        expect(again && numbersOf(again)).toEqual(first && numbersOf(first));
        expect(again?.withdrawn).toEqual([]);
        expect(again?.merged).toEqual([]);
      }),
    );
  });
});
