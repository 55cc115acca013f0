import { z } from "zod";
import { DELIVERY_STATES } from "@/lib/model/notification";
import { SHIFT_DIRECTIONS, SHIFT_STATES, SHIFT_STATUSES } from "@/lib/model/words";
import { COMPARE_SORTS, VERDICT_ORDER } from "@/lib/urls/compare";
import { DRIFT_DIRECTIONS, DRIFT_SORTS } from "@/lib/urls/drift";
import { DUE, QUALITY_GROUPS, SHIFT_SORTS } from "@/lib/urls/shifts";
import { pageQuery } from "./paging";

// The query parameters of every endpoint: routes check with them, and the description of the API is made from them.

/** Left out: null. */
const word = z.string("Give it once.").nullable().default(null);

/** Absent and empty are the same: scripts fill templates. */
const optional = z
  .string("Give it once.")
  .max(1000, "Is too long.")
  .default("")
  .transform((text) => text || null);

const wordOf = <const Word extends string>(words: readonly Word[]) =>
  z
    .union([z.literal(""), z.enum(words)], `Must be one of ${words.join(", ")}.`)
    .optional()
    .transform((one) => one || null);

const format = z
  .enum(["json", "csv"], "Must be json or csv.")
  .default("json")
  .describe("csv: the table as comma-separated values, header first.");

const typed = z.string("Give it once.").max(200, "Must have at most 200 characters.").optional();

const environment = "Name of an environment.";
const branch = "Name of a branch; left out, the default branch.";

export const PageQuery = z.strictObject(pageQuery);

export const RunsQuery = z.strictObject({
  ...pageQuery,
  branch: z.string("Give one branch.").optional().describe("The branch that the run was sent for."),
  environment: z.string("Give one environment.").optional().describe(environment),
  commit: z.string("Give one commit id.").optional().describe("The whole id of a commit."),
  experiment: z.string("Give one experiment.").optional().describe("Label of an experiment."),
});

export const StoreRunsQuery = z.strictObject({
  dryRun: z
    .enum(["0", "1"], "Must be 1 or 0.")
    .default("0")
    .describe("1: does everything and takes it back; the answer adds what the body would create."),
});

export const CommitsQuery = z.strictObject({
  ...pageQuery,
  branch: z.string("Give one branch.").optional().describe(branch),
});

export const OverviewQuery = z.strictObject({
  environment: word.describe(`${environment} Left out or unknown, the one with the newest data.`),
  branch: word.describe(branch),
});

export const WorkloadsQuery = z.strictObject({
  environment: word.describe(`${environment} Left out or unknown, the one with the newest data.`),
  branch: word.describe(branch),
  since: word.describe(
    "What changes are against: the tag of a release, a sha (from seven characters on), or first; left out, the level 200 measured commits ago.",
  ),
  filter: word.describe("A text in name or parameters."),
  show: z.enum(["all", "shifted", "failing"]).default("all").describe("Which rows."),
  sort: z.enum(["change", "name", "value"]).default("name").describe("Order; change and value are those of metric."),
  order: z.enum(["up", "down"]).nullable().default(null).describe("Turns the order."),
  metric: word.describe("The metric that sorts."),
  retired: z.enum(["1"]).optional().describe("1: with retired workloads."),
  format,
  ...pageQuery,
});

const { format: _format, limit, cursor: _cursor, ...rows } = WorkloadsQuery.shape;

export const WorkloadRowsQuery = z.strictObject({
  ...rows,
  sort: z.enum(["change", "name", "value"]).default("change").describe("Order; change and value are those of metric."),
  group: z.enum(["prefix", "none"]).default("prefix").describe("Brings rows of one prefix together where that helps."),
  offset: z.coerce.number().int().min(0).default(0).describe("Rows to leave out at the beginning."),
  limit,
});

const name = z
  .string("Give it once.")
  .min(1, "Must not be empty.")
  .max(10_000, "Is too long.")
  .nullable()
  .default(null);

