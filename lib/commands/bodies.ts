import { z } from "zod";
import { Sha, Time } from "@/ingest/schema";
import { PLACEHOLDERS, unknownPlaceholders } from "@/lib/model/linkTemplates";

// What people and programs may send to commands of triage and settings. Strict, as everything that is sent.

const TEXT = 2000;
const NAME = 500;
const PARAMS = 16_384;

const sized = (most: number) => `Must be a text of 1 to ${most} characters.`;
/** Anything that can be read, on several lines; what is not text (NUL, half characters) the database could not hold. */
const isText = (text: string) => !/[^\P{Cc}\n\r\t]|\p{Cs}/u.test(text);
const text = z
  .string(sized(TEXT))
  .trim()
  .min(1, sized(TEXT))
  .max(TEXT, sized(TEXT))
  .refine(isText, "Must hold no control characters.");
const name = z
  .string(sized(NAME))
  .min(1, sized(NAME))
  .max(NAME, sized(NAME))
  .refine((value) => !/\0|\p{Cs}/u.test(value), "Must be a name.");

const border = z.boolean("Must be true or false.");

const event = {
  text: text.describe("The note."),
  commit: Sha.optional().describe(
    "The commit it stands at: with border the first one that is not compared with those before.",
  ),
  at: Time.optional().describe(
    "Instead of a commit: the first commit of the branch's line made at or after this time.",
  ),
  environment: name.nullable().optional().describe("Only this environment; null or left out: all."),
  workload: name.nullable().optional().describe("Only this workload, by name, alias or number; null or left out: all."),
  metric: name.nullable().optional().describe("Only this metric; null or left out: all."),
};

/** A note on the time axis. */
export const EventBody = z
  .strictObject({ ...event, border: border.default(false).describe("true: detection does not cross it.") })
  .superRefine(({ commit, at }, context) => {
    if ((commit === undefined) === (at === undefined))
      context.addIssue({ code: "custom", path: ["commit"], message: "Give either a commit or a time (at)." });
  });
export type EventBody = z.output<typeof EventBody>;

/** What is left out stays; a commit takes the place of a time, and the reverse. */
export const EventChange = z
  .strictObject({
    ...event,
    text: event.text.optional(),
    border: border.optional().describe("true: detection does not cross it."),
  })
  .superRefine((change, context) => {
    if (change.commit !== undefined && change.at !== undefined)
      context.addIssue({ code: "custom", path: ["at"], message: "Give a commit or a time, not both." });
    if (Object.keys(change).length === 0)
      context.addIssue({ code: "custom", message: "Name what is to be changed: text, commit, at, border, ..." });
  });
export type EventChange = z.output<typeof EventChange>;

const reason = text.describe("Why: shown wherever the correction is.");

/** Names one line: a case, a metric and an environment. */
const line = {
  workload: name.describe("Name, alias or number of the workload."),
  params: z
    .record(z.string(), z.json(), "Must be an object.")
    .refine((value) => JSON.stringify(value).length <= PARAMS, "Is too long.")
    .optional()
    .describe("Parameters of the case; left out, the case without any, or the only one."),
  metric: name.describe("Name of the metric."),
  environment: name.describe("Name of the environment."),
};

/** A whole run, what a run measured on one line, or a commit's point on one line. */
export const ExclusionBody = z
  .strictObject({
    run: z.string("Must be the key of a run.").min(1).max(200).optional().describe("Key of the run; or give a commit."),
    commit: Sha.optional().describe("The commit of a point: all of its runs on the line that is named."),
    workload: line.workload.optional().describe("With metric: only this value; left out, the whole run."),
    params: line.params,
    metric: line.metric.optional(),
    environment: line.environment.optional().describe("Needed with commit."),
    reason,
  })
  .superRefine((body, context) => {
    const refuse = (field: string, message: string) => context.addIssue({ code: "custom", path: [field], message });
    if ((body.run === undefined) === (body.commit === undefined)) refuse("run", "Give the key of a run, or a commit.");
    if ((body.workload === undefined) !== (body.metric === undefined))
      refuse(body.workload === undefined ? "workload" : "metric", "A single value has a workload and a metric.");
    if (body.params !== undefined && body.workload === undefined) refuse("workload", "Is missing beside params.");
    if (body.commit !== undefined && body.workload === undefined)
      refuse("workload", "A point is named by commit, workload, metric and environment.");
    if ((body.commit !== undefined) !== (body.environment !== undefined))
      refuse("environment", "Goes with a commit: a run has one environment.");
  });
export type ExclusionBody = z.output<typeof ExclusionBody>;

/** A shift that was missed, or one that lies elsewhere. */
export const CorrectionBody = z.strictObject({
  ...line,
  commit: Sha.describe("The first commit of the new level: one that was measured on this line."),
  lastGood: Sha.optional().describe("The step lies after this commit; left out, after the measured commit before."),
  moves: Sha.optional().describe(
    "Moves the changepoint that is told at this commit; left out, marks one that was missed.",
  ),
  reason,
});
export type CorrectionBody = z.output<typeof CorrectionBody>;

const names = (most: number) => z.array(name).max(most, `Must be a list of at most ${most} names.`);

