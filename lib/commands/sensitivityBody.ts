import { z } from "zod";
import { LEAST_SENSITIVITY, MOST_SENSITIVITY } from "@/lib/changepoint";
import { SENSITIVITY_LEVELS } from "@/lib/model/sensitivity";

const RANGE = `Must be a number from ${LEAST_SENSITIVITY} to ${MOST_SENSITIVITY}.`;

/** Says how ready the detector is to tell a step. */
export const SensitivityBody = z
  .strictObject({
    level: z
      .enum(SENSITIVITY_LEVELS, `Must be one of ${SENSITIVITY_LEVELS.join(", ")}.`)
      .describe("What it is said for. The nearest holds: the workload's, else the metric's, else the project's."),
    workload: z.string("Must be a text.").min(1).max(500).optional().describe("With level workload: its name."),
    metric: z.string("Must be a text.").min(1).max(500).optional().describe("With level metric: its name."),
    value: z
      .number(RANGE)
      .min(LEAST_SENSITIVITY, RANGE)
      .max(MOST_SENSITIVITY, RANGE)
      .nullable()
      .describe("1 is the default, more tells smaller steps; null takes back what was said."),
  })
  .superRefine(({ level, workload, metric }, context) => {
    const refuse = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
    if ((level === "workload") !== (workload !== undefined))
      refuse("workload", "Goes with the level workload, and is needed there.");
    if ((level === "metric") !== (metric !== undefined))
      refuse("metric", "Goes with the level metric, and is needed there.");
  });
export type SensitivityBody = z.output<typeof SensitivityBody>;