export const ComponentsQuery = z.strictObject({
  environment: word.describe(`${environment} Left out, the first one.`),
  branch: word.describe(branch),
  format,
});

export const SeriesQuery = z.strictObject({
  workload: name.describe("Name, alias or number of a workload: needed."),
  params: name.describe("Parameters of the case as a JSON object; left out, the case without any, or the only one."),
  metric: name.describe("Name of a metric; may be left out where there is only one."),
  environment: name.describe(`${environment} Left out, the one with most points; the answer names it.`),
  branch: name.describe(branch),
  from: name.describe("First commit of the window: a sha, or its place on the branch."),
  to: name.describe("Last commit of the window, included."),
  samples: z
    .enum(["0", "1"], "Must be 1 or 0.")
    .default("0")
    .describe("1: adds every sample to its point, and those of each run."),
  thin: z.coerce
    .number("Must be a whole number from 2.")
    .int()
    .min(2, "Must be a whole number from 2.")
    .nullable()
    .default(null)
    .describe("About so many points at most, with minima, maxima and changepoints kept."),
  format,
});

export const ShiftsQuery = z.strictObject({
  status: wordOf(["all", "open", ...SHIFT_STATUSES]).describe(
    "What people say of it; open: it asks for somebody. Left out, all.",
  ),
  state: wordOf(SHIFT_STATES).describe("What the analysis says of it."),
  direction: wordOf(SHIFT_DIRECTIONS).describe("Which way it went."),
  metric: optional.describe("Name of a metric that moved."),
  environment: optional.describe("Name of an environment where something moved."),
  workload: optional.describe("Name of a workload that moved."),
  prefix: optional.describe("Begin of the name of a workload that moved."),
  owner: optional.describe("Who takes care of it, by name; me: the person that is signed in; none: nobody."),
  due: wordOf(DUE).describe("overdue, within a week (the overdue ones included), with a day set, or with none."),
  release: optional.describe("Tag of the first release that contains it; none: no release does."),
  filter: optional.describe("A part of a workload's name, the begin of a sha, or #6."),
  sort: z
    .enum(SHIFT_SORTS, `Must be one of ${SHIFT_SORTS.join(", ")}.`)
    .default("newest")
    .describe("Order: newest, largest or due first; queue: what costs most, times how certain it is."),
  page: z.coerce
    .number()
    .int()
    .min(1, "Must be a whole number from 1.")
    .default(1)
    .describe("A page of limit rows; scripts follow next instead."),
  format,
  ...pageQuery,
});

const where = optional.describe(`${environment} Asks for runs there only.`);

export const NextQuery = z.strictObject({ environment: where });

export const NextListQuery = z.strictObject({
  environment: where,
  limit: z.coerce
    .number("Must be a whole number from 1 to 100.")
    .int("Must be a whole number from 1 to 100.")
    .min(1, "Must be a whole number from 1 to 100.")
    .max(100, "Must be a whole number from 1 to 100.")
    .default(20)
    .describe("How many shifts a part has."),
  cursor: pageQuery.cursor,
});

const side = z
  .string("Name a side, such as release:2026.11.0, commit:4bcc6b6, branch:main, run:KEY or experiment:NAME/VARIANT.")
  .min(1, "Name a side, such as release:2026.11.0.")
  .max(1000, "Is too long.");
const sides =
  "release:TAG, commit:SHA, branch:NAME, pr:NUMBER (its merge base: pr:NUMBER/base), run:KEY, experiment:NAME/VARIANT, env:NAME or env:NAME@SIDE.";

const base = z
  .string("Give it once.")
  .max(1000, "Is too long.")
  .nullable()
  .default(null)
  .describe(
    `The side that is compared with: ${sides} Left out, or base: the merge base of the contender, where that is a pull request.`,
  );

