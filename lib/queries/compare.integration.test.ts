import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { storeCommits } from "@/ingest/store/storeCommits";
import { storeReleases } from "@/ingest/store/storeReleases";
import { storeRuns } from "@/ingest/store/storeRuns";
import { day, newProject, result, runDocument, type Sent, sha } from "@/ingest/store/testing/documents";
import { analyse } from "@/lib/analysis";
import { createProject } from "@/lib/commands/createProject";
import { changeSettings } from "@/lib/commands/settings";
import { stateExperiment } from "@/lib/commands/stateExperiment";
import { db, row, rows } from "@/lib/db/sql";
import { testDatabase } from "@/lib/db/testing/database";
import { Invalid, NotFound, Unauthorized } from "@/lib/errors";
import { ANONYMOUS, SYSTEM } from "@/lib/model/actor";
import type { Json } from "@/lib/model/words";
import { type CompareAsked, type CompareRow, readCompare, readComparison } from "./compare";
import { isNamedCopy, readFloor } from "./compareFloor";
import { readMatrix, readMatrixPart } from "./compareMatrix";
import { readSides, readSuggestions } from "./compareSideList";

testDatabase();

const ASKED = { environment: null, metric: null, workload: null, sort: "effect" } as const;
const compare = (slug: string, baseline: string | null, contender: string, asked: Partial<CompareAsked> = {}) =>
  readComparison(ANONYMOUS, slug, { ...ASKED, baseline, contender, ...asked });

/** Fixed noise, so that no test depends on chance: about `spread` around 1. */
const noise = (k: number, spread = 0.01) => 1 + spread * Math.sin(12.9898 * (k + 1) + 4.1 * Math.cos(7.3 * k));

/** Results of one run: `count` workloads at a level each, moved by `factor`. */
function results(count: number, seed: number, factor = 1): Json[] {
  return Array.from({ length: count }, (_, w) =>
    result(`w${w + 1}`, { duration: [0, 1, 2].map((s) => (10 + w) * factor * noise(seed * 97 + w * 13 + s)) }),
  );
}

/** Runs of one variant, by turns with those of the other in time. */
function variant(name: string, runs: number, resultsOf: (run: number) => Json[], at = "c0"): Sent[] {
  const offset = name === "a" ? 0 : 1;
  return Array.from({ length: runs }, (_, run) =>
    runDocument(at, {
      key: `${at}-${name}-${run}`,
      started: day(2 * run + offset),
      run: { experiment: "try", variant: name },
      results: resultsOf(run),
    }),
  );
}

const A = "experiment:try/a";
const B = "experiment:try/b";

async function experiment(a: (run: number) => Json[], b: (run: number) => Json[], runs = 5): Promise<string> {
  const slug = await newProject();
  await storeRuns(SYSTEM, slug, [...variant("a", runs, a), ...variant("b", runs, b)]);
  return slug;
}

/** A history of commits c0, c1 ... with one or more runs each, analysed. */
async function history(length: number, resultsOf: (place: number) => Json[], runs = 1): Promise<string> {
  const slug = await newProject();
  const documents = Array.from({ length }, (_, place) =>
    Array.from({ length: runs }, (_, run) =>
      runDocument(`c${place}`, {
        key: `k-${place}-${run}`,
        parents: place === 0 ? [] : [`c${place - 1}`],
        at: day(place),
        results: resultsOf(place * runs + run),
      }),
    ),
  ).flat();
  await storeRuns(SYSTEM, slug, documents);
  const project = await row<{ id: number }>(db(), "SELECT id FROM projects WHERE slug = $1", [slug]);
  await analyse(project?.id ?? 0);
  return slug;
}

const verdicts = (all: readonly CompareRow[]) => Object.fromEntries(all.map((one) => [one.workload, one.verdict]));

