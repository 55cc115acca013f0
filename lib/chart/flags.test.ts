import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { placeFlags } from "./flags";

const flag = (x: number, width = 60) => ({ x, width });

describe("flags of changepoints", () => {
  test("hang right of their lines", () => {
    expect(placeFlags([flag(100), flag(300)], 900, 80)).toMatchObject([
      { left: 100, row: 0 },
      { left: 300, row: 0 },
    ]);
  });
  test("the last one hangs left where the plot ends", () => {
    expect(placeFlags([flag(880)], 900, 80)).toMatchObject([{ left: 820, row: 0 }]);
  });
  test("of two that would overlap, the second goes one row lower when it cannot hang left", () => {
    expect(placeFlags([flag(100), flag(150)], 900, 80)).toMatchObject([
      { left: 100, row: 0 },
      { left: 150, row: 1 },
    ]);
  });
  test("the second hangs left where the first one leaves room", () => {
    expect(placeFlags([flag(20, 40), flag(130), flag(180, 40)], 220, 80)[2]).toMatchObject({ row: 1 });
    expect(placeFlags([flag(890, 60), flag(895, 60)], 900, 80)[1]).toMatchObject({ row: 1, left: 835 });
  });
  test("three within 40 px become one", () => {
    const [only, ...rest] = placeFlags([flag(100), flag(139), flag(120)], 900, 75);
    expect(rest).toEqual([]);
    expect(only).toMatchObject({ members: [0, 2, 1], left: 100, width: 75 });
  });
  test("two within 40 px stay two", () => {
    expect(placeFlags([flag(100), flag(120)], 900, 75)).toHaveLength(2);
  });
  test("no two flags of a row overlap, none is lost, and all lie in the plot", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ x: fc.integer({ min: 0, max: 900 }), width: fc.integer({ min: 30, max: 90 }) }), {
          maxLength: 40,
        }),
        (flags) => {
          const placed = placeFlags(flags, 900, 80);
          expect(placed.flatMap((p) => p.members).sort((a, b) => a - b)).toEqual(flags.map((_, i) => i));
          for (const a of placed) {
            expect(a.left).toBeGreaterThanOrEqual(0);
            expect(a.left + a.width).toBeLessThanOrEqual(900);
            for (const b of placed) {
              if (a !== b && a.row === b.row)
                expect(a.left >= b.left + b.width || b.left >= a.left + a.width).toBe(true);
            }
          }
        },
      ),
    );
  });
  test("a plot narrower than a flag still shows it", () => {
    expect(placeFlags([flag(5, 60)], 40, 80)).toMatchObject([{ row: 0 }]);
  });
});
