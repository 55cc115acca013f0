import { describe, expect, test } from "vitest";
import { storeReleases } from "@/ingest/store/storeReleases";
import { storeRuns } from "@/ingest/store/storeRuns";
import { newProject, result, runDocument, type Sent, sha } from "@/ingest/store/testing/documents";
import { analyse } from "@/lib/analysis";
import { db, row, rows } from "@/lib/db/sql";
import { testDatabase } from "@/lib/db/testing/database";
import { NotFound } from "@/lib/errors";
import { ANONYMOUS, SYSTEM } from "@/lib/model/actor";
import type { Json } from "@/lib/model/words";
import { workloadsQuery } from "@/lib/urls/workloads";
import { readFrame, readPalette } from "./frame";
import { readOverview } from "./overview";
import { readWorkloads } from "./workloads";

testDatabase();

const EVERYTHING = { offset: 0, limit: 1000, sparklines: true };
const list = (slug: string, query = "", part = EVERYTHING) =>
  readWorkloads(ANONYMOUS, slug, workloadsQuery.parse(new URLSearchParams(query)), part);

/** Runs of a straight line of commits c0, c1, ... stored and analysed; gives the project. */
async function measured(length: number, resultsAt: (place: number) => Json[], options: object = {}) {
  const slug = await newProject();
  const documents = Array.from({ length }, (_, place) => commitRun(place, { results: resultsAt(place), ...options }));
  await store(slug, documents);
  return slug;
}

const commitRun = (place: number, options: Parameters<typeof runDocument>[1]): Sent =>
  runDocument(`c${place}`, {
    parents: place === 0 ? [] : [`c${place - 1}`],
    at: new Date(Date.UTC(2026, 0, 1 + place)).toISOString(),
    ...options,
  });

async function store(slug: string, documents: Sent[]): Promise<number> {
  await storeRuns(SYSTEM, slug, documents);
  const found = await row<{ id: number }>(db(), "SELECT id FROM projects WHERE slug = $1", [slug]);
  await analyse(found?.id ?? 0);
  return found?.id ?? 0;
}

/** A step of 30 % at c20, with a little noise. */
const stepped = (place: number) => (place < 20 ? 10 : 13) + ((place * 7) % 5) * 0.02;