describe("a comparison of variants", () => {
  test("a commit against itself, 40 workloads and five runs a side, calls nothing and states the rate it holds", async () => {
    const slug = await experiment(
      (run) => results(40, run),
      (run) => results(40, run + 50),
    );
    const { summary, gate, warnings, falseDiscoveryRate } = await compare(slug, A, B);
    expect(summary).toMatchObject({ total: 40, regressions: 0, improvements: 0, missing: 0, failed: 0 });
    expect(gate).toEqual({ answer: "pass", reasons: [] });
    expect(warnings).toEqual([]);
    expect(falseDiscoveryRate).toBe(0.05);
  });

  test("a regression of one workload is told with change, difference, interval, runs and samples; the gate fails", async () => {
    const slug = await experiment(
      (run) => results(10, run),
      (run) => [...results(9, run + 50), result("w10", { duration: [23, 23.1, 22.9].map((x) => x * noise(run)) })],
    );
    const { rows: found, gate } = await compare(slug, A, B);
    expect(found[0]).toMatchObject({
      workload: "w10",
      params: {},
      metric: "duration",
      environment: "10x-m6i.large",
      unit: "s",
      verdict: "regression",
      change: expect.closeTo(23 / 19 - 1, 1),
      difference: expect.closeTo(4, 0),
      baseline: { runs: 5, samples: 15, failed: 0 },
      contender: { runs: 5, samples: 15 },
    });
    expect(found[0]?.q).toBeLessThan(0.05);
    expect(gate.answer).toBe("fail");
  });

  test("what is on one side only is listed by kind, counted, and keeps the gate from passing", async () => {
    const others = (seed: number) => results(20, seed);
    const slug = await experiment(others, (run) => [
      ...others(run + 50).filter((_, w) => w !== 4 && w !== 5),
      { workload: "w6", outcome: "failed", error: "KilledWorker" },
      result("w21"),
    ]);
    const { oneSided, summary, gate } = await compare(slug, A, B);
    expect(oneSided.map(({ kind, workload, error }) => ({ kind, workload, error }))).toEqual([
      { kind: "failed", workload: "w6", error: "KilledWorker" },
      { kind: "missing", workload: "w5", error: null },
      { kind: "new", workload: "w21", error: null },
    ]);
    expect(summary).toMatchObject({ total: 18, missing: 1, failed: 1, new: 1, regressions: 0 });
    expect(gate).toMatchObject({ answer: "cannot tell", reasons: ["1 failed.", "1 missing on the contender."] });
  });

  test("a case that failed in some runs is compared by its good ones, and says how many failed", async () => {
    const slug = await experiment(
      (run) => results(3, run),
      (run) =>
        run === 0 ? [...results(2, 70), { workload: "w3", outcome: "failed", error: "x" }] : results(3, run + 50),
    );
    const { rows: found, oneSided } = await compare(slug, A, B);
    expect(oneSided).toEqual([]);
    expect(found.find(({ workload }) => workload === "w3")).toMatchObject({ contender: { runs: 4, failed: 1 } });
  });

  test("0 to 5 is a regression told as a difference, 0 to 0 unchanged", async () => {
    const slug = await experiment(
      () => [result("from zero", { spilled_memory: [0, 0] }), result("still zero", { spilled_memory: [0] })],
      () => [result("from zero", { spilled_memory: [5, 5] }), result("still zero", { spilled_memory: [0] })],
    );
    const { rows: found } = await compare(slug, A, B);
    expect(verdicts(found)).toEqual({ "from zero": "regression", "still zero": "unchanged" });
    expect(found[0]).toMatchObject({ change: null, difference: 5 });
  });

  test("another version of a workload is not compared, and is told once", async () => {
    const versioned = (version: string) => () => [{ ...result("w"), version }, result("v")];
    const slug = await experiment(versioned("1"), versioned("2"));
    const { rows: found, oneSided } = await compare(slug, A, B);
    expect(found.map(({ workload }) => workload)).toEqual(["v"]);
    expect(oneSided).toMatchObject([{ kind: "version", workload: "w", version: "1", otherVersion: "2" }]);
  });

  test("controls of an experiment are left out", async () => {
    const slug = await experiment(
      () => [result("w"), { ...result("pinned"), control: true }],
      () => [result("w"), { ...result("pinned"), control: true }],
    );
    expect((await compare(slug, A, B)).rows.map(({ workload }) => workload)).toEqual(["w"]);
  });

  test("sides that ran in control environments alone say why they have no rows", async () => {
    const slug = await experiment(
      () => [result("w")],
      () => [result("w")],
    );
    await changeSettings(SYSTEM, slug, { controlEnvironments: ["10x-m6i.large"] });
    const { rows: found, note, gate } = await compare(slug, A, B);
    expect(found).toEqual([]);
    expect(note).toContain("the settings name 10x-m6i.large as a control");
    expect(gate).toMatchObject({ answer: "cannot tell", reasons: [note] });
  });

  test("excluded runs count on no side", async () => {
    const slug = await experiment(
      () => [result("w")],
      () => [result("w")],
    );
    await rows(
      db(),
      `INSERT INTO exclusions (project_id, run_id, reason, excluded_by)
       SELECT u.project_id, u.id, 'slow disk', 'test' FROM runs u JOIN projects p ON p.id = u.project_id
       WHERE p.slug = $1 AND u.variant = 'a' AND u.key <> 'c0-a-0'`,
      [slug],
    );
    const { rows: found, baseline } = await compare(slug, A, B);
    expect(baseline.runs).toBe(1);
    expect(found).toMatchObject([{ baseline: { runs: 1 }, contender: { runs: 5 } }]);
  });

  test("sides that ran one after the other are told", async () => {
    const slug = await newProject();
    const late = variant("b", 5, (run) => results(3, run)).map((document) => ({
      ...document,
      run: { ...document.run, startedAt: day(100) },
    }));
    await storeRuns(SYSTEM, slug, [...variant("a", 5, (run) => results(3, run + 9)), ...late]);
    expect((await compare(slug, A, B)).warnings).toMatchObject([{ code: "not-interleaved", blocksGate: false }]);
  });

  test("changed facts and other environments are told and feed no gate", async () => {
    const slug = await newProject();
    const small = { facts: { instance: "m6i.large" } };
    const large = { facts: { instance: "m6i.xlarge" } };
    await storeRuns(SYSTEM, slug, [
      runDocument("c0", { key: "one", results: results(2, 1), ...small }),
      runDocument("c1", { key: "two", results: results(2, 2), ...large }),
      runDocument("c1", { key: "three", results: results(2, 2), environment: "laptop", ...large }),
    ]);
    const changed = await compare(slug, "run:one", "run:two");
    expect(changed.warnings).toMatchObject([{ code: "facts", text: expect.stringContaining("m6i.large, m6i.xlarge") }]);
    expect(changed.gate.answer).toBe("cannot tell");
    const elsewhere = await compare(slug, "run:one", "run:three");
    expect(elsewhere).toMatchObject({ warnings: [{ code: "environments" }], gate: { answer: "cannot tell" } });
    expect(elsewhere.rows).toHaveLength(2);
  });
});

