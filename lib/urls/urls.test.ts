import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seriesQuery } from "./api";
import { compareCaseQuery, compareMatrixQuery, compareQuery, parseSide, SIDE_KINDS, sideText } from "./compare";
import { numbered, numberOf } from "./numbered";
import { overviewQuery, overviewUrl } from "./overview";
import { runUrl } from "./run";
import { shiftQuery } from "./shift";
import { shiftsQuery, shiftsUrl } from "./shifts";
import { workloadQuery, workloadUrl } from "./workload";
import { workloadsQuery, workloadsUrl } from "./workloads";

const ODD = [
  "a b",
  "mod::bench::x | y",
  "test_q1[5 GB (parquet)-tasks]",
  "日本/ベンチ ü",
  "100%",
  "`BTreeSet`",
  "<b>x</b>",
];
const name = fc.oneof(fc.constantFrom(...ODD), fc.string({ unit: "grapheme", minLength: 1 }));
const optional = fc.option(name, { nil: null });
const several = fc.array(name, { maxLength: 3 });

const grammars = {
  overview: [
    overviewQuery,
    fc.record({ environment: optional, branch: optional, shifts: fc.constantFrom("cost", "latest") }),
  ],
  workloads: [
    workloadsQuery,
    fc.record({
      name: optional,
      environment: optional,
      branch: optional,
      since: optional,
      filter: optional,
      show: fc.constantFrom("all", "shifted", "failing"),
      group: fc.constantFrom("prefix", "none"),
      sort: fc.constantFrom("change", "name", "value"),
      order: fc.constantFrom("up", "down", null),
      metric: optional,
      retired: fc.boolean(),
      hide: several,
      detail: fc.boolean(),
    }),
  ],
  workload: [
    workloadQuery,
    fc.record({
      params: optional,
      environment: several,
      branch: optional,
      metric: several,
      from: optional,
      to: optional,
      x: fc.constantFrom("commits", "time"),
      y: fc.constantFrom("fit", "zero", "log"),
      axes: fc.constantFrom("auto", "shared", "own"),
      with: several,
      hide: several,
      samples: fc.boolean(),
      without: several,
      pin: several,
      table: fc.boolean(),
      sensitivity: fc.option(fc.integer({ min: 50, max: 200 }).map((share) => share / 100)),
    }),
  ],
  shifts: [
    shiftsQuery,
    fc.record({
      status: fc.constantFrom("open", "all", "not real", "new"),
      state: fc.constantFrom("provisional", null),
      direction: fc.constantFrom("mixed", null),
      owner: optional,
      due: fc.constantFrom("overdue", "none", null),
      metric: optional,
      environment: optional,
      workload: optional,
      prefix: optional,
      release: optional,
      filter: optional,
      sort: fc.constantFrom("queue", "newest", "cost"),
      page: fc.integer({ min: 1, max: 1e6 }),
    }),
  ],
  shift: [
    shiftQuery,
    fc.record({ environment: optional, show: fc.constantFrom("all", "worse", "better"), all: fc.boolean() }),
  ],
  compare: [
    compareQuery,
    fc.record({
      baseline: optional,
      contender: optional,
      environment: optional,
      metric: optional,
      workload: optional,
      verdict: fc.constantFrom("regression", "unchanged", null),
      sort: fc.constantFrom("effect", "noise", "name"),
      view: fc.constantFrom("forest", "heat", "bars"),
      by: fc.constantFrom("workload", "variant"),
      across: optional,
      up: optional,
      show: several,
      page: fc.integer({ min: 1, max: 1e6 }),
    }),
  ],
  compareCase: [
    compareCaseQuery,
    fc.record({
      baseline: optional,
      contender: optional,
      environment: optional,
      metric: optional,
      params: optional,
      version: optional,
      draw: fc.constantFrom("strip", "histogram"),
    }),
  ],
  compareMatrix: [
    compareMatrixQuery,
    fc.record({
      experiment: optional,
      baseline: optional,
      environment: optional,
      metric: optional,
      workload: optional,
      sort: fc.constantFrom("effect", "noise", "name"),
      page: fc.integer({ min: 1, max: 1e6 }),
    }),
  ],
  series: [
    seriesQuery,
    fc.record({
      workload: optional,
      params: optional,
      metric: optional,
      environment: optional,
      branch: optional,
      from: optional,
      to: optional,
      samples: fc.boolean(),
      thin: fc.option(fc.integer({ min: 2, max: 5000 })),
      format: fc.constantFrom("json", "csv"),
    }),
  ],
} as const;

describe("the grammar of addresses", () => {
  for (const [view, [query, selections]] of Object.entries(grammars)) {
    test(`parse(build(x)) is x for any selection of ${view}`, () => {
      const there = query as { parse(search: URLSearchParams): unknown; build(selection: unknown): string };
      fc.assert(
        fc.property(selections as fc.Arbitrary<unknown>, (selection) => {
          const url = new URL(`http://x/p${there.build(selection)}`);
          expect(there.parse(url.searchParams)).toEqual(selection);
        }),
      );
    });
  }

  test("defaults are left out, the order is fixed and slashes stay readable", () => {
    expect(workloadsUrl("distributed")).toBe("/distributed/workloads");
    expect(workloadsUrl("distributed", { since: "2022.9.2", environment: "a/b: c", sort: "change" })).toBe(
      "/distributed/workloads?environment=a/b:+c&since=2022.9.2",
    );
    expect(overviewUrl("p", { branch: "feature/x" })).toBe("/p?branch=feature/x");
    expect(shiftsUrl("p", { status: "open", page: 1 })).toBe("/p/shifts");
  });

  test("words that are not in the list fall back to the default", () => {
    expect(workloadsQuery.parse({ sort: "drop table", detail: "-1", show: ["failing", "all"] })).toMatchObject({
      sort: "change",
      detail: false,
      show: "failing",
    });
    expect(workloadsQuery.parse({ toString: "x" }).filter).toBeNull();
  });

  test("half a character does not break an address", () => {
    expect(overviewUrl("p", { branch: "a\ud800" })).toBe("/p?branch=a%EF%BF%BD");
  });

  test("a run's key cannot walk up the path", () => {
    expect(runUrl("p", "..")).toBe("/p/runs/%2E%2E");
  });
});

describe("numbered parts of a path", () => {
  test("the number survives any name, and the words are harmless", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999_999 }), name, (number, title) => {
        const part = numbered(number, title);
        expect(numberOf(part)).toBe(number);
        expect(part).toMatch(/^\d+(-[a-z0-9]+)*$/);
      }),
    );
  });

  test("words after the number decide nothing, and a part without a number is none", () => {
    expect(numberOf("12-anything/at all")).toBe(12);
    expect(numberOf("tree")).toBeNull();
    expect(numberOf("12x")).toBeNull();
    expect(workloadUrl("p", { number: 7, name: "日本/ベンチ ü" })).toBe("/p/workloads/7-u");
    expect(workloadUrl("p", { number: 8, name: "ベンチ" })).toBe("/p/workloads/8");
  });
});

describe("a side of a comparison", () => {
  test("is read as it was written, whatever its name holds", () => {
    const named = name.filter((one) => one.trim() === one && one !== "");
    fc.assert(
      fc.property(fc.constantFrom(...SIDE_KINDS), named, (kind, one) => {
        expect(parseSide(sideText({ kind, name: one }))).toEqual({ kind, name: one });
      }),
    );
  });

  test("without a kind or a name is none", () => {
    for (const text of ["", "main", "release:", "tag:1", ":main", "release: "]) expect(parseSide(text)).toBeNull();
  });
});
