import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalJson, hashJson } from "./canonicalJson";
import { type Facts, groupFacts, withoutNotes } from "./facts";
import { jsonPath } from "./jsonPath";
import { parseJson } from "./parseJson";
import type { Json } from "./words";

test("equal values have one text: keys sorted, 1.0 is 1, but a text is no number", () => {
  expect(canonicalJson(JSON.parse('{"b": [1.0, -0, 1e2], "a": {"d": null, "c": "x"}}'))).toBe(
    '{"a":{"c":"x","d":null},"b":[1,0,100]}',
  );
  expect(hashJson({ a: 1 })).not.toBe(hashJson({ a: "1" }));
  expect(hashJson({})).not.toBe(hashJson([]));
});

test("the text parses back to the value, in whatever order its keys came", () => {
  const turned = (value: Json): Json => {
    if (value === null || typeof value !== "object") return value;
    if (Array.isArray(value)) return value.map(turned);
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, item]) => [key, turned(item)]),
    );
  };
  fc.assert(
    fc.property(fc.jsonValue(), (sent) => {
      const value = JSON.parse(JSON.stringify(sent)) as Json;
      expect(JSON.parse(canonicalJson(value))).toEqual(value);
      expect(canonicalJson(turned(value))).toBe(canonicalJson(value));
    }),
  );
});

test("a place is written as JSON paths are", () => {
  expect(jsonPath([])).toBe("$");
  expect(jsonPath(["results", 3, "metrics", "a b", 0])).toBe('$.results[3].metrics["a b"][0]');
});

describe("parsing", () => {
  test("NaN and Infinity are told with their places; inside of texts they are words", () => {
    expect(parseJson('{"a": "NaN, Infinity"}')).toEqual({ a: "NaN, Infinity" });
    expect(() => parseJson('{"a": ["NaN \\" x", -Infinity], "b": NaN}')).toThrow("First at $.a[1]");
  });

  test("what is no JSON for another reason is told as such", () => {
    expect(() => parseJson('{"a": NaN')).toThrow("The body is not JSON");
    expect(() => parseJson(" \n")).toThrow("The body is empty");
    expect(() => parseJson('{"a":1}\n{"a":2}')).toThrow("application/x-ndjson");
  });
});

describe("grouping facts", () => {
  test("sets that contradict each other in no shared fact are of one group", () => {
    const sets: Facts[] = [{ cpu: "a" }, { cpu: "a", workers: 10 }, { cpu: "b" }, {}, { disk: "ssd" }];
    const groups = groupFacts(sets);
    expect(groups[0]).toBe(groups[1]);
    expect(groups[2]).not.toBe(groups[0]);
    expect(new Set(groups).size).toBe(2);
  });

  test('1 and 1.0 are one fact, 1 and "1" are two', () => {
    expect(new Set(groupFacts([{ n: 1 }, { n: 1.0, x: 1 }])).size).toBe(1);
    expect(new Set(groupFacts([{ n: 1 }, { n: "1" }])).size).toBe(2);
  });

  test("the groups are the same in whatever order the sets are known, and never hold a contradiction", () => {
    const facts = fc.dictionary(fc.constantFrom("a", "b", "c"), fc.constantFrom(1, 2));
    fc.assert(
      fc.property(
        fc.uniqueArray(facts, { maxLength: 8, selector: canonicalJson }),
        fc.infiniteStream(fc.nat()),
        (sets, random) => {
          const groups = groupFacts(sets);
          const order = sets
            .map((_, index) => ({ index, at: random.next().value as number }))
            .sort((a, b) => a.at - b.at);
          const again = groupFacts(order.map(({ index }) => sets[index] ?? {}));
          for (const [i, first] of order.entries())
            for (const [j, second] of order.entries())
              expect(again[i] === again[j]).toBe(groups[first.index] === groups[second.index]);
          for (const [i, one] of sets.entries())
            for (const [j, other] of sets.entries())
              if (groups[i] === groups[j])
                for (const [fact, value] of Object.entries(one)) expect(other[fact] ?? value).toBe(value);
        },
      ),
    );
  });

  test("notes are left out", () => {
    expect(withoutNotes({ host: "x", cpu: "a" }, ["host"])).toEqual({ cpu: "a" });
  });
});
