import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { z } from "zod";
import type { TidemarkError } from "@/lib/errors";
import { CommitListBody, LIMITS, ProjectBody, ReleasesBody, RunDocument, TokenBody } from "./schema";
import { parseBody } from "./schema/parseBody";

const minimal = {
  run: { key: "k" },
  commit: { sha: "ABCDEF0123" },
  environment: { name: "e" },
  results: [{ workload: "w", outcome: "passed", metrics: { duration: [1] } }],
};

const faultsOf = (schema: z.ZodType, sent: unknown): string[] => {
  try {
    parseBody(schema, sent);
    return [];
  } catch (error) {
    return (error as TidemarkError).faults.map(({ path, message }) => `${path} ${message}`);
  }
};

test("the least document is accepted; commit ids become lower case, times UTC", () => {
  const sent = { ...minimal, run: { key: "k", startedAt: "2026-11-24T12:00:00+02:00" } };
  expect(parseBody(RunDocument, sent)).toEqual({
    ...minimal,
    run: { key: "k", startedAt: "2026-11-24T10:00:00.000Z" },
    commit: { sha: "abcdef0123" },
    results: [{ workload: "w", outcome: "passed", metrics: { duration: { values: [1] } } }],
  });
});

test("every fault is told at once, each with its path and a way out", () => {
  const sent = {
    run: { key: "a b", variant: "x" },
    commit: { sha: "xyz", branch: "a b", parents: "p" },
    environment: {},
    results: [
      { workload: "", outcome: "ok", metrics: { "a b": [1, "2", null], x: 1, y: { values: [], unti: "s" } } },
      { workload: "w", outcome: "passed", links: { log: "ftp://x" }, failedRepeats: -1, control: "yes" },
    ],
  };
  expect(faultsOf(RunDocument, sent).map((fault) => fault.split(" Must")[0])).toEqual([
    "$.run.key",
    "$.commit.sha",
    "$.commit.branch",
    "$.commit.parents",
    "$.environment.name Is missing.",
    "$.results[0].workload",
    "$.results[0].outcome",
    '$.results[0].metrics["a b"][1]',
    '$.results[0].metrics["a b"][2]',
    "$.results[0].metrics.x",
    "$.results[0].metrics.y.values",
    "$.results[0].metrics.y.unti This field is not known. Remove it, or check its spelling.",
    "$.results[1].failedRepeats",
    "$.results[1].control",
    "$.results[1].links.log",
  ]);
  expect(faultsOf(RunDocument, null)).toEqual(["$ Must be object."]);
});

test("params, facts and tags have limits of depth, entries and length", () => {
  const withParams = (params: unknown) =>
    faultsOf(RunDocument, { ...minimal, results: [{ ...minimal.results[0], params }] });
  let deep: unknown = 1;
  for (let level = 0; level < 7; level++) deep = [deep];
  expect(withParams({ a: deep })).toEqual([`$.results[0].params Must be at most ${LIMITS.depth} levels deep.`]);
  expect(withParams({ a: "x".repeat(LIMITS.json) })).toHaveLength(1);
  expect(withParams(Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`p${index}`, 1])))).toHaveLength(1);
  expect(withParams({ a: [[[[[1]]]]], b: null, "": 1 })).toHaveLength(1);
  expect(withParams([1])).toHaveLength(1);
  expect(withParams(JSON.parse('{"__proto__": 1}'))).toEqual([
    "$.results[0].params.__proto__ This name is not possible. Choose another.",
  ]);
});

test("a variant needs an experiment, and a commit is not its own parent", () => {
  expect(faultsOf(RunDocument, { ...minimal, run: { key: "k", variant: "v" } })).toEqual([
    "$.run.variant A variant needs run.experiment.",
  ]);
  expect(faultsOf(RunDocument, { ...minimal, commit: { sha: "abcdef0123", parents: ["ABCDEF0123"] } })).toHaveLength(1);
});

test("a commit list is oldest first, without doubles", () => {
  const commit = (sha: string, ...parents: string[]) => ({ sha, committedAt: "2026-01-01T00:00:00Z", parents });
  const list = (...commits: unknown[]) => faultsOf(CommitListBody, { branch: "main", commits });
  expect(list(commit("aaaaaaa"), commit("bbbbbbb", "aaaaaaa"))).toEqual([]);
  expect(list(commit("bbbbbbb", "aaaaaaa"), commit("aaaaaaa"))).toHaveLength(1);
  expect(list(commit("aaaaaaa"), commit("AAAAAAA"))).toHaveLength(1);
  expect(list()).toHaveLength(1);
  expect(list({ sha: "aaaaaaa" })).toHaveLength(2);
});

test("releases, projects and tokens are strict too", () => {
  expect(
    faultsOf(ReleasesBody, {
      releases: [
        { tag: "v1", sha: "aaaaaaa" },
        { tag: "v1", sha: "bbbbbbb" },
      ],
    }),
  ).toHaveLength(1);
  expect(faultsOf(ProjectBody, { slug: "api", name: "x", visibility: "secret", extra: 1 })).toHaveLength(3);
  expect(faultsOf(TokenBody, { name: "x", scopes: ["root"] })).toHaveLength(1);
  expect(parseBody(TokenBody, { name: "x", scopes: ["ingest"] })).toMatchObject({ defaultBranch: true });
});

test("docs/api.md states every limit", () => {
  const docs = readFileSync(new URL("../docs/api.md", import.meta.url), "utf8");
  const rows = docs.slice(docs.indexOf("### Limits"), docs.indexOf("## GET /api/v1/projects/{project}/runs\n"));
  const stated = new Set(rows.match(/\d[\d,]*/g)?.map((number) => Number(number.replaceAll(",", ""))));
  for (const [name, limit] of Object.entries(LIMITS)) expect(stated, name).toContain(limit);
});
