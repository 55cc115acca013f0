import { expect, test } from "vitest";
import { storeCommits } from "@/ingest/store/storeCommits";
import { storeRuns } from "@/ingest/store/storeRuns";
import { newProject, sha } from "@/ingest/store/testing/documents";
import { changeSettings } from "@/lib/commands/settings";
import { db, rows } from "@/lib/db/sql";
import { testDatabase } from "@/lib/db/testing/database";
import { Invalid, NotFound } from "@/lib/errors";
import { SYSTEM } from "@/lib/model/actor";
import { readCheck } from "./check";
import { readReleaseRows } from "./list";
import { readReport } from "./read";
import { analyseAll, commitAt, listCommits, near, passed, postRuns, runAt, stepped, tag } from "./testing/release";

testDatabase();

const read = (slug: string, candidate: string, against: string | null = null) =>
  readReport(SYSTEM, slug, { candidate, against, number: null });
const check = (slug: string, candidate: string, against: string | null = null) =>
  readCheck(SYSTEM, slug, { candidate, against, environment: null });

/** A commit of a hot-fix branch that leaves main at `from`, with runs of `value` if one is given. */
async function hotFix(slug: string, from: number, value: number | null, name = "fix"): Promise<string> {
  const at = sha(`hot ${name}`);
  const commit = { sha: at, committedAt: new Date(Date.UTC(2025, 3, 1)).toISOString(), parents: [commitAt(from)] };
  await storeCommits(SYSTEM, slug, { branch: `release/${name}`, commits: [commit] });
  if (value !== null)
    await storeRuns(
      SYSTEM,
      slug,
      [0, 1, 2].map((i) =>
        runAt(at, [passed("join", near(value, i)), passed("steady", near(5, i))], {
          ...{ key: `hot-${name}-${i}`, parent: commitAt(from), branch: `release/${name}`, day: 90 },
        }),
      ),
    );
  return at;
}

async function measured(step = 40): Promise<string> {
  const slug = await newProject();
  await listCommits(slug, 60);
  await postRuns(slug, 0, stepped(60, step, 10, 12));
  return slug;
}

test("the first release has no predecessor: nothing is compared, and the gate cannot tell", async () => {
  const slug = await measured();
  await tag(slug, { "1.0": commitAt(30) });
  await analyseAll(slug);
  const report = await read(slug, "1.0");
  expect(report.figures.baseline).toBeNull();
  expect(report.decided.verdict).toEqual({ word: "nothing to compare", text: "nothing to compare with" });
  expect(await check(slug, "1.0")).toMatchObject({ answer: "cannot tell", by: "report" });
});

test("tags that are sent late, or in any order, find the release before them by the graph", async () => {
  const slug = await measured();
  await tag(slug, { "1.2": commitAt(55), "1.0": commitAt(30) });
  await analyseAll(slug);
  expect((await read(slug, "1.2")).figures.baseline?.name).toBe("1.0");
  await tag(slug, { "1.1": commitAt(45) });
  expect((await read(slug, "1.2")).figures.baseline?.name).toBe("1.1");
  expect((await read(slug, "1.1")).figures.baseline?.name).toBe("1.0");
  await expect(read(slug, "1.0", "1.2")).rejects.toThrow(/comes after/);
  await expect(read(slug, "1.0", "1.0")).rejects.toThrow(Invalid);
  await expect(read(slug, "2.0")).rejects.toThrow(NotFound);
});

test("a hot-fix is compared with the release that its own line leaves, and is judged by its own runs", async () => {
  const slug = await measured();
  await tag(slug, { "1.0": commitAt(45), "1.1": commitAt(55), "1.0.1": await hotFix(slug, 45, 14) });
  await analyseAll(slug);
  const report = await read(slug, "1.0.1");
  expect(report.figures.baseline?.name).toBe("1.0");
  expect(report.figures.candidate).toMatchObject({ position: null, reach: 45, fork: { position: 45, commits: 1 } });
  const row = report.figures.rows.find(({ workload }) => workload === "join");
  expect(row).toMatchObject({ verdict: "regression", steps: [], candidate: { from: "runs", runs: 3 } });
  expect(report.decided.blocks).toMatchObject([{ workload: "join", shift: null }]);
  expect((await read(slug, "1.1")).figures.baseline?.name).toBe("1.0");
});

