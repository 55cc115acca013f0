import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seeded } from "@/lib/stats/random";
import { frameOf } from "./frame";
import { type Thinnable, thin } from "./thin";

const at = (values: readonly number[]): Thinnable[] => values.map((value, x) => ({ x, value }));

describe("thinning", () => {
  test("keeps everything where there is little", () => {
    expect(thin(at([3, 1, 2]), 5)).toEqual([0, 1, 2]);
    expect(thin([], 5)).toEqual([]);
  });

  test("keeps the ends, the wanted ones and the highest and lowest of all, in order", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true }), { minLength: 50, maxLength: 400 }), (values) => {
        const kept = thin(at(values), 20, [7]);
        expect(kept.length).toBeLessThanOrEqual(43);
        expect(kept).toEqual(expect.arrayContaining([0, 7, values.length - 1]));
        const shown = kept.map((i) => values[i] as number);
        expect(Math.max(...shown)).toBe(Math.max(...values));
        expect(Math.min(...shown)).toBe(Math.min(...values));
        expect(kept.toSorted((a, b) => a - b)).toEqual(kept);
      }),
    );
  });

  test("copes with points that all stand at one place", () => {
    const points = Array.from({ length: 50 }, (_, value) => ({ x: 3, value }));
    expect(thin(points, 10)).toEqual([0, 49]);
  });
});

/** Lowest and highest y px of the points in each px column of a plot. */
function columnsOf(points: readonly Thinnable[], width: number, domain: [number, number]): Map<number, string> {
  const none = { top: 0, right: 0, bottom: 0, left: 0 };
  const frame = frameOf({ width, height: 198 }, domain, { lo: 0, hi: 200 }, none);
  const found = new Map<number, [number, number]>();
  for (const { x, value } of points) {
    const column = Math.min(width - 1, Math.floor(frame.x(x)));
    const y = frame.y(value);
    const [low, high] = found.get(column) ?? [y, y];
    found.set(column, [Math.min(low, y), Math.max(high, y)]);
  }
  return new Map([...found].map(([column, ends]) => [column, ends.map((y) => y.toFixed(6)).join(" ")]));
}

describe("ten thousand commits in 600 px", () => {
  const random = seeded(7);
  const dense = Array.from({ length: 10_000 }, (_, x) => ({ x, value: 100 + 5 * (random() - 0.5) }));
  // Spikes of one commit, also side by side, at the seams of columns and at both ends.
  for (const [place, value] of [
    [0, 180],
    [17, 170],
    [18, 20],
    [4_999, 150],
    [5_000, 30],
    [9_983, 190],
    [9_999, 10],
  ] as const)
    dense[place] = { x: place, value };
  const uneven = dense.map(({ x, value }) => ({ x: x < 5_000 ? x * 9 : 45_000 + x / 10, value }));

  test.each([
    ["evenly measured", dense],
    ["of which half lie close together", uneven],
  ])("show the same pixels in every column as all of them, %s", (_, points) => {
    const kept = thin(points, 600).map((i) => points[i] as Thinnable);
    expect(kept.length).toBeLessThanOrEqual(1_200);
    const ends: [number, number] = [points[0]?.x ?? 0, points.at(-1)?.x ?? 1];
    expect(columnsOf(kept, 600, ends)).toEqual(columnsOf(points, 600, ends));
    expect(columnsOf(kept, 326, ends).size).toBe(columnsOf(points, 326, ends).size);
  });

  test("keep every spike", () => {
    const kept = new Set(thin(dense, 600));
    for (const place of [0, 17, 18, 4_999, 5_000, 9_983, 9_999]) expect(kept.has(place), String(place)).toBe(true);
  });
});
