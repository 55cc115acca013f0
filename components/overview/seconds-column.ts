import { type Scale, scaleFor } from "@/lib/format/unit";
import type { ShiftItem } from "@/lib/queries/openShifts";
import type { ShiftCost } from "@/lib/shift/cost";

export type Listed = ShiftItem & { cost?: ShiftCost };

/** How the seconds of all shifts of a page are shown: one unit, the same decimals, bars of one scale. */
export type SecondsColumn = { scale: Scale; most: number };

/** Seconds that the list tells of a shift: what a run is expected to take longer, else what a pass does. */
export const secondsOf = ({ cost, summary }: Listed): number | null => (cost ? cost.cost : summary.costSeconds);

export function secondsColumn(shifts: readonly Listed[]): SecondsColumn {
  const most = Math.max(0, ...shifts.map((shift) => Math.abs(secondsOf(shift) ?? 0)));
  return { scale: scaleFor([most], "s"), most };
}
