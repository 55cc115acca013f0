import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { storeCommits } from "@/ingest/store/storeCommits";
import { storeRuns } from "@/ingest/store/storeRuns";
import { analyse } from "@/lib/analysis";
import { normalDraw } from "@/lib/changepoint/testing/random";
import { db, row, rows } from "@/lib/db/sql";
import { testDatabase } from "@/lib/db/testing/database";
import { createTestProject } from "@/lib/db/testing/project";
import { NotFound } from "@/lib/errors";
import { ANONYMOUS, SYSTEM } from "@/lib/model/actor";
import { seeded } from "@/lib/stats/random";
import { type NextRead, readNext, readNextList } from "./next";

testDatabase();

const SIDE = 24;
const GAP = 33;
const COMMITS = 2 * SIDE + GAP - 1;
const asked = { where: null, origin: "http://tidemark.example" };

type Project = { id: number; slug: string };
type World = Project & {
  truth: number;
  shaAt: (position: number) => string;
  /** Sends `count` runs of a commit with values around its level. */
  post: (positions: readonly number[], outcome?: "failed") => Promise<void>;
};

/** One run at each of the first and the last 24 commits, none at the 32 between, where two workloads get 8 % slower. */
async function worldOf(seed: number, sd = 0.02, change = 0.08): Promise<World> {
  const project = await createTestProject();
  const random = seeded(seed);
  const truth = SIDE + Math.floor(random() * GAP);
  const shaAt = (position: number) => createHash("sha1").update(`${project.slug} ${position}`).digest("hex");
  await storeCommits(SYSTEM, project.slug, {
    branch: "main",
    commits: Array.from({ length: COMMITS }, (_, i) => ({
      sha: shaAt(i),
      committedAt: new Date(Date.UTC(2026, 0, 1, i)).toISOString(),
      parents: i === 0 ? [] : [shaAt(i - 1)],
    })),
  });
  let runs = 0;
  const post: World["post"] = async (positions, outcome) => {
    const documents = positions.map((position) => ({
      run: { key: `run-${runs++}` },
      commit: { sha: shaAt(position), branch: "main" },
      environment: { name: "vm" },
      results: ["a", "b"].map((workload) => {
        const level = 10 * (1 + (position >= truth ? change : 0));
        const value = level * (1 + sd * normalDraw(random));
        return outcome
          ? { workload, outcome, error: "does not build" }
          : { workload, outcome: "passed", metrics: { duration: [value] } };
      }),
    }));
    await storeRuns(SYSTEM, project.slug, documents);
  };
  const measured = Array.from({ length: COMMITS }, (_, i) => i).filter((i) => i < SIDE || i >= SIDE + GAP - 1);
  await post(measured);
  await analyse(project.id);
  return { ...project, truth, shaAt, post };
}

const next = (world: Project, number = 1) => readNext(SYSTEM, world.slug, number, asked);

/** Polls, runs what is asked for and analyses, until nothing is asked for any more. */
async function follow(world: World): Promise<{ end: NextRead; runs: number }> {
  for (let runs = 0; ; ) {
    const answer = await next(world);
    if (answer.state !== "measure" || answer.commit === null || runs > 60) return { end: answer, runs };
    await world.post(Array.from({ length: answer.runs }, () => answer.commit?.position ?? 0));
    await analyse(world.id);
    runs += answer.runs;
  }
}

