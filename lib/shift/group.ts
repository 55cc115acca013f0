import { directionOfShift } from "./direction";
import { gather } from "./gather";
import { identify } from "./identify";
import { leadByStrong } from "./lead";
import { partition } from "./partition";
import { findRecoveries } from "./recover";
import type { Candidate, CurrentShift, Group, KnownShift, Shifts } from "./types";

/**
 * The shifts of one branch from all its changepoints and the shifts that have a number already. Range, members,
 * direction and state follow from the changepoints alone, in whatever order and batches they came; numbers continue
 * what was there before. What people decided is not touched here.
 */
export function groupShifts<C extends Candidate>(
  changepoints: readonly C[],
  known: readonly KnownShift[],
  lastNumber = Math.max(0, ...known.map((shift) => shift.number)),
): Shifts<C> {
  const groups = gather(partition(changepoints)).filter(isTold).map(leadByStrong);
  const identities = identify(groups, known, lastNumber);
  const recoveries = findRecoveries(groups);
  const current = groups.map((group, index): CurrentShift<C> => {
    const by = recoveries[index] ?? null;
    const confirmed = group.members.some((member) => member.state === "confirmed");
    return {
      ...group,
      ...(identities.groups[index] as (typeof identities.groups)[number]),
      direction: directionOfShift(group.members),
      state: by !== null ? "recovered" : confirmed ? "confirmed" : "provisional",
      recoveredBy: by === null ? null : (identities.groups[by]?.number ?? null),
    };
  });
  const { merged, withdrawn } = identities;
  return { current: current.sort((a, b) => a.number - b.number), merged, withdrawn, lastNumber: identities.lastNumber };
}

/**
 * A step that is provisional though no point to come can decide it (its level has ended, or has all the points that count)
 * has had its chance: it is as weak as chance makes one in some hundred quiet series, and no shift on its own.
 */
function isTold({ members }: Group<Candidate>): boolean {
  return members.some(({ state, canGrow }) => state === "confirmed" || canGrow);
}
