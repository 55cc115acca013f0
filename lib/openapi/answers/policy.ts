import { z } from "zod";
import type { ReleasePolicy } from "@/lib/release/policy";

/** What a project lets ship, with what nobody has set. */
export const ReleasePolicyPart = z
  .strictObject({
    metrics: z.array(z.string()).describe("Patterns; none: all."),
    workloads: z.array(z.string()),
    environments: z.array(z.string()),
    smallest: z.record(z.string(), z.number()).describe("By metric, the smallest change for the worse that counts."),
    cannotTell: z.enum(["cannot tell", "fail", "pass"]),
    missing: z.enum(["fail", "cannot tell"]),
    near: z.int().min(1).describe("A run lies near a release when at most so many commits are between."),
    tags: z.string().describe("Which tags of commit lists are releases."),
  })
  .describe("What a release may ship with.") satisfies z.ZodType<ReleasePolicy>;
