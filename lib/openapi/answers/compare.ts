import { z } from "zod";
import { OUTCOMES } from "@/lib/model/words";
import type { CompareRead } from "@/lib/queries/compare";
import type { CompareCaseRead } from "@/lib/queries/compareCase";
import type { CompareFloor } from "@/lib/queries/compareFloor";
import type { CompareMatrixRead } from "@/lib/queries/compareMatrix";
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
  open: z.boolean().describe("The planned runs are not all there: an interval, and no verdict yet."),
  exact: z.boolean().describe("The values do not vary at all."),
  noise: z.number().nullable().describe("Scatter of a run, close to a share."),
  df: z.number().nullable(),
  quiet: interval.describe("Where 95 of 100 comparisons of equal sides with these runs and this noise lie."),
  detectable: z
    .number()
    .nullable()
    .describe("The smallest change (difference where change is null) that these runs call in 80 of 100 cases."),
  exceeds: z
    .array(z.strictObject({ threshold: z.number(), probability: p }))
    .nullable()
    .describe("The probability that the change is above each threshold."),
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
  leftOut: z.array(z.string()).describe("Metrics that lack a pair by it; none: no value on either side."),
  error: z.string().nullable(),
});

const warnings = z.array(
  z.strictObject({
    code: z.enum([
      "environments",
      "commits",
      "environment-missing",
      "facts",
      "same-runs",
      "shared-runs",
      "not-interleaved",
      "plan-late",
    ]),
    text: z.string(),
    blocksGate: z.boolean(),
  }),
);

const looks = z
  .strictObject({
    experiment: z.string(),
    planned: count.describe("Runs a side after which it is judged for the first time."),
    statedAt: time.nullable().describe("null: never; planned is the default."),
    before: count.describe("Runs of the experiment that had come before the plan was stated."),
    open: z.boolean().describe("An environment waits for runs."),
    look: count.describe("0 before the plan is met, 1 when it is, one more with each further run of both sides."),
    rate: z.number().describe("False-discovery rate that is spent at this look."),
    environments: z.array(
      z.strictObject({
        environment: z.string(),
        baseline: count.nullable().describe("Runs; null: the side is no variant."),
        contender: count.nullable(),
        look: count,
      }),
    ),
  })
  .nullable()
  .describe("Where an experiment stands while its runs arrive; null: no side is a variant of one.");

const overall = { pairs: count, change: z.number().nullable(), interval };

const project = z.strictObject({ slug: z.string(), repository: z.string().nullable(), defaultBranch: z.string() });

const metricPart = z.strictObject({
  name: z.string(),
  displayName: z.string().nullable(),
  unit: z.string(),
  better,
  smallestEffect: z.number(),
});

const summary = z.strictObject({
  total: count,
  regressions: count,
  improvements: count,
  unchanged: count,
  inconclusive: count,
  rose: count,
  fell: count,
  open: count.describe("Of the inconclusive ones: those that wait for their planned runs."),
  missing: count,
  failed: count,
  skipped: count,
  new: count,
  version: count,
  metrics: z
    .array(
      z.strictObject({
        metric: z.string(),
        ...overall,
        leftOut: count.describe("Pairs that the mean lacks."),
        leftOutBy: z
          .strictObject({
            "no ratio": count.optional(),
            missing: count.optional(),
            failed: count.optional(),
            skipped: count.optional(),
            new: count.optional(),
            version: count.optional(),
          })
          .describe("Why."),
      }),
    )
    .describe("Per metric: how everything moved together."),
});

const gate = z
  .strictObject({ answer: z.enum(["pass", "fail", "cannot tell"]), reasons: z.array(z.string()) })
  .describe("What a script may rely on.");

export const CompareAnswer = z.strictObject({
  project,
  baseline: SidePart,
  contender: SidePart,
  summary,
  gate,
  warnings,
  note: z.string().nullable().describe("Why nothing was compared."),
  looks,
  falseDiscoveryRate: z.number(),
  metrics: z.array(metricPart),
  environments: z.array(z.string()),
  workloads: z
    .array(z.strictObject({ workload: z.string(), metric: z.string(), ...overall }))
    .optional()
    .describe("With by=workload: the mean of each workload, per metric."),
  total: count.describe("Rows of all parts."),
  next: z.string().nullable().describe("Goes into ?cursor= for the next part; null at the end."),
  rows: z.array(CompareRowPart),
  oneSided: z.array(oneSided).describe("Cases that are on one side only. They count as neither good nor unchanged."),
}) satisfies z.ZodType<CompareRead>;

