import type { ShiftState, ShiftStatus } from "../model/words";
import type { PlanState } from "./types";

/** What a scheduler is told; `nothing to measure` where no run of the project's code would help. */
export const NEXT_STATES = ["measure", "done", "stuck", "unknown", "nothing to measure"] as const;
export type NextState = PlanState | "nothing to measure";

type Told = {
  plan: NextState;
  state: ShiftState;
  status: ShiftStatus;
  partOf: number | null;
  recoveredBy: number | null;
  withdrawnReason: string | null;
  /** Sha of the commit that was found. */
  found: string | null;
  /** The environment that was asked for. */
  where: string | null;
};

/** The state of a search in a sentence, with the way out where there is one. */
export function reasonOf({ plan, where, found, ...shift }: Told): string {
  switch (plan) {
    case "measure":
      return "A run of this commit tells most about where the step lies.";
    case "done":
      return `The step came with ${found?.slice(0, 7) ?? "one commit"}: nothing more to measure.`;
    case "stuck":
      return "The commits that would tell further did not build or run.";
    case "unknown":
      return where === null
        ? "The runs at hand do not tell the two levels apart."
        : `Nothing of this shift that tells the two levels apart is measured in '${where}'. Leave the environment out to see where.`;
    default:
      return whyNothing(shift);
  }
}

function whyNothing({
  state,
  status,
  partOf,
  recoveredBy,
  withdrawnReason,
}: Omit<Told, "plan" | "where" | "found">): string {
  if (partOf !== null) return `It is part of #${partOf}: ask for that one.`;
  if (state === "withdrawn") return `It was withdrawn. ${withdrawnReason ?? ""}`.trim();
  if (state === "recovered") return recoveredBy === null ? "It is recovered." : `It is recovered by #${recoveredBy}.`;
  if (status === "infrastructure" || status === "not real")
    return `People found it ${status === "infrastructure" ? "to be infrastructure" : "not real"}.`;
  return "Its commits are no longer on the branch's line.";
}