export const CompareQuery = z.strictObject({
  baseline: base,
  contender: side.describe(`The side in question: ${sides}`),
  environment: optional.describe(`${environment} Limits the comparison itself.`),
  metric: optional.describe("Shows the rows of this metric; verdicts stay what they are over all rows."),
  workload: optional.describe("Shows the rows with this text in name or parameters."),
  verdict: z
    .union([z.literal(""), z.enum(VERDICT_ORDER)], `Must be one of ${VERDICT_ORDER.join(", ")}.`)
    .optional()
    .transform((verdict) => verdict || null)
    .describe("Shows the rows of one verdict."),
  sort: z
    .enum(COMPARE_SORTS, `Must be one of ${COMPARE_SORTS.join(", ")}.`)
    .default("effect")
    .describe("Order within a verdict: the larger change, the larger change against its noise, or the name."),
  by: wordOf(["workload"]).describe("workload: adds the mean of each workload, per metric."),
  format,
  ...pageQuery,
});

export const CompareCaseQuery = z.strictObject({
  baseline: base,
  contender: side.describe(`The side in question: ${sides}`),
  workload: name.describe("Name, alias or number of a workload: needed."),
  params: name.describe("Parameters of the case as a JSON object; left out, the case without any, or the only one."),
  version: z
    .string("Give it once.")
    .max(1000, "Is too long.")
    .nullable()
    .default(null)
    .describe("Version of the workload; left out, one that both sides have."),
  metric: optional.describe("Name of a metric; left out, the first that both sides have."),
  environment: optional.describe(`${environment} Left out, the first that both sides have.`),
  format,
});

export const CompareFloorQuery = z.strictObject({
  baseline: base,
  contender: side.describe(`The side in question: ${sides}`),
  environment: optional.describe(`${environment} Limits the comparison itself.`),
});

export const CompareMatrixQuery = z.strictObject({
  experiment: z
    .string("Name an experiment.")
    .min(1, "Name an experiment.")
    .max(1000, "Is too long.")
    .describe("Its label."),
  baseline: optional.describe(
    "The variant that the others are held against; left out, base, baseline, main or control, else the first.",
  ),
  environment: optional.describe(`${environment} Limits the comparison itself.`),
  metric: optional.describe("Shows the rows of this metric; verdicts stay what they are over all cells."),
  workload: optional.describe("Shows the rows with this text in name or parameters."),
  sort: z
    .enum(COMPARE_SORTS, `Must be one of ${COMPARE_SORTS.join(", ")}.`)
    .default("effect")
    .describe("Called ones first, by the largest change, by the largest change against its noise, or all by name."),
  format,
  ...pageQuery,
});

export const SidesQuery = z.strictObject({
  text: typed.describe(
    "A part of a tag, a branch, a label, a sha, a subject or a key; without it the newest of each kind.",
  ),
});

export const PaletteQuery = z.strictObject({
  text: typed.describe("A part of a workload's name, or the number of a shift."),
});

export const EventsQuery = z.strictObject({
  environment: optional.describe("Those that concern this environment."),
  workload: optional.describe("Those that concern this workload, by name."),
  metric: optional.describe("Those that concern this metric."),
  border: z.enum(["0", "1"], "Must be 1 or 0.").nullable().default(null).describe("1: borders only; 0: notes only."),
  filter: optional.describe("A part of the text."),
  format,
  ...pageQuery,
});

export const DeliveriesQuery = z.strictObject({
  route: z.coerce
    .number("Must be the id of a route.")
    .int("Must be the id of a route.")
    .min(1, "Must be the id of a route.")
    .max(2_000_000_000, "Must be the id of a route.")
    .nullable()
    .default(null)
    .describe("Id of a route; left out, all."),
  state: wordOf(DELIVERY_STATES).describe("waiting, held, delivered or failed; left out, all."),
  ...pageQuery,
});

const since = optional.describe("release:TAG, or a day such as 2026-09-01 or a time; left out, everything.");

export const AcceptedQuery = z.strictObject({ since, format, ...pageQuery });

