import { describe, expect, test } from "vitest";
import { storeCommits } from "@/ingest/store/storeCommits";
import { storeReleases } from "@/ingest/store/storeReleases";
import { storeRuns } from "@/ingest/store/storeRuns";
import { day, newProject, result, runDocument, sha } from "@/ingest/store/testing/documents";
import { analyse } from "@/lib/analysis";
import { SettingsChange } from "@/lib/commands/bodies";
import { changeSettings } from "@/lib/commands/settings";
import { db, row } from "@/lib/db/sql";
import { testDatabase } from "@/lib/db/testing/database";
import { NotFound } from "@/lib/errors";
import { ANONYMOUS, SYSTEM } from "@/lib/model/actor";
import { readCommit } from "./commit";
import { readRun } from "./run";

testDatabase();

/** Values with about one per cent of noise, and a step of 30 % at place 20. */
const valueAt = (place: number) =>
  (place < 20 ? 10 : 13) * (1 + 0.01 * Math.sin(12.9898 * (place + 1) + 4.1 * Math.cos(7.3 * place)));

async function stepped(): Promise<string> {
  const slug = await newProject();
  const documents = Array.from({ length: 40 }, (_, place) => ({
    ...runDocument(`c${place}`, {
      key: `k-${place}`,
      parents: place === 0 ? [] : [`c${place - 1}`],
      at: day(place),
      results: [result("w", { duration: [valueAt(place)] })],
    }),
    components: { dask: `1.${Math.floor(place / 10)}` },
  }));
  await storeRuns(SYSTEM, slug, documents);
  const project = await row<{ id: number }>(db(), "SELECT id FROM projects WHERE slug = $1", [slug]);
  await analyse(project?.id ?? 0);
  return slug;
}

describe("a run", () => {
  test("is held against the segment that its commit lies in, not against the level of today", async () => {
    const slug = await stepped();
    const usualOf = async (key: string) => (await readRun(ANONYMOUS, slug, key)).results[0]?.metrics[0]?.usual;
    expect((await usualOf("k-5"))?.level).toBeCloseTo(10, 0);
    expect((await usualOf("k-35"))?.level).toBeCloseTo(13, 0);
    const usual = await usualOf("k-5");
    expect(usual?.lo).toBeLessThan(usual?.hi ?? 0);
  });

  test("names the run before it in its environment, with its components, and the others of its commit", async () => {
    const slug = await stepped();
    await storeRuns(SYSTEM, slug, [
      runDocument("c10", { parents: ["c9"], key: "again", at: day(10) }),
      runDocument("c10", { parents: ["c9"], key: "elsewhere", at: day(10), environment: "laptop" }),
      runDocument("c10", { parents: ["c9"], key: "trial", at: day(10), run: { experiment: "x", variant: "a" } }),
    ]);
    const run = await readRun(ANONYMOUS, slug, "k-10");
    expect(run.previous).toEqual({ key: "k-9", sha: sha("c9"), components: { dask: "1.0" } });
    expect(run.components).toEqual({ dask: "1.1" });
    expect(run.others.map(({ key }) => key).sort()).toEqual(["again", "elsewhere"]);
    expect((await readRun(ANONYMOUS, slug, "elsewhere")).previous).toBeNull();
  });

  test("of an experiment has values, and no usual range", async () => {
    const slug = await stepped();
    await storeRuns(SYSTEM, slug, [
      runDocument("c39", { parents: ["c38"], key: "trial", run: { experiment: "x" }, results: [result("w")] }),
    ]);
    expect((await readRun(ANONYMOUS, slug, "trial")).results[0]?.metrics).toMatchObject([{ value: 10, usual: null }]);
  });

  test("tells failures first, with their text", async () => {
    const slug = await newProject();
    const results = [result("a"), { workload: "z", outcome: "failed", error: "KilledWorker" }];
    await storeRuns(SYSTEM, slug, [runDocument("c0", { key: "k", results })]);
    expect((await readRun(ANONYMOUS, slug, "k")).results).toMatchObject([
      { workload: "z", outcome: "failed", error: "KilledWorker", metrics: [] },
      { workload: "a", outcome: "passed" },
    ]);
  });

  test("that nobody sent is not found", async () => {
    await expect(readRun(ANONYMOUS, await newProject(), "none")).rejects.toThrow(NotFound);
  });
});