describe("an experiment whose runs arrive", () => {
  const faster = (seed: number) => results(9, seed, 0.8);

  test("has intervals and no verdict before its planned runs, five where nothing was stated; the gate cannot tell", async () => {
    const slug = await experiment(
      (run) => results(9, run),
      (run) => faster(run + 50),
      4,
    );
    const { rows: found, summary, looks, gate } = await compare(slug, A, B);
    expect(looks).toMatchObject({ experiment: "try", planned: 5, statedAt: null, open: true, look: 0, rate: 0 });
    expect(summary).toMatchObject({ total: 9, inconclusive: 9, open: 9, improvements: 0 });
    for (const row of found) expect(row).toMatchObject({ open: true, verdict: "inconclusive", q: null, needsRuns: 1 });
    expect(found[0]?.interval?.[1]).toBeLessThan(-0.1);
    expect(gate).toMatchObject({
      answer: "cannot tell",
      reasons: ["try plans 5 runs a side before a verdict; so far 4 and 4 in 10x-m6i.large."],
    });
  });

  test("is judged when its plan is met, and each further look spends less of the error", async () => {
    const slug = await newProject();
    const stated = await stateExperiment(SYSTEM, slug, { name: "try", plannedRuns: 3, copies: {} });
    expect(stated.created).toBe(true);
    await storeRuns(SYSTEM, slug, [
      ...variant("a", 3, (run) => results(9, run)),
      ...variant("b", 3, (run) => faster(run + 50)),
    ]);
    const first = await compare(slug, A, B);
    expect(first.looks).toMatchObject({ planned: 3, before: 0, open: false, look: 1 });
    expect(first.summary.improvements).toBe(9);
    await storeRuns(SYSTEM, slug, [
      ...variant("a", 4, (run) => results(9, run)),
      ...variant("b", 5, (run) => faster(run + 50)),
    ]);
    const second = await compare(slug, A, B);
    expect(second.looks).toMatchObject({ look: 2, environments: [{ baseline: 4, contender: 5, look: 2 }] });
    expect(second.looks?.rate).toBeLessThan(first.looks?.rate ?? 0);
  });

  test("with a plan that was changed after runs came says so", async () => {
    const slug = await experiment(
      (run) => results(2, run),
      (run) => results(2, run + 50),
      2,
    );
    await stateExperiment(SYSTEM, slug, { name: "try", plannedRuns: 2, copies: {} });
    const { warnings, looks } = await compare(slug, A, B);
    expect(looks).toMatchObject({ before: 4, look: 1 });
    expect(warnings).toMatchObject([{ code: "plan-late", blocksGate: false }]);
    expect((await stateExperiment(SYSTEM, slug, { name: "try", plannedRuns: 2, copies: {} })).created).toBe(false);
    await expect(stateExperiment(ANONYMOUS, slug, { name: "try", plannedRuns: 9, copies: {} })).rejects.toThrow(
      Unauthorized,
    );
  });
});

