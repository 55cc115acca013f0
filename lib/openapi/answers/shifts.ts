import { z } from "zod";
import { SHIFT_DIRECTIONS } from "@/lib/model/words";
import { NEXT_STATES } from "@/lib/plan";
import type { NextRead } from "@/lib/queries/next";
import type { NotTheCode } from "@/lib/queries/notTheCode";
import type { MergedShift, ShiftRead } from "@/lib/queries/shift";
import type { ListedShift, ShiftsRead } from "@/lib/queries/shifts";
import { SHIFT_LOG_KINDS } from "@/lib/shift/log";
import {
  count,
  ExpectedFalsePart,
  MemberPart,
  p,
  pageOf,
  params,
  position,
  ShiftSummaryPart,
  sha,
  shiftState,
  shiftStatus,
  time,
} from "./parts";
import { ShiftContextPart } from "./shiftContext";
import { ByHandPart, DrawnPointPart, MonthPart, ReleasePart, SegmentPart } from "./trends";

const direction = z.enum(SHIFT_DIRECTIONS);

const head = {
  number: count,
  title: z.string(),
  direction,
  state: shiftState.describe("What the analysis says."),
  status: shiftStatus.describe("What people say; an accepted level whose time is over counts as new again."),
  acceptedUntil: time
    .nullable()
    .describe(
      "An accepted level holds until then; null: for good, or it is not accepted. In the past: it was accepted.",
    ),
  owner: z.string().nullable().describe("Who takes care of it."),
  dueOn: z.iso.date().nullable().describe("The day by which something is due."),
  revision: count.describe("Counted up by each change by people: a change names the one that it saw."),
  partOf: count.nullable().describe("Number of the shift that explains it now."),
  recoveredBy: count.nullable().describe("Number of the later shift that undid it."),
  needsPoints: count
    .nullable()
    .describe("Of a provisional one: more points that would confirm it, of the series that lacks fewest."),
  lastGood: sha.describe("The step lies after this commit ..."),
  firstShifted: sha.describe("... and not after this one."),
  firstShiftedAt: time.nullable(),
  commitsBetween: count
    .nullable()
    .describe("Commits strictly between the two: 0 names a single one; null: not on the line any more."),
  containedIn: z.string().nullable().describe("The first release that holds it."),
  summary: ShiftSummaryPart,
};

export const ShiftChangepointPart = z.strictObject({
  ...MemberPart.shape,
  sha: sha.describe("The first point of the new level."),
  position: position.nullable(),
  lastGood: sha,
  firstShifted: sha,
  drawn: z
    .boolean()
    .describe("Its range is the widest that its data allow: the steps of the shift's other series draw it there."),
  needsPoints: count.describe("More points that would confirm a provisional one."),
  byHand: ByHandPart.nullable().describe("Who marked or moved it; null: the analysis found it."),
});

export const ShiftPart = z.strictObject({
  ...head,
  url: z.url(),
  changepoints: z.array(ShiftChangepointPart).describe("The largest, at most 100."),
  changepointsTotal: count,
}) satisfies z.ZodType<ListedShift>;

const perStatus = z.strictObject({
  all: count,
  open: count,
  new: count,
  investigating: count,
  accepted: count,
  fixed: count,
  infrastructure: count,
  "not real": count,
}) satisfies z.ZodType<ShiftsRead["counts"]>;

export const ShiftsAnswer = z.strictObject({
  total: count,
  items: z.array(ShiftPart),
  next: z.string().nullable().describe("Goes into ?cursor= for the next part; null at the end."),
  counts: perStatus.describe("Rows under every status, with the other filters."),
  analysis: z.strictObject({
    series: count,
    analysedAt: time.nullable(),
    pending: count,
    expectedFalse: ExpectedFalsePart,
    newest: sha.nullable(),
    newestAt: time.nullable(),
  }) satisfies z.ZodType<ShiftsRead["analysis"]>,
  seen: count.describe("The newest change by people: a change of all that match names it."),
});

export const ShiftMemberPart = z.strictObject({
  shift: count,
  ...ShiftChangepointPart.shape,
  points: z.array(DrawnPointPart),
  segments: z.array(SegmentPart),
});

const NotTheCodePart = z.strictObject({
  cause: z
    .strictObject({
      kind: z.enum(["environment", "held", "unclear"]).describe("environment: the controls moved along."),
      controls: z.array(
        z.strictObject({
          environment: z.string(),
          metric: z.string(),
          cases: count,
          change: z.number().nullable(),
          verdict: z.enum(["moved", "held", "unclear"]),
        }),
      ),
    })
    .nullable()
    .describe("null: there are no controls with values on both sides."),
  components: z
    .array(
      z.strictObject({
        environment: z.string(),
        component: z.string(),
        before: z.string().nullable(),
        after: z.string().nullable(),
        link: z.url().nullable(),
      }),
    )
    .describe("Those that changed within the range."),
  nothingMoved: z
    .boolean()
    .nullable()
    .describe("true: the project is a component of its own, with one revision on both sides; null: not known."),
  slowRuns: z.array(
    z.strictObject({
      run: z.string(),
      sha,
      position,
      environment: z.string(),
      metric: z.string(),
      state: z.enum(["pending", "slow"]).describe("pending: the next run decides."),
      factor: z.number().describe("Median over its cases of value / level before."),
      cases: count,
    }),
  ),
  events: z.array(
    z.strictObject({
      id: count,
      text: z.string(),
      border: z.boolean(),
      position: position.nullable(),
      at: time.nullable(),
    }),
  ),
}) satisfies z.ZodType<NotTheCode>;

