import { z } from "zod";

const sized = (most: number) => `Must be a text of 1 to ${most} characters.`;
const text = (most: number) => z.string(sized(most)).trim().min(1, sized(most)).max(most, sized(most));

const DAY = "Must be a day such as 2026-11-30.";
const REVISION = "Must be the revision of the report that was read; 0 for one that nobody has written to yet.";

export const candidate = text(200).describe("The tag, branch:NAME or commit:SHA.");
export const revision = z
  .int(REVISION)
  .min(0, REVISION)
  .describe("Of the report as it was read: another answer than 409 means that nobody wrote in between.");

/** What becomes of a report. */
export const ReportChange = z
  .strictObject({
    candidate,
    revision,
    state: z
      .enum(["draft", "frozen", "signed", "rejected"], "Must be draft, frozen, signed or rejected.")
      .describe("draft: begins a new one beside a report that is frozen. frozen: its numbers never move again."),
    reason: text(2000).optional().describe("Needed to reject; beside a sign-off it is kept."),
    against: text(200)
      .optional()
      .describe("Another side to compare with, when it is frozen; left out, the last release."),
  })
  .superRefine(({ state, reason, against }, context) => {
    const refuse = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
    if (state === "rejected" && reason === undefined) refuse("reason", "Say why it is rejected.");
    if (against !== undefined && state !== "frozen" && state !== "draft")
      refuse("against", "What a report is compared with is settled when it is frozen.");
  });
export type ReportChange = z.output<typeof ReportChange>;

export const WaiverBody = z
  .strictObject({
    candidate,
    revision,
    shift: z.int("Must be the number of a shift.").min(1, "Must be the number of a shift.").optional(),
    workload: text(500).optional().describe("Name of a workload that is missing, fails, or got worse without a shift."),
    reason: text(2000),
    owner: text(200).describe("Who answers for it."),
    expiresOn: z.iso.date(DAY).describe("The last day (UTC) on which it holds."),
  })
  .superRefine(({ shift, workload }, context) => {
    if ((shift === undefined) === (workload === undefined))
      context.addIssue({ code: "custom", path: ["shift"], message: "Give the number of a shift, or a workload." });
  });
export type WaiverBody = z.output<typeof WaiverBody>;
