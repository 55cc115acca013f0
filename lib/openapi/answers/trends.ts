import { z } from "zod";
import { SHIFT_DIRECTIONS } from "@/lib/model/words";
import type { ComponentChanges } from "@/lib/queries/componentChanges";
import type { PaletteAnswer as Palette } from "@/lib/queries/frame";
import type { SeriesRead } from "@/lib/queries/series";
import type { WorkloadItem } from "@/lib/queries/workloadItems";
import type { WorkloadPart } from "@/lib/queries/workloads";
import {
  better,
  change,
  changepointDirection,
  count,
  difference,
  interval,
  MemberPart,
  p,
  pageOf,
  params,
  position,
  ShiftSummaryPart,
  sha,
  shiftState,
  shiftStatus,
  standing,
  time,
} from "./parts";

const direction = z.enum(SHIFT_DIRECTIONS);

export const WorkloadsAnswer = pageOf(
  z.strictObject({
    workload: z.string(),
    displayName: z.string().nullable(),
    number: count.describe("Number of the workload in addresses."),
    url: z.url(),
    params,
    environment: z.string().nullable(),
    state: z
      .enum(["ok", "failing", "missing"])
      .describe("failing: its newest result failed. missing: the newest measured commit has no result of it."),
    retiredAt: time.nullable(),
    metrics: z.array(
      z.strictObject({
        metric: z.string(),
        unit: z.string(),
        better,
        level: z.number().nullable().describe("The level now, in the unit."),
        before: z.number().nullable().describe("The level in force at since."),
        change: z.number().nullable().describe("level / before - 1; null where no ratio exists."),
        noise: z.number().nullable().describe("Scatter of a point, as a share of the level."),
        points: count,
        shifted: z.boolean().describe("A changepoint lies between then and now."),
        p: p.nullable().describe("Chance of the least certain of them."),
        shiftState: z.enum(["provisional", "confirmed"]).nullable(),
      }),
    ),
  }) satisfies z.ZodType<WorkloadItem>,
);

const cell = z.strictObject({
  level: z.number().nullable(),
  base: z.number().nullable().describe("The level in force at since."),
  change: z.number().nullable(),
  noise: z.number().nullable(),
  points: count,
  certainty: z.strictObject({ p, state: z.enum(["provisional", "confirmed"]) }).nullable(),
  sparkline: z
    .strictObject({
      values: z.array(z.number().nullable()).describe("At the places of the answer, to four digits."),
      segments: z.array(z.strictObject({ from: position, to: position, level: z.number() })),
      directions: z.array(changepointDirection.nullable()).describe("Of the step into each segment."),
    })
    .nullable(),
});

export const WorkloadRowsAnswer = z.strictObject({
  total: count,
  places: z.array(position).describe("Commits that the glyphs show."),
  rows: z.array(
    z.strictObject({
      workload: z.strictObject({ number: count, name: z.string(), displayName: z.string().nullable() }),
      params,
      retiredAt: time.nullable(),
      trouble: z.enum(["failing", "missing"]).nullable(),
      cells: z.array(cell.nullable()).describe("In the order of the metrics of the list; null: not measured."),
    }),
  ),
}) satisfies z.ZodType<WorkloadPart>;

export const SegmentPart = z.strictObject({
  firstSha: sha,
  lastSha: sha,
  first: position.describe("Place of its first point on the branch."),
  last: position,
  track: count,
  level: z.number(),
  lo: z.number().describe("5 % quantile of its points."),
  hi: z.number().describe("95 % quantile of its points."),
  noise: z.number().describe("Standard deviation of a point around the level, spikes aside."),
  points: count,
  runs: count,
});

export const ReleasePart = z.strictObject({ tag: z.string(), sha, position, committedAt: time.nullable() });
export const MonthPart = z
  .strictObject({ position, committedAt: time })
  .describe("The first commit of a month: a tick of the axis.");

export const DrawnPointPart = z.strictObject({
  sha,
  position,
  committedAt: time.nullable(),
  pullRequest: z.int().nullable(),
  runs: count,
  n: count.describe("Samples, over all runs."),
  value: z.number().describe("Median of the runs' medians, in the unit."),
  min: z.number().describe("Smallest sample."),
  max: z.number().describe("Largest sample."),
  track: count.describe("Points of different tracks differ in version or facts: nothing is compared across."),
  open: z.boolean().describe("Its runs disagree by more than half: detection leaves it out."),
  outlier: z.boolean().describe("A spike that opens no new level."),
});

export const PointPart = z.strictObject({
  ...DrawnPointPart.shape,
  slow: z
    .boolean()
    .describe("Its runs were slow (or fast) as a whole, or the next run decides: detection leaves it out."),
  samples: z.array(z.number()).optional().describe("With samples=1: every sample."),
  byRun: z
    .array(z.strictObject({ run: z.string(), value: z.number(), samples: z.array(z.number()) }))
    .optional()
    .describe("With samples=1: those of each run."),
});

export const ByHandPart = z.strictObject({ actor: z.string(), at: time, reason: z.string() });

