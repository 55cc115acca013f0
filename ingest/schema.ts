import { z } from "zod";
import { canonicalJson } from "@/lib/model/canonicalJson";
import { BETTER, type Json, OUTCOMES, SCOPES, VISIBILITIES } from "@/lib/model/words";
import { tellIssue } from "./schema/parseBody";

/**
 * What clients may send: run documents, commit lists, releases, projects, tokens. Strict: a field that is not known is
 * refused, because a misspelt one would be lost in silence. docs/api.md states the limits; a test compares them.
 */
export const LIMITS = {
  name: 500,
  label: 200,
  link: 2048,
  error: 20_000,
  subject: 2000,
  /** Documents in one array or NDJSON body. */
  documents: 10_000,
  results: 20_000,
  metrics: 200,
  values: 100_000,
  parents: 100,
  commits: 10_000,
  releases: 10_000,
  commitTags: 50,
  facts: 100,
  tags: 100,
  links: 50,
  components: 1000,
  params: 100,
  /** Canonical JSON of params, facts or tags, in characters. */
  json: 16_384,
  /** Levels of lists and objects inside params or facts. */
  depth: 6,
} as const;

const sized = (what: string, most: number) => `Must be ${what} of 1 to ${most} characters.`;
const text = (most: number) =>
  z.string(sized("a text", most)).min(1, sized("a text", most)).max(most, sized("a text", most));
const name = text(LIMITS.name).refine((value) => value === "" || value.trim() !== "", "Must hold more than spaces.");
const label = text(LIMITS.label).refine((value) => value === "" || value.trim() !== "", "Must hold more than spaces.");

const SHA_FAULT = "Must be a commit id: 7 to 64 hexadecimal digits.";
/** A commit id, or the begin of one, in small letters. */
export const Sha = z
  .string(SHA_FAULT)
  .regex(/^[0-9a-fA-F]{7,64}$/, SHA_FAULT)
  .transform((value) => value.toLowerCase());

const TIME = "Must be a time with its zone between the years 1970 and 2200, as 2026-11-24T10:00:00Z.";
/** A moment, normalised to UTC and milliseconds: that is what the database keeps. */
export const Time = z
  .string(TIME)
  .refine((value) => z.iso.datetime({ offset: true }).safeParse(value).success, TIME)
  .transform((value, context) => {
    const date = new Date(value);
    if (date.getTime() >= 0 && date.getUTCFullYear() < 2200) return date.toISOString();
    context.addIssue({ code: "custom", message: TIME });
    return z.NEVER;
  })
  .meta({ format: "date-time" });

const LINK = `Must be a link that starts with http:// or https://, of at most ${LIMITS.link} characters.`;
const link = z
  .string(LINK)
  .max(LIMITS.link, LINK)
  .refine((value) => /^https?:\/\/[^\s]+$/i.test(value) && URL.canParse(value), LINK)
  .meta({ format: "uri" });

const branchName = z
  .string(sized("a branch name", LIMITS.label))
  .max(LIMITS.label, sized("a branch name", LIMITS.label))
  .regex(/^[^\s\p{Cc}]+$/u, "Must be a branch name: no spaces, not empty.");

const wholeNumber = (least: number, what: string) => z.number(what).int(what).min(least, what).max(2_147_483_647, what);

const pullRequest = wholeNumber(1, "Must be the number of a pull request.");

/** An object of JSON values, limited in entries, depth and length. */
const jsonObject = (entries: number) =>
  z
    .record(z.string().min(1, "A name must not be empty.").max(LIMITS.label), z.custom<Json>(), "Must be an object.")
    .superRefine((value, context) => {
      const refuse = (message: string) => context.addIssue({ code: "custom", message });
      if (Object.keys(value).length > entries) return refuse(`Must have at most ${entries} entries.`);
      if (depthOf(value) > LIMITS.depth + 1) return refuse(`Must be at most ${LIMITS.depth} levels deep.`);
      if (canonicalJson(value).length > LIMITS.json) refuse(`Must be at most ${LIMITS.json} characters of JSON.`);
    });

function depthOf(value: Json): number {
  if (value === null || typeof value !== "object") return 0;
  let deepest = 0;
  for (const item of Object.values(value)) deepest = Math.max(deepest, depthOf(item));
  return deepest + 1;
}