const caseRun = z.strictObject({
  key: z.string(),
  sha,
  startedAt: time.nullable(),
  url: z.string().nullable(),
  outcome: z.enum(OUTCOMES).nullable().describe("null: the run has no result of the case."),
  error: z.string().nullable(),
  median: z.number().nullable().describe("null: no value in this run."),
  samples: z.array(z.number()),
  counts: z.boolean().describe("Counts in the verdict; earlier runs of a branch do only within the present level."),
  factor: z.number().nullable().describe("What the run did to all rows of the metric, relative to its side."),
  slow: z.boolean().describe("Slow or fast in all its rows: that is taken out of the levels."),
  links: z.array(z.strictObject({ name: z.string(), href: z.string() })).describe("Clusters and profiles."),
});

export const CompareCaseAnswer = z.strictObject({
  project,
  baseline: SidePart,
  contender: SidePart,
  warnings,
  note: z.string().nullable().describe("Why nothing was compared."),
  looks,
  workload: z.string(),
  workloadNumber: count,
  params,
  version: z.string(),
  metric: metricPart.nullable(),
  environment: z.string().nullable(),
  choices: z
    .array(z.strictObject({ metric: z.string(), environment: z.string(), version: z.string() }))
    .describe("What both sides have of this case."),
  row: CompareRowPart.nullable().describe("Its verdict over all rows of the comparison."),
  oneSided: z.array(oneSided),
  runs: z.strictObject({ baseline: z.array(caseRun), contender: z.array(caseRun) }),
  quantiles: z
    .array(
      z.strictObject({
        quantile: z.number(),
        baseline: z.number(),
        contender: z.number(),
        difference: z.number(),
        change: z.number().nullable(),
        interval,
      }),
    )
    .describe("Every run weighs the same; intervals from three runs a side on."),
  series: z
    .strictObject({
      branch: z.string(),
      points: z.array(
        z.strictObject({
          sha,
          position: count,
          committedAt: time.nullable(),
          version: z.string(),
          runs: count,
          n: count,
          value: z.number(),
          min: z.number(),
          max: z.number(),
        }),
      ),
      sides: z.strictObject({ baseline: z.array(count), contender: z.array(count) }),
    })
    .describe("The line around both sides; sides are the places of their commits on it."),
}) satisfies z.ZodType<CompareCaseRead>;

export const CompareFloorAnswer = z.strictObject({
  baseline: SidePart,
  contender: SidePart,
  source: z
    .enum(["copy", "history"])
    .nullable()
    .describe("copy: a variant that equals the baseline. history: random splits of runs on one level."),
  copy: z.string().nullable().describe("The copy, as a side."),
  falseDiscoveryRate: z.number().describe("At most this share of comparisons of equal sides is to show a call at all."),
  floor: z
    .strictObject({
      comparisons: count,
      runs: z.strictObject({ baseline: count, contender: count }).describe("Runs a side in each comparison."),
      rows: count,
      calls: z.number().describe("Rows called per comparison: false alarms, all of them."),
      withCall: p.describe("Share of the comparisons with a call."),
      metrics: z.array(
        z.strictObject({
          metric: z.string(),
          rows: count,
          change: interval.describe("The middle 95 % of the changes that were seen."),
          covered: p.nullable().describe("Share of the intervals that hold no change."),
          detectable: z.number().nullable().describe("Half of the rows show a change of this size in 80 of 100 cases."),
        }),
      ),
    })
    .nullable(),
  note: z.string().nullable().describe("Why there is none."),
}) satisfies z.ZodType<CompareFloor>;

export const CompareMatrixAnswer = z.strictObject({
  project,
  experiment: z.string(),
  baseline: SidePart,
  variants: z.array(
    z.strictObject({
      variant: z.string(),
      side: SidePart,
      summary,
      gate,
      warnings,
      looks,
      note: z.string().nullable(),
      oneSided: z.array(oneSided),
    }),
  ),
  falseDiscoveryRate: z.number(),
  comparisons: count.describe("Cells that the rate is held over: those of all variants."),
  metrics: z.array(metricPart),
  environments: z.array(z.string()),
  total: count.describe("Rows of all parts."),
  next: z.string().nullable().describe("Goes into ?cursor= for the next part; null at the end."),
  rows: z.array(
    z.strictObject({
      workload: z.string(),
      workloadNumber: count,
      params,
      version: z.string(),
      metric: z.string(),
      environment: z.string(),
      unit: z.string(),
      baseline: rowSide,
      cells: z.array(CompareRowPart.extend({ variant: z.string() })).describe("A cell per variant that has the case."),
    }),
  ),
}) satisfies z.ZodType<CompareMatrixRead>;

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
