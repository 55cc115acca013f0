import { z } from "zod";
import type { SaidSensitivity } from "@/lib/commands/sensitivity";
import { SENSITIVITY_LEVELS } from "@/lib/model/sensitivity";
import type { DetectorRead } from "@/lib/queries/detector";
import type { DriftItem, DriftRead } from "@/lib/queries/drift";
import {
  better,
  change,
  changepointDirection,
  count,
  difference,
  foundOn,
  interval,
  p,
  pageOf,
  params,
  position,
  sha,
  standing,
  time,
} from "./parts";

const place = { sha, position, committedAt: time.nullable() };

const FindingPart = z.strictObject({
  ...place,
  before: z.number(),
  after: z.number(),
  change,
  difference,
  interval,
  p,
  state: standing,
  direction: changepointDirection,
  byHand: z.boolean().describe("Marked or moved by people, who go before the detector."),
});

const said = z.number().nullable();

export const DetectorAnswer = z.strictObject({
  workload: z.string(),
  workloadNumber: count,
  params,
  metric: z.string(),
  metricName: z.string().nullable(),
  unit: z.string(),
  better,
  smallestEffect: z.number(),
  environment: z.string(),
  branch: z.string(),
  sensitivity: z.number().describe("That of this answer."),
  saved: z
    .strictObject({
      value: z.number(),
      from: z.enum([...SENSITIVITY_LEVELS, "default"]),
      workload: said,
      metric: said,
      project: said,
    })
    .describe("The sensitivity that holds, and what was said at each level."),
  points: count.describe("Measured commits that were looked at."),
  isCut: z.boolean().describe("true: the line is longer, and its older commits were left out."),
  level: z.number().nullable(),
  noise: z.number().nullable().describe("Sd of a point around its level, in the metric's unit."),
  correlation: z.number().nullable().describe("Of a point with the one before it, as used."),
  visible: z
    .array(z.strictObject({ runs: count, change: said, difference: said }))
    .describe("The smallest change that so many further points would show with a chance of 80 %."),
  found: z.array(FindingPart).describe("What is told of the line, as the list of its changepoints has it."),
  appear: z.array(FindingPart).describe("Found at this sensitivity, not at the one that holds."),
  go: z.array(FindingPart).describe("Found at the one that holds, not at this."),
  instead: z
    .array(z.strictObject({ ...place, change, difference, why: z.enum(["drift", "hand"]) }))
    .describe("Steps found and not told: part of a drift that is told instead, or moved by hand."),
  rejected: z
    .array(
      z.strictObject({
        ...place,
        change,
        difference,
        z: z.number().describe("Strength, in standard deviations."),
        p: p.nullable(),
        why: z.enum(["outlier", "short", "early", "small", "weak"]),
      }),
    )
    .describe("What was considered and is not told, the strongest first, at most 20."),
  drift: z
    .strictObject({
      since: z.string().describe("Tag of the release, or the sha of the first commit looked at."),
      isRelease: z.boolean(),
      change,
      difference,
      interval: z.tuple([z.number(), z.number()]),
      p,
      steps: count.describe("Steps told since then, which it does not contain."),
      isTold: z.boolean(),
    })
    .nullable()
    .describe("The sum of small steps, as the list of drifts has it; null where it cannot be told."),
}) satisfies z.ZodType<DetectorRead>;

export const SensitivityAnswer = z.strictObject({
  level: z.enum(SENSITIVITY_LEVELS),
  name: z.string().nullable().describe("Of the workload or metric; null: the project."),
  value: z.number().nullable(),
}) satisfies z.ZodType<SaidSensitivity>;

const DriftPart = z.strictObject({
  url: z.url().describe("Its trend."),
  ...foundOn,
  level: z.number().nullable().describe("Of the newest segment."),
  since: sha.describe("First commit of the window."),
  release: z.string().nullable().describe("The release that the window follows; null: the newest points."),
  points: count,
  change,
  difference,
  interval: z.tuple([z.number(), z.number()]),
  p,
  steps: count.describe("Changepoints in the window beside which it stands."),
}) satisfies z.ZodType<DriftItem>;

export const DriftAnswer = z.strictObject({
  ...pageOf(DriftPart).shape,
  looked: count.describe("Lines with points enough to tell a drift."),
  analysedAt: time.nullable(),
}) satisfies z.ZodType<Omit<DriftRead, "metrics" | "environments">>;