const VALUES = `Must be a list of 1 to ${LIMITS.values} finite numbers. A workload that gave none has outcome 'failed'.`;
const values = z
  .array(z.number("Must be a finite number. A repeat that gave none counts in failedRepeats."), VALUES)
  .min(1, VALUES)
  .max(LIMITS.values, VALUES);

const BETTERS = `Must be one of ${BETTER.join(", ")}.`;
const describedMetric = z.strictObject(
  {
    values: values.describe("The samples of this run. Several are repeats."),
    unit: z
      .string("Must be a unit, as 's' or 'B'.")
      .max(LIMITS.label, "Must be a unit, as 's' or 'B'.")
      .optional()
      .describe("Left out: s for duration, B for *_memory, else that of the setting."),
    better: z.enum(BETTER, BETTERS).optional().describe("Which way is the good one."),
    smallestEffect: z
      .number("Must be a share from 0 to 10; 0.05 is 5 %.")
      .min(0, "Must be a share from 0 to 10; 0.05 is 5 %.")
      .max(10, "Must be a share from 0 to 10; 0.05 is 5 %.")
      .optional()
      .describe("Share under which a change is not worth telling."),
  },
  "Must be a list of numbers, or an object with 'values'.",
);

/** The two forms of a metric, for the description of the API: what `Metric` takes. */
export const MetricForms = z.union([values, describedMetric]);

/** What one metric of one result holds. */
export type SentMetric = z.output<typeof describedMetric>;

/** What `values` would let pass: most of what is sent, and not worth a validator's detours. */
const isPlain = (sent: unknown): sent is number[] =>
  Array.isArray(sent) && sent.length > 0 && sent.length <= LIMITS.values && sent.every(Number.isFinite);

/** `[1, 2]` is short for `{"values": [1, 2]}`; faults keep the path of what was sent. */
export const Metric = z.unknown().transform((sent, context): SentMetric => {
  if (isPlain(sent)) return { values: sent };
  const parsed = Array.isArray(sent) ? values.safeParse(sent) : describedMetric.safeParse(sent);
  if (parsed.success) return Array.isArray(parsed.data) ? { values: parsed.data } : parsed.data;
  for (const { path, message } of parsed.error.issues.flatMap((issue) => tellIssue(issue, sent)))
    context.addIssue({ code: "custom", path, message });
  return z.NEVER;
});

const some = <T extends z.ZodType>(value: T, most: number, what: string) =>
  z
    .record(label, value, `Must be an object of ${what}.`)
    .refine((entries) => Object.keys(entries).length <= most, `Must have at most ${most} entries.`);

/** What one run says of one case. */
export const RunResult = z
  .strictObject({
    workload: name.describe("Name of what ran."),
    params: jsonObject(LIMITS.params).optional().describe('Tell cases apart: 1 is 1.0, but not "1".'),
    version: label.optional().describe("Marks a change of the benchmark's own code: nothing is compared across."),
    outcome: z
      .enum(OUTCOMES, `Must be one of ${OUTCOMES.join(", ")}.`)
      .describe("passed: with a metric. failed: keeps the values of good repeats. skipped: has none."),
    error: z
      .string(`Must be a text of at most ${LIMITS.error} characters.`)
      .max(LIMITS.error, `Must be a text of at most ${LIMITS.error} characters. Link the full log instead.`)
      .optional()
      .describe("Why it failed."),
    failedRepeats: wholeNumber(0, "Must be a count of repeats that failed.")
      .optional()
      .describe("Repeats that gave no value."),
    control: z.boolean("Must be true or false.").optional().describe("A re-run of something pinned: feeds no trend."),
    startedAt: Time.optional(),
    finishedAt: Time.optional(),
    metrics: some(Metric, LIMITS.metrics, "metrics")
      .optional()
      .describe("Name to a list of values, or to an object with values, unit and more."),
    links: some(link, LIMITS.links, "links").optional().describe("Label to address."),
  })
  .superRefine((result, context) => {
    const count = Object.keys(result.metrics ?? {}).length;
    const refuse = (message: string) => context.addIssue({ code: "custom", path: ["metrics"], message });
    if (result.outcome === "passed" && count === 0)
      refuse("A result that passed needs a metric. Without a value its outcome is 'failed' or 'skipped'.");
    if (result.outcome === "skipped" && count > 0) refuse("A result that was skipped has no metrics.");
  });

