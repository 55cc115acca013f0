import { expect, test } from "vitest";
import { storeReleases } from "@/ingest/store/storeReleases";
import { analyse } from "@/lib/analysis";
import { around, other, post } from "@/lib/analysis/testing/history";
import { db, row } from "@/lib/db/sql";
import { testDatabase } from "@/lib/db/testing/database";
import { appendCommits, createTestProject, type TestProject } from "@/lib/db/testing/project";
import { SYSTEM } from "@/lib/model/actor";
import { type DriftAsked, readDrift } from "./drift";

testDatabase();

const ALL: DriftAsked = {
  ...{ direction: null, metric: null, environment: null, workload: null },
  ...{ sort: "change", limit: 10 },
};
const read = (project: TestProject, asked: Partial<DriftAsked> = {}) =>
  readDrift(SYSTEM, project.slug, { ...ALL, ...asked }, "http://tidemark.test");

/** `share` is what the level has gained at the last of `count` points. */
const ramp = (level: number, count: number, share: number) =>
  around(level, count, 0.03).map(([value], k) => [(value as number) * (1 + (share * k) / count)]);

/** Duration rises steadily by 40 %, memory of a second environment falls by 20 %; another memory is quiet. */
async function drifting(): Promise<{ project: TestProject; commits: number[] }> {
  const project = await createTestProject();
  const commits = await appendCommits(project, 300);
  const memory = await other.metric(project, "peak_memory");
  const second = await other.environment(memory, "other-cluster");
  await post(project, commits, ramp(10, 300, 0.4));
  await post(memory, commits, around(1e9, 300, 0.03));
  await post(second, commits, ramp(2e9, 300, -0.2));
  await analyse(project.id);
  return { project, commits };
}

test("lines that drift are listed, the largest first, with how far, since when and how sure", async () => {
  const { project } = await drifting();
  const { total, items, next, looked } = await read(project, { limit: 1 });
  expect({ total, looked }).toEqual({ total: 2, looked: 3 });
  expect(items).toMatchObject([
    { metric: "duration", direction: "regression", release: null, steps: 0, environment: "cluster" },
  ]);
  const [item] = items;
  expect(item?.interval[0]).toBeLessThan(item?.change ?? 0);
  expect(item?.url).toMatch(/^http:\/\/tidemark\.test\/.*metric=duration/);
  const rest = await read(project, { limit: 1, cursor: next ?? "" });
  expect(rest).toMatchObject({ next: null, items: [{ metric: "peak_memory", direction: "improvement" }] });
});

test("direction, metric, environment and a part of the workload's name choose", async () => {
  const { project } = await drifting();
  const totals = async (asked: Partial<DriftAsked>) => (await read(project, asked)).total;
  expect(await totals({ direction: "improvement" })).toBe(1);
  expect(await totals({ direction: "moved" })).toBe(0);
  expect(await totals({ metric: "duration" })).toBe(1);
  expect(await totals({ environment: "other-cluster", metric: "duration" })).toBe(0);
  expect(await totals({ workload: "WOR" })).toBe(2);
  expect(await totals({ workload: "%" })).toBe(0);
});

test("a release that arrives asks for an analysis, and drift is told since then", async () => {
  const { project, commits } = await drifting();
  const { sha } = (await row<{ sha: string }>(db(), "select sha from commits where project_id = $1 and id = $2", [
    project.id,
    commits[99],
  ])) as { sha: string };
  await storeReleases(SYSTEM, project.slug, { releases: [{ tag: "2026.9.0", sha }] });
  expect(await analyse(project.id)).toMatchObject({ lines: 3 });
  expect((await read(project, { metric: "duration" })).items).toMatchObject([{ release: "2026.9.0", points: 200 }]);
  await storeReleases(SYSTEM, project.slug, { releases: [{ tag: "2026.9.0", sha }] });
  expect(await analyse(project.id)).toBeNull();
});
