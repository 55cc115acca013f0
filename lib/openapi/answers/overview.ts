import { z } from "zod";
import type { Overview } from "@/lib/queries/overview";
import { better, changepointDirection, count, ExpectedFalsePart, params, sha, time } from "./parts";
import { OverviewShiftPart } from "./trends";

const workload = z.strictObject({ number: count, name: z.string() });

const freshness = z.strictObject({
  newest: z.strictObject({ sha, committedAt: time.nullable() }).nullable(),
  behind: count.nullable().describe("Commits of the line after the newest measured one."),
  analysed: z.strictObject({ series: count, at: time.nullable(), pending: count }),
  environments: z.array(
    z.strictObject({
      name: z.string(),
      measured: count,
      sha,
      committedAt: time.nullable(),
      behind: count.describe("Commits measured elsewhere since its newest one."),
    }),
  ),
  release: z
    .strictObject({
      tag: z.string(),
      commitsSince: z.int(),
      measuredSince: count,
      shiftsSince: count,
      openRegressions: count.describe("Regressions and mixed shifts since the tag that are open."),
    })
    .nullable(),
});

const trouble = z.strictObject({
  kind: z.enum(["failing", "missing", "silent", "recovered"]),
  workload,
  params,
  environment: z.string(),
  metric: z
    .strictObject({ name: z.string(), displayName: z.string().nullable() })
    .nullable()
    .describe("The metric that went silent."),
  sha,
  committedAt: time.nullable(),
  runs: count,
  failedRuns: count,
  error: z.string().nullable(),
  commitsSince: count,
  isNow: z.boolean().describe("It concerns the environment's newest measured commit."),
});

const heatStep = z.union([
  z.literal(-3),
  z.literal(-2),
  z.literal(-1),
  z.literal(0),
  z.literal(1),
  z.literal(2),
  z.literal(3),
]);

const health = z.strictObject({
  commits: z.array(z.strictObject({ sha, committedAt: time.nullable() })),
  releases: z.array(z.strictObject({ tag: z.string(), at: z.int() })),
  metrics: z.array(z.strictObject({ name: z.string(), displayName: z.string().nullable(), unit: z.string(), better })),
  rows: z.array(
    z.strictObject({
      workload,
      params,
      strips: z
        .array(
          z
            .strictObject({
              steps: z.array(heatStep.nullable()).describe("A cell per commit: -3 much better to 3 much worse."),
              values: z.array(z.number().nullable()),
              marks: z.array(z.strictObject({ at: count, direction: changepointDirection })),
              now: z.number().nullable(),
              base: z.number().nullable().describe("The level that cells are compared with."),
            })
            .nullable(),
        )
        .describe("In the order of the metrics; null: not measured."),
    }),
  ),
  total: count,
});

const costed = OverviewShiftPart.extend({
  cost: z
    .strictObject({
      seconds: z
        .number()
        .nullable()
        .describe("Seconds that a pass takes longer where it is seen; null: no duration moved."),
      certainty: z.number().describe("Probability that the shift is real."),
      reach: z.number().describe("Share of the recent runs that see it."),
      cost: z.number().nullable().describe("The product: by how many seconds a recent run is expected to take longer."),
    })
    .describe("Size x certainty x reach."),
});

export const OverviewAnswer = z.strictObject({
  project: z.strictObject({ slug: z.string(), name: z.string(), defaultBranch: z.string() }),
  measured: z
    .strictObject({
      branch: z.string(),
      branches: z.array(z.string()),
      environment: z.string().nullable(),
      environments: z.array(z.string()),
      news: z.strictObject({
        newest: OverviewShiftPart.nullable(),
        commitsSince: count.nullable().describe("Measured commits since the newest shift; null: there is none."),
        since: time.nullable().describe("When the reader of the page last looked; null here."),
        recent: z.array(OverviewShiftPart).describe("The largest of the new shifts."),
        recentTotal: count,
        within: count.describe("Measured commits that recent looks back over."),
        measuredCommits: count,
      }),
      totals: z.strictObject({
        open: count.describe("Shifts that ask for somebody."),
        worse: count.describe("Of them: those in which something got worse; a mixed one counts in both."),
        better: count.describe("Of them: those in which something got better."),
        rose: count.describe("Of them, like `fell`: in metrics whose good direction nobody has set."),
        fell: count,
        costly: count,
        costSeconds: z.number().describe("Sum of the costs: seconds by which a pass is expected to take longer."),
        saving: count,
        savedSeconds: z.number().describe("The same of those that save time: seconds by which a pass is shorter."),
        passSeconds: z.number().nullable().describe("One pass over all cases now."),
        cases: count,
        expectedFalse: ExpectedFalsePart,
      }),
      costly: z.array(costed).describe("What got worse, those that cost most first."),
      saving: z.array(costed).describe("What got better, those that save most first."),
      latest: z.array(OverviewShiftPart),
      freshness,
      troubles: z.strictObject({
        total: count,
        now: z
          .strictObject({ failing: count, missing: count, silent: count })
          .describe("Of all: those that concern the newest measured commit."),
        items: z.array(trouble),
      }),
      health,
    })
    .nullable()
    .describe("null: nothing was sent for this project yet."),
}) satisfies z.ZodType<Overview>;
