import { z } from "zod";
import { Time } from "@/ingest/schema";
import { SHIFT_DIRECTIONS, SHIFT_STATES, SHIFT_STATUSES } from "@/lib/model/words";
import { isDay } from "@/lib/model/workingDays";
import { DUE } from "@/lib/urls/shifts";

// What people and programs may send to triage. Strict, as everything that is sent.

const REASON = 2000;
const NOTE = 20_000;
const NAME = 100;
const LINK = 2048;
const LINKS = 50;
/** Shifts that one request may name; a filter may mean more. */
export const MOST_NAMED = 5000;

const sized = (most: number) => `Must be a text of 1 to ${most} characters.`;
/** What is not text (NUL, half characters) the database could not hold; several lines are text. */
const isText = (text: string) => !/[^\P{Cc}\n\r\t]|\p{Cs}/u.test(text);
const textOf = (most: number) =>
  z
    .string(sized(most))
    .trim()
    .min(1, sized(most))
    .max(most, sized(most))
    .refine(isText, "Must hold no control characters.");

const Day = z.string().refine(isDay, "Must be a day such as 2026-11-30.");
const WORKING_DAYS = "Must be a whole number of working days from 0 to 260.";
const links = z.array(textOf(LINK), "Must be a list of links.").max(LINKS, `Must have at most ${LINKS} links.`);

const status = z.enum(SHIFT_STATUSES, `Must be one of ${SHIFT_STATUSES.join(", ")}.`);

const change = {
  status: status.optional().describe("What people say of it. Every status but new needs a reason."),
  reason: textOf(REASON).optional().describe("Why: shown with the status."),
  acceptedUntil: z
    .union([Day, Time], "Must be a day such as 2026-12-31, or a time.")
    .nullable()
    .optional()
    .describe(
      "With accepted: until when, the day included; then it counts as undecided again. null or left out: for good.",
    ),
  owner: z
    .union(
      [textOf(NAME), z.strictObject({ user: z.int32().min(1) })],
      "Must be a name, me, the e-mail address of somebody here, {user: 3}, or null.",
    )
    .nullable()
    .optional()
    .describe(
      "Who takes care of it: somebody with an account here (me, an e-mail address, a name that only one has, or {user: id}), any other name, or null for nobody.",
    ),
  due: z
    .union(
      [Day, z.strictObject({ workingDays: z.int(WORKING_DAYS).min(0, WORKING_DAYS).max(260, WORKING_DAYS) })],
      "Must be a day such as 2026-11-30, {workingDays: 3}, or null.",
    )
    .nullable()
    .optional()
    .describe(
      "A day, working days from today (Monday to Friday), or null for none. Left out, an open status without a day gets that of the settings, and a closed one loses its.",
    ),
  link: links
    .optional()
    .describe("Adds issues and pull requests: http(s) addresses, or #123 (at GitLab also !12) of the repository."),
  unlink: links.optional().describe("Removes issues and pull requests."),
};

type Change = z.output<z.ZodObject<typeof change>>;

function checkChange(value: Change, context: z.RefinementCtx): void {
  const refuse = (field: string, message: string) => context.addIssue({ code: "custom", path: [field], message });
  if (Object.keys(change).every((field) => value[field as keyof Change] === undefined))
    refuse("status", "Name what is to be changed: status, owner, due, link, ...");
  const needsReason = (value.status !== undefined && value.status !== "new") || value.acceptedUntil !== undefined;
  if (needsReason && value.reason === undefined) refuse("reason", "Say why: a status other than new needs a reason.");
  if (value.reason !== undefined && value.status === undefined && value.acceptedUntil === undefined)
    refuse("status", "A reason goes with a status.");
  if (value.acceptedUntil !== undefined && value.status !== undefined && value.status !== "accepted")
    refuse("acceptedUntil", "Only an accepted level has an end.");
}

const REVISION = "Name the revision that was seen: a whole number from 1.";
const revision = z
  .int(REVISION)
  .min(1, REVISION)
  .max(2_000_000_000, REVISION)
  .describe("The revision that was seen: if somebody has changed it since, the answer is 409 and nothing is written.");

/** A change of one shift. */
export const TriageBody = z.strictObject({ revision, ...change }).superRefine(checkChange);
export type TriageBody = z.output<typeof TriageBody>;

const NUMBER = "Must be the number of a shift.";
const word = z.string().min(1).max(1000).optional();

/** The filters of the list; left out, none. */
const Filter = z.strictObject({
  status: z
    .enum(["all", "open", ...SHIFT_STATUSES], `Must be one of all, open, ${SHIFT_STATUSES.join(", ")}.`)
    .default("all"),
  state: z.enum(SHIFT_STATES).optional(),
  direction: z.enum(SHIFT_DIRECTIONS).optional(),
  owner: word,
  due: z.enum(DUE).optional(),
  metric: word,
  environment: word,
  workload: word,
  prefix: word,
  release: word,
  filter: word,
});

/** The same change of several shifts: those that are named, or all that match a filter. */
export const BulkTriageBody = z
  .strictObject({
    shifts: z
      .array(
        z.strictObject({ number: z.int(NUMBER).min(1, NUMBER).max(999_999_999, NUMBER), revision }),
        "Must be a list of {number, revision}.",
      )
      .min(1, "Name at least one shift.")
      .max(MOST_NAMED, `Name at most ${MOST_NAMED} shifts, or give a filter.`)
      .refine((list) => new Set(list.map(({ number }) => number)).size === list.length, "Name each shift once.")
      .optional()
      .describe("The shifts, each with the revision that was seen."),
    filter: Filter.optional().describe("Instead of shifts: all that match, with the filters of the list."),
    total: z
      .int()
      .min(0)
      .optional()
      .describe("With a filter: how many the list said there are. Another number now is a 409."),
    seen: z
      .int()
      .min(0)
      .optional()
      .describe("With a filter: seen of the list. What was changed by somebody since is a 409."),
    ...change,
  })
  .superRefine((value, context) => {
    checkChange(value, context);
    const refuse = (field: string, message: string) => context.addIssue({ code: "custom", path: [field], message });
    if ((value.shifts === undefined) === (value.filter === undefined))
      refuse("shifts", "Give either shifts or a filter.");
    for (const field of ["total", "seen"] as const)
      if ((value.filter === undefined) !== (value[field] === undefined))
        refuse(field, value.filter ? "Is needed with a filter: GET the list gives it." : "Goes with a filter.");
  });
export type BulkTriageBody = z.output<typeof BulkTriageBody>;

const note = textOf(NOTE).describe("Markdown. HTML in it is shown as text.");

export const NoteBody = z.strictObject({ text: note });
export const NoteChange = z.strictObject({
  revision: revision.describe("The revision of the note that was seen."),
  text: note,
});

export const SavedFilterBody = z.strictObject({
  name: textOf(NAME).describe("Its name, once per project."),
  query: z
    .string(`Must be a text of at most ${LINK} characters.`)
    .max(LINK, `Must be a text of at most ${LINK} characters.`)
    .describe("The query of the list's address: status=open&owner=me."),
});