describe("a side", () => {
  let slug = "";
  beforeAll(async () => {
    slug = await history(40, (k) => results(9, k, k < 40 ? 1 : 1.3), 2);
    await storeReleases(SYSTEM, slug, {
      releases: [
        { tag: "v1", sha: sha("c10") },
        { tag: "v/2", sha: sha("c39") },
      ],
    });
    await storeCommits(SYSTEM, slug, {
      branch: "feature/x",
      commits: [{ sha: sha("f0"), committedAt: day(41), parents: [sha("c39")], pullRequest: 7 }],
    });
    await storeRuns(SYSTEM, slug, [
      runDocument("f0", {
        parents: ["c39"],
        at: day(41),
        branch: "feature/x",
        results: results(9, 500, 1.5),
        commit: { pullRequest: 7 },
      }),
    ]);
  });

  test("is a release, a commit by seven characters, a run: the same data by three names", async () => {
    for (const side of ["release:v1", `commit:${sha("c10").slice(0, 7)}`]) {
      const { baseline } = await compare(slug, side, "release:v/2");
      expect(baseline).toMatchObject({ side, sha: sha("c10"), runs: 2, commits: 1, note: null });
    }
    expect((await compare(slug, "run:k-10-0", "release:v/2")).baseline).toMatchObject({ sha: sha("c10"), runs: 1 });
  });

  test("a step between two releases is found with two runs a side and the history's noise", async () => {
    const { summary, rows: found } = await compare(slug, "release:v1", "release:v/2");
    expect(summary).toMatchObject({ total: 9, regressions: 9 });
    for (const { change } of found) expect(change).toBeCloseTo(0.3, 1);
  });

  test("one run a side rests on the history", async () => {
    expect((await compare(slug, "run:k-10-0", "run:k-39-0")).summary.regressions).toBe(9);
  });

  test("a branch is its newest measured commit and earlier runs within the present segment", async () => {
    const { baseline, rows: found } = await compare(slug, "branch:main", "branch:feature/x");
    expect(baseline).toMatchObject({ sha: sha("c39"), runs: 10, commits: 5 });
    for (const { baseline: side, change } of found) {
      expect(side.runs).toBe(10);
      expect(change).toBeCloseTo(1.5 / 1.3 - 1, 1);
    }
  });

  test("of another branch only the newest measured commit counts, and main is left as it was", async () => {
    expect((await compare(slug, "branch:main", "branch:feature/x")).contender).toMatchObject({
      sha: sha("f0"),
      runs: 1,
    });
  });

  test("a pull request is its measured commit", async () => {
    expect((await compare(slug, "branch:main", "pr:7")).contender).toMatchObject({ label: "#7", sha: sha("f0") });
  });

  test("a pull request's merge base is where its parents meet the default branch, and compares like any commit", async () => {
    const { baseline, contender, summary } = await compare(slug, "pr:7/base", "pr:7");
    expect(baseline).toMatchObject({ label: "base of #7", sha: sha("c39"), runs: 2, note: null });
    expect(contender.sha).toBe(sha("f0"));
    expect(summary.total).toBe(9);
  });

  test("a pull request needs no baseline: left out, or base, it is its merge base; another side has none", async () => {
    for (const baseline of [null, "", "base"])
      expect((await compare(slug, baseline, "pr:7")).baseline).toMatchObject({ side: "pr:7/base", sha: sha("c39") });
    for (const contender of ["branch:main", "pr:7/base", "release:v1"])
      await expect(compare(slug, null, contender)).rejects.toThrow("Name a baseline");
  });

  test("an environment is the default branch's newest runs in it", async () => {
    const { contender } = await compare(slug, "release:v1", "env:10x-m6i.large");
    expect(contender).toMatchObject({ kind: "env", label: "main in 10x-m6i.large", sha: sha("c39"), runs: 10 });
  });

  test("a side in one environment is written env:NAME@SIDE", async () => {
    const { contender } = await compare(slug, "release:v1", "env:10x-m6i.large@release:v/2");
    expect(contender).toMatchObject({ label: "v/2 in 10x-m6i.large", sha: sha("c39"), runs: 2 });
  });

  test("has a floor drawn from the history on one level, the same each time", async () => {
    const asked = { baseline: "release:v1", contender: "release:v/2", environment: null };
    const { source, floor } = await readFloor(ANONYMOUS, slug, asked);
    expect(source).toBe("history");
    expect(floor).toMatchObject({ comparisons: 100, runs: { baseline: 2, contender: 2 }, rows: 9 });
    expect(floor?.withCall).toBeLessThanOrEqual(0.1);
    expect((await readFloor(ANONYMOUS, slug, asked)).floor).toEqual(floor);
  });

  test("the same runs on both sides are told, and feed no gate", async () => {
    const { warnings, gate, summary } = await compare(slug, "release:v1", `commit:${sha("c10")}`);
    expect(warnings).toMatchObject([{ code: "same-runs" }]);
    expect(summary).toMatchObject({ regressions: 0, improvements: 0 });
    expect(gate.answer).toBe("cannot tell");
  });

  test("that does not exist is not found; what is no side, or not there yet, is refused with the way out", async () => {
    for (const side of [
      "env:moon",
      "env:10x-m6i.large@release:none",
      "pr:99/base",
      "release:none",
      "commit:0000000",
      "branch:none",
      "run:none",
      "experiment:none/a",
      "pr:99",
    ])
      await expect(compare(slug, side, "branch:main"), side).rejects.toThrow(NotFound);
    for (const side of ["v1", "tag:v1", "commit:abc", "pr:x", "release:"])
      await expect(compare(slug, side, "branch:main"), side).rejects.toThrow(Invalid);
    await expect(compare(slug, "branch:main", "branch:main", { environment: "moon" })).rejects.toThrow(NotFound);
  });

  test("filters leave verdict, p and q as they are over all rows", async () => {
    const all = await compare(slug, "release:v1", "release:v/2");
    const one = await compare(slug, "release:v1", "release:v/2", { workload: "W3" });
    expect(one.rows).toEqual(all.rows.filter(({ workload }) => workload === "w3"));
    expect(one.summary.total).toBe(1);
  });

  test("comes in parts that together are all rows", async () => {
    const asked = { ...ASKED, baseline: "release:v1", contender: "release:v/2", verdict: null, by: null, limit: 4 };
    const names: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const part = await readCompare(ANONYMOUS, slug, { ...asked, ...(cursor ? { cursor } : {}) });
      expect(part.total).toBe(9);
      names.push(...part.rows.map(({ workload }) => workload));
      if (part.next === null) break;
      cursor = part.next;
    }
    expect(new Set(names).size).toBe(9);
    expect(names).toHaveLength(9);
  });

  test("pickers find it by a part of its name", async () => {
    const sides = async (text: string | null) =>
      (await readSides(ANONYMOUS, slug, text)).groups.flatMap(({ items }) => items.map(({ side }) => side));
    expect(await sides("v/")).toContain("release:v/2");
    expect(await sides("FEATURE")).toContain("branch:feature/x");
    expect(await sides(sha("c10").slice(0, 9))).toContain(`commit:${sha("c10")}`);
    expect(await sides("k-10-0")).toContain("run:k-10-0");
    expect(await sides("nothing like it")).toEqual([]);
    expect((await readSuggestions(ANONYMOUS, slug))[0]).toMatchObject({
      baseline: { side: "release:v1" },
      contender: { side: "release:v/2" },
    });
  });
});

