import { z } from "zod";
import { BETTER, CHANGEPOINT_DIRECTIONS, type Json, SHIFT_STATES, SHIFT_STATUSES } from "@/lib/model/words";
import type { Member, ShiftSummary } from "@/lib/shift/summary";

// Parts of many answers. Answers are strict: a test holds real answers against them, and a field that nobody described
// fails it. The published schemas are open, since fields may be added.

export const sha = z.string().regex(/^[0-9a-f]{7,64}$/);
export const time = z.iso.datetime();
export const count = z.int().min(0);
/** Place on a branch's line, from 0 for the oldest. */
export const position = z.int().min(0);
export const better = z.enum(BETTER);
export const changepointDirection = z.enum(CHANGEPOINT_DIRECTIONS);
export const shiftState = z.enum(SHIFT_STATES);
export const shiftStatus = z.enum(SHIFT_STATUSES);
export const standing = z.enum(["provisional", "confirmed"]);

export const params = z
  .custom<Json>((value) => value !== null && typeof value === "object" && !Array.isArray(value))
  .meta({ type: "object" });
export const change = z.number().nullable().describe("after / before - 1; null where no ratio exists.");
export const difference = z.number().describe("In the metric's unit.");
export const interval = z
  .tuple([z.number(), z.number()])
  .nullable()
  .describe("95 % interval of the change, of the difference where that is null; null where it cannot be told.");
export const p = z.number().min(0).max(1);

/** A list in parts. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.strictObject({
    total: count.describe("Rows of all parts."),
    items: z.array(item),
    next: z.string().nullable().describe("Goes into ?cursor= for the next part; null at the end."),
  });

/** What people say of a shift. */
export const triageFields = {
  status: shiftStatus.describe("What people say; an accepted level whose time is over counts as new again."),
  statusReason: z.string().nullable(),
  acceptedUntil: time.nullable().describe("An accepted level holds until then; null: for good, or not accepted."),
  owner: z.string().nullable().describe("Who takes care of it, by name."),
  ownerId: count.nullable().describe("The person with an account here; null: a name in free text, or nobody."),
  dueOn: z.iso.date().nullable(),
  issues: z.array(z.string()).describe("Addresses of issues and pull requests."),
};

/** What of it was changed; `text` is that of a note. */
export const ChangedPart = z.strictObject({ ...triageFields, text: z.string() }).partial();

export const ProblemAnswer = z.strictObject({
  type: z.string().startsWith("urn:tidemark:"),
  title: z.string(),
  status: z.int().min(400).max(599),
  code: z.string().describe("A word that stays, for programs."),
  detail: z.string().describe("What is wrong, and the way out."),
  faults: z
    .array(
      z.strictObject({
        path: z.string().describe("Where: a JSON path such as $.results[3].metrics.duration[0], or ?parameter."),
        message: z.string(),
        document: count.optional().describe("Place of the document in an array or NDJSON body."),
      }),
    )
    .optional()
    .describe("Every fault, at most 100."),
  changes: z
    .array(
      z.strictObject({
        shift: count,
        revision: count.describe("Its revision now: name it to write over what is listed."),
        at: time,
        by: z.string(),
        before: ChangedPart,
        after: ChangedPart,
        reason: z.string().nullable(),
      }),
    )
    .optional()
    .describe("409: what others changed since it was seen, the newest first, at most 100."),
  changed: count.optional().describe("409: how many things others changed since."),
  moreFaults: count.optional().describe("Faults that are not listed."),
});

/** Which line something was found on, and which way it went there. */
export const foundOn = {
  workload: z.string(),
  workloadNumber: count,
  params,
  metric: z.string(),
  metricName: z.string().nullable(),
  unit: z.string(),
  better,
  environment: z.string(),
  direction: changepointDirection,
};

export const MemberPart = z.strictObject({
  ...foundOn,
  state: standing,
  before: z.number(),
  after: z.number(),
  change,
  difference,
  interval,
  p,
  pointsBefore: count,
  pointsAfter: count,
}) satisfies z.ZodType<Member>;

const counts = { worse: count, better: count, moved: count };
const costSeconds = z
  .number()
  .nullable()
  .describe("Seconds that one pass over all cases takes longer since; null: no duration moved.");

export const ShiftSummaryPart = z.strictObject({
  ...counts,
  changepoints: count,
  largest: MemberPart,
  worst: MemberPart.nullable(),
  best: MemberPart.nullable(),
  environments: z.array(z.strictObject({ ...counts, name: z.string(), costSeconds })),
  costSeconds,
}) satisfies z.ZodType<ShiftSummary>;

export const ExpectedFalsePart = z
  .strictObject({ confirmed: z.number(), provisional: z.number(), points: count, series: count })
  .describe("How many of the changepoints told are to be expected to be chance, from the points judged.");
