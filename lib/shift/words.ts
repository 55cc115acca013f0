import { formatChange, formatInterval } from "../format/change";
import { plural } from "../format/number";
import { formatDate, shortSha } from "../format/time";
import { formatDifference, scaleFor } from "../format/unit";
import type { ShiftState } from "../model/words";
import type { Counts } from "./summary";

/** "12 series got worse and 3 better"; metrics without a good direction "moved". */
export function countsText({ worse, better, moved }: Counts): string {
  const parts = [
    worse > 0 ? `${plural(worse, "series", "series")} got worse` : "",
    better > 0 ? `${worse > 0 ? better : plural(better, "series", "series")}${worse > 0 ? "" : " got"} better` : "",
    moved > 0 ? `${plural(moved, "series", "series")} moved` : "",
  ];
  return parts.filter(Boolean).join(" and ");
}

/** What became of a shift. */
export type Standing = {
  state: ShiftState;
  partOf: number | null;
  recoveredBy: number | null;
  needsPoints: number | null;
  withdrawnReason: string | null;
  withdrawnAt: string | null;
};

/** The standing of a shift in one sentence, where there is something to say. */
export function standingText(shift: Standing): string | null {
  if (shift.partOf !== null) return `It is part of #${shift.partOf} now.`;
  if (shift.state === "withdrawn") {
    const why = shift.withdrawnReason ? ` ${shift.withdrawnReason}` : "";
    return `Withdrawn on ${formatDate(shift.withdrawnAt)}.${why} The page stays as it was told.`;
  }
  if (shift.recoveredBy !== null) return `Recovered by #${shift.recoveredBy}.`;
  if (shift.state === "provisional") {
    const more = shift.needsPoints === null ? "" : ` ${plural(shift.needsPoints, "more point")} would confirm it.`;
    return `Provisional: nobody is told yet.${more}`;
  }
  return null;
}

/** What can be said of the cause: one commit is named only where the range holds one. */
export function causeText(shift: { commitsBetween: number | null; firstShifted: string }): string {
  if (shift.commitsBetween === null) return "The range is no longer on the branch’s line: its history was rewritten.";
  if (shift.commitsBetween === 0) return `Only ${shortSha(shift.firstShifted)} lies in the range.`;
  return `Any of these ${shift.commitsBetween + 1} can be the cause.`;
}

/** A change with its difference in `unit`. */
export type Changed = { change: number | null; difference: number; unit: string; interval: [number, number] | null };

/** "+138 %", or the difference where no ratio exists. */
export function changeText({ change, difference, unit }: Omit<Changed, "interval">): string {
  return change === null ? formatDifference(difference, scaleFor([difference], unit)) : formatChange(change);
}

/** "+124 … +141 %", in the metric's unit where no ratio exists; null where it cannot be told. */
export function intervalText({ change, interval, unit, difference }: Changed): string | null {
  if (!interval) return null;
  if (change !== null) return `${formatInterval(...interval)}\u00a0%`;
  const scale = scaleFor([difference], unit);
  return interval.map((end) => formatDifference(end, scale)).join("\u00a0…\u00a0");
}
