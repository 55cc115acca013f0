import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { partition } from "./partition";

const range = (lastGood: number, firstShifted: number, at = firstShifted, line = "a") => ({
  line,
  lastGood,
  firstShifted,
  at,
});

const ranges = (maxLength: number, positions: number) =>
  fc.array(
    fc
      .record({
        line: fc.constantFrom("a", "b", "c", "d"),
        lastGood: fc.nat(positions),
        length: fc.integer({ min: 1, max: 6 }),
        back: fc.nat(5),
      })
      .map(({ line, lastGood, length, back }) =>
        range(lastGood, lastGood + length, lastGood + length - (back % length), line),
      ),
    { maxLength },
  );

/** The fewest common commits by trying every set of them, smallest sets first. */
function fewest(changepoints: { lastGood: number; firstShifted: number }[]): number {
  const positions = [...new Set(changepoints.map((c) => c.firstShifted))];
  let least = Infinity;
  for (let mask = 0; mask < 1 << positions.length; mask++) {
    const chosen = positions.filter((_, k) => mask & (1 << k));
    if (chosen.length < least && changepoints.every((c) => chosen.some((p) => p > c.lastGood && p <= c.firstShifted)))
      least = chosen.length;
  }
  return least;
}

describe("partition", () => {
  test("no changepoints make no groups", () => expect(partition([])).toEqual([]));

  test("overlaps do not chain: of three in a row two share a commit", () => {
    const groups = partition([range(0, 2), range(1, 4), range(3, 5)]);
    expect(groups.map((group) => group.members.length).sort()).toEqual([1, 2]);
  });

  test("ranges that only touch share no commit", () => {
    expect(partition([range(0, 2), range(2, 3)])).toHaveLength(2);
  });

  test("the joint range is what all members have in common", () => {
    const [group] = partition([range(1, 9, 4), range(3, 6, 4), range(2, 5, 4)]);
    expect(group).toMatchObject({ lastGood: 3, firstShifted: 5 });
  });

  test("between equally few choices the commit most members name wins over a vague neighbour's", () => {
    const sharp = ["a", "b", "c"].map((line) => range(4, 5, 5, line));
    const groups = partition([range(0, 3, 2, "x"), ...sharp, range(2, 8, 7, "y")]);
    expect(groups.map(({ members }) => members.map(({ line }) => line).sort())).toEqual([["x"], ["a", "b", "c", "y"]]);
  });

  test("a changepoint goes where most ranges meet, whatever its own likeliest place", () => {
    const many = ["a", "b", "c"].map((line) => range(3, 4, 4, line));
    const groups = partition([...many, range(5, 6, 6, "d"), range(2, 6, 6, "e")]);
    expect(groups.map(({ members }) => members.map(({ line }) => line).sort())).toEqual([["a", "b", "c", "e"], ["d"]]);
  });

  test("between equally large groups a changepoint stays at its own likeliest place", () => {
    const groups = partition([range(0, 1, 1, "a"), range(3, 4, 4, "c"), range(0, 4, 4, "d")]);
    expect(groups.map(({ members }) => members.map(({ line }) => line).sort())).toEqual([["a"], ["c", "d"]]);
  });

  test("an empty range is refused", () => expect(() => partition([range(3, 3)])).toThrow(RangeError));

  test("every changepoint is in one group, and all members of a group share a commit", () => {
    fc.assert(
      fc.property(ranges(40, 60), (changepoints) => {
        const groups = partition(changepoints);
        expect(groups.reduce((sum, group) => sum + group.members.length, 0)).toBe(changepoints.length);
        for (const group of groups) {
          expect(group.members.length).toBeGreaterThan(0);
          expect(group.lastGood).toBe(Math.max(...group.members.map((c) => c.lastGood)));
          expect(group.firstShifted).toBe(Math.min(...group.members.map((c) => c.firstShifted)));
          expect(group.lastGood).toBeLessThan(group.firstShifted);
        }
      }),
    );
  });

  test("there are as few groups as trying everything finds", () => {
    fc.assert(
      fc.property(ranges(9, 14), (changepoints) => {
        expect(partition(changepoints)).toHaveLength(changepoints.length === 0 ? 0 : fewest(changepoints));
      }),
    );
  });

  test("any order of the changepoints gives the same groups", () => {
    const both = ranges(25, 40).chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    fc.assert(
      fc.property(both, ([one, other]) => {
        expect(partition(other)).toEqual(partition(one));
      }),
    );
  });
});