const REPOSITORY = "Must be the address of a repository that starts with http:// or https://.";
const repository = z
  .string(REPOSITORY)
  .max(2048, REPOSITORY)
  .refine((value) => /^https?:\/\/[^\s]+$/i.test(value) && URL.canParse(value), REPOSITORY);

const LINK = "Must be an address that begins with http:// or https:// and its host.";

const linkTemplate = z.strictObject({
  name: z.string(sized(100)).trim().min(1, sized(100)).max(100, sized(100)).refine(isText, "Must be a name."),
  url: z
    .string(LINK)
    .max(2048, "Must have at most 2048 characters.")
    .regex(/^https?:\/\/[^\s/{}][^\s]*$/i, LINK)
    .superRefine((url, context) => {
      const [unknown] = unknownPlaceholders(url);
      if (unknown === undefined) return;
      const known = [...PLACEHOLDERS, "tag.NAME", "component.NAME", "params.NAME"].join(", ");
      context.addIssue({ code: "custom", message: `{${unknown}} is no placeholder. There are: ${known}.` });
    }),
});

const WORKING_DAYS = "Must be a whole number of working days from 0 to 260, or null for none.";
const workingDays = z.int(WORKING_DAYS).min(0, WORKING_DAYS).max(260, WORKING_DAYS).nullable();
const bySize = z.strictObject({ large: workingDays, small: workingDays });
const DueDaysBody = z.strictObject({
  largeFrom: z
    .number("Must be a share, such as 0.2 for 20 %.")
    .min(0, "Must be at least 0.")
    .max(100, "Must be at most 100.")
    .describe("A change of this share, or more, is a large one: 0.2 is 20 %."),
  new: bySize,
  investigating: bySize,
});

const ISSUE_FORM =
  "Must be an address that begins with http:// or https:// and its host, with {title}, {body} or {url} in it.";
const issueUrl = z
  .string(ISSUE_FORM)
  .max(2048, "Must have at most 2048 characters.")
  .regex(/^https?:\/\/[^\s/{}]+[^\s]*\{(title|body|url)\}[^\s]*$/i, ISSUE_FORM)
  .nullable();

const pattern = z.string(sized(200)).trim().min(1, sized(200)).max(200, sized(200));
const patterns = z
  .array(pattern, "Must be a list of patterns; * and ? stand for any characters, and for one.")
  .max(200, "Must have at most 200 patterns.");
const SHARE = "Must be a share from 0 to 10; 0.05 is 5 %.";

/** What a project lets ship; see lib/release/policy.ts. */
const releasePolicy = z.strictObject({
  metrics: patterns.default([]).describe("Metrics that count; none: all. Patterns know * and ?."),
  workloads: patterns.default([]).describe("Workloads that count."),
  environments: patterns.default([]).describe("Environments that count."),
  smallest: z
    .record(z.string().min(1).max(200), z.number(SHARE).min(0, SHARE).max(10, SHARE))
    .default({})
    .describe("By metric, the smallest change for the worse that counts."),
  cannotTell: z
    .enum(["cannot tell", "fail", "pass"], "Must be cannot tell, fail or pass.")
    .default("cannot tell")
    .describe("What a row that cannot be told does to the gate's answer."),
  missing: z
    .enum(["fail", "cannot tell"], "Must be fail or cannot tell: what is missing never passes silently.")
    .default("fail")
    .describe("What a workload that is missing or fails does."),
  near: z
    .int("Must be a whole number from 1 to 1000.")
    .min(1, "Must be a whole number from 1 to 1000.")
    .max(1000, "Must be a whole number from 1 to 1000.")
    .default(20)
    .describe("A run lies near a release when at most so many commits are between."),
  tags: pattern.default("*").describe("Which tags of commit lists are releases."),
});

/** Settings that say what is not the code. What is left out stays; a list or map that is given replaces the one before. */
export const SettingsChange = z
  .strictObject({
    controlWorkloads: names(1000)
      .optional()
      .describe("Workloads that run something pinned: they feed no trend, and show what the environment does."),
    controlEnvironments: names(100).optional().describe("Environments in which everything that runs is pinned."),
    components: z
      .record(z.string().min(1).max(200), repository)
      .refine((map) => Object.keys(map).length <= 1000, "Must have at most 1000 entries.")
      .optional()
      .describe("Repository of a component by its name: changes of its revision get a compare link."),
    notes: names(100).optional().describe("Facts of environments that break no line, such as a host name."),
    issueUrl: issueUrl
      .optional()
      .describe(
        "Form for a new issue; {title}, {body} and {url} are filled in. null: the form of the repository's host.",
      ),
    linkTemplates: z
      .array(linkTemplate, "Must be a list of links.")
      .max(20, "Must have at most 20 links.")
      .optional()
      .describe(
        "Links on pages of runs and commits; {sha}, {startedAtMs} and so on are filled in. Those that name {workload}, {workloadPath} or {params.NAME} stand on pages of workloads.",
      ),
    releasePolicy: releasePolicy
      .optional()
      .describe("What a release may ship with; what is left out of it is as if nobody had set it."),
    dueDays: DueDaysBody.optional().describe(
      "Working days after which a shift is due when its status is set, by status and size of its largest change.",
    ),
  })
  .refine((change) => Object.keys(change).length > 0, "Name what is to be changed.");
export type SettingsChange = z.output<typeof SettingsChange>;
