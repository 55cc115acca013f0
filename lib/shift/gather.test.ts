import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { gather } from "./gather";
import { partition } from "./partition";

const at = (line: string, lastGood: number, firstShifted: number, widest = { lastGood, firstShifted }) => ({
  ...{ line, lastGood, firstShifted, at: firstShifted, widest },
});
const shiftsOf = (...all: ReturnType<typeof at>[]) =>
  gather(partition(all)).map(({ members, drawn, lastGood, firstShifted }) => ({
    ...{ lastGood, firstShifted },
    members: members.map(({ line }) => line).sort(),
    drawn: drawn.map(({ line }) => line).sort(),
  }));

describe("gather", () => {
  test("a step beside that of many lines, which its data do not exclude, is one of theirs", () => {
    const wide = at("d", 11, 12, { lastGood: 8, firstShifted: 13 });
    expect(shiftsOf(at("a", 9, 10), at("b", 9, 10), at("c", 8, 11), wide)).toEqual([
      { lastGood: 9, firstShifted: 10, members: ["a", "b", "c", "d"], drawn: ["d"] },
    ]);
  });

  test("one whose data exclude the commit of the others stays a shift of its own", () => {
    expect(shiftsOf(at("a", 9, 10), at("b", 9, 10), at("c", 10, 12))).toHaveLength(2);
  });

  test("two steps of one line are never one shift", () => {
    const second = at("a", 11, 12, { lastGood: 8, firstShifted: 13 });
    expect(shiftsOf(at("a", 9, 10), at("b", 9, 10), second)).toHaveLength(2);
  });

  test("in any order: every changepoint once, and all of a shift share a commit of the ranges that count", () => {
    const many = fc.uniqueArray(
      fc
        .record({
          line: fc.constantFrom("a", "b", "c", "d", "e", "f"),
          lastGood: fc.nat(40),
          length: fc.integer({ min: 1, max: 4 }),
          before: fc.nat(4),
          after: fc.nat(4),
        })
        .map(({ line, lastGood, length, before, after }) =>
          at(line, lastGood, lastGood + length, {
            lastGood: lastGood - before,
            firstShifted: lastGood + length + after,
          }),
        ),
      { maxLength: 20, selector: (c) => `${c.line} ${c.firstShifted}` },
    );
    const shuffled = many.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    fc.assert(
      fc.property(shuffled, ([all, other]) => {
        const groups = gather(partition(all));
        expect(groups.flatMap(({ members }) => members)).toHaveLength(all.length);
        for (const { members, drawn, lastGood, firstShifted } of groups) {
          const ranges = members.map((member) => (drawn.includes(member) ? member.widest : member));
          expect(lastGood).toBe(Math.max(...ranges.map((range) => range.lastGood)));
          expect(firstShifted).toBe(Math.min(...ranges.map((range) => range.firstShifted)));
          expect(lastGood).toBeLessThan(firstShifted);
        }
        expect(shiftsOf(...other)).toEqual(shiftsOf(...all));
      }),
    );
  });
});
