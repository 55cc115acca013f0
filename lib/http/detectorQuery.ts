import { z } from "zod";
import { LEAST_SENSITIVITY, MOST_SENSITIVITY } from "@/lib/changepoint";

const RANGE = `Must be a number from ${LEAST_SENSITIVITY} to ${MOST_SENSITIVITY}.`;
const name = z
  .string("Give it once.")
  .min(1, "Must not be empty.")
  .max(10_000, "Is too long.")
  .nullable()
  .default(null);

export const DetectorQuery = z.strictObject({
  workload: name.describe("Name, alias or number of a workload: needed."),
  params: name.describe("Parameters of the case as a JSON object; left out, the case without any, or the only one."),
  metric: name.describe("Name of a metric; may be left out where there is only one."),
  environment: name.describe("Name of an environment. Left out, the one with most points; the answer names it."),
  sensitivity: z.coerce
    .number(RANGE)
    .min(LEAST_SENSITIVITY, RANGE)
    .max(MOST_SENSITIVITY, RANGE)
    .nullable()
    .default(null)
    .describe("How the findings would be at another sensitivity; left out, the one that holds for the line."),
});
