import { z } from "zod";
import type { SavedFilter } from "@/lib/commands/savedFilters";
import type { Triaged } from "@/lib/commands/triageShifts";
import type { Undone } from "@/lib/commands/undoTriage";
import type { Change } from "@/lib/model/triage";
import { SHIFT_DIRECTIONS } from "@/lib/model/words";
import type { AcceptedItem, AcceptedRead } from "@/lib/queries/accepted";
import type { QualityRead } from "@/lib/queries/quality";
import type { SavedFilterItem } from "@/lib/queries/savedFilters";
import type { ChangeItem, Decision, ShiftNote, TriageRead } from "@/lib/queries/triage";
import type { Quality, Share } from "@/lib/shift/quality";
import { QUALITY_GROUPS } from "@/lib/urls/shifts";
import { ChangedPart, count, pageOf, ShiftSummaryPart, sha, shiftState, time, triageFields } from "./parts";

const number = count.describe("Number of the shift.");
const batch = count.describe("Number of the change, what one request changed together: undo takes it back.");
const verb = z.enum(["triaged", "undid"]);

const Changed = z.strictObject(triageFields).partial();

const DecisionPart = z.strictObject({
  id: count,
  shift: count.describe("Another number: it was decided of the shift that this one was split from."),
  batch,
  batchShifts: count.describe("How many shifts that request changed."),
  at: time,
  by: z.string(),
  verb,
  before: Changed.describe("What was changed, as it was."),
  after: Changed.describe("The same as it became."),
  reason: z.string().nullable(),
  undoneAt: time.nullable(),
  mayUndo: z.boolean().describe("It stands, and nothing has changed the same since."),
}) satisfies z.ZodType<Decision>;

export const NoteAnswer = z.strictObject({
  id: count,
  text: z.string().describe("Markdown, as it was typed: whoever shows it has to make it safe."),
  writtenBy: z.string(),
  writtenAt: time,
  editedAt: time.nullable(),
  revision: count.describe("An edit names the one that it saw."),
  may: z.strictObject({ change: z.boolean(), remove: z.boolean() }),
}) satisfies z.ZodType<ShiftNote>;

const PersonPart = z.strictObject({ id: count, name: z.string() });

export const TriageAnswer = z.strictObject({
  number,
  ...triageFields,
  revision: count.describe("Counted up by each change: a change names the one that it saw."),
  acceptanceOver: z.boolean().describe("It was accepted, and its time is over."),
  decidedAt: time.nullable().describe("When people last changed it."),
  decidedBy: z.string().nullable(),
  statusBy: z.string().nullable(),
  statusAt: time.nullable(),
  splitFrom: count.nullable().describe("The shift that it was split from: it began with what was decided of that."),
  history: z.array(DecisionPart).describe("The newest first, at most 200."),
  historyTotal: count,
  notes: z.array(NoteAnswer).describe("The newest first."),
  may: z.strictObject({ triage: z.boolean() }),
  me: PersonPart.nullable().describe("Who asks, where that is a person."),
  people: z.array(PersonPart).describe("Whom it can be given to; empty for who may not."),
}) satisfies z.ZodType<TriageRead>;

export const TriagedAnswer = z.strictObject({
  batch: batch.nullable().describe("null: everything was as wanted already."),
  triage: TriageAnswer,
});

export const BulkTriagedAnswer = z.strictObject({
  batch: batch.nullable().describe("null: everything was as wanted already."),
  changed: z.array(number).describe("Shifts that were changed."),
  unchanged: count.describe("How many were as wanted already."),
}) satisfies z.ZodType<Triaged>;

const ChangePart = z.strictObject({
  shift: number,
  revision: count,
  at: time,
  by: z.string(),
  before: ChangedPart,
  after: ChangedPart,
  reason: z.string().nullable(),
}) satisfies z.ZodType<Change>;

