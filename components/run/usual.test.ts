import { describe, expect, test } from "vitest";
import { bulletPlaces, isUnusual, standingOf, zText } from "./usual";

const usual = { level: 10, lo: 9, hi: 12, noise: 1 };

describe("the usual range", () => {
  test("its ends belong to it, what is beyond does not, and without one nothing is unusual", () => {
    expect([8.9, 9, 12, 12.1].map((value) => isUnusual(value, usual))).toEqual([true, false, false, true]);
    expect(isUnusual(1e9, null)).toBe(false);
  });

  test("is the middle third of the bullet", () => {
    expect(bulletPlaces(9, usual)).toMatchObject({ from: 1 / 3, to: 2 / 3, value: 1 / 3 });
    expect(bulletPlaces(12, usual).value).toBeCloseTo(2 / 3);
    expect(bulletPlaces(10, usual).level).toBeCloseTo(4 / 9);
  });

  test("a value far off stays at the edge", () => {
    expect(bulletPlaces(1e9, usual).value).toBe(1);
    expect(bulletPlaces(-5, usual).value).toBe(0);
  });

  test("a range without width holds its own value in the middle", () => {
    const still = { level: 5, lo: 5, hi: 5, noise: 0 };
    expect([4, 5, 6].map((value) => bulletPlaces(value, still).value)).toEqual([0, 0.5, 1]);
    expect(bulletPlaces(5, still).level).toBe(0.5);
  });
});

describe("the standing of a value", () => {
  test.each([
    [10, 0, "as usual"],
    [12, 2, "as usual"],
    [12.5, 2.5, "above"],
    [8.5, -1.5, "below"],
    [14, 4, "far above"],
    [1, -9, "far below"],
  ])("%d against 9 to 12 around 10 is z %d, %s", (value, z, word) => {
    expect(standingOf(value, usual)).toEqual({ z, word });
  });

  test("without noise there is no z: what lies beside the level is far off", () => {
    const still = { level: 5, lo: 5, hi: 5, noise: 0 };
    expect(standingOf(5, still)).toEqual({ z: null, word: "as usual" });
    expect(standingOf(6, still)).toEqual({ z: null, word: "far above" });
    expect(standingOf(6, null)).toBeNull();
  });

  test("z has a sign and one digit, and stays short", () => {
    expect([3.21, -0.44, -1e9, null].map(zText)).toEqual(["z +3.2", "z \u22120.4", "z < \u2212100", ""]);
  });
});
