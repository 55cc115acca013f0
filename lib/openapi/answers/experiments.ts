import { z } from "zod";
import type { StatedExperiment } from "@/lib/commands/stateExperiment";
import type { ExperimentItem } from "@/lib/queries/experiments";
import { count, sha, time } from "./parts";

const copies = z.record(z.string(), z.string()).describe("Variant -> the one that it equals on purpose.");
const plannedRuns = count.describe("Runs a variant after which it is judged for the first time.");

export const StatedExperimentAnswer = z.strictObject({
  name: z.string(),
  plannedRuns,
  copies,
  statedAt: time.describe("Since when the plan has this number."),
}) satisfies z.ZodType<Omit<StatedExperiment, "created">>;

export const ExperimentsAnswer = z.strictObject({
  total: count,
  next: z.null(),
  items: z.array(
    z.strictObject({
      name: z.string(),
      plannedRuns,
      statedAt: time.nullable().describe("null: never stated; plannedRuns is the default."),
      copies,
      variants: z.array(
        z.strictObject({
          variant: z.string().nullable(),
          side: z.string().describe("As compare takes it."),
          runs: count,
          sha: sha.nullable().describe("null where it ran several commits."),
        }),
      ),
    }) satisfies z.ZodType<ExperimentItem>,
  ),
});