export const UndoneAnswer = z.strictObject({
  batch: batch.nullable(),
  undone: z.array(number),
  changes: z.array(ChangePart).describe("What was changed since, of those that stay as they are; at most 100."),
  refused: count.describe("How many stay as they are."),
}) satisfies z.ZodType<Undone>;

export const ChangesAnswer = pageOf(
  z.strictObject({
    batch,
    at: time,
    by: z.string(),
    verb,
    after: Changed.describe("What it became, of the first shift."),
    reason: z.string().nullable(),
    shifts: z.array(number).describe("The first ten."),
    total: count.describe("How many shifts."),
    undone: count.describe("Of them, taken back since."),
    undoable: count.describe("Of them, those that can be taken back."),
  }) satisfies z.ZodType<ChangeItem>,
);

const SincePart = z
  .strictObject({ at: time, release: z.string().nullable() })
  .nullable()
  .describe("What was asked for, as a time; null: everything.");

const AcceptedPart = z.strictObject({
  number,
  url: z.url(),
  title: z.string(),
  direction: z.enum(SHIFT_DIRECTIONS),
  state: shiftState,
  acceptedAt: time,
  acceptedBy: z.string().nullable(),
  reason: z.string().nullable(),
  acceptedUntil: time.nullable().describe("null: for good."),
  over: z.boolean().describe("Its time is over: it counts as undecided again."),
  owner: z.string().nullable(),
  issues: z.array(z.string()),
  lastGood: sha,
  firstShifted: sha,
  containedIn: z.string().nullable(),
  summary: ShiftSummaryPart,
}) satisfies z.ZodType<AcceptedItem>;

export const AcceptedAnswer = z.strictObject({
  since: SincePart,
  ...pageOf(AcceptedPart).shape,
  over: count.describe("Of all of them: those whose time is over."),
}) satisfies z.ZodType<Omit<AcceptedRead, "releases">>;

const share = (text: string) =>
  z
    .strictObject({ value: z.number(), interval: z.tuple([z.number(), z.number()]) })
    .nullable()
    .describe(
      `${text} With its 95 % interval (Wilson); null: fewer than 5, too few to tell.`,
    ) satisfies z.ZodType<Share>;

const QualityPart = z.strictObject({
  shifts: count.describe("Shifts that were told."),
  decided: count.describe("Those that people decided on: accepted, fixed, infrastructure or not real."),
  accepted: count,
  fixed: count,
  infrastructure: count,
  notReal: count,
  real: share("accepted and fixed, of the decided."),
  fixedShare: share("fixed, of accepted and fixed."),
  acted: count.describe("Shifts on which somebody did anything."),
  firstActionSeconds: z
    .number()
    .nullable()
    .describe("Median time from being confirmed until somebody did anything; null: nobody has."),
  verdict: z
    .enum(["real", "noise", "unclear", "few"])
    .describe("real: more than half were, as certain as 95 %; noise: less than half; few: too few decisions to tell."),
}) satisfies z.ZodType<Quality>;

export const QualityAnswer = z.strictObject({
  since: SincePart,
  all: QualityPart,
  groups: z
    .array(z.strictObject({ by: z.enum(QUALITY_GROUPS), name: z.string(), ...QualityPart.shape }))
    .describe(
      "Those with most decisions first, at most 1000 of each kind. A shift counts in each group that it named.",
    ),
  totals: z.strictObject({ metric: count, workload: count, detector: count }).describe("Groups of each kind."),
}) satisfies z.ZodType<QualityRead>;

const filter = { id: count, name: z.string(), query: z.string(), createdBy: z.string(), createdAt: time };

export const FilterAnswer = z.strictObject({
  ...filter,
  href: z.string().describe("The list with it: a path on this server."),
}) satisfies z.ZodType<SavedFilterItem & SavedFilter>;
export const FiltersAnswer = pageOf(FilterAnswer);
export const RemovedFilterAnswer = z.strictObject({ id: count, name: z.string() });
export const RemovedNoteAnswer = z.strictObject({ id: count });