describe("the list of workloads", () => {
  test("a row has level, change since the window's start, and a glyph with the step", async () => {
    const slug = await measured(40, (place) => [result("w", { duration: [stepped(place)] })]);
    const {
      rows: [row],
      counts,
      moves,
      since,
    } = await list(slug);
    const cell = row?.cells[0];
    expect(cell?.change).toBeCloseTo(0.3, 2);
    expect(cell?.sparkline?.values).toHaveLength(40);
    expect(cell?.certainty).toMatchObject({ state: "confirmed" });
    expect(cell?.certainty?.p).toBeLessThan(0.001);
    expect(cell?.sparkline?.directions).toEqual([null, "regression"]);
    expect(cell?.sparkline?.segments[0]?.to).toBe(cell?.sparkline?.segments[1]?.from);
    expect(counts).toEqual({ all: 1, shifted: 1, failing: 0 });
    expect(moves).toEqual({ worse: 1, better: 0, moved: 0, known: 1 });
    expect(since).toMatchObject({ measured: 40, isFirst: true, tag: null });
  });

  test("changes are against the level at a commit that is named by the first characters of its sha", async () => {
    const slug = await measured(40, (place) => [result("w", { duration: [stepped(place)] })]);
    const at = async (name: string) => {
      const read = await list(slug, `since=${sha(name).slice(0, 12)}`);
      return { since: read.since, change: read.rows[0]?.cells[0]?.change };
    };
    expect((await at("c10")).change).toBeCloseTo(0.3, 2);
    expect(await at("c30")).toMatchObject({ change: 0, since: { named: true, sha: sha("c30"), measured: 10 } });
    expect((await at("nothing")).since).toMatchObject({ named: false, measured: 40 });
  });

  test("the palette finds releases by their tag and commits by the first characters of their sha", async () => {
    const slug = await measured(3, () => [result("w", { duration: [10] })]);
    await storeReleases(SYSTEM, slug, { releases: [{ tag: "v1.0", sha: sha("c1") }] });
    expect((await readPalette(ANONYMOUS, slug, "V1")).releases).toMatchObject([{ tag: "v1.0", sha: sha("c1") }]);
    const found = await readPalette(ANONYMOUS, slug, sha("c2").slice(0, 8).toUpperCase());
    expect(found.commits).toMatchObject([{ sha: sha("c2"), measured: true }]);
    expect((await readPalette(ANONYMOUS, slug, sha("c2").slice(0, 3))).commits).toEqual([]);
  });

  test("experiments and other branches feed no row", async () => {
    const slug = await measured(3, () => [result("w", { duration: [10] })]);
    await store(slug, [
      commitRun(2, { key: "exp", results: [result("only-in-experiment")], run: { experiment: "e", variant: "a" } }),
      runDocument("side", { parents: ["c1"], branch: "feature/x", results: [result("w", { duration: [99] })] }),
    ]);
    const { rows: found } = await list(slug);
    expect(found.map(({ workload }) => workload.name)).toEqual(["w"]);
    expect(found[0]?.cells[0]).toMatchObject({ level: 10, points: 3 });
  });

  test("an excluded run leaves a gap in the glyph", async () => {
    const slug = await measured(3, (place) => [result("w", { duration: [10 + place] })]);
    await rows(
      db(),
      `INSERT INTO exclusions (project_id, run_id, reason, excluded_by)
       SELECT project_id, id, 'noisy', 'ada' FROM runs WHERE key = 'k-c1-10x-m6i.large'
         AND project_id = (SELECT id FROM projects WHERE slug = $1)`,
      [slug],
    );
    const glyph = (await list(slug)).rows[0]?.cells[0]?.sparkline;
    expect(glyph?.values).toEqual([10, null, 12]);
  });

  test("the text filter looks at names and parameters, and takes no letter for a pattern", async () => {
    const results = [
      result("a_b"),
      result("axb"),
      { ...result("p"), params: { data: "snappy" } },
      { ...result("p"), params: { data: "100%" } },
    ];
    const slug = await measured(1, () => results);
    const names = async (filter: string) =>
      (await list(slug, `filter=${encodeURIComponent(filter)}&sort=name`)).rows.map(({ workload }) => workload.name);
    expect(await names("a_b")).toEqual(["a_b"]);
    expect(await names("SNAPPY")).toEqual(["p"]);
    expect(await names("%")).toEqual(["p"]);
    expect((await list(slug, "filter=a_b")).counts.all).toBe(4);
  });

  test("parts together are the whole list, in its order", async () => {
    const slug = await measured(1, () => ["d", "a", "c", "b", "e"].map((name) => result(name)));
    const part = async (offset: number) =>
      (await list(slug, "sort=name", { offset, limit: 2, sparklines: false })).rows.map(
        ({ workload }) => workload.name,
      );
    expect([...(await part(0)), ...(await part(2)), ...(await part(4))]).toEqual(["a", "b", "c", "d", "e"]);
  });

  test("retired workloads are left out, counted, and shown when asked for", async () => {
    const slug = await measured(1, () => [result("old"), result("new")]);
    await rows(
      db(),
      "UPDATE workloads SET retired_at = now() WHERE name = 'old' AND project_id = (SELECT id FROM projects WHERE slug = $1)",
      [slug],
    );
    expect(await list(slug)).toMatchObject({ retired: 1, total: 1 });
    expect((await list(slug, "retired=1")).total).toBe(2);
  });

  test("a name in the address that does not exist falls back, and the answer says to what", async () => {
    const slug = await measured(1, () => [result("w")]);
    expect(await list(slug, "environment=nowhere&branch=none&metric=x&since=v9")).toMatchObject({
      environment: "10x-m6i.large",
      branch: "main",
      metric: 0,
      since: { tag: null },
    });
  });
});

describe("missing and failed", () => {
  const results = (place: number): Json[] => [
    result("steady"),
    place < 4 ? result("broken") : { workload: "broken", outcome: "failed", error: "KilledWorker" },
    ...(place < 3 ? [result("gone")] : []),
    place === 1 ? { workload: "shaky", outcome: "failed", error: "once" } : result("shaky"),
    { workload: "skipped", outcome: "skipped" },
  ];

  test("what fails, is missing or failed before are three things, and skipped is none of them", async () => {
    const slug = await measured(5, results);
    const read = await readOverview(ANONYMOUS, slug, { environment: null, branch: null });
    const { total, now, items } = read.measured?.troubles ?? { total: 0, now: null, items: [] };
    expect(now).toEqual({ failing: 1, missing: 1, silent: 0 });
    expect(
      items.map(({ kind, workload, commitsSince, error, isNow }) => [kind, workload.name, commitsSince, error, isNow]),
    ).toEqual([
      ["failing", "broken", 0, "KilledWorker", true],
      ["missing", "gone", 2, null, true],
      ["recovered", "shaky", 3, "once", false],
    ]);
    expect(total).toBe(3);
  });

  test("a metric that ends while others of its case go on is silent, and so is told of an environment", async () => {
    const metrics = (place: number) => ({ duration: [1], ...(place < 3 ? { peak_memory: [1e9] } : {}) });
    const slug = await measured(5, (place) => [result("w", metrics(place))]);
    await store(slug, [commitRun(1, { key: "elsewhere", environment: "small", results: [result("w")] })]);
    const { measured: read } = await readOverview(ANONYMOUS, slug, { environment: null, branch: null });
    expect(read?.troubles).toMatchObject({
      now: { failing: 0, missing: 0, silent: 1 },
      items: [{ kind: "silent", metric: { name: "peak_memory" }, commitsSince: 2, isNow: true }],
    });
    expect(read?.freshness.environments.map(({ name, behind }) => [name, behind])).toEqual([
      ["10x-m6i.large", 0],
      ["small", 3],
    ]);
  });

  test("a commit of which one run passed did not fail", async () => {
    const slug = await measured(2, () => [result("w")]);
    await store(slug, [commitRun(1, { key: "again", results: [{ workload: "w", outcome: "failed", error: "spot" }] })]);
    expect((await readOverview(ANONYMOUS, slug, { environment: null, branch: null })).measured?.troubles.total).toBe(0);
  });
});

