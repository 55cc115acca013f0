import { z } from "zod";
import type { ShiftContext } from "@/lib/queries/shiftContext";
import { change, count, difference, params } from "./parts";

const effect = z.number().min(0);

/** What stands around a shift: how it was judged, where it is in, what it costs, what stayed as it was. */
export const ShiftContextPart = z.strictObject({
  policy: z
    .strictObject({
      detector: count.describe("Version of the detector that opened it."),
      smallestEffects: z
        .array(z.strictObject({ metric: z.string(), metricName: z.string().nullable(), smallestEffect: effect }))
        .describe("Per metric of the shift, the relative change under which nothing is told."),
      sensitivity: z.tuple([z.number(), z.number()]).describe("Smallest and largest of its series."),
    })
    .describe("The one rule that decided for its series."),
  heldBy: z
    .strictObject({ tags: z.array(z.string()).describe("The first ones, at most 5."), total: count })
    .describe("Releases on the line that hold it, up to the one that holds its recovery."),
  cost: z
    .strictObject({
      workload: z.string(),
      metric: z.string(),
      environment: z.string(),
      before: z.number().describe("Level before, in unit."),
      difference,
      unit: z.string(),
      change,
      runsPerWeek: z.number().min(0).describe("Runs of the case, mean over weeks."),
      weeks: z.number().min(0).describe("Weeks before the newest run that were counted, at most 4."),
    })
    .nullable()
    .describe("Of the duration that takes most more time; null: no duration moved, or less than a week of history."),
  didNotMove: z
    .strictObject({
      total: count.describe("Series of the shift's environments, its own aside."),
      silent: count.describe("Their level went on across the range."),
      elsewhere: count.describe("They moved with another shift."),
      blind: count.describe("Not measured on both sides of the range: they could show nothing."),
      sharp: count.describe("Of the items: would have shown a change as small as their metric's smallest effect."),
      items: z
        .array(
          z.strictObject({
            workload: z.string(),
            workloadNumber: count,
            params,
            metric: z.string(),
            metricName: z.string().nullable(),
            environment: z.string(),
            unit: z.string(),
            level: z.number(),
            pointsBefore: count,
            pointsAfter: count,
            visible: z
              .strictObject({ change: z.number().nullable(), difference })
              .nullable()
              .describe("The smallest change that these points would have shown with a chance of 80 %; null: none."),
          }),
        )
        .describe("The silent ones nearest to what moved, at most 60."),
    })
    .describe("What stayed as it was."),
}) satisfies z.ZodType<ShiftContext>;
