import { beforeAll, describe, expect, test } from "vitest";
import { storeCommits } from "@/ingest/store/storeCommits";
import { storeReleases } from "@/ingest/store/storeReleases";
import { storeRuns } from "@/ingest/store/storeRuns";
import { day, newProject, result, runDocument, sha } from "@/ingest/store/testing/documents";
import { testDatabase } from "@/lib/db/testing/database";
import { Invalid, NotFound } from "@/lib/errors";
import { ANONYMOUS, SYSTEM } from "@/lib/model/actor";
import { readCompare } from "./compare";
import { readFloor } from "./compareFloor";
import { readSides, readSuggestions } from "./compareSideList";
import { ASKED, B, compare, experiment, history, results } from "./testing/comparisons";

testDatabase();

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
