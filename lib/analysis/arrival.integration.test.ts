import { expect, test } from "vitest";
import { storeCommits } from "@/ingest/store/storeCommits";
import { storeRuns } from "@/ingest/store/storeRuns";
import { day, newProject, result, runDocument, type Sent, sha } from "@/ingest/store/testing/documents";
import { normalDraw } from "@/lib/changepoint/testing/random";
import { db, row } from "@/lib/db/sql";
import { testDatabase } from "@/lib/db/testing/database";
import { SYSTEM } from "@/lib/model/actor";
import { readShift } from "@/lib/queries/shift";
import { readShifts, type ShiftsAsked } from "@/lib/queries/shifts";
import { seeded } from "@/lib/stats/random";
import { analyse } from "./analyse";

testDatabase();

async function analyseAll(slug: string): Promise<void> {
  const project = await row<{ id: number }>(db(), "SELECT id FROM projects WHERE slug = $1", [slug]);
  await analyse(project?.id ?? 0);
}

const EVERYTHING: ShiftsAsked = {
  ...{ status: "all", direction: null, state: null, metric: null, environment: null, workload: null, filter: null },
  ...{ sort: "newest", limit: 100, offset: 0 },
};

async function listCommits(slug: string, count: number): Promise<void> {
  const commits = Array.from({ length: count }, (_, k) => ({
    sha: sha(`c${k}`),
    committedAt: day(k),
    parents: k === 0 ? [] : [sha(`c${k - 1}`)],
  }));
  await storeCommits(SYSTEM, slug, { branch: "main", commits });
}

test("a backfilled commit narrows the range: same number, same page, told as narrowed", async () => {
  const slug = await newProject();
  await listCommits(slug, 141);
  const random = seeded(9);
  const measure = (k: number) => {
    const level = k <= 70 ? 10 : 12;
    const duration = [0, 1, 2].map(() => level * (1 + 0.01 * normalDraw(random)));
    return runDocument(`c${k}`, {
      at: day(k),
      parents: k === 0 ? [] : [`c${k - 1}`],
      results: [result("w", { duration })],
    });
  };
  const isMeasured = (k: number) => k < 40 || k > 100 || k % 10 === 0;
  await storeRuns(
    SYSTEM,
    slug,
    Array.from({ length: 141 }, (_, k) => k)
      .filter(isMeasured)
      .map(measure),
  );
  await analyseAll(slug);
  const before = await readShifts(SYSTEM, slug, EVERYTHING, "http://test");
  expect(before.items).toMatchObject([
    { number: 1, lastGood: sha("c70"), firstShifted: sha("c80"), commitsBetween: 9 },
  ]);

  await storeRuns(SYSTEM, slug, measure(75));
  await analyseAll(slug);
  const page = await readShift(SYSTEM, slug, 1);
  expect(page).toMatchObject({ lastGood: sha("c70"), firstShifted: sha("c75"), commitsBetween: 4 });
  expect(page.reported).toMatchObject({ lastGood: sha("c70"), firstShifted: sha("c80") });
  expect(page.log.map(({ kind }) => kind)).toEqual(["opened", "confirmed", "narrowed"]);
  expect((await readShifts(SYSTEM, slug, EVERYTHING, "http://test")).total).toBe(1);
});

/** Runs of three workloads and two metrics, with a common step, a single one and one back; every third commit unmeasured. */
function history(seed: number): Sent[] {
  const random = seeded(seed);
  const commits = Array.from({ length: 60 }, (_, k) => k).filter((k) => k % 3 !== 1);
  return commits.map((k) => {
    const draw = (level: number) => [level * (1 + 0.015 * normalDraw(random))];
    const results = ["a", "b", "c"].map((workload) =>
      result(workload, {
        duration: draw((k >= 24 ? 12 : 10) * (workload === "a" && k >= 42 ? 0.8 : 1)),
        peak_memory: draw(workload === "b" && k >= 30 ? 1.1e9 : 1e9),
      }),
    );
    return runDocument(`c${k}`, { at: day(k), parents: k === 0 ? [] : [`c${k - 1}`], results });
  });
}

async function shiftsAfter(batches: Sent[][]): Promise<object[]> {
  const slug = await newProject();
  await listCommits(slug, 60);
  for (const batch of batches) {
    await storeRuns(SYSTEM, slug, batch);
    await analyseAll(slug);
  }
  const { items } = await readShifts(SYSTEM, slug, EVERYTHING, "http://test");
  return items
    .filter(({ state }) => state !== "withdrawn")
    .map(({ lastGood, firstShifted, direction, changepoints }) => ({
      ...{ lastGood, firstShifted, direction },
      members: changepoints.map((c) => `${c.workload} ${c.metric} ${c.before} ${c.after}`).sort(),
    }))
    .sort((a, b) => (a.firstShifted < b.firstShifted ? -1 : 1));
}

test.each([1, 2, 3])(
  "through ingestion and analysis any order and batching ends in the same shifts (seed %i)",
  async (seed) => {
    const runs = history(seed);
    const atOnce = await shiftsAfter([runs]);
    expect(atOnce.length).toBeGreaterThanOrEqual(2);
    const random = seeded(seed + 100);
    const shuffled = runs
      .map((run) => ({ run, at: random() }))
      .sort((a, b) => a.at - b.at)
      .map(({ run }) => run);
    const batches: Sent[][] = [];
    for (let from = 0; from < shuffled.length; ) {
      const size = 1 + Math.floor(random() * 8);
      batches.push(shuffled.slice(from, from + size));
      from += size;
    }
    expect(await shiftsAfter(batches)).toEqual(atOnce);
  },
);
