import { describe, expect, test } from "vitest";
import { changeDomain } from "./reach";

const row = (change: number, called = true) => ({ change, ends: [change - 0.01, change + 0.01] as const, called });

describe("the ends of an axis of changes", () => {
  test("hold 0 and a tenth either way, so that noise does not fill the axis", () => {
    expect(changeDomain([])).toEqual([-0.1, 0.1]);
    expect(changeDomain([row(0.001), row(-0.002)])).toEqual([-0.1, 0.1]);
  });

  test("hold every interval of usual size, with some room, and nothing falls by more than all", () => {
    const [lo, hi] = changeDomain([row(0.3), row(-0.2)]);
    expect(hi).toBeCloseTo(0.31 * 1.08, 9);
    expect(lo).toBeCloseTo(-0.21 * 1.08, 9);
    expect(changeDomain([row(-0.99)])[0]).toBe(-1);
  });

  test("one change of ten times does not make one line of the others", () => {
    expect(changeDomain([row(9), row(0.3), row(-0.2), row(0.15), row(-0.1)])[1]).toBeLessThan(0.4);
  });

  test("changes that were called are held however many rows show none", () => {
    const quiet = Array.from({ length: 500 }, () => row(0.001, false));
    expect(changeDomain([row(0.3), ...quiet])[1]).toBeGreaterThan(0.3);
  });

  test("without a verdict a quarter of large changes is held", () => {
    const rows = [
      ...[0.37, 0.3, 0.2, 0.1].map((one) => row(one, false)),
      ...Array.from({ length: 8 }, () => row(0.005, false)),
    ];
    expect(changeDomain(rows)[1]).toBeGreaterThan(0.37);
  });

  test("a large change alone has its axis", () => {
    expect(changeDomain([row(9)])[1]).toBeGreaterThan(9);
  });
});
