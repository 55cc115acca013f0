import { z } from "zod";
import { CHANNELS, DEFAULT_FILTER, DIGESTS } from "@/lib/model/notification";
import { SHIFT_DIRECTIONS } from "@/lib/model/words";

// What people and programs may send about routes of messages. Strict, as everything that is sent.

const NAME = 200;
const RECIPIENTS = 20;

const isPlain = (text: string) => !/[\p{Cc}\p{Cs}]/u.test(text);
const text = (most: number) =>
  z
    .string(`Must be a text of 1 to ${most} characters.`)
    .trim()
    .min(1, `Must be a text of 1 to ${most} characters.`)
    .max(most, `Must be a text of 1 to ${most} characters.`)
    .refine(isPlain, "Must be one line without control characters.");

const address = text(2000).refine(
  isHttp,
  "Must be an address that begins with https:// or http://, without a password.",
);

/** An http(s) address without user and password: those would stand in every list. */
function isHttp(value: string): boolean {
  try {
    const { protocol, username, password } = new URL(value);
    return ["http:", "https:"].includes(protocol) && username === "" && password === "";
  } catch {
    return false;
  }
}

const url = z.strictObject({ url: address.describe("Where to post.") });

const email = z.strictObject({
  to: z
    .array(z.email("Must be an address of mail.").max(320, "Is too long."))
    .min(1, "Name at least one address.")
    .max(RECIPIENTS, `At most ${RECIPIENTS} addresses.`)
    .describe("Addresses of mail."),
});

const github = z.strictObject({
  repository: text(200)
    .regex(/^[\w.-]+\/[\w.-]+$/, "Must be owner/name.")
    .describe("owner/name."),
  api: address
    .transform((value) => value.replace(/\/+$/, ""))
    .default("https://api.github.com")
    .describe("Root of the API; that of GitHub Enterprise ends with /api/v3."),
  labels: z
    .array(text(50))
    .min(1, "Name at least one label: by it an issue is found again.")
    .max(10, "At most 10 labels.")
    .default(["performance"])
    .describe("Labels of the issues."),
  pullRequests: z
    .boolean("Must be true or false.")
    .default(false)
    .describe("true: also a comment on the pull request, where the range holds one commit that came with one."),
});

/** What each channel needs to know of where to. */
export const TARGETS = { webhook: url, slack: url, email, github } as const;

const filter = z.strictObject({
  directions: z
    .array(z.enum(SHIFT_DIRECTIONS, `Must be of ${SHIFT_DIRECTIONS.join(", ")}.`))
    .min(1, "Name at least one direction.")
    .default(DEFAULT_FILTER.directions)
    .describe("Which shifts; left out, regressions and mixed ones."),
  workload: text(500).nullable().default(null).describe("Name of a workload, or how it begins."),
  metric: text(500).nullable().default(null).describe("Name of a metric."),
  environment: text(500).nullable().default(null).describe("Name of an environment."),
  minChange: z
    .number("Must be a number.")
    .min(0, "Must be at least 0.")
    .max(1000, "Must be at most 1000.")
    .nullable()
    .default(null)
    .describe("Smallest relative change: 0.1 is 10 %."),
});

const maxAgeDays = z
  .int("Must be a whole number of days.")
  .min(1, "Must be at least 1 day.")
  .max(36_500, "Must be at most 36500 days.")
  .nullable()
  .describe("A change this much older than the newest measured commit is no news; null: always.");

const enabled = z.boolean("Must be true or false.").describe("false: it hears nothing.");
const digest = z
  .enum(DIGESTS, `Must be one of ${DIGESTS.join(", ")}.`)
  .describe("none: each message at once; daily or weekly: together, at 06:00 UTC, on Mondays.");
const secret = text(500).describe("github: a token that may write issues. webhook: one is made and shown once.");

const common = {
  name: text(NAME).describe("What people call it."),
  filter: filter.default(DEFAULT_FILTER).describe("Which shifts it is for: everything named must hold."),
  digest: digest.default("none"),
  maxAgeDays: maxAgeDays.default(60),
  enabled: enabled.default(true),
};

/** A new route. */
export const RouteBody = z
  .strictObject({
    ...common,
    channel: z.enum(CHANNELS, `Must be one of ${CHANNELS.join(", ")}.`).describe("How it is sent."),
    target: z
      .record(z.string(), z.json(), "Must be an object.")
      .describe("Where to; webhook and slack: url. email: to. github: repository, api, labels, pullRequests."),
    secret: secret.nullable().default(null),
  })
  .superRefine(({ channel, secret }, context) => {
    if (channel === "github" && secret === null)
      context.addIssue({ code: "custom", path: ["secret"], message: "GitHub needs a token that may write issues." });
    if (channel !== "github" && secret !== null)
      context.addIssue({ code: "custom", path: ["secret"], message: "Only a route to GitHub takes a secret." });
  });
export type RouteBody = z.output<typeof RouteBody>;

/** What is left out stays. The channel stays: another one is another route. */
export const RouteChange = z.strictObject({
  revision: z
    .int("Must be the revision that you saw.")
    .describe("The revision that you saw: nobody's change is overwritten unseen."),
  name: common.name.optional(),
  target: z.record(z.string(), z.json(), "Must be an object.").optional().describe("Where to."),
  secret: secret.optional(),
  filter: filter.optional(),
  digest: digest.optional(),
  maxAgeDays: maxAgeDays.optional(),
  enabled: enabled.optional(),
});
export type RouteChange = z.output<typeof RouteChange>;

/** Which filter is tried over the past, and how far back. The age of a change is left out: all that is past is old. */
export const DryRunBody = z.strictObject({
  filter: filter.default(DEFAULT_FILTER),
  days: z
    .int("Must be a whole number of days.")
    .min(1, "Must be at least 1 day.")
    .max(36_500, "Must be at most 36500 days.")
    .default(365)
    .describe("How far back, from the newest measured commit on."),
});
export type DryRunBody = z.output<typeof DryRunBody>;