export const DriftQuery = z.strictObject({
  direction: z
    .enum(DRIFT_DIRECTIONS, `Must be one of ${DRIFT_DIRECTIONS.join(", ")}.`)
    .nullable()
    .default(null)
    .describe("Those that got worse, got better, or moved without a good direction."),
  metric: optional.describe("Those of this metric, by name."),
  environment: optional.describe("Those of this environment, by name."),
  workload: optional.describe("A part of the workload's name."),
  sort: z
    .enum(DRIFT_SORTS, `Must be one of ${DRIFT_SORTS.join(", ")}.`)
    .default("change")
    .describe("change: the largest first; certainty: the smallest p first; workload: by name."),
  format,
  ...pageQuery,
});

export const QualityQuery = z.strictObject({
  since: optional.describe("Shifts opened since: release:TAG, or a day such as 2026-09-01 or a time; left out, all."),
  by: z
    .enum(QUALITY_GROUPS, `Must be one of ${QUALITY_GROUPS.join(", ")}.`)
    .optional()
    .describe("Only these groups; left out, all three."),
  format,
});

export const DecisionsQuery = z.strictObject({
  shift: z.coerce
    .number("Must be the number of a shift.")
    .int("Must be the number of a shift.")
    .min(1, "Must be the number of a shift.")
    .max(999_999_999, "Must be the number of a shift.")
    .nullable()
    .default(null)
    .describe("Those of one shift."),
  ...pageQuery,
});

export const NoteQuery = z.strictObject({
  revision: z.coerce
    .number("Name the revision of the note that was seen.")
    .int("Name the revision of the note that was seen.")
    .min(1, "Name the revision of the note that was seen.")
    .max(2_000_000_000, "Name the revision of the note that was seen.")
    .describe("The revision of the note that was seen: needed."),
});

export const CorrectionsQuery = z.strictObject({
  all: z.enum(["0", "1"], "Must be 1 or 0.").default("0").describe("1: also those that were taken back."),
  ...pageQuery,
});

const candidateName = z
  .string("Give it once.")
  .min(1, "Name a tag, branch:NAME or commit:SHA.")
  .max(1000, "Is too long.")
  .describe("A tag, branch:NAME or commit:SHA: needed.");
const againstName = optional.describe("Another side to compare with; left out, the last release before it.");

const ofReport = {
  candidate: candidateName,
  against: againstName,
  report: z.coerce
    .number("Must be a whole number from 1.")
    .int()
    .min(1, "Must be a whole number from 1.")
    .nullable()
    .default(null)
    .describe("Which report of it, from 1; left out, the newest."),
};

export const ReportMarkdownQuery = z.strictObject(ofReport);
export const ReportQuery = z.strictObject({ ...ofReport, format });

export const PlanQuery = z.strictObject({
  tag: candidateName,
  against: againstName,
  environment: optional.describe(`${environment} Asks for runs there only.`),
});

export const WaiverQuery = z.strictObject({
  revision: z.coerce
    .number("Must be the revision of the report that was read.")
    .int()
    .min(0, "Must be the revision of the report that was read.")
    .describe("Of the report as it was read."),
});

export const CheckQuery = z.strictObject({
  candidate: z
    .string("Give it once.")
    .min(1, "Name a tag, branch:NAME, commit:SHA or pr:N.")
    .max(1000, "Is too long.")
    .describe("A tag, branch:NAME, commit:SHA or pr:N: needed."),
  against: againstName,
  environment: optional.describe(`${environment} Judges rows there only.`),
});

/** Answers with more than the bare list: the state of each report, and counts. */
export const ReleasesQuery = z.strictObject({
  ...pageQuery,
  filter: optional.describe("A part of a tag, or the begin of a sha."),
  state: wordOf(["none", "draft", "frozen", "signed", "rejected"]).describe(
    "State of its newest report; none: nobody has begun one.",
  ),
});
