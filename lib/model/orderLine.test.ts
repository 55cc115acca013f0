import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type BranchFacts, type GraphCommit, MAX_BASE_COMMITS, orderLine } from "./orderLine";

/** "a b<a c<b,s2@2026-01-03": a commit, its parents, its date. */
function graphOf(text: string): Map<string, GraphCommit> {
  const graph = new Map<string, GraphCommit>();
  for (const word of text.split(" ")) {
    const [, sha = "", parents, committedAt = null] = /^(\w+)(?:<([\w,]*))?(?:@(.*))?$/.exec(word) ?? [];
    graph.set(sha, { sha, parents: parents ? parents.split(",") : [], committedAt });
  }
  return graph;
}

const claimed = (text: string): Map<string, string | null> =>
  new Map(text.split(" ").map((word) => [word.split("@")[0] ?? "", word.split("@")[1] ?? null]));

const line = (graph: string, claims: string, facts: Partial<BranchFacts> = {}) =>
  orderLine(graphOf(graph), { claims: claims ? claimed(claims) : new Map(), heads: new Map(), ...facts }).join(" ");

describe("without a commit list", () => {
  test("dates that fall along the chain change nothing: the graph decides", () => {
    expect(line("a@2026-06 b<a@2026-05 c<b@2026-04 d<c@2026-01", "a@4 b@3 c@2 d@1")).toBe("a b c d");
  });

  test("a merged side branch stays off the line, though its commits were sent for the branch", () => {
    const graph = "m1@1 s1<m1@2 s2<s1@3 m2<m1@4 m3<m2,s2@5";
    expect(line(graph, "m1@1 s1@9 s2@9 m2@2 m3@3")).toBe("m1 m2 m3");
  });

  test("of two tips the one measured last leads, then the younger commit, then the greater id", () => {
    expect(line("a b<a@2 c<a@1", "b@2026-01 c@2026-02")).toBe("a c");
    expect(line("a b<a@2 c<a@1", "b@2026-01 c@2026-01")).toBe("a b");
    expect(line("a b<a c<a", "b c")).toBe("a c");
  });

  test("a late measurement of an old commit does not make it the tip", () => {
    expect(line("a b<a c<b", "a@2026-09 b@2026-01 c@2026-02")).toBe("a b c");
  });

  test("commits without known parents follow their dates", () => {
    expect(line("a@2026-03 b@2026-01 c@2026-02", "a b c")).toBe("b c a");
  });

  test("pieces follow one another by the dates of their tips, whatever lies inside", () => {
    expect(line("x9 x10<x9@2026-01 y19@2020 y20<y19@2026-02 z@2026-01-15", "x10 y20 z")).toBe("x9 x10 z y19 y20");
  });

  test("without a date the start of the measurement stands in", () => {
    expect(line("a b", "a@2026-02 b@2026-01")).toBe("b a");
  });

  test("parents that form a circle end the walk", () => {
    expect(line("a<b b<a", "a@1 b@2").split(" ").sort()).toEqual(["a", "b"]);
    expect(line("a<a", "a")).toBe("a");
  });

  test("nothing known gives nothing", () => {
    expect(line("a", "")).toBe("");
  });
});

describe("with commit lists", () => {
  const chain = "a b<a c<b d<c e<d";

  test("the newest list's head ends the line", () => {
    expect(
      line("a b<a x<a", "b@9 x@1", {
        heads: new Map([
          ["b", "1"],
          ["x", "2"],
        ]),
      }),
    ).toBe("a x");
  });

  test("parts of one list may come in any order", () => {
    expect(
      line(chain, "", {
        heads: new Map([
          ["e", "1"],
          ["c", "2"],
        ]),
      }),
    ).toBe("a b c d e");
  });

  test("claimed commits that continue the head extend the line", () => {
    expect(line(chain, "d@2 e@1", { heads: new Map([["c", "1"]]) })).toBe("a b c d e");
  });

  test("a claimed commit that does not descend from the head stays off", () => {
    expect(line(`${chain} x<a`, "x@9", { heads: new Map([["c", "1"]]) })).toBe("a b c");
  });
});

describe("another branch than the default one", () => {
  test("its line goes on down the default branch's commits", () => {
    expect(line("m1 m2<m1 f1<m1 f2<f1", "f1 f2", { base: new Set(["m1", "m2"]) })).toBe("m1 f1 f2");
  });

  test("but not without end", () => {
    const shas = Array.from({ length: 1000 }, (_, index) => `m${index}`);
    const graph = shas.map((sha, index) => (index ? `${sha}<m${index - 1}` : sha)).join(" ");
    const found = line(`${graph} f<m999`, "f", { base: new Set(shas) }).split(" ");
    expect(found).toHaveLength(MAX_BASE_COMMITS + 1);
    expect(found.at(-1)).toBe("f");
  });
});

/** A random graph in which parents come before children, random claims and list heads. */
const arbitrary = fc
  .array(
    fc.record({
      parents: fc.array(fc.nat(), { maxLength: 2 }),
      date: fc.nat(5),
      claim: fc.option(fc.nat(5)),
      head: fc.option(fc.nat(99)),
    }),
    { minLength: 1, maxLength: 25 },
  )
  .map((commits) => {
    const entries = commits.map(({ parents, date }, index): [string, GraphCommit] => {
      const known = index ? [...new Set(parents.map((parent) => `c${parent % index}`))] : [];
      return [`c${index}`, { sha: `c${index}`, parents: known, committedAt: date ? `2026-01-0${date}` : null }];
    });
    const claims = commits.flatMap(({ claim }, index): [string, string | null][] =>
      claim === null ? [] : [[`c${index}`, claim ? `2026-02-0${claim}` : null]],
    );
    const heads = commits.flatMap(({ head }, index): [string, string][] =>
      head === null || index % 3 ? [] : [[`c${index}`, `${String(head).padStart(2, "0")}-${index}`]],
    );
    return { entries, claims, heads };
  });

test("any order of arrival gives the same line", () => {
  fc.assert(
    fc.property(arbitrary, fc.infiniteStream(fc.nat()), ({ entries, claims, heads }, random) => {
      const mixed = <T>(items: T[]): T[] =>
        items
          .map((item) => ({ item, at: random.next().value as number }))
          .sort((a, b) => a.at - b.at)
          .map(({ item }) => item);
      const once = orderLine(new Map(entries), { claims: new Map(claims), heads: new Map(heads) });
      const again = orderLine(new Map(mixed(entries)), {
        claims: new Map(mixed(claims)),
        heads: new Map(mixed(heads)),
      });
      expect(again).toEqual(once);
    }),
  );
});

test("no commit stands twice, and none before its own first parent", () => {
  fc.assert(
    fc.property(arbitrary, ({ entries, claims, heads }) => {
      const graph = new Map(entries);
      const found = orderLine(graph, { claims: new Map(claims), heads: new Map(heads) });
      expect(new Set(found).size).toBe(found.length);
      for (const [index, sha] of found.entries()) {
        const parent = graph.get(sha)?.parents[0];
        if (parent) expect(found[index - 1]).toBe(parent);
      }
    }),
  );
});