describe("a side without data", () => {
  test("offers the nearest measured ancestor with its distance; nothing is compared in its place", async () => {
    const slug = await newProject();
    const commits = ["c0", "c1", "c2", "c3"].map((name, k) => ({
      sha: sha(name),
      committedAt: day(k),
      parents: k === 0 ? [] : [sha(`c${k - 1}`)],
    }));
    await storeCommits(SYSTEM, slug, { branch: "main", commits });
    await storeRuns(SYSTEM, slug, [
      runDocument("c0", { results: results(3, 1) }),
      runDocument("c3", { parents: ["c2"], at: day(3), results: results(3, 2) }),
    ]);
    const read = await compare(slug, `commit:${sha("c2")}`, `commit:${sha("c3")}`);
    expect(read.baseline).toMatchObject({
      runs: 0,
      nearest: { side: `commit:${sha("c0")}`, distance: 2, where: "before" },
    });
    expect(read).toMatchObject({ rows: [], oneSided: [], summary: { total: 0 }, gate: { answer: "cannot tell" } });
    expect(read.note).toContain("2 commits before it");
  });

  test("known only as a parent, it offers the next measured commit", async () => {
    const slug = await newProject();
    await storeRuns(SYSTEM, slug, [runDocument("c1", { parents: ["c0"] }), runDocument("c2", { parents: ["c1"] })]);
    const { baseline, gate } = await compare(slug, `commit:${sha("c0")}`, `commit:${sha("c2")}`);
    expect(baseline.nearest).toMatchObject({ sha: sha("c1"), distance: 1, where: "after" });
    expect(gate.answer).toBe("cannot tell");
  });

  test("two environments at one commit are compared with a warning that feeds no gate; other commits are told too", async () => {
    const slug = await newProject();
    const run = (key: string, at: string, environment: string, seed: number, factor = 1) =>
      runDocument(at, {
        key,
        parents: at === "c0" ? [] : ["c0"],
        at: day(at === "c0" ? 0 : 1),
        environment,
        results: results(9, seed, factor),
      });
    await storeRuns(SYSTEM, slug, [
      ...[0, 1, 2].map((k) => run(`small-${k}`, "c0", "small", k)),
      ...[0, 1, 2].map((k) => run(`large-${k}`, "c0", "large@2", k + 9, 0.5)),
      run("later", "c1", "large@2", 20, 0.5),
    ]);
    const at = `@commit:${sha("c0")}`;
    const same = await compare(slug, `env:small${at}`, `env:large@2${at}`);
    expect(same.warnings.map(({ code }) => code)).toEqual(["environments"]);
    expect(same).toMatchObject({ gate: { answer: "cannot tell" }, summary: { improvements: 9 } });
    const newest = await compare(slug, "env:small", "env:large@2");
    expect(newest.warnings.map(({ code }) => code)).toEqual(["environments", "commits"]);
    await expect(compare(slug, "env:small", "env:large@2", { environment: "small" })).rejects.toThrow(Invalid);
  });

  test("a merged pull request is its commit on the default branch, its base the one before; a sent merge base wins", async () => {
    const slug = await newProject();
    await storeCommits(SYSTEM, slug, {
      branch: "main",
      commits: ["c0", "c1", "c2"].map((name, k) => ({
        sha: sha(name),
        committedAt: day(k),
        parents: k === 0 ? [] : [sha(`c${k - 1}`)],
        ...(k === 2 ? { pullRequest: 5 } : {}),
      })),
    });
    await storeRuns(SYSTEM, slug, [
      runDocument("c0", { results: results(2, 1) }),
      runDocument("c2", { parents: ["c1"], at: day(2), results: results(2, 2) }),
      runDocument("f9", {
        branch: "f",
        commit: { pullRequest: 9, mergeBase: sha("c0") },
        at: day(3),
        results: results(2, 3),
      }),
      runDocument("g1", { branch: "g", commit: { pullRequest: 3 }, at: day(4), results: results(2, 4) }),
    ]);
    const merged = await compare(slug, "pr:5/base", "pr:5");
    expect(merged.contender.sha).toBe(sha("c2"));
    expect(merged.baseline).toMatchObject({ sha: sha("c1"), runs: 0, nearest: { sha: sha("c0"), distance: 1 } });
    expect(merged.gate.answer).toBe("cannot tell");
    expect((await compare(slug, "pr:9/base", "pr:9")).baseline).toMatchObject({ sha: sha("c0"), runs: 1 });
    await expect(compare(slug, "pr:3/base", "pr:3")).rejects.toThrow("Send mergeBase");
  });

  test("measured in experiments only, it names them", async () => {
    const slug = await experiment(
      () => [result("w")],
      () => [result("w")],
    );
    expect((await compare(slug, `commit:${sha("c0")}`, B)).baseline.note).toContain("experiment:try/a");
  });
});

