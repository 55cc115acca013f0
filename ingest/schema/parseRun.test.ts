import fc from "fast-check";
import { expect, test } from "vitest";
import { LIMITS, RunDocument } from "@/ingest/schema";
import type { TidemarkError } from "@/lib/errors";
import { parseBody } from "./parseBody";
import { parseRun } from "./parseRun";

const told = (read: () => RunDocument): unknown => {
  try {
    return { document: read() };
  } catch (error) {
    return { faults: (error as TidemarkError).faults };
  }
};

/** Holds that both say the same, and gives whether it was accepted. */
function compare(sent: unknown): boolean {
  const [quick, thorough] = [told(() => parseRun(sent, 3)), told(() => parseBody(RunDocument, sent, 3))];
  expect(quick).toEqual(thorough);
  return Object.hasOwn(thorough as object, "document");
}

/** Something where a document has a place for it: mostly right, sometimes anything. */
const often = (right: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 150, arbitrary: right }, { weight: 1, arbitrary: junk });
const junk = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom("", " ", "\0", "\ud800", "x".repeat(LIMITS.link + 1), Number.POSITIVE_INFINITY, Number.NaN, [], {}),
  fc.constantFrom(
    "http://",
    "https://a b",
    "ftp://x",
    "http://1.2.3.999/",
    "2026-11-24T10:00:00Z",
    -1,
    Number.MAX_VALUE,
    [1, null],
  ),
);
const entries = (name: fc.Arbitrary<string>, value: fc.Arbitrary<unknown>, maxKeys = 4) =>
  fc.dictionary(name, often(value), { maxKeys });
const word = fc.oneof(
  {
    weight: 40,
    arbitrary: fc.constantFrom("a", "b", "duration", "peak_memory", "A/b c", "é", "array/sum", "1", "x y"),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 3 }) },
);
const moment = fc.constantFrom("2026-11-24T12:00:00+02:00", "2026-11-24T10:00:00.1234Z");
const values = fc.array(often(fc.double({ noNaN: true, noDefaultInfinity: true })), { minLength: 1, maxLength: 4 });
const metric = fc.oneof(values, fc.record({ values, unit: fc.constantFrom("s", "ms") }, { requiredKeys: ["values"] }));
const scalar = fc.oneof(fc.string({ maxLength: 4 }), fc.double({ noNaN: true }), fc.boolean(), fc.constant(null));

const result = fc.record(
  {
    workload: often(word),
    outcome: often(fc.constantFrom("passed", "passed", "failed")),
    metrics: often(entries(word, metric)),
    params: often(entries(word, fc.oneof(scalar, fc.jsonValue()))),
    links: often(entries(word, fc.constantFrom("https://ci.example/1", "HTTP://x/é?q=1"))),
    version: often(word),
    error: often(word),
    failedRepeats: often(fc.nat(3)),
    control: often(fc.boolean()),
    startedAt: often(moment),
  },
  { requiredKeys: ["workload", "outcome", "metrics"] },
);
const misspelt = (right: fc.Arbitrary<object>) =>
  fc.oneof({ weight: 60, arbitrary: right }, { weight: 1, arbitrary: right.map((one) => ({ ...one, misspelt: 1 })) });

/** Half of the results have nothing but what is plain. */
const plain = fc.record(
  {
    workload: word,
    outcome: fc.constant("passed"),
    metrics: fc.dictionary(fc.constantFrom("duration", "peak_memory"), values, { minKeys: 1 }),
    params: fc.dictionary(word, scalar, { maxKeys: 3 }),
    links: fc.constant({ log: "https://ci.example/1" }),
  },
  { requiredKeys: ["workload", "outcome", "metrics"] },
);
const run = fc.record(
  {
    run: often(fc.constant({ key: "k", startedAt: "2026-11-24T12:00:00+02:00" })),
    commit: often(fc.constantFrom({ sha: "ABCDEF0123" }, { sha: "abcdef0", parents: ["ABCDEF0"] })),
    environment: often(fc.constant({ name: "e", facts: { cores: 2 } })),
    components: often(entries(word, fc.constant("1.0"))),
    results: often(fc.array(fc.oneof(plain, often(misspelt(result))), { minLength: 1, maxLength: 4 })),
  },
  { requiredKeys: ["run", "commit", "environment", "results"] },
);

test("any document is read, or refused with the same faults, as the schema says", () => {
  let accepted = 0;
  fc.assert(
    fc.property(misspelt(run), (sent) => {
      if (compare(sent)) accepted++;
    }),
    { numRuns: 1500, seed: 4 },
  );
  expect(accepted).toBeGreaterThan(150); // neither all of one kind nor of the other
  expect(accepted).toBeLessThan(1350);
});

const documentOf = (...results: object[]) => ({
  run: { key: "k" },
  commit: { sha: "abcdef0" },
  environment: { name: "e" },
  results: results.map((fields, index) => ({
    workload: `w${index}`,
    outcome: "passed",
    metrics: { duration: [1] },
    ...fields,
  })),
});
const many = (count: number, value: unknown) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`x${index}`, value]));

test.each([
  ["a name of the greatest length", true, { workload: "x".repeat(LIMITS.name) }],
  ["a longer one", false, { workload: "x".repeat(LIMITS.name + 1) }],
  ["as many metrics as there may be", true, { metrics: many(LIMITS.metrics, [1]) }],
  ["one more", false, { metrics: many(LIMITS.metrics + 1, [1]) }],
  ["no metric", false, { metrics: {} }],
  ["as many values as there may be", true, { metrics: { duration: Array(LIMITS.values).fill(1) } }],
  ["one more value", false, { metrics: { duration: Array(LIMITS.values + 1).fill(1) } }],
  ["as many params as there may be", true, { params: many(LIMITS.params, "y") }],
  ["one more of them", false, { params: many(LIMITS.params + 1, "y") }],
  ["params of the greatest length", true, { params: { a: "x".repeat(LIMITS.json - '{"a":""}'.length) } }],
  ["longer params", false, { params: { a: "x".repeat(LIMITS.json - '{"a":""}'.length + 1) } }],
  ["params that are only too long when escaped", false, { params: { a: "\u0001".repeat(LIMITS.json / 5) } }],
  ["as many links as there may be", true, { links: many(LIMITS.links, "http://x") }],
  ["one more link", false, { links: many(LIMITS.links + 1, "http://x") }],
  ["a label of spaces", false, { metrics: { " ": [1] } }],
])("%s: accepted is %s, by both", (_, isAccepted, fields) => {
  expect(compare(documentOf(fields))).toBe(isAccepted);
});

test("the same workload twice is told by both, whatever its params' order", () => {
  const twice = (params: object) => documentOf({ workload: "w", params: { a: 1, b: 2 } }, { workload: "w", params });
  expect(compare(twice({ b: 2, a: 1 }))).toBe(false);
  expect(compare(twice({ b: 2, a: "1" }))).toBe(true);
});
