import { expect, test } from "vitest";
import { storeRuns } from "@/ingest/store/storeRuns";
import { analyse } from "@/lib/analysis";
import { correct } from "@/lib/commands/corrections";
import { createProject } from "@/lib/commands/createProject";
import { setSensitivity } from "@/lib/commands/sensitivity";
import { db, row, rows } from "@/lib/db/sql";
import { testDatabase } from "@/lib/db/testing/database";
import { Forbidden, Invalid } from "@/lib/errors";
import { type Actor, SYSTEM } from "@/lib/model/actor";
import { readDetector } from "./detector";

testDatabase();

const sha = (i: number) => i.toString(16).padStart(40, "0");
/** Noise that repeats, so that the test says the same each time; sd about 1.1. */
const noise = (i: number) => [0.4, -1.3, 0.9, -0.2, 1.6, -0.8, 0.1, -1.1, 1.2, -0.6, 0.7][(i * 7) % 11] ?? 0;

/** 60 commits in a row. */
const documentsOf = (value: (i: number) => number) =>
  Array.from({ length: 60 }, (_, i) => ({
    run: { key: `r${i}`, startedAt: new Date(Date.UTC(2026, 0, 1 + i)).toISOString() },
    commit: {
      sha: sha(i + 1),
      committedAt: new Date(Date.UTC(2026, 0, 1 + i)).toISOString(),
      branch: "main",
      parents: i === 0 ? [] : [sha(i)],
    },
    environment: { name: "vm", facts: {} },
    results: [{ workload: "w", outcome: "passed", metrics: { duration: [value(i)] } }],
  }));

/** 60 commits: 100 s, from the 30th on `step` more. */
async function prepare(slug: string, step: number): Promise<number> {
  await createProject(SYSTEM, { slug, name: slug, defaultBranch: "main", visibility: "public" });
  await storeRuns(
    SYSTEM,
    slug,
    documentsOf((i) => 100 + noise(i) + (i >= 30 ? step : 0)),
  );
  const project = await row<{ id: number }>(db(), "select id from projects where slug = $1", [slug]);
  const id = project?.id ?? 0;
  await analyse(id);
  return id;
}

const asked = { workload: "w", params: null, metric: "duration", environment: null };

test("the detector tells noise, what the next runs would show, and finds what the analysis stored", async () => {
  const id = await prepare("found", 12);
  const read = await readDetector(SYSTEM, "found", { ...asked, sensitivity: null });
  expect(read).toMatchObject({ points: 60, sensitivity: 1, saved: { value: 1, from: "default" }, appear: [], go: [] });
  expect(read.noise).toBeGreaterThan(0.3);
  expect(read.found.map(({ sha: at }) => at)).toEqual([sha(31)]);
  const [five, ten] = read.visible;
  expect(five?.runs).toBe(5);
  expect(five?.difference ?? 0).toBeGreaterThanOrEqual(ten?.difference ?? Number.POSITIVE_INFINITY);
  const stored = await rows<{ sha: string }>(
    db(),
    "select c.sha from changepoints p join commits c on c.project_id = p.project_id and c.id = p.commit_id where p.project_id = $1",
    [id],
  );
  expect(stored.map((one) => one.sha)).toEqual(read.found.map((one) => one.sha));
});

test("what is kept for the project goes before the default, for the workload before that, and the analysis follows", async () => {
  const id = await prepare("kept", 12);
  expect(await setSensitivity(SYSTEM, "kept", { level: "project", value: 1.5 })).toEqual({
    level: "project",
    name: null,
    value: 1.5,
  });
  await setSensitivity(SYSTEM, "kept", { level: "workload", workload: "w", value: 0.5 });
  const read = await readDetector(SYSTEM, "kept", { ...asked, sensitivity: null });
  expect(read.saved).toEqual({ value: 0.5, from: "workload", workload: 0.5, metric: null, project: 1.5 });
  expect((await analyse(id))?.lines).toBe(1);
  const audited = await rows(db(), "select subject from audit where project_id = $1 and verb = 'changed'", [id]);
  expect(audited).toEqual([{ subject: "sensitivity of project kept" }, { subject: "sensitivity of workload w" }]);
  const pending = "select from analysis_requests where project_id = $1";
  await setSensitivity(SYSTEM, "kept", { level: "workload", workload: "w", value: 0.5 });
  expect(await rows(db(), pending, [id]), "the same once more changes nothing").toHaveLength(0);
  await setSensitivity(SYSTEM, "kept", { level: "workload", workload: "w", value: null });
  expect((await readDetector(SYSTEM, "kept", { ...asked, sensitivity: null })).saved.from).toBe("project");
});

test("a higher sensitivity tells at least what a lower one tells, and both differences are named", async () => {
  await prepare("tried", 3);
  const low = await readDetector(SYSTEM, "tried", { ...asked, sensitivity: 0.5 });
  const high = await readDetector(SYSTEM, "tried", { ...asked, sensitivity: 2 });
  expect(high.found.length).toBeGreaterThanOrEqual(low.found.length);
  expect(low.appear).toEqual([]);
  expect(high.go).toEqual([]);
  for (const { sha: at } of low.found) expect(high.found.map((one) => one.sha)).toContain(at);
});

test("a triager may not say it for the project; names that do not exist are faults", async () => {
  const id = await prepare("refused", 12);
  const triager: Actor = { ...SYSTEM, kind: "token", name: "token t", projectId: id, scopes: ["triage"] };
  await expect(setSensitivity(triager, "refused", { level: "project", value: 1.5 })).rejects.toThrow(Forbidden);
  await expect(
    setSensitivity(triager, "refused", { level: "workload", workload: "nothing", value: 1.5 }),
  ).rejects.toThrow(Invalid);
  await setSensitivity(triager, "refused", { level: "metric", metric: "duration", value: 1.5 });
});

test("what people marked is told and counted as the list has it, at any sensitivity, and what they moved away is named", async () => {
  const id = await prepare("corrected", 12);
  await correct(SYSTEM, "corrected", {
    ...{ workload: "w", metric: "duration", environment: "vm" },
    ...{ moves: sha(31), commit: sha(34), reason: "The image was built later" },
  });
  await analyse(id);
  const stored = await rows<{ sha: string }>(
    db(),
    "select c.sha from changepoints p join commits c on c.project_id = p.project_id and c.id = p.commit_id where p.project_id = $1",
    [id],
  );
  for (const sensitivity of [null, 2]) {
    const read = await readDetector(SYSTEM, "corrected", { ...asked, sensitivity });
    expect(read.found.filter(({ byHand }) => byHand).map((one) => one.sha)).toEqual([sha(34)]);
    expect(read.instead).toEqual([expect.objectContaining({ sha: sha(31), why: "hand" })]);
    if (sensitivity === null) expect(read.found.map((one) => one.sha)).toEqual(stored.map((one) => one.sha));
  }
});

test("a steady drift is told instead of the steps that it looks like", async () => {
  await createProject(SYSTEM, { slug: "ramp", name: "ramp", defaultBranch: "main", visibility: "public" });
  await storeRuns(
    SYSTEM,
    "ramp",
    documentsOf((i) => 100 + noise(i) / 4 + i * 0.35),
  );
  const project = await row<{ id: number }>(db(), "select id from projects where slug = 'ramp'");
  await analyse(project?.id ?? 0);
  const read = await readDetector(SYSTEM, "ramp", { ...asked, sensitivity: null });
  expect(read.drift).toMatchObject({ isTold: true, isRelease: false, since: sha(1) });
  expect(read.found).toEqual([]);
  expect(read.instead.map(({ why }) => why)).toContain("drift");
});