describe("a cluster's scheduler that polls", () => {
  test("ends at the true commit with fewer runs than bisection with five repeats, whatever the seed", async () => {
    const ends = [];
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const world = await worldOf(seed);
      const { end, runs } = await follow(world);
      expect(end).toMatchObject({ state: "done", commit: null, runs: 0, expectedRuns: 0, environment: null });
      ends.push({ isRight: end.found?.sha === world.shaAt(world.truth), runs });
    }
    expect(ends.filter(({ isRight }) => isRight).length).toBeGreaterThanOrEqual(5);
    const bisection = 5 * Math.log2(GAP - 1);
    expect(ends.reduce((sum, { runs }) => sum + runs, 0) / ends.length).toBeLessThan(bisection / 2);
  });

  test("is told commit, environment, cases, repeats, expected runs and how sure it is", async () => {
    const world = await worldOf(7);
    const answer = await next(world);
    expect(answer).toMatchObject({
      shift: 1,
      url: `http://tidemark.example/${world.slug}/shifts/1`,
      state: "measure",
      environment: "vm",
      workloads: expect.arrayContaining([
        { workload: "a", params: {} },
        { workload: "b", params: {} },
      ]),
      runs: 1,
      found: null,
      avoided: [],
      pending: false,
    });
    expect(answer.commit?.position).toBeGreaterThan(SIDE + 10);
    expect(answer.commit?.position).toBeLessThan(SIDE + 22);
    expect(answer.commit).toMatchObject({ sha: world.shaAt(answer.commit?.position ?? 0), runs: 0 });
    expect(answer.expectedRuns).toBeGreaterThan(4);
    expect(answer.expectedRuns).toBeLessThan(9);
    expect(answer.certainty).toBeLessThan(0.1);
    expect(answer.candidates).toHaveLength(5);
    expect(await next(world)).toEqual(answer);
  });

  test("is not sent to a commit that does not build, but to a neighbour", async () => {
    const world = await worldOf(8);
    const first = (await next(world)).commit?.position ?? 0;
    await world.post([first], "failed");
    const answer = await next(world);
    expect(answer.pending).toBe(true);
    expect(answer.avoided).toEqual([
      {
        environment: "vm",
        position: first,
        sha: world.shaAt(first),
        outcome: "failed",
        error: "does not build",
      },
    ]);
    expect(Math.abs((answer.commit?.position ?? 0) - first)).toBe(1);
  });

  test("is stuck, and says so, when no commit of the range builds", async () => {
    const world = await worldOf(9);
    await world.post(
      Array.from({ length: GAP - 1 }, (_, i) => SIDE + i),
      "failed",
    );
    expect(await next(world)).toMatchObject({ state: "stuck", commit: null, runs: 0, expectedRuns: null });
  });

  test("gets runs that no analysis has seen yet taken into account", async () => {
    const world = await worldOf(10);
    const before = await next(world);
    await world.post([before.commit?.position ?? 0]);
    const after = await next(world);
    expect(after.pending).toBe(true);
    expect(after.commit?.position).not.toBe(before.commit?.position);
  });
});

describe("where nothing is to be run", () => {
  const set = (world: Project, change: string) =>
    rows(db(), `UPDATE shifts SET ${change} WHERE project_id = $1 AND number = 1`, [world.id]);

  test.each([
    ["part_of = 1", "It is part of #1: ask for that one."],
    ["state = 'withdrawn', withdrawn_reason = 'A run was excluded.'", "It was withdrawn. A run was excluded."],
    ["state = 'recovered', recovered_by = 1", "It is recovered by #1."],
    ["status = 'infrastructure'", "People found it to be infrastructure."],
  ])("%s: the answer says why", async (change, reason) => {
    const world = await worldOf(11);
    await set(world, change);
    expect(await next(world)).toMatchObject({ state: "nothing to measure", reason, commit: null, certainty: null });
  });

  test("a range of one commit is done and names it", async () => {
    const world = await worldOf(12);
    await world.post([world.truth, world.truth - 1, world.truth, world.truth - 1]);
    const idOf = (position: number) =>
      `(SELECT id FROM commits WHERE project_id = ${world.id} AND sha = '${world.shaAt(position)}')`;
    await set(world, `last_good_commit_id = ${idOf(world.truth - 1)}, first_shifted_commit_id = ${idOf(world.truth)}`);
    expect(await next(world)).toMatchObject({
      state: "done",
      found: { sha: world.shaAt(world.truth) },
      commit: null,
      expectedRuns: 0,
    });
  });

  test("unknown shifts, environments and private projects are not found", async () => {
    const world = await worldOf(13);
    await expect(next(world, 99)).rejects.toThrow(NotFound);
    await expect(readNext(SYSTEM, world.slug, 1, { ...asked, where: "none" })).rejects.toThrow(NotFound);
    await rows(db(), "UPDATE projects SET visibility = 'private' WHERE id = $1", [world.id]);
    await expect(readNext(ANONYMOUS, world.slug, 1, asked)).rejects.toThrow(NotFound);
    await expect(readNextList(ANONYMOUS, world.slug, { ...asked, limit: 5, offset: 0 })).rejects.toThrow(NotFound);
  });
});

test("the project's list holds the open shifts that want runs, in parts", async () => {
  const world = await worldOf(14);
  const list = (offset: number) => readNextList(SYSTEM, world.slug, { ...asked, limit: 1, offset });
  expect(await list(0)).toEqual({ total: 1, items: [await next(world)] });
  expect(await list(1)).toEqual({ total: 1, items: [] });
  await rows(db(), "UPDATE shifts SET status = 'accepted' WHERE project_id = $1", [world.id]);
  expect(await list(0)).toEqual({ total: 0, items: [] });
  expect(await row(db(), "SELECT 1 FROM shifts WHERE project_id = $1", [world.id])).toBeDefined();
});