test("a hot-fix without runs of its own cannot be told", async () => {
  const slug = await measured();
  await tag(slug, { "1.0": commitAt(45), "1.0.1": await hotFix(slug, 45, null) });
  await analyseAll(slug);
  const { rows: all, plan } = (await read(slug, "1.0.1")).figures;
  expect(new Set(all.map(({ verdict, why }) => `${verdict} ${why}`))).toEqual(new Set(["cannot tell unmeasured"]));
  expect(plan).toMatchObject([{ side: "candidate", environment: "vm", sha: sha("hot fix") }]);
});

test("fixed on the default branch, and not in the candidate: it blocks and says where the fix is", async () => {
  const slug = await newProject();
  await listCommits(slug, 80);
  const values = Array.from({ length: 80 }, (_, i) => [passed("join", near(i < 30 || i >= 55 ? 10 : 12, i))]);
  await postRuns(slug, 0, values);
  await tag(slug, { "1.0": commitAt(20), "1.1": commitAt(45), "1.2": commitAt(70) });
  await analyseAll(slug);
  const [shift] = (await read(slug, "1.1")).decided.worse;
  expect(shift).toMatchObject({ outcome: "undecided", recovery: { inCandidate: "no", tags: ["1.2"] } });
  expect(shift?.text).toMatch(/^undone by #\d, which 1\.1 does not hold$/);
  const whole = await read(slug, "1.2", "1.0");
  expect(whole.decided.worse[0]).toMatchObject({ outcome: "gone" });
  expect(whole.figures.rows[0]?.verdict).toBe("unchanged");
  expect(whole.decided.verdict.text).toBe("ready");
});

test("fixed in a hot-fix by its own runs, and not on the default branch: told as such, and it blocks nothing", async () => {
  const slug = await measured();
  await tag(slug, { "0.9": commitAt(30), "1.0.1": await hotFix(slug, 45, 10) });
  await analyseAll(slug);
  const report = await read(slug, "1.0.1");
  expect(report.figures.baseline?.name).toBe("0.9");
  expect(report.decided.worse).toMatchObject([{ outcome: "gone", fixedHere: true }]);
  expect(report.decided.blocks).toEqual([]);
});

test("where the workload's version changed between, nothing is compared; the plan measures the baseline again", async () => {
  const slug = await newProject();
  await listCommits(slug, 60);
  const values = Array.from({ length: 60 }, (_, i) => [passed("join", near(10, i), { version: i < 40 ? "1" : "2" })]);
  await postRuns(slug, 0, values);
  await tag(slug, { "1.0": commitAt(30), "1.1": commitAt(50) });
  await analyseAll(slug);
  const { rows: all, plan } = (await read(slug, "1.1")).figures;
  expect(all).toMatchObject([{ verdict: "cannot tell", why: "border" }]);
  expect(all[0]?.whyText).toBe("the workload's version changed from 1 to 2");
  expect(plan).toMatchObject([{ side: "baseline", cases: [{ workload: "join" }] }]);
});

test("a release far from any run cannot be told, and the plan names what it needs with its hours", async () => {
  const slug = await newProject();
  await listCommits(slug, 120);
  await postRuns(slug, 0, stepped(60, 200, 10, 10));
  await tag(slug, { "1.0": commitAt(50), "1.1": commitAt(100) });
  await analyseAll(slug);
  const { figures } = await read(slug, "1.1");
  expect(figures.rows.every(({ why, whySide }) => why === "unmeasured" && whySide === "candidate")).toBe(true);
  expect(figures.rows[0]?.whyText).toBe("no run lies near: the nearest run is 41 commits away");
  expect(figures.troubles).toMatchObject([{ kind: "unmeasured", environment: "vm" }]);
  expect(figures.plan[0]?.hours).toBeGreaterThan(0);
});

test("missing, failing and new are three things, and none passes the gate in silence", async () => {
  const slug = await newProject();
  await listCommits(slug, 60);
  await postRuns(
    slug,
    0,
    Array.from({ length: 60 }, (_, i) => [
      passed("steady", near(5, i)),
      ...(i < 30 ? [passed("gone", near(3, i))] : [passed("added", near(2, i))]),
      i < 50 ? passed("broken", near(4, i)) : { workload: "broken", outcome: "failed", error: "KilledWorker" },
    ]),
  );
  await tag(slug, { "1.0": commitAt(25), "1.1": commitAt(58) });
  await analyseAll(slug);
  const { figures, decided } = await read(slug, "1.1");
  expect(figures.troubles.map(({ kind, workload, error }) => [kind, workload, error])).toEqual([
    ["failing", "broken", "KilledWorker"],
    ["missing", "gone", null],
  ]);
  expect(figures.added).toMatchObject([{ workload: "added" }]);
  expect(decided.verdict.text).toBe("not ready: 1 workload missing, 1 workload failing");
  const strict = await check(slug, "1.1");
  expect(strict).toMatchObject({ answer: "fail", counts: { missing: 2 } });
  await changeSettings(SYSTEM, slug, {
    releasePolicy: { ...strict.policy, missing: "cannot tell", cannotTell: "pass" },
  });
  expect(await check(slug, "1.1")).toMatchObject({ answer: "cannot tell" });
});

test("the gate fails while a regression is undecided, passes when it was accepted, and fails when that is over", async () => {
  const slug = await measured();
  await tag(slug, { "1.0": commitAt(30), "1.1": commitAt(50) });
  await analyseAll(slug);
  expect(await check(slug, "release:1.1")).toMatchObject({ answer: "fail", waits: 0, counts: { regressions: 1 } });
  const decide = (until: string | null) =>
    rows(
      db(),
      `UPDATE shifts SET status = 'accepted', accepted_until = $2::timestamptz, decided_by = 'ada'
       WHERE project_id = (SELECT id FROM projects WHERE slug = $1)`,
      [slug, until],
    );
  await decide("2199-01-01T00:00:00Z");
  const accepted = await check(slug, "1.1");
  expect(accepted).toMatchObject({ answer: "pass", counts: { regressions: 0, excused: 1 } });
  expect(accepted.reasons).toMatchObject([{ weight: "note", shift: 1 }]);
  const [row] = (await read(slug, "1.1")).figures.rows.filter(({ verdict }) => verdict === "regression");
  expect(row?.steps).toHaveLength(1);
  await decide("2020-01-01T00:00:00Z");
  expect(await check(slug, "1.1")).toMatchObject({ answer: "fail" });
});

test("a branch is judged by comparison with where it left; one without data cannot be told", async () => {
  const slug = await measured();
  await hotFix(slug, 50, 15, "slow");
  await hotFix(slug, 50, null, "unmeasured");
  await analyseAll(slug);
  const slow = await check(slug, "branch:release/slow");
  expect(slow).toMatchObject({ by: "comparison", against: { sha: commitAt(50) } });
  expect(slow.answer).toBe("fail");
  expect((await check(slug, "branch:release/unmeasured")).answer).toBe("cannot tell");
  await expect(check(slug, "branch:none")).rejects.toThrow(NotFound);
});

test("tags that come with commits are releases where they fit the policy", async () => {
  const slug = await newProject();
  const { releasePolicy } = await changeSettings(SYSTEM, slug, { controlWorkloads: [] });
  await changeSettings(SYSTEM, slug, { releasePolicy: { ...releasePolicy, tags: "v*" } });
  await listCommits(slug, 20, { 5: ["v1.0", "nightly-5"], 9: ["v1.1"] });
  const asked = { filter: null, state: null, limit: 10, offset: 0 } as const;
  const { items, total } = await readReleaseRows(SYSTEM, slug, asked);
  expect([total, items.map(({ tag: name, commits }) => [name, commits])]).toEqual([
    2,
    [
      ["v1.1", 4],
      ["v1.0", null],
    ],
  ]);
  expect((await readReleaseRows(SYSTEM, slug, { ...asked, filter: "1.1" })).total).toBe(1);
  expect((await readReleaseRows(SYSTEM, slug, { ...asked, state: "frozen" })).total).toBe(0);
});