export const ChangepointPart = z.strictObject({
  sha: sha.describe("The first point of the new level."),
  position,
  lastGood: sha.describe("The step lies after this commit ..."),
  lastGoodPosition: position,
  firstShifted: sha.describe("... and not after this one, with 95 % certainty."),
  firstShiftedPosition: position,
  committedAt: time.nullable(),
  commitsBetween: count.describe("Commits strictly between the two: 0 names a single one."),
  direction: changepointDirection,
  before: z.number().describe("Level before, in the unit."),
  after: z.number(),
  change,
  difference,
  interval,
  p,
  pointsBefore: count,
  pointsAfter: count,
  needsPoints: count.describe("More points that would confirm a provisional one."),
  shift: count.nullable().describe("Number of its shift."),
  state: standing,
  shiftState: shiftState.nullable(),
  status: shiftStatus.nullable(),
  byHand: ByHandPart.nullable().describe("Who marked or moved it; null: the analysis found it."),
});

export const ComponentsAnswer = z.strictObject({
  environment: z.string(),
  branch: z.string(),
  measured: count.describe("Measured commits whose runs told their components."),
  items: z.array(
    z.strictObject({
      sha,
      position,
      committedAt: time.nullable(),
      changes: z.array(
        z.strictObject({
          name: z.string(),
          before: z.string().nullable().describe("At the measured commit before; null: it was not told."),
          now: z.string().nullable(),
        }),
      ),
    }),
  ),
  followed: z
    .array(z.strictObject({ name: z.string(), changes: count }))
    .describe("Components that change with most commits: their changes are counted, not listed."),
}) satisfies z.ZodType<ComponentChanges>;

export const SeriesAnswer = z.strictObject({
  workload: z.string(),
  workloadNumber: count,
  params,
  metric: z.string(),
  metricName: z.string().nullable(),
  unit: z.string(),
  better,
  smallestEffect: z.number().describe("Relative change under which nothing is told."),
  environment: z.string(),
  branch: z.string(),
  window: z.strictObject({
    from: z.int(),
    to: z.int(),
    measured: count.describe("Measured points in it, before thinning."),
    whole: z.boolean(),
  }),
  level: z.number().nullable().describe("The level now."),
  noise: z.number().nullable(),
  analysedAt: time.nullable().describe("null: not analysed, so without segments and changepoints."),
  drift: z
    .strictObject({
      since: sha.describe("First commit of the window."),
      release: z.string().nullable().describe("The release that it follows; null: the newest hundred points."),
      points: count,
      change: z.number().nullable(),
      difference: z.number(),
      interval: z.tuple([z.number(), z.number()]),
      p: z.number(),
      steps: count.describe("Changepoints in the window beside which it stands."),
      told: z
        .boolean()
        .describe("Larger than noise makes one, and than the metric's smallest effect, and not told as a changepoint."),
    })
    .nullable()
    .describe("The sum of small steps since the last release, beside the steps that are told; null: cannot be told."),
  points: z.array(PointPart),
  leftOut: z
    .array(
      z.strictObject({
        sha,
        position,
        committedAt: time.nullable(),
        pullRequest: z.int().nullable(),
        run: z.string(),
        whole: z.boolean().describe("The whole run is out, not only this value."),
        value: z.number(),
        min: z.number(),
        max: z.number(),
        reason: z.string(),
        by: z.string(),
        at: time,
      }),
    )
    .describe("Values that people left out, at most the newest 500: in no point, level or finding."),
  segments: z.array(SegmentPart),
  changepoints: z.array(ChangepointPart),
  failures: z.array(
    z.strictObject({
      sha,
      position,
      committedAt: time.nullable(),
      pullRequest: z.int().nullable(),
      outcome: z.enum(["failed", "skipped"]),
      runs: count,
      error: z.string().nullable(),
    }),
  ),
  tracks: z.array(z.strictObject({ track: count, version: z.string(), facts: params })),
  breaks: z
    .array(
      z.strictObject({
        sha: sha.describe("The first point after it."),
        position,
        why: z.enum(["version", "facts", "event"]),
        text: z.string().describe("What was crossed."),
      }),
    )
    .describe("Where neighbouring points lie on different tracks, and why."),
  releases: z.array(ReleasePart),
  months: z.array(MonthPart),
  events: z.array(
    z.strictObject({ text: z.string(), border: z.boolean(), position: position.nullable(), at: time.nullable() }),
  ),
}) satisfies z.ZodType<SeriesRead>;

export const PaletteAnswer = z.strictObject({
  workloads: z.array(z.strictObject({ number: count, name: z.string() })),
  shifts: z.array(z.strictObject({ number: count, largest: MemberPart, firstShiftedAt: time.nullable() })),
  releases: z.array(z.strictObject({ tag: z.string(), sha, releasedAt: time.nullable() })).describe("Newest first."),
  commits: z
    .array(z.strictObject({ sha, subject: z.string().nullable(), committedAt: time.nullable(), measured: z.boolean() }))
    .describe("Those whose sha begins with the text, from four characters on."),
}) satisfies z.ZodType<Palette>;

export const OverviewShiftPart = z.strictObject({
  number: count,
  direction,
  state: shiftState,
  status: shiftStatus,
  needsPoints: count.nullable().describe("Of a provisional one: more points that would confirm it."),
  summary: ShiftSummaryPart,
  lastGood: sha,
  firstShifted: sha,
  firstShiftedAt: time.nullable(),
  openedAt: time,
  position: position.nullable(),
});
