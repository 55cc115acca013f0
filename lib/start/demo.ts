import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { storeCommits } from "@/ingest/store/storeCommits";
import { storeReleases } from "@/ingest/store/storeReleases";
import { storeRuns } from "@/ingest/store/storeRuns";
import { createProject } from "@/lib/commands/createProject";
import { Conflict } from "@/lib/errors";
import { SYSTEM } from "@/lib/model/actor";

/** The project that the demo is. */
export const DEMO = {
  slug: "distributed",
  name: "distributed",
  repository: "https://github.com/dask/distributed",
  defaultBranch: "main",
  visibility: "public",
} as const;

/** Runs per transaction: few enough that progress is seen and a stop loses little. */
const BATCH = 75;

/**
 * Loads the demo (prisma/seed: Dask's scheduler, measured by us) through the ingestion code. What is there already stays
 * as it is, so a load that was stopped goes on where it ended. `folder` holds the checkout's prisma/seed.
 */
export async function loadDemo(
  options: { onProgress?: (done: number, total: number) => void; folder?: string } = {},
): Promise<{ runs: number }> {
  const folder = options.folder ?? join(process.cwd(), "prisma", "seed");
  const [commits, releases, runs] = await Promise.all([
    readZipped(join(folder, "commits.json.gz")),
    readFile(join(folder, "releases.json"), "utf8"),
    readZipped(join(folder, "runs.ndjson.gz")),
  ]);
  await createProject(SYSTEM, DEMO).catch((error: unknown) => {
    if (!(error instanceof Conflict)) throw error;
  });
  const list = (JSON.parse(commits) as ({ branch: string } & object)[]).map(({ branch: _, ...commit }) => commit);
  await storeCommits(SYSTEM, DEMO.slug, { branch: DEMO.defaultBranch, commits: list });
  await storeReleases(SYSTEM, DEMO.slug, { releases: JSON.parse(releases) });
  const lines = runs.split("\n").filter((line) => line.trim());
  const documents = lines.map((line) => joinRepeats(JSON.parse(line) as SeedRun));
  for (let done = 0; done < documents.length; done += BATCH) {
    options.onProgress?.(done, documents.length);
    await storeRuns(SYSTEM, DEMO.slug, documents.slice(done, done + BATCH));
  }
  options.onProgress?.(documents.length, documents.length);
  return { runs: documents.length };
}

const readZipped = async (path: string): Promise<string> => gunzipSync(await readFile(path)).toString("utf8");

type SeedResult = { workload: string; finishedAt: string; metrics?: Record<string, { values: number[] }> };
type SeedRun = { results: SeedResult[] };

/**
 * Two runs of the seed (vm-b-b5cc2f3b4daf-3 and vm-b-77836c9a2c12-3) were executed twice under one key and hold every
 * workload twice, which ingestion refuses. Both executions were measured: they become two values of one result.
 */
function joinRepeats(run: SeedRun): SeedRun {
  const results = new Map<string, SeedResult>();
  for (const result of run.results) {
    const first = results.get(result.workload);
    if (!first) results.set(result.workload, result);
    else first.finishedAt = result.finishedAt;
    for (const [name, { values }] of first ? Object.entries(result.metrics ?? {}) : [])
      first?.metrics?.[name]?.values.push(...values);
  }
  return { ...run, results: [...results.values()] };
}
