import type { ComparedRow } from "@/lib/compare";
import { addVariances } from "@/lib/compare/judge";
import { studentCdf } from "@/lib/stats/student";

/** Changes that the heat map asks about, on either side of none. */
export const THRESHOLDS = [0, 0.05, 0.1, 0.2, 0.3] as const;

/** Chances from which a cell takes the next colour. */
export const CHANCE_STEPS = [0.5, 0.8, 0.95] as const;

type Row = Pick<ComparedRow, "change" | "variance" | "exact">;

/**
 * The probability that contender / baseline - 1 is above `threshold` (relative, over -1), as the data and their noise have
 * it: the t distribution of the log of the ratio around what was measured. What it says at the ends of a row's 95 %
 * interval is 2.5 and 97.5 %. null without a ratio and where the noise is unknown; 0 or 1 where there is none.
 */
export function chanceAbove({ change, variance, exact }: Row, threshold: number): number | null {
  if (change === null) return null;
  if (exact) return change > threshold ? 1 : 0;
  if (variance === null) return null;
  const { variance: sum, df } = addVariances([variance.own, variance.shared]);
  if (!(sum > 0) || !(df > 0)) return null;
  return studentCdf((Math.log1p(change) - Math.log1p(threshold)) / Math.sqrt(sum), df);
}

/** The chance that it is below. */
export function chanceBelow(row: Row, threshold: number): number | null {
  const above = chanceAbove(row, threshold);
  if (above === null) return null;
  return row.exact ? Number((row.change ?? 0) < threshold) : 1 - above;
}

/** How strongly a chance is coloured: 0 not at all, 3 from 95 % on. */
export const chanceStep = (chance: number): 0 | 1 | 2 | 3 =>
  CHANCE_STEPS.filter((step) => chance >= step).length as 0 | 1 | 2 | 3;

/** A chance in per cent without a claim to certainty: "97", "> 99", "< 1". */
export function chanceText(chance: number, exact: boolean): string {
  if (exact) return chance === 1 ? "100" : "0";
  if (chance > 0.99) return ">\u00a099";
  return chance < 0.01 ? "<\u00a01" : String(Math.round(chance * 100));
}
