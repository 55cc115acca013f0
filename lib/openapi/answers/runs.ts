import { z } from "zod";
import type { StoredCommits } from "@/ingest/store/storeCommits";
import type { StoredReleases } from "@/ingest/store/storeReleases";
import type { StoredRuns } from "@/ingest/store/storeRuns";
import type { CommitItem } from "@/lib/queries/commits";
import type { RunItem } from "@/lib/queries/runs";
import { count, pageOf, position, sha, time } from "./parts";

export const StoredRunsAnswer = z.strictObject({
  stored: z
    .array(z.strictObject({ key: z.string(), results: count, samples: count }))
    .describe("Runs that are new. They survive a crash."),
  unchanged: z.array(z.strictObject({ key: z.string() })).describe("Runs that were there already, with equal content."),
  created: z
    .strictObject({
      commits: count,
      branches: count,
      environments: count,
      workloads: count,
      cases: count,
      metrics: count,
      series: count,
    })
    .optional()
    .describe("Of a dry run: how many of each the body would create."),
}) satisfies z.ZodType<StoredRuns>;

export const RunsAnswer = pageOf(
  z.strictObject({
    key: z.string(),
    sha,
    branch: z.string().nullable(),
    environment: z.string(),
    experiment: z.string().nullable(),
    variant: z.string().nullable(),
    startedAt: time.nullable(),
    finishedAt: time.nullable(),
    receivedAt: time,
    url: z.string().nullable(),
    passed: count,
    failed: count,
    skipped: count,
    excluded: z.string().nullable().describe("Why somebody took the run out of the statistics."),
  }) satisfies z.ZodType<RunItem>,
);

export const StoredCommitsAnswer = z.strictObject({
  branch: z.string(),
  head: sha.describe("The last commit of the list: the branch's head."),
  commits: count,
  created: count.describe("Commits that nobody had named before, not even as a parent."),
}) satisfies z.ZodType<StoredCommits>;

export const CommitsAnswer = pageOf(
  z.strictObject({
    sha,
    position: position.nullable().describe("Place on the branch's line, 0 for the oldest; null: off the line."),
    committedAt: time.nullable().describe("null: known only as the parent of another."),
    parents: z.array(sha),
    pullRequest: z.int().nullable(),
    author: z.string().nullable(),
    subject: z.string().nullable(),
    runs: count.describe("Runs at this commit, for whatever branch."),
  }) satisfies z.ZodType<CommitItem>,
);

export const StoredReleasesAnswer = z.strictObject({
  releases: count,
  created: count.describe("Tags that are new."),
}) satisfies z.ZodType<StoredReleases>;
