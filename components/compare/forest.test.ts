import { describe, expect, test } from "vitest";
import { forestAxis, forestMark, placeOn, quietBand } from "./forest";

const row = (change: number | null, lo = change, hi = change) => ({
  change,
  interval: lo === null || hi === null ? null : ([lo, hi] as const),
});

describe("the axis of the forest", () => {
  test("reaches at least ten per cent either way, so that noise does not look like an effect", () => {
    expect(forestAxis([row(0.001)])).toMatchObject({ lo: -0.1, hi: 0.1 });
    expect(forestAxis([])).toMatchObject({ lo: -0.1, hi: 0.1 });
  });

  test("holds nine tenths of the ends: one huge effect does not press the others together", () => {
    const axis = forestAxis([...Array.from({ length: 20 }, () => row(0.2, 0.15, 0.25)), row(50)]);
    expect(axis.hi).toBeCloseTo(0.27);
    expect(forestMark(axis, row(50))).toMatchObject({ at: 1, beyond: "high" });
  });

  test("never goes below -100 %, and its ticks are round and hold 0", () => {
    const axis = forestAxis([row(-0.99, -0.999, -0.9), row(0.5)]);
    expect(axis.lo).toBe(-1);
    expect(axis.ticks).toContain(0);
  });
});

describe("a mark", () => {
  const axis = { lo: -0.1, hi: 0.1, ticks: [] };

  test("stands between the ends; its interval is cut at the axis", () => {
    expect(placeOn(axis, 0)).toBeCloseTo(0.5);
    expect(forestMark(axis, row(0.05, -0.5, 0.08))).toEqual({
      at: expect.closeTo(0.75),
      from: 0,
      to: expect.closeTo(0.9),
      beyond: null,
    });
  });

  test("the band of equal sides is cut at the axis, and absent where the noise is unknown", () => {
    expect(quietBand(axis, { change: 0, quiet: [-0.05, 0.3] })).toEqual({ from: expect.closeTo(0.25), to: 1 });
    expect(quietBand(axis, { change: 0, quiet: null })).toBeNull();
    expect(quietBand(axis, { change: null, quiet: [-1, 1] })).toBeNull();
  });

  test("a row without a ratio has none", () => {
    expect(forestMark(axis, row(null))).toBeNull();
  });
});
