import { describe, expect, test } from "vitest";
import { grouped, type Orderable, ordered } from "./workloadOrder";

const row = (name: string, change: number | null, level = 1): Orderable => ({
  name,
  params: "",
  cell: { level, change },
});
const names = (rows: Orderable[]) => rows.map(({ name }) => name).join(" ");

describe("the order of the workloads", () => {
  const rows = [row("b", 0.1), row("a", -0.3), row("c", null), row("d", 0.1), { ...row("e", 0), cell: null }];

  test("by change the worst goes first, equals by name, what cannot be told last", () => {
    expect(names(ordered(rows, { sort: "change", order: null, better: "lower" }))).toBe("b d a c e");
    expect(names(ordered(rows, { sort: "change", order: "up", better: "lower" }))).toBe("a b d c e");
  });

  test("where more is better a fall is the worst; without a direction the largest change is first", () => {
    expect(names(ordered(rows, { sort: "change", order: null, better: "higher" }))).toBe("a b d c e");
    expect(names(ordered(rows, { sort: "change", order: null, better: "unknown" }))).toBe("a b d c e");
  });

  test("by name it does not depend on a language", () => {
    const odd = [row("ä", 0), row("Z", 0), row("a", 0)];
    expect(names(ordered(odd, { sort: "name", order: null, better: "lower" }))).toBe("Z a ä");
  });

  test("by value the largest goes first", () => {
    const values = [row("a", 0, 5), row("b", 0, 50)];
    expect(names(ordered(values, { sort: "value", order: null, better: "lower" }))).toBe("b a");
  });
});

describe("groups by prefix", () => {
  test("appear in the order of their first row; loners come last", () => {
    const rows = ["x/a", "alone", "y/a", "x/b", "y/b"].map((name) => row(name, 0));
    expect(grouped(rows)?.map(({ prefix, rows: members }) => `${prefix}: ${names(members)}`)).toEqual([
      "x: x/a x/b",
      "y: y/a y/b",
      ": alone",
    ]);
  });

  test("are not made where most rows would stand alone", () => {
    expect(grouped(["x/a", "x/b", "p", "q", "r", "s"].map((name) => row(name, 0)))).toBeNull();
    expect(grouped([])).toBeNull();
  });
});