test("a variant is a copy by its name: the other's with a word for it, or that word alone", () => {
  expect(["base-copy", "BASE_again", "base aa", "aa"].filter((name) => isNamedCopy(name, "base"))).toHaveLength(4);
  expect(["base-2", "copybase", "basecopy", "base", "copy-of"].filter((name) => isNamedCopy(name, "base"))).toEqual([]);
});

test("an experiment without a copy or a history has no floor, and says what would show one; a copy of other code is none", async () => {
  const slug = await experiment(
    () => [result("w")],
    () => [result("w")],
    2,
  );
  const asked = { baseline: A, contender: B, environment: null };
  expect(await readFloor(ANONYMOUS, slug, asked)).toMatchObject({
    source: null,
    floor: null,
    note: expect.stringContaining("-copy"),
  });
  await stateExperiment(SYSTEM, slug, { name: "try", plannedRuns: 2, copies: { b: "a" } });
  expect(await readFloor(ANONYMOUS, slug, asked)).toMatchObject({ source: "copy", copy: B });
  await storeRuns(
    SYSTEM,
    slug,
    variant("b", 1, () => [result("w")], "c9"),
  );
  expect((await readFloor(ANONYMOUS, slug, asked)).note).toContain("b ran other commits than a");
});

describe("the demo's experiment", () => {
  beforeAll(async () => {
    await createProject(SYSTEM, { slug: "demo", name: "demo", defaultBranch: "main", visibility: "public" });
    const text = gunzipSync(readFileSync("prisma/seed/runs.ndjson.gz")).toString("utf8");
    const documents = text.split("\n").filter((line) => line.includes('"experiment":"scheduling"'));
    expect(documents).toHaveLength(20);
    await storeRuns(
      SYSTEM,
      "demo",
      documents.map((line) => JSON.parse(line)),
    );
  });

  test("baseline against its copy shows nothing", async () => {
    const { summary } = await compare("demo", "experiment:scheduling/baseline", "experiment:scheduling/baseline-copy");
    expect(summary).toMatchObject({ total: 50, regressions: 0, improvements: 0 });
  });

  test("has a copy of the baseline: its floor is what the two show, all calls being false", async () => {
    const asked = {
      baseline: "experiment:scheduling/baseline",
      contender: "experiment:scheduling/no-queuing",
      environment: null,
    };
    const { source, copy, floor } = await readFloor(ANONYMOUS, "demo", asked);
    expect({ source, copy }).toEqual({ source: "copy", copy: "experiment:scheduling/baseline-copy" });
    expect(floor).toMatchObject({
      comparisons: 1,
      runs: { baseline: 5, contender: 5 },
      rows: 50,
      calls: 0,
      withCall: 0,
    });
    for (const { change, covered, detectable } of floor?.metrics ?? []) {
      expect(change?.[0]).toBeLessThan(0.02);
      expect(change?.[1]).toBeGreaterThan(-0.02);
      expect(covered).toBeGreaterThan(0.8);
      expect(detectable).toBeGreaterThan(0);
    }
  });

  test("is a matrix of three variants against the baseline, whose q counts all cells", async () => {
    const asked = { ...ASKED, experiment: "scheduling", baseline: null };
    const { baseline, variants, comparisons, rows: found } = await readMatrix(ANONYMOUS, "demo", asked);
    expect(baseline.side).toBe("experiment:scheduling/baseline");
    expect(variants).toHaveLength(3);
    expect(comparisons).toBe(150);
    expect(found).toHaveLength(50);
    for (const { cells } of found)
      expect(cells.map(({ variant: name }) => name)).toEqual(variants.map((one) => one.variant));
    const pair = await compare("demo", "experiment:scheduling/baseline", "experiment:scheduling/no-queuing");
    for (const row of pair.rows) {
      const cell = found
        .find((one) => one.workload === row.workload && one.metric === row.metric)
        ?.cells.find((one) => one.variant === "no-queuing");
      // The same estimate: the variants lend each other no noise and no runs.
      expect(cell).toMatchObject({ change: row.change, interval: row.interval, p: row.p, baseline: row.baseline });
    }
    const copy = variants.find((one) => one.variant === "baseline-copy");
    expect(copy?.summary).toMatchObject({ total: 50, regressions: 0, improvements: 0 });
  });

  test("comes in parts, filtered without another verdict; what is not there is not found", async () => {
    const asked = { ...ASKED, experiment: "scheduling", baseline: "no-queuing" };
    const all = await readMatrix(ANONYMOUS, "demo", asked);
    const part = await readMatrixPart(ANONYMOUS, "demo", { ...asked, metric: "duration", sort: "name", limit: 4 });
    expect(part).toMatchObject({ total: 10, next: expect.any(String), comparisons: 150 });
    expect(part.rows).toHaveLength(4);
    for (const row of part.rows) expect(all.rows).toContainEqual(row);
    for (const wrong of [{ experiment: "none" }, { baseline: "none" }, { environment: "moon" }])
      await expect(readMatrix(ANONYMOUS, "demo", { ...asked, ...wrong })).rejects.toThrow(NotFound);
  });

  test("without queuing anom_mean needs a fifth more memory, and many tasks run a third faster", async () => {
    const { rows: found } = await compare("demo", "experiment:scheduling/baseline", "experiment:scheduling/no-queuing");
    const of = (workload: string, metric: string) =>
      found.find((one) => one.workload === workload && one.metric === metric);
    expect(of("anom_mean", "peak_memory")).toMatchObject({ verdict: "regression", change: expect.closeTo(0.2, 1) });
    expect(of("many_tiny_tasks", "duration")).toMatchObject({
      verdict: "improvement",
      change: expect.closeTo(-0.35, 1),
    });
  });
});
