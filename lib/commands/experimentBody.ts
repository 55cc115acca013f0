import { z } from "zod";
import { PLANNED_RUNS } from "@/lib/compare";

const MOST_RUNS = 1000;
const MOST_COPIES = 100;
const LABEL = "Must be a text of 1 to 200 characters.";
const label = z
  .string(LABEL)
  .min(1, LABEL)
  .max(200, LABEL)
  .refine((text) => !/\0|\p{Cs}/u.test(text), "Must be a name.");
const RUNS = `Must be a whole number from 1 to ${MOST_RUNS}.`;

/** What can be said of an experiment before its runs come. */
export const ExperimentBody = z.strictObject({
  name: label.describe("The label that its runs carry as run.experiment."),
  plannedRuns: z
    .int(RUNS)
    .min(1, RUNS)
    .max(MOST_RUNS, RUNS)
    .default(PLANNED_RUNS)
    .describe("Runs a variant after which it is judged for the first time."),
  copies: z
    .record(label, label, "Must be an object: variant -> the variant that it equals.")
    .refine((copies) => Object.keys(copies).length <= MOST_COPIES, `Must hold at most ${MOST_COPIES} copies.`)
    .refine((copies) => Object.entries(copies).every(([copy, of]) => copy !== of), "A variant is no copy of itself.")
    .default({})
    .describe("Variants that equal another one on purpose, to show the noise floor: copy -> original."),
});
export type ExperimentBody = z.output<typeof ExperimentBody>;