describe("a commit", () => {
  test("knows its place, its neighbours, the release that first contains it, and the shift whose range holds it", async () => {
    const slug = await stepped();
    await storeReleases(SYSTEM, slug, {
      releases: [
        { tag: "v2", sha: sha("c25") },
        { tag: "v3", sha: sha("c30") },
      ],
    });
    const commit = await readCommit(ANONYMOUS, slug, sha("c20").slice(0, 10));
    expect(commit).toMatchObject({
      sha: sha("c20"),
      branches: [{ name: "main", position: 20, length: 40 }],
      previous: sha("c19"),
      next: sha("c21"),
      measuredBefore: sha("c19"),
      measuredAfter: sha("c21"),
      containedIn: "v2",
      shifts: [
        { number: 1, direction: "regression", lastGood: sha("c19"), firstShifted: sha("c20"), commitsBetween: 0 },
      ],
    });
    expect((await readCommit(ANONYMOUS, slug, sha("c19"))).shifts).toEqual([]);
  });

  test("without runs names the nearest measured ones; off every line it says so", async () => {
    const slug = await newProject();
    const list = (names: string[]) =>
      names.map((name, k) => ({
        sha: sha(name),
        committedAt: day(k),
        parents: k === 0 ? [] : [sha(names[k - 1] ?? "")],
      }));
    await storeCommits(SYSTEM, slug, { branch: "main", commits: list(["c0", "c1", "c2", "c3"]) });
    await storeRuns(SYSTEM, slug, [runDocument("c0"), runDocument("c3", { parents: ["c2"], at: day(3) })]);
    expect(await readCommit(ANONYMOUS, slug, sha("c1"))).toMatchObject({
      runs: [],
      measurements: [],
      measuredBefore: sha("c0"),
      measuredAfter: sha("c3"),
    });
    await storeCommits(SYSTEM, slug, { branch: "main", commits: list(["c0", "c1", "d2"]) });
    expect(await readCommit(ANONYMOUS, slug, sha("c3"))).toMatchObject({
      branches: [{ name: "main", position: null }],
      previous: null,
      containedIn: null,
      runs: [{ key: "k-c3-10x-m6i.large" }],
    });
  });
});

test("the project's own links are filled in: those of a run on its page, those that need a commit only on the commit's", async () => {
  const slug = await newProject();
  await storeRuns(SYSTEM, slug, [
    runDocument("c1", {
      key: "k-1",
      at: day(1),
      run: { startedAt: day(1), finishedAt: day(2), tags: { cluster: "a/b" } },
    }),
  ]);
  const linkTemplates = [
    { name: "Grafana", url: "https://g.example/?from={startedAtMs}&to={finishedAtMs}&c={tag.cluster}" },
    { name: "CI", url: "https://ci.example/{sha}" },
    { name: "Missing", url: "https://x.example/{experiment}" },
  ];
  await changeSettings(SYSTEM, slug, { linkTemplates });
  const [from, to] = [day(1), day(2)].map((time) => Date.parse(time));
  const ci = { name: "CI", href: `https://ci.example/${sha("c1")}` };
  expect((await readRun(ANONYMOUS, slug, "k-1")).links).toEqual([
    { name: "Grafana", href: `https://g.example/?from=${from}&to=${to}&c=a%2Fb` },
    ci,
  ]);
  expect((await readCommit(ANONYMOUS, slug, sha("c1"))).links).toEqual([ci]);
});

test.each([
  ["javascript:alert(1)", "http"],
  ["https://{key}.example/", "http"],
  ["https://x.example/{shaa}", "{shaa} is no placeholder"],
])("the address %s is refused as a link", (url, message) => {
  const parsed = SettingsChange.safeParse({ linkTemplates: [{ name: "x", url }] });
  expect(parsed.error?.issues.map((issue) => issue.message).join()).toContain(message);
});
