import { exceeds } from "@/lib/compare";
import type { CompareRow } from "@/lib/queries/compare";

/** Changes that the heat map asks about, on either side of none. */
export const THRESHOLDS = [0, 0.05, 0.1, 0.2, 0.3] as const;

/** Chances from which a cell takes the next colour. */
export const CHANCE_STEPS = [0.5, 0.8, 0.95] as const;

const FALLS = THRESHOLDS.toReversed().map((by) => -by);

/**
 * Chances of a row: that contender / baseline - 1 is below -30 %, -20 % ... 0, and that it is above 0 ... 30 %. null where
 * it cannot be told.
 */
export function chancesOf(
  row: Pick<CompareRow, "change" | "variance" | "exact">,
): { less: number[]; more: number[] } | null {
  const found = exceeds(row, [...FALLS, ...THRESHOLDS]);
  if (found === null) return null;
  // Where there is no noise, a change of just the threshold passes it neither way.
  const below = ({ threshold, probability }: (typeof found)[number]) =>
    row.exact ? Number((row.change ?? 0) < threshold) : 1 - probability;
  return {
    less: found.slice(0, FALLS.length).map(below),
    more: found.slice(FALLS.length).map(({ probability }) => probability),
  };
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
