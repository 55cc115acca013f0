import { z } from "zod";
import type { Change } from "@/lib/release/changes";
import { type Decided, type DecidedShift, OUTCOMES } from "@/lib/release/decide";
import { GATE_ANSWERS, REASON_KINDS } from "@/lib/release/judge";
import { type Check, REPORT_STATES, type ReleaseRow, type ReportRead } from "@/lib/release/read";
import {
  type PlanItem,
  type ReleaseSide,
  type ReportDecisions,
  type ReportFigures,
  type ReportRow,
  type ReportShift,
  type ReportTrouble,
  ROW_VERDICTS,
  UNTOLD,
  type Waiver,
} from "@/lib/release/types";
import {
  better,
  change,
  changepointDirection,
  count,
  interval,
  p,
  pageOf,
  params,
  position,
  sha,
  shiftStatus,
  standing,
  time,
} from "./parts";
import { ReleasePolicyPart } from "./policy";

export const reportState = z.enum(REPORT_STATES);

export const ReleasesAnswer = pageOf(
  z.strictObject({
    tag: z.string(),
    sha,
    releasedAt: time.nullable(),
    committedAt: time.nullable(),
    position: position.nullable().describe("Place on the default branch's line; null: not on it."),
    commits: count.nullable().describe("Commits of the line since the release before it there."),
    state: reportState.nullable().describe("Of its newest report; null: nobody has begun one."),
    decidedBy: z.string().nullable(),
    moved: z.boolean().describe("It was tagged again since its report was frozen."),
    worse: count.describe("Shifts for the worse since the release before it on the line."),
    better: count,
    open: count.describe("Those for the worse that nobody has decided on."),
    runs: count.describe("Runs of its own commit."),
  }) satisfies z.ZodType<ReleaseRow>,
);

const side = z.strictObject({
  name: z.string(),
  kind: z.enum(["release", "branch", "commit"]),
  label: z.string(),
  sha,
  committedAt: time.nullable(),
  releasedAt: time.nullable(),
  position: position.nullable().describe("Place on the default branch's line; null: it lies on a line of its own."),
  reach: position.nullable().describe("The newest commit of the default branch that it holds."),
  fork: z
    .strictObject({ sha, position, commits: count })
    .nullable()
    .describe("Where its own line left the default branch."),
}) satisfies z.ZodType<ReleaseSide>;

const range = z.tuple([z.number(), z.number()]);
const own = z.strictObject({ value: z.number(), runs: count, n: count, min: z.number(), max: z.number() });
const sideValue = z.strictObject({
  from: z
    .enum(["level", "runs"])
    .describe("level: of the segment the commit lies in. runs: of its own runs, off the line."),
  value: z.number().describe("In the metric's unit."),
  interval: range.describe("95 % interval."),
  points: count,
  runs: count,
  distance: count.describe("Commits to the nearest measured commit of the line."),
  own: own.nullable().describe("Runs of the release's own commit; null: none."),
});

const rowPart = z.strictObject({
  workload: z.string(),
  workloadNumber: count,
  params,
  metric: z.string(),
  metricName: z.string().nullable(),
  unit: z.string(),
  better,
  smallestEffect: z.number(),
  environment: z.string(),
  verdict: z.enum(ROW_VERDICTS),
  why: z.enum(UNTOLD).nullable().describe("Why it cannot be told."),
  whyText: z.string().nullable(),
  whySide: z.enum(["baseline", "candidate"]).nullable(),
  baseline: sideValue.nullable(),
  candidate: sideValue.nullable(),
  change,
  difference: z.number().nullable().describe("In the metric's unit."),
  interval,
  steps: z
    .array(
      z.strictObject({
        shift: count.nullable(),
        direction: changepointDirection,
        state: standing,
        change,
        difference: z.number(),
      }),
    )
    .describe("Changepoints between the two releases."),
  drift: z
    .strictObject({ change, difference: z.number(), interval: range, p })
    .nullable()
    .describe("The sum of small steps between them, where one is told."),
  needsRuns: count.nullable().describe("More measured commits that would settle it; null: settled, or over 50."),
}) satisfies z.ZodType<ReportRow>;

