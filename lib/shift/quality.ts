import type { ShiftStatus } from "../model/words";
import { median } from "../stats/quantile";
import { wilson } from "../stats/wilson";

/** A shift as its decisions tell how good its alert was. */
export type Judged = {
  status: ShiftStatus;
  /** Version of the detector that opened it. */
  detector: number;
  /** Metrics and workloads that it named when it was first told. */
  metrics: readonly string[];
  workloads: readonly string[];
  /** Seconds from when it was told until somebody did anything; null: nobody has. */
  actedAfter: number | null;
};

/** A share with its 95 % interval (Wilson); null: too few decisions to tell. */
export type Share = { value: number; interval: [number, number] } | null;

/**
 * What can be said of the alerts of a group. real: more than half of them were, as certain as 95 %. noise: less than half.
 * unclear: the interval holds one half. few: fewer than LEAST_DECIDED were decided.
 */
export type QualityVerdict = "real" | "noise" | "unclear" | "few";

export type Quality = {
  /** Shifts that were told. */
  shifts: number;
  /** Those of them that people decided on: accepted, fixed, infrastructure or not real. */
  decided: number;
  accepted: number;
  fixed: number;
  infrastructure: number;
  notReal: number;
  /** accepted and fixed, of the decided. */
  real: Share;
  /** fixed, of the real ones. */
  fixedShare: Share;
  /** Shifts on which somebody did something, and the median of the seconds until then; null: nobody has yet. */
  acted: number;
  firstActionSeconds: number | null;
  verdict: QualityVerdict;
};

/** Fewer decisions than this say nothing: the interval would hold almost everything. */
export const LEAST_DECIDED = 5;

/** How good the alerts of these shifts were. */
export function qualityOf(shifts: readonly Judged[]): Quality {
  const count = (status: ShiftStatus) => shifts.filter((shift) => shift.status === status).length;
  const [accepted, fixed] = [count("accepted"), count("fixed")];
  const [infrastructure, notReal] = [count("infrastructure"), count("not real")];
  const decided = accepted + fixed + infrastructure + notReal;
  const delays = shifts.flatMap(({ actedAfter }) => actedAfter ?? []);
  const real = shareOf(accepted + fixed, decided);
  return {
    ...{ shifts: shifts.length, decided, accepted, fixed, infrastructure, notReal, real },
    fixedShare: shareOf(fixed, accepted + fixed),
    acted: delays.length,
    firstActionSeconds: median(delays),
    verdict: verdictOf(real),
  };
}

/**
 * The same per group, those with most decisions first. A shift counts in every group that `groupsOf` names for it, so
 * that the groups' numbers may add up to more than there are shifts.
 */
export function qualityBy(
  shifts: readonly Judged[],
  groupsOf: (shift: Judged) => readonly string[],
): (Quality & { name: string })[] {
  const groups = new Map<string, Judged[]>();
  for (const shift of shifts)
    for (const name of new Set(groupsOf(shift))) {
      const members = groups.get(name);
      if (members) members.push(shift);
      else groups.set(name, [shift]);
    }
  return [...groups]
    .map(([name, members]) => ({ name, ...qualityOf(members) }))
    .sort((a, b) => b.decided - a.decided || b.shifts - a.shifts || (a.name < b.name ? -1 : 1));
}

function shareOf(hits: number, of: number): Share {
  const interval = of < LEAST_DECIDED ? null : wilson(hits, of);
  return interval && { value: hits / of, interval };
}

function verdictOf(real: Share): QualityVerdict {
  if (!real) return "few";
  if (real.interval[0] > 0.5) return "real";
  return real.interval[1] < 0.5 ? "noise" : "unclear";
}
