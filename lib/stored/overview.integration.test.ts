import { expect, test } from "vitest";
import { storeCommits } from "@/ingest/store/storeCommits";
import { storeReleases } from "@/ingest/store/storeReleases";
import { storeRuns } from "@/ingest/store/storeRuns";
import { day, newProject, result, runDocument, sha } from "@/ingest/store/testing/documents";
import { analyse } from "@/lib/analysis";
import { changeProject } from "@/lib/commands/changeProject";
import { correct } from "@/lib/commands/corrections";
import { addEvent } from "@/lib/commands/events";
import { exclude, restore } from "@/lib/commands/exclusions";
import { changeSettings } from "@/lib/commands/settings";
import { triageShift } from "@/lib/commands/triageShifts";
import { db, row, rows } from "@/lib/db/sql";
import { testDatabase } from "@/lib/db/testing/database";
import { SYSTEM } from "@/lib/model/actor";
import type { Json } from "@/lib/model/words";
import { computeOverview, readOverview } from "@/lib/queries/overview";
import { readableProject } from "@/lib/queries/project";
import { readStoredOverview } from "@/lib/queries/storedOverview";
import { seeded } from "@/lib/stats/random";
import { storeOverview } from "./overview";

testDatabase();

const NEWEST = { environment: null, branch: null };
const ENVIRONMENTS = ["vm-a", "vm-b"];
const WORKLOADS = ["first", "second", "third"];
const COMMITS = 14;

/** A project as `random` would have it: levels that step, failures, gaps, an environment that is measured now and then. */
async function measured(random: () => number) {
  const slug = await newProject();
  const step = WORKLOADS.map(() => 4 + Math.floor(random() * 7));
  const factor = WORKLOADS.map(() => (random() < 0.5 ? 1.5 : 0.7));
  const documents = Array.from({ length: COMMITS }, (_, place) => documentsOf(place)).flat();
  await storeRuns(SYSTEM, slug, documents);
  const project = await row<{ id: number }>(db(), "SELECT id FROM projects WHERE slug = $1", [slug]);
  return { slug, id: project?.id ?? 0, documentsOf };

  function documentsOf(place: number) {
    return ENVIRONMENTS.filter((_, at) => at === 0 || random() < 0.7).map((environment) =>
      runDocument(`c${place}`, {
        key: keyOf(environment, place),
        parents: place === 0 ? [] : [`c${place - 1}`],
        at: day(place),
        environment,
        results: WORKLOADS.flatMap((name, w): Json[] => {
          const chance = random();
          if (chance < 0.05) return [];
          if (chance < 0.12) return [{ workload: name, outcome: "failed", error: "KilledWorker" }];
          const level = 10 * (place >= (step[w] ?? 0) ? (factor[w] ?? 1) : 1) * (1 + random() / 50);
          return [result(name, { duration: [level, level * 1.01], peak_memory: [1000 + random()] })];
        }),
      }),
    );
  }
}

/** A commit that the line of `first` in vm-a has a point of. */
async function measuredAt(id: number, place: number): Promise<string> {
  const found = await row<{ sha: string }>(
    db(),
    `SELECT c.sha FROM points p JOIN series s ON s.project_id = $1 AND s.id = p.series_id
     JOIN cases k ON k.project_id = $1 AND k.id = s.case_id JOIN workloads w ON w.project_id = $1 AND w.id = k.workload_id
     JOIN environments e ON e.project_id = $1 AND e.id = s.environment_id
     JOIN metrics m ON m.project_id = $1 AND m.id = s.metric_id
     JOIN commits c ON c.project_id = $1 AND c.id = p.commit_id
     WHERE p.project_id = $1 AND w.name = 'first' AND m.name = 'duration' AND e.name = 'vm-a' ORDER BY c.committed_at LIMIT 1 OFFSET $2`,
    [id, place],
  );
  return found?.sha ?? "";
}

const keyOf = (environment: string, place: number) => `${environment}-${place}`;

/** Holds what readers get against what is computed from everything, and gives whether it was stored. */
async function isStored({ slug, id }: { slug: string; id: number }): Promise<boolean> {
  const project = await readableProject(SYSTEM, slug);
  for (const selection of [NEWEST, { environment: "vm-b", branch: "main" }])
    expect(await readOverview(SYSTEM, slug, selection)).toEqual(await computeOverview(project, selection));
  const since = day(3);
  expect(await readOverview(SYSTEM, slug, NEWEST, since)).toEqual(await computeOverview(project, NEWEST, since));
  return (await readStoredOverview(id, NEWEST)) !== null;
}

/** What a worker does when it has time. */
async function work(id: number): Promise<void> {
  await analyse(id);
  await storeOverview(id);
}