describe("the overview", () => {
  test("a shift is counted alike by bar and overview, and its cost is that of one pass", async () => {
    const slug = await measured(40, (place) => [result("w", { duration: [stepped(place)] }), result("x")]);
    const { measured: read } = await readOverview(ANONYMOUS, slug, { environment: null, branch: null });
    const { openShifts } = await readFrame(ANONYMOUS, slug);
    expect(openShifts).toBe(1);
    expect(read?.totals).toMatchObject({ open: 1, costly: 1, cases: 2 });
    expect(read?.totals.costSeconds).toBeCloseTo(3, 1);
    expect(read?.costly[0]?.summary.largest).toMatchObject({ workload: "w", metric: "duration" });
    expect(read?.news).toMatchObject({ commitsSince: 19, recent: [] });
    const strip = read?.health.rows.find(({ workload }) => workload.name === "w")?.strips[0];
    expect(strip?.steps.slice(0, 20)).toEqual(Array(20).fill(0));
    expect(strip?.steps.slice(20)).toEqual(Array(20).fill(2));
    expect(strip?.marks).toEqual([{ at: 20, direction: "regression" }]);
  });

  test("what got worse comes by its cost, what got better by what it saves, and a mixed shift stands in both", async () => {
    const slug = await measured(60, (place) => [
      result("saves", { duration: [(place < 40 ? 13 : 10) + (place % 3) * 0.01] }),
      result("costs", { duration: [stepped(place)], peak_memory: [place < 20 ? 1e9 + place : 8e8 + place] }),
    ]);
    const { measured: read } = await readOverview(ANONYMOUS, slug, { environment: null, branch: null });
    expect(read?.totals).toMatchObject({ open: 2, worse: 1, better: 2, costly: 1, saving: 1 });
    expect(read?.costly.map(({ summary }) => summary.largest.workload)).toEqual(["costs"]);
    expect(read?.saving.map(({ summary }) => summary.best?.metric)).toEqual(["duration", "peak_memory"]);
    const [first] = read?.costly ?? [];
    expect(first?.cost.reach).toBe(1);
    expect(first?.cost.certainty).toBeGreaterThan(0.98);
    expect(first?.cost.cost).toBeCloseTo((first?.cost.seconds ?? 0) * (first?.cost.certainty ?? 0), 9);
    expect(read?.saving[0]?.cost.cost).toBeLessThan(-2.9);
  });

  test("a shift in an environment that runs no more costs nothing", async () => {
    const slug = await measured(40, (place) => [result("w", { duration: [stepped(place)] })]);
    const later = Array.from({ length: 100 }, (_, at) =>
      commitRun(40 + at, { results: [result("w", { duration: [10] })], environment: "other" }),
    );
    await store(slug, later);
    const { measured: read } = await readOverview(ANONYMOUS, slug, { environment: null, branch: null });
    expect(read?.costly[0]?.cost).toMatchObject({ reach: 0, cost: 0 });
    expect(read?.costly[0]?.cost.seconds).toBeCloseTo(3, 1);
    expect(read?.totals).toMatchObject({ open: 1, costly: 0, costSeconds: 0 });
  });

  test("a shift that somebody accepted is not open any more", async () => {
    const slug = await measured(40, (place) => [result("w", { duration: [stepped(place)] })]);
    await rows(
      db(),
      "UPDATE shifts SET status = 'accepted' WHERE project_id = (SELECT id FROM projects WHERE slug = $1)",
      [slug],
    );
    const { measured: read } = await readOverview(ANONYMOUS, slug, { environment: null, branch: null });
    expect([read?.totals.open, read?.costly.length, read?.latest.length]).toEqual([0, 0, 1]);
    expect((await readFrame(ANONYMOUS, slug)).openShifts).toBe(0);
  });

  test("a project without runs has nothing measured, and one that may not be read is not there", async () => {
    const slug = await newProject();
    expect((await readOverview(ANONYMOUS, slug, { environment: null, branch: null })).measured).toBeNull();
    expect((await list(slug)).environment).toBeNull();
    const hidden = await newProject("private");
    await expect(readOverview(ANONYMOUS, hidden, { environment: null, branch: null })).rejects.toThrow(NotFound);
    await expect(readFrame(ANONYMOUS, hidden)).rejects.toThrow(NotFound);
    expect((await readFrame(SYSTEM, hidden)).project.slug).toBe(hidden);
  });
});