/** All of a run document but its results. */
const about = {
  run: z.strictObject({
    key: z
      .string("Must be a key of 1 to 200 of the characters A-Z a-z 0-9 . _ : + -")
      .regex(/^[A-Za-z0-9._:+-]{1,200}$/, "Must be a key of 1 to 200 of the characters A-Z a-z 0-9 . _ : + -")
      .describe("Makes it safe to send again: the same document changes nothing, another one is refused."),
    startedAt: Time.optional(),
    finishedAt: Time.optional(),
    url: link.optional().describe("Its page elsewhere."),
    experiment: label.optional().describe("Label of an A/B run. It feeds no trend."),
    variant: label.optional().describe("Which side of the experiment."),
    tags: jsonObject(LIMITS.tags).optional().describe("Anything else worth keeping."),
  }),
  commit: z.strictObject({
    sha: Sha.describe("7 to 64 hexadecimal digits; send all of them."),
    committedAt: Time.optional().describe("Orders commits that no known parents connect."),
    branch: branchName.optional().describe("The branch it lies on; without one it gets no place by itself."),
    parents: z
      .array(Sha, "Must be a list of commit ids.")
      .max(LIMITS.parents)
      .optional()
      .describe("The first one is the line it was made on: the order rests on it."),
    pullRequest: pullRequest.optional().describe("The pull request it belongs to."),
    author: text(LIMITS.name).optional(),
    subject: text(LIMITS.subject).optional(),
    mergeBase: Sha.optional().describe("Where its branch left the default branch."),
  }),
  environment: z.strictObject({
    name: label.describe("Where it ran. Series never mix environments."),
    facts: jsonObject(LIMITS.facts).optional().describe("Facts that change under one name break the line visibly."),
  }),
  components: some(label, LIMITS.components, "names and revisions")
    .optional()
    .describe("All else that varies: name to revision or version."),
};

type Refinement<T> = (document: T, context: z.RefinementCtx) => void;

const refuseContradictions: Refinement<z.output<z.ZodObject<typeof about>>> = ({ run, commit }, context) => {
  if (run.variant !== undefined && run.experiment === undefined)
    context.addIssue({ code: "custom", path: ["run", "variant"], message: "A variant needs run.experiment." });
  if (commit.parents?.includes(commit.sha))
    context.addIssue({ code: "custom", path: ["commit", "parents"], message: "A commit is not its own parent." });
};

/** `RunDocument` without its results: see ./schema/parseRun. */
export const RunHead = z.strictObject(about).superRefine(refuseContradictions);

/** One run, as clients send it. Times are in UTC and commit ids in lower case; all else is as it came. */
export const RunDocument = z
  .strictObject({
    ...about,
    results: z
      .array(RunResult, "Must be a list of results.")
      .min(1, "Must hold at least one result. A workload that did not run has outcome 'skipped' or 'failed'.")
      .max(LIMITS.results, `Must hold at most ${LIMITS.results} results. Send the others in a run of their own.`),
  })
  .superRefine(refuseContradictions)
  .superRefine(({ results }, context) => {
    for (const { index, first } of findTwins(results))
      context.addIssue({
        code: "custom",
        path: ["results", index],
        message: `The same workload and params as $.results[${first}]. Send repeats as several values of one result.`,
      });
  });
export type RunDocument = z.output<typeof RunDocument>;

/** Results of the same workload, params and version as an earlier one. */
export function findTwins(results: RunDocument["results"]): { index: number; first: number }[] {
  if (new Set(results.map(({ workload }) => workload)).size === results.length) return [];
  const twins: { index: number; first: number }[] = [];
  const seen = new Map<string, number>();
  for (const [index, { workload, params = {}, version = "" }] of results.entries()) {
    const identity = canonicalJson([workload, params, version]);
    const first = seen.get(identity);
    if (first === undefined) seen.set(identity, index);
    else twins.push({ index, first });
  }
  return twins;
}