const troublePart = z.strictObject({
  kind: z.enum(["missing", "failing", "skipped", "unmeasured"]),
  workload: z.string().nullable().describe("null: a whole environment has no run near."),
  workloadNumber: count.nullable(),
  params,
  environment: z.string(),
  sha: sha.nullable(),
  distance: count.nullable(),
  error: z.string().nullable(),
}) satisfies z.ZodType<ReportTrouble>;

const spark = z.strictObject({
  name: z.string(),
  unit: z.string(),
  points: z.array(z.strictObject({ position, value: z.number() })),
  segments: z.array(z.strictObject({ first: position, last: position, level: z.number(), track: count })),
  range: z.strictObject({ from: position, to: position }),
});

const shiftFields = {
  number: count,
  title: z.string(),
  direction: z.enum(["regression", "improvement", "mixed", "rose", "fell"]),
  state: z.enum(["provisional", "confirmed", "recovered", "withdrawn"]),
  lastGood: sha,
  firstShifted: sha,
  firstShiftedAt: time.nullable(),
  commitsBetween: count.nullable(),
  contained: z.enum(["yes", "may"]).describe("may: the candidate lies within its range."),
  mayBeInBaseline: z.boolean(),
  credits: z.array(
    z.strictObject({
      sha,
      author: z.string().nullable(),
      pullRequest: count.nullable(),
      subject: z.string().nullable(),
    }),
  ),
  recovery: z
    .strictObject({ by: count, inCandidate: z.enum(["yes", "may", "no"]), tags: z.array(z.string()) })
    .nullable()
    .describe("The shift that undid it, and the tags that hold that one."),
  fixedHere: z.boolean().describe("The candidate's own runs show it undone, off the default branch."),
  tags: z.array(z.string()).describe("Tags that hold it, oldest first."),
  spark: spark.nullable(),
};
const shiftPart = z.strictObject(shiftFields) satisfies z.ZodType<ReportShift>;

const planPart = z.strictObject({
  environment: z.string(),
  sha,
  side: z.enum(["baseline", "candidate"]),
  why: z.array(z.string()),
  cases: z.array(
    z.strictObject({
      workload: z.string(),
      params,
      runs: count,
      seconds: z.number().nullable().describe("Of one run, from history."),
    }),
  ),
  runs: count.describe("Of the case that needs most."),
  hours: z.number().nullable().describe("All of them one after the other; null: history does not tell."),
}) satisfies z.ZodType<PlanItem>;

const figures = z.strictObject({
  candidate: side,
  baseline: side.nullable().describe("null: a first release, or one whose history is not known."),
  near: count,
  computedAt: time,
  analysedAt: time.nullable(),
  pending: count.describe("Stored bodies that were not analysed yet."),
  rows: z.array(rowPart),
  troubles: z.array(troublePart),
  added: z.array(z.strictObject({ workload: z.string(), workloadNumber: count, params, environment: z.string() })),
  shifts: z.array(shiftPart),
  differences: z.array(
    z.strictObject({
      environment: z.string(),
      facts: z.array(z.strictObject({ name: z.string(), before: z.json(), after: z.json() })),
      components: z.array(
        z.strictObject({
          component: z.string(),
          before: z.string().nullable(),
          after: z.string().nullable(),
          link: z.string().nullable(),
        }),
      ),
    }),
  ),
  plan: z.array(planPart),
}) satisfies z.ZodType<ReportFigures>;

const decision = z.strictObject({
  number: count,
  status: shiftStatus,
  reason: z.string().nullable(),
  owner: z.string().nullable(),
  issues: z.array(z.string()),
  dueOn: z.string().nullable(),
  acceptedUntil: time.nullable(),
  at: time.nullable(),
  by: z.string().nullable(),
});

