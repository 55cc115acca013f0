import type { ChangepointDirection, ShiftDirection } from "../model/words";

/**
 * The direction of a shift from those of its members (at least one). Members whose metric has no good direction count
 * only where there are no others.
 */
export function directionOfShift(members: readonly { direction: ChangepointDirection }[]): ShiftDirection {
  const found = new Set(members.map((member) => member.direction));
  for (const [one, other] of [
    ["regression", "improvement"],
    ["rose", "fell"],
  ] as const) {
    if (found.has(one) && found.has(other)) return "mixed";
    if (found.has(one)) return one;
    if (found.has(other)) return other;
  }
  throw new RangeError("A shift has at least one member.");
}