test.each([1, 2])("what is stored is what is computed, whatever was written in between (seed %i)", async (seed) => {
  const random = seeded(seed);
  const project = await measured(random);
  const { slug, id } = project;
  expect(await isStored(project)).toBe(false);
  await work(id);
  expect(await isStored(project)).toBe(true);
  const place = Math.floor(random() * COMMITS);
  const [commit, run] = [sha(`c${place}`), keyOf("vm-a", place)];
  let excluded = 0;
  const shift = () =>
    row<{ number: number; revision: number }>(
      db(),
      "SELECT number, revision FROM shifts WHERE project_id = $1 AND part_of IS NULL ORDER BY number LIMIT 1",
      [id],
    );
  const line = { workload: "first", metric: "duration", environment: "vm-a" };
  const writes: (() => Promise<unknown>)[] = [
    () => storeRuns(SYSTEM, slug, project.documentsOf(COMMITS)),
    () =>
      storeCommits(SYSTEM, slug, {
        branch: "main",
        commits: [{ sha: sha(`listed ${seed}`), parents: [sha(`c${COMMITS}`)], committedAt: day(COMMITS + 2) }],
      }),
    () => storeReleases(SYSTEM, slug, { releases: [{ tag: "v1", sha: commit }] }),
    async () => {
      excluded = (await exclude(SYSTEM, slug, { run, reason: "a neighbour built" })).ids[0] ?? 0;
    },
    () => restore(SYSTEM, slug, String(excluded)),
    async () => exclude(SYSTEM, slug, { ...line, commit: await measuredAt(id, 1), reason: "typed by hand" }),
    () => addEvent(SYSTEM, slug, { text: "New disks", commit, border: true }),
    async () => correct(SYSTEM, slug, { ...line, commit: await measuredAt(id, 3), reason: "seen in the profile" }),
    async () => {
      const found = await shift();
      if (!found) return changeProject(SYSTEM, slug, { name: "No shift" });
      const accepted = { status: "accepted", reason: "worth it", acceptedUntil: null } as const;
      return triageShift(SYSTEM, slug, found.number, { revision: found.revision, ...accepted });
    },
    () => changeProject(SYSTEM, slug, { name: `Renamed ${seed}` }),
    () => changeSettings(SYSTEM, slug, { controlWorkloads: ["third"] }),
    () => storeRuns(SYSTEM, slug, project.documentsOf(COMMITS + 1)),
    () => changeSettings(SYSTEM, slug, { controlWorkloads: [], controlEnvironments: ["vm-b"] }),
  ];
  for (const write of writes) {
    await write();
    await isStored(project); // as it is before a worker comes by, which it may not before the next write
    if (random() < 0.3) continue;
    await work(id);
    expect(await isStored(project)).toBe(true);
  }
});

test("nothing that a person or program writes leaves an overview that misses it", async () => {
  const project = await measured(seeded(7));
  const { slug, id } = project;
  await work(id);
  const writes: Record<string, () => Promise<unknown>> = {
    "a run": () => storeRuns(SYSTEM, slug, project.documentsOf(COMMITS)),
    "commits that are not measured": () =>
      storeCommits(SYSTEM, slug, {
        branch: "main",
        commits: [{ sha: sha("unmeasured"), parents: [sha(`c${COMMITS}`)], committedAt: day(COMMITS + 2) }],
      }),
    "a release": () => storeReleases(SYSTEM, slug, { releases: [{ tag: "v1", sha: sha("c5") }] }),
    "an exclusion": () => exclude(SYSTEM, slug, { run: keyOf("vm-a", 5), reason: "a neighbour built" }),
    "an event": () => addEvent(SYSTEM, slug, { text: "New disks", commit: sha("c5"), border: false }),
    "a setting": () => changeSettings(SYSTEM, slug, { controlEnvironments: ["vm-b"] }),
  };
  for (const [name, write] of Object.entries(writes)) {
    expect(await readStoredOverview(id, NEWEST), `before ${name}`).not.toBeNull();
    await write();
    expect(await readStoredOverview(id, NEWEST), `after ${name}`).toBeNull();
    await work(id);
  }
});

test("a shift that is accepted for a time is open again when that is over, stored or not", async () => {
  const project = await measured(seeded(1));
  const { slug, id } = project;
  await work(id);
  await rows(
    db(),
    `UPDATE shifts SET status = 'accepted', accepted_until = now() + interval '1 day' WHERE project_id = $1`,
    [id],
  );
  await storeOverview(id);
  expect(await isStored(project)).toBe(true);
  const accepted = await readOverview(SYSTEM, slug, NEWEST);
  expect(accepted.measured?.totals.open).toBe(0);
  await rows(db(), "UPDATE shifts SET accepted_until = now() - interval '1 s' WHERE project_id = $1", [id]);
  await rows(db(), "UPDATE overviews SET valid_until = now() - interval '1 s' WHERE project_id = $1", [id]);
  expect((await readOverview(SYSTEM, slug, NEWEST)).measured?.totals.open).toBeGreaterThan(0);
});

test("of two computations at once the one that began later is kept, and what was written meanwhile is missed by none", async () => {
  const project = await measured(seeded(5));
  await work(project.id);
  const both = [storeOverview(project.id), storeOverview(project.id)];
  await changeProject(SYSTEM, project.slug, { name: "Meanwhile" });
  await Promise.all(both);
  await isStored(project);
  await storeOverview(project.id);
  expect(await isStored(project)).toBe(true);
});

test("what an older Tidemark stored in another shape is not read", async () => {
  const project = await measured(seeded(6));
  await work(project.id);
  await rows(db(), "UPDATE overviews SET shape = shape - 1 WHERE project_id = $1", [project.id]);
  expect(await readStoredOverview(project.id, NEWEST)).toBeNull();
});
