import { z } from "zod";
import type { SharedLinks } from "@/lib/queries/sharing";

export const SharedLinksAnswer = z.strictObject({
  signed: z.boolean().describe("true: the project is private, and the addresses hold their signature."),
  atom: z.url(),
  json: z.url(),
  badge: z.url().describe("Of the project, or of the workload that was asked for."),
}) satisfies z.ZodType<SharedLinks>;

export const VoidedLinksAnswer = z.strictObject({ project: z.string(), voided: z.literal(true) });

/** An answer that is no JSON. */
export const TextAnswer = z.string();