const commitSchema = z.strictObject({
  sha: Sha,
  committedAt: Time,
  parents: z
    .array(Sha, "Must be a list of commit ids; empty for the very first commit.")
    .max(LIMITS.parents)
    .describe("Empty for the very first commit."),
  pullRequest: pullRequest.optional(),
  author: text(LIMITS.name).optional(),
  subject: text(LIMITS.subject).optional(),
  tags: z
    .array(label, "Must be a list of tags.")
    .max(LIMITS.commitTags, `Must hold at most ${LIMITS.commitTags} tags.`)
    .optional()
    .describe("Tags that name it: those that fit the release policy become releases."),
});

/** The commits of a branch, oldest first, measured or not. */
export const CommitListBody = z
  .strictObject({
    branch: branchName,
    commits: z
      .array(commitSchema, "Must be a list of commits, oldest first.")
      .min(1, "Must hold at least one commit.")
      .max(LIMITS.commits, `Must hold at most ${LIMITS.commits} commits. Send a long list in parts, oldest first.`)
      .describe("Oldest first; the last one is the branch's head."),
  })
  .superRefine(({ commits }, context) => {
    const refuse = (index: number, message: string) =>
      context.addIssue({ code: "custom", path: ["commits", index], message });
    const seen = new Set<string>();
    const tagged = new Set<string>();
    for (const [index, commit] of commits.entries()) {
      if (seen.has(commit.sha)) refuse(index, "This commit stands twice in the list. Send it once.");
      if (commit.parents.includes(commit.sha)) refuse(index, "A commit is not its own parent.");
      seen.add(commit.sha);
      for (const tag of commit.tags ?? []) {
        if (tagged.has(tag)) refuse(index, `The tag ${tag} stands twice in the list. A tag names one commit.`);
        tagged.add(tag);
      }
    }
    const last = commits.at(-1)?.sha ?? "";
    if (commits.some((commit) => commit.parents[0] === last))
      refuse(
        commits.length - 1,
        "The last commit has a child in this list. Send the oldest first (git log --reverse).",
      );
  });
export type CommitListBody = z.output<typeof CommitListBody>;

/** Tags and the commits they name. */
export const ReleasesBody = z
  .strictObject({
    releases: z
      .array(
        z.strictObject({ tag: label, sha: Sha.describe("The commit that it names."), releasedAt: Time.optional() }),
        "Must be a list of releases.",
      )
      .min(1, "Must hold at least one release.")
      .max(LIMITS.releases, `Must hold at most ${LIMITS.releases} releases. Send them in parts.`),
  })
  .superRefine(({ releases }, context) => {
    const seen = new Set<string>();
    for (const [index, { tag }] of releases.entries()) {
      if (seen.has(tag))
        context.addIssue({ code: "custom", path: ["releases", index, "tag"], message: "This tag stands twice." });
      seen.add(tag);
    }
  });
export type ReleasesBody = z.output<typeof ReleasesBody>;

/** First parts of addresses that are no project. */
export const RESERVED_SLUGS = [
  ..."about account admin api assets auth docs favicon.ico feed gallery health help images login logout".split(" "),
  ..."new projects public robots.txt search settings setup sign-in signin signout signup static tokens users _next".split(
    " ",
  ),
] as const;

const SLUG = "Must be 1 to 64 of the characters a-z 0-9 . _ - and start with a letter or digit.";
export const ProjectBody = z.strictObject({
  slug: z
    .string(SLUG)
    .regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, SLUG)
    .refine((slug) => !(RESERVED_SLUGS as readonly string[]).includes(slug), "This word is an address of Tidemark.")
    .describe("The project's part of every address."),
  name: label,
  repository: link.optional().describe("Address of its repository, for links to commits."),
  defaultBranch: branchName.default("main"),
  visibility: z
    .enum(VISIBILITIES, `Must be one of ${VISIBILITIES.join(", ")}.`)
    .default("public")
    .describe("Who may read it: anybody, or who signs in or has a token."),
});
export type ProjectBody = z.output<typeof ProjectBody>;

export const TokenBody = z.strictObject({
  name: label,
  scopes: z
    .array(z.enum(SCOPES, `Must be one of ${SCOPES.join(", ")}.`), "Must be a list of scopes.")
    .min(1, "Must hold at least one scope."),
  defaultBranch: z
    .boolean("Must be true or false.")
    .default(true)
    .describe("false: the token may not write for the default branch, so jobs that run code of strangers may have it."),
});
export type TokenBody = z.output<typeof TokenBody>;
