import { storeCommits } from "@/ingest/store/storeCommits";
import { storeReleases } from "@/ingest/store/storeReleases";
import { storeRuns } from "@/ingest/store/storeRuns";
import { sha } from "@/ingest/store/testing/documents";
import { analyse } from "@/lib/analysis";
import { db, row } from "@/lib/db/sql";
import { SYSTEM } from "@/lib/model/actor";
import type { Json } from "@/lib/model/words";

const PATTERN = [0.42, -1.13, 0.77, 0.05, -0.58, 1.31, -0.21, -0.94, 0.63, -1.42, 0.18, 0.89, -0.37, 1.02, -0.71];

/** A value near a level, the same at every call: within 1 %. */
export const near = (level: number, place: number): number =>
  level * (1 + 0.004 * (PATTERN[place % PATTERN.length] ?? 0));

const dayOf = (place: number) => new Date(Date.UTC(2025, 0, 1 + place)).toISOString();

/** The id of the commit at a place of the default branch. */
export const commitAt = (place: number): string => sha(`main ${place}`);

/** Commits of the default branch, without runs. */
export async function listCommits(slug: string, count: number, tags: Record<number, string[]> = {}): Promise<void> {
  const commits = Array.from({ length: count }, (_, place) => ({
    sha: commitAt(place),
    committedAt: dayOf(place),
    parents: place === 0 ? [] : [commitAt(place - 1)],
    author: "ada",
    subject: `change ${place}`,
    pullRequest: 1000 + place,
    ...(tags[place] ? { tags: tags[place] } : {}),
  }));
  await storeCommits(SYSTEM, slug, { branch: "main", commits });
}

type Result = { workload: string; outcome: string; metrics?: Json; error?: string; version?: string };
export type RunOptions = { key?: string; facts?: Record<string, Json>; environment?: string; components?: Json };

export const passed = (workload: string, value: number, more: Partial<Result> = {}): Result => ({
  workload,
  outcome: "passed",
  metrics: { duration: [value, value * 1.001] },
  ...more,
});

/** One run at a commit. */
export const runAt = (
  at: string,
  results: Result[],
  options: RunOptions & { parent?: string; branch?: string; day?: number } = {},
): Json => ({
  run: {
    key: options.key ?? `run-${at.slice(0, 12)}-${options.environment ?? "vm"}`,
    startedAt: dayOf(options.day ?? 0),
    finishedAt: new Date(Date.parse(dayOf(options.day ?? 0)) + 600_000).toISOString(),
  },
  commit: {
    sha: at,
    committedAt: dayOf(options.day ?? 0),
    branch: options.branch ?? "main",
    parents: options.parent === undefined ? [] : [options.parent],
  },
  environment: { name: options.environment ?? "vm", facts: options.facts ?? { cpus: 2 } },
  components: options.components ?? { python: "3.12" },
  results,
});

/** Runs of the default branch at places from `from`, a list of results for each. */
export async function postRuns(
  slug: string,
  from: number,
  results: readonly Result[][],
  options: RunOptions = {},
): Promise<void> {
  const documents = results.map((one, i) =>
    runAt(commitAt(from + i), one, {
      ...options,
      ...(from + i > 0 ? { parent: commitAt(from + i - 1) } : {}),
      key: `${options.key ?? "run"}-${options.environment ?? "vm"}-${from + i}`,
      day: from + i,
    }),
  );
  await storeRuns(SYSTEM, slug, documents);
}

export const tag = (slug: string, tags: Record<string, string>) =>
  storeReleases(SYSTEM, slug, { releases: Object.entries(tags).map(([name, at]) => ({ tag: name, sha: at })) });

/** Analyses everything that waits. */
export async function analyseAll(slug: string): Promise<void> {
  const project = await row<{ id: number }>(db(), "SELECT id FROM projects WHERE slug = $1", [slug]);
  if (project) await analyse(project.id);
}

/** Levels of a workload by place: `step` is where it takes `after` instead of `before`. */
export const stepped = (count: number, step: number, before: number, after: number, workload = "join"): Result[][] =>
  Array.from({ length: count }, (_, place) => [
    passed(workload, near(place < step ? before : after, place)),
    passed("steady", near(5, place + 3)),
  ]);
