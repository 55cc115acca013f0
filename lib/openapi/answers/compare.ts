import { z } from "zod";
import type { CompareRead } from "@/lib/queries/compare";
import type { SideList } from "@/lib/queries/compareSideList";
import { SIDE_KINDS, VERDICT_ORDER } from "@/lib/urls/compare";
import { better, count, interval, p, params, sha, time } from "./parts";

const sideKind = z.enum(SIDE_KINDS);

export const SidePart = z.strictObject({
  side: z.string().describe("As it was asked for."),
  kind: sideKind,
  label: z.string(),
  sha: sha.nullable(),
  committedAt: time.nullable(),
  subject: z.string().nullable(),
  pullRequest: z.int().nullable(),
  runs: count,
  commits: count,
  environments: z.array(z.string()),
  note: z.string().nullable().describe("Why there is no data, or what else is to be known."),
  nearest: z
    .strictObject({
      side: z.string(),
      sha,
      committedAt: time.nullable(),
      distance: count,
      where: z.enum(["before", "after"]),
    })
    .nullable()
    .describe("Of a commit without data: the nearest measured one."),
});

const rowSide = z.strictObject({
  value: z.number().nullable().describe("Geometric mean of the runs' medians, in the unit."),
  runs: count,
  samples: count,
  failed: count.describe("Runs in which the case failed."),
});

export const CompareRowPart = z.strictObject({
  workload: z.string(),
  workloadNumber: count,
  params,
  version: z.string(),
  metric: z.string(),
  environment: z.string(),
  unit: z.string(),
  verdict: z.enum(VERDICT_ORDER),
  change: z.number().nullable().describe("contender / baseline - 1; null where no ratio exists."),
  difference: z.number().nullable().describe("contender - baseline, in the unit."),
  interval,
  p: p.nullable().describe("Of no difference; null where the noise is unknown."),
  q: p.nullable().describe("The same, with the false-discovery rate held over all rows."),
  unchangedQ: p.nullable().describe("q of lying within the smallest effect."),
  needsRuns: count
    .nullable()
    .describe("More runs a side that would settle it; null when there is a verdict, and over 50."),
  small: z.boolean().describe("Certain, yet under the smallest effect: such a row is unchanged."),
  exact: z.boolean().describe("The values do not vary at all."),
  noise: z.number().nullable().describe("Scatter of a run, close to a share."),
  df: z.number().nullable(),
  baseline: rowSide,
  contender: rowSide,
});

const oneSided = z.strictObject({
  kind: z
    .enum(["missing", "failed", "skipped", "new", "version"])
    .describe("missing: on the baseline only. new: on the contender only."),
  workload: z.string(),
  workloadNumber: count,
  params,
  version: z.string(),
  otherVersion: z.string().nullable(),
  environment: z.string(),
  metrics: z.array(z.string()).nullable().describe("null: the whole case."),
  error: z.string().nullable(),
});

export const CompareAnswer = z.strictObject({
  project: z.strictObject({ slug: z.string(), repository: z.string().nullable(), defaultBranch: z.string() }),
  baseline: SidePart,
  contender: SidePart,
  summary: z.strictObject({
    total: count,
    regressions: count,
    improvements: count,
    unchanged: count,
    inconclusive: count,
    rose: count,
    fell: count,
    missing: count,
    failed: count,
    skipped: count,
    new: count,
    version: count,
    metrics: z
      .array(
        z.strictObject({
          metric: z.string(),
          pairs: count,
          leftOut: count,
          change: z.number().nullable(),
          interval,
        }),
      )
      .describe("Per metric: how everything moved together."),
  }),
  gate: z
    .strictObject({ answer: z.enum(["pass", "fail", "cannot tell"]), reasons: z.array(z.string()) })
    .describe("What a script may rely on."),
  warnings: z.array(
    z.strictObject({
      code: z.enum(["environments", "environment-missing", "facts", "same-runs", "shared-runs", "not-interleaved"]),
      text: z.string(),
      blocksGate: z.boolean(),
    }),
  ),
  note: z.string().nullable().describe("Why nothing was compared."),
  falseDiscoveryRate: z.number(),
  metrics: z.array(
    z.strictObject({
      name: z.string(),
      displayName: z.string().nullable(),
      unit: z.string(),
      better,
      smallestEffect: z.number(),
    }),
  ),
  environments: z.array(z.string()),
  total: count.describe("Rows of all parts."),
  next: z.string().nullable().describe("Goes into ?cursor= for the next part; null at the end."),
  rows: z.array(CompareRowPart),
  oneSided: z.array(oneSided).describe("Cases that are on one side only. They count as neither good nor unchanged."),
}) satisfies z.ZodType<CompareRead>;

export const SidesAnswer = z.strictObject({
  groups: z.array(
    z.strictObject({
      kind: sideKind,
      total: count,
      items: z.array(
        z.strictObject({
          side: z.string().describe("As compare takes it."),
          label: z.string(),
          sha: sha.nullable(),
          committedAt: time.nullable(),
          subject: z.string().nullable(),
          runs: count,
          experimentsOnly: z.boolean().describe("There are runs of experiments here, but none outside."),
        }),
      ),
    }),
  ),
}) satisfies z.ZodType<SideList>;