const waiver = z.strictObject({
  id: count,
  shift: count.nullable(),
  workload: z.string().nullable(),
  reason: z.string(),
  owner: z.string(),
  expiresOn: z.string().describe("The last day (UTC) on which it holds."),
  createdBy: z.string(),
  createdAt: time,
  withdrawnBy: z.string().nullable(),
  withdrawnAt: time.nullable(),
}) satisfies z.ZodType<Waiver>;

const decisions = z.strictObject({
  shifts: z.array(decision),
  waivers: z.array(waiver),
}) satisfies z.ZodType<ReportDecisions>;

const decidedShift = z.strictObject({
  ...shiftFields,
  outcome: z.enum(OUTCOMES),
  text: z.string(),
  decision: decision.nullable(),
  waiver: waiver.nullable(),
}) satisfies z.ZodType<DecidedShift>;

const decided = z.strictObject({
  worse: z.array(decidedShift),
  better: z.array(decidedShift),
  blocks: z
    .array(z.strictObject({ text: z.string(), shift: count.nullable(), workload: z.string().nullable() }))
    .describe("What stands in the way of a sign-off."),
  waivers: z.array(waiver).describe("Those in force that cover something."),
  verdict: z.strictObject({ word: z.enum(["ready", "not ready", "nothing to compare"]), text: z.string() }),
}) satisfies z.ZodType<Decided>;

const changes = z.array(
  z.strictObject({
    kind: z.enum(["side", "row", "shift", "decision", "trouble"]),
    text: z.string(),
  }) satisfies z.ZodType<Change>,
);

export const ReportAnswer = z.strictObject({
  project: z.strictObject({ slug: z.string(), name: z.string(), repository: z.string().nullable() }),
  number: count.describe("Which of the candidate's reports; 0: nobody has written to it yet."),
  numbers: count,
  state: reportState,
  revision: count.describe("A write names it, and is refused when somebody wrote in between."),
  figures,
  decisions,
  decided,
  policy: ReleasePolicyPart,
  frozenAt: time.nullable(),
  frozenBy: z.string().nullable(),
  decidedAt: time.nullable(),
  decidedBy: z.string().nullable(),
  reason: z.string().nullable(),
  changes: z
    .array(z.strictObject({ at: time, changes }))
    .describe("Of a draft: what changed, computation by computation."),
  since: changes.nullable().describe("Of a frozen report: what is different now."),
  history: z.array(z.strictObject({ at: time, actor: z.string(), verb: z.string(), detail: z.json() })),
}) satisfies z.ZodType<ReportRead>;

export const PlanAnswer = z.strictObject({
  candidate: z.string(),
  sha,
  waits: count.describe("Stored bodies that were not analysed yet."),
  hours: z.number().nullable(),
  total: count,
  items: z.array(planPart),
});

const named = z.strictObject({ name: z.string(), label: z.string(), sha: sha.nullable() });

export const CheckAnswer = z.strictObject({
  answer: z.enum(GATE_ANSWERS),
  reasons: z.array(
    z.strictObject({
      kind: z.enum(REASON_KINDS),
      weight: z.enum(["fail", "cannot tell", "note"]).describe("What it does to the answer."),
      text: z.string(),
      workload: z.string().nullable(),
      params: params.nullable(),
      metric: z.string().nullable(),
      environment: z.string().nullable(),
      shift: count.nullable(),
    }),
  ),
  counts: z.strictObject({
    rows: count,
    regressions: count,
    excused: count.describe("Regressions that somebody accepted or waived."),
    improvements: count,
    unchanged: count,
    cannotTell: count,
    missing: count,
  }),
  by: z.enum(["report", "comparison"]),
  candidate: named,
  against: named.nullable(),
  policy: ReleasePolicyPart,
  waits: count.describe("Ask again until it is 0: so many stored bodies were not analysed yet."),
}) satisfies z.ZodType<Check>;