const MergedShiftPart = z.strictObject({
  number: count,
  status: shiftStatus,
  statusReason: z.string().nullable(),
  owner: z.string().nullable(),
  issues: z.array(z.string()),
  decidedBy: z.string().nullable(),
  decidedAt: time.nullable(),
  series: z
    .array(
      z.strictObject({
        workload: z.string(),
        params,
        metric: z.string(),
        metricName: z.string().nullable(),
        environment: z.string(),
      }),
    )
    .describe("Where its changepoints lay when it became part, at most ten."),
  seriesTotal: count,
}) satisfies z.ZodType<MergedShift>;

export const ShiftAnswer = z.strictObject({
  ...head,
  project: z.strictObject({ slug: z.string(), name: z.string(), repository: z.string().nullable() }),
  branch: z.string(),
  statusReason: z.string().nullable(),
  note: z.string().nullable(),
  issues: z.array(z.string()),
  withdrawnReason: z.string().nullable(),
  openedAt: time,
  confirmedAt: time.nullable(),
  withdrawnAt: time.nullable(),
  reported: z
    .strictObject({
      at: time,
      direction,
      state: z.enum(["provisional", "confirmed", "recovered"]),
      lastGood: sha,
      firstShifted: sha,
      changepoints: count,
      members: z.array(MemberPart),
    })
    .describe("What was known when it was first confirmed, until then when it was opened; never changed from then on."),
  commits: z
    .array(
      z.strictObject({
        sha,
        position,
        committedAt: time.nullable(),
        pullRequest: z.int().nullable(),
        author: z.string().nullable(),
        subject: z.string().nullable(),
        measured: z.boolean(),
      }),
    )
    .describe("Of the range, newest first, then the last good one."),
  fixedIn: z.string().nullable().describe("The first release that holds its recovery."),
  members: z.array(ShiftMemberPart).describe("Its changepoints, the largest first, at most 200."),
  membersTotal: count,
  window: z.strictObject({ from: z.int(), to: z.int() }),
  range: z.strictObject({ from: position, to: position }).nullable(),
  months: z.array(MonthPart),
  events: z
    .array(
      z.strictObject({
        text: z.string(),
        border: z.boolean(),
        position,
        environment: z.string().nullable(),
        workload: z.string().nullable(),
        metric: z.string().nullable(),
      }),
    )
    .describe("Notes on the time axis of the window; null: all environments, workloads, metrics."),
  releases: z.array(ReleasePart),
  log: z.array(z.strictObject({ at: time, kind: z.enum(SHIFT_LOG_KINDS), detail: params })),
  parts: z
    .array(MergedShiftPart)
    .describe("Shifts that are part of this one now, with what people had decided of each, and of which series."),
  notTheCode: NotTheCodePart.describe("What else than the code could have moved it."),
  ...ShiftContextPart.shape,
}) satisfies z.ZodType<ShiftRead>;

const NextCommitPart = z.strictObject({
  sha,
  position,
  committedAt: time.nullable(),
  pullRequest: z.int().nullable(),
  subject: z.string().nullable(),
  runs: count.describe("Runs of it that are there already, in any environment."),
});

export const NextAnswer = z.strictObject({
  shift: count.describe("Its number."),
  url: z.url(),
  state: z.enum(NEXT_STATES).describe("measure: run it; in every other state there is nothing to run."),
  reason: z.string().describe("The state in a sentence."),
  commit: NextCommitPart.nullable().describe("The commit to run; null unless the state is measure."),
  environment: z.string().nullable().describe("Where to run it."),
  workloads: z
    .array(z.strictObject({ workload: z.string(), params }))
    .describe("The cases that tell most; the numbers rest on a run of all of them."),
  runs: count.describe("How often, before asking again."),
  expectedRuns: z
    .number()
    .min(0)
    .nullable()
    .describe("Runs to be expected until one commit is certain, these included; null: not to be told, or over 500."),
  certainty: p.nullable().describe("Probability of the best commit; one of 0.95 is certain."),
  effect: z.number().min(0).nullable().describe("How many sds of a run lie between the two levels."),
  found: NextCommitPart.nullable().describe("The commit that brought the step, when the state is done."),
  candidates: z
    .array(z.strictObject({ sha, position, probability: p }))
    .describe("The likeliest commits to be the first shifted one, at most 5."),
  avoided: z
    .array(
      z.strictObject({
        environment: z.string(),
        position,
        sha,
        outcome: z.enum(["failed", "skipped"]),
        error: z.string().nullable(),
      }),
    )
    .describe("Commits at which nothing of the shift passed: no run of them is asked for. At most 20."),
  pending: z.boolean().describe("Stored runs wait for the analysis. They count here already."),
}) satisfies z.ZodType<NextRead>;

export const NextListAnswer = pageOf(NextAnswer);
