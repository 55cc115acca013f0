import { describe, expect, test } from "vitest";
import { bestCase, countSharing, paramKeys, restOf, valuesOf, valueText } from "./param-choice";

const of = (params: Record<string, string | number>, environments = ["vm-a"]) => ({ params, environments });
const CASES = [
  of({ size: 1, format: "csv", fixed: true as unknown as string }),
  of({ size: 5, format: "csv", fixed: true as unknown as string }),
  of({ size: 5, format: "parquet", fixed: true as unknown as string }, ["vm-b"]),
];
const chosen = { params: CASES[0]?.params ?? {}, environment: "vm-a", branch: "main" };

describe("choosing parameters", () => {
  test("offers those that differ, with the values that exist", () => {
    expect(paramKeys(CASES)).toEqual(["size", "format"]);
    expect(valuesOf(CASES, "format").map(({ text }) => text)).toEqual(["csv", "parquet"]);
    expect(valueText({ size: 5 }, "format")).toBe("none");
  });

  test("leads to a case that exists, and names what changes besides", () => {
    const parquet = valuesOf(CASES, "format")[1]?.sample;
    expect(bestCase(CASES, chosen, "format", parquet ?? of({}))).toEqual({
      params: CASES[2]?.params,
      differs: ["size"],
    });
    const five = valuesOf(CASES, "size")[1]?.sample;
    expect(bestCase(CASES, chosen, "size", five ?? of({})).params).toEqual(CASES[1]?.params);
  });

  test('1 and "1" are two values', () => {
    expect(valuesOf([of({ a: 1 }), of({ a: "1" })], "a")).toHaveLength(2);
  });

  test("all values of a parameter have the other parameters in common", () => {
    expect(restOf({ size: 5, format: "csv" }, ["size"])).toEqual({ format: "csv" });
  });

  test("the cases that differ in released parameters only are counted, not the values that exist elsewhere", () => {
    expect(countSharing(CASES, CASES[0]?.params ?? {}, ["size"])).toBe(2);
    expect(countSharing(CASES, CASES[0]?.params ?? {}, ["format"])).toBe(1);
    expect(countSharing(CASES, CASES[0]?.params ?? {}, ["format", "size"])).toBe(3);
  });
});
