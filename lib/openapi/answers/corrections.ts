import { z } from "zod";
import type { CauseSettings } from "@/lib/model/settings";
import type { CorrectionItem, ExclusionItem } from "@/lib/queries/corrections";
import type { EventItem } from "@/lib/queries/events";
import { count, pageOf, params, position, sha, time } from "./parts";
import { ReleasePolicyPart } from "./policy";

export const EventAnswer = z.strictObject({
  id: count,
  text: z.string(),
  border: z.boolean().describe("true: detection does not cross it."),
  commit: sha.nullable().describe("The commit it stands at; null: it stands at a time."),
  at: time.nullable(),
  position: position
    .nullable()
    .describe("Place on the default branch: of its commit, or of the first one made since; null: there is none yet."),
  environment: z.string().nullable().describe("Only this one; null: all."),
  workload: z.string().nullable().describe("Only this one; null: all."),
  workloadNumber: count.nullable(),
  metric: z.string().nullable().describe("Only this one; null: all."),
  createdBy: z.string(),
  createdAt: time,
}) satisfies z.ZodType<EventItem>;

export const EventsAnswer = pageOf(EventAnswer);
export const RemovedEventAnswer = z.strictObject({ id: count, text: z.string() });

export const ExclusionAnswer = z.strictObject({
  id: count,
  run: z.string(),
  commit: sha,
  environment: z.string(),
  workload: z.string().nullable().describe("Only this value; null: the whole run."),
  params: params.nullable(),
  metric: z.string().nullable(),
  reason: z.string(),
  excludedBy: z.string(),
  excludedAt: time,
  restoredBy: z.string().nullable(),
  restoredAt: time.nullable().describe("null: it is out."),
}) satisfies z.ZodType<ExclusionItem>;

export const ExclusionsAnswer = pageOf(ExclusionAnswer);
export const ExcludedAnswer = z.strictObject({
  created: count.describe("How many are out that were not before."),
  items: z.array(ExclusionAnswer).describe("What is out of what was named."),
});

export const CorrectionAnswer = z.strictObject({
  id: count,
  kind: z.enum(["mark", "move"]),
  workload: z.string(),
  workloadNumber: count,
  params,
  metric: z.string(),
  environment: z.string(),
  commit: sha.describe("The first commit of the new level."),
  lastGood: sha.nullable().describe("The step lies after it; null: after the measured commit before."),
  moves: sha.nullable().describe("Where the analysis had told it, of a move."),
  shift: count.nullable().describe("Number of its shift; null: none, or not analysed yet."),
  reason: z.string(),
  createdBy: z.string(),
  createdAt: time,
  removedBy: z.string().nullable(),
  removedAt: time.nullable().describe("null: it stands."),
}) satisfies z.ZodType<CorrectionItem>;

export const CorrectionsAnswer = pageOf(CorrectionAnswer);

const DueDaysPart = z.strictObject({ large: count.nullable(), small: count.nullable() });

export const SettingsAnswer = z.strictObject({
  controlWorkloads: z.array(z.string()),
  controlEnvironments: z.array(z.string()),
  components: z.record(z.string(), z.string()).describe("Repository of a component, by its name."),
  notes: z.array(z.string()).describe("Facts of environments that break no line."),
  issueUrl: z
    .string()
    .nullable()
    .describe("Form for a new issue, with {title}, {body} and {url}; null: that of the repository's host."),
  linkTemplates: z
    .array(z.strictObject({ name: z.string(), url: z.string() }))
    .describe("Links on pages of runs, commits and workloads, with placeholders."),
  releasePolicy: ReleasePolicyPart,
  dueDays: z
    .strictObject({
      largeFrom: z.number().describe("A change of this share of the level before, or more, is a large one."),
      new: DueDaysPart,
      investigating: DueDaysPart,
    })
    .describe("Working days after which a shift is due; null: no day is set."),
}) satisfies z.ZodType<CauseSettings>;
