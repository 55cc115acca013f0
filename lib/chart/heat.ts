import type { Better } from "@/lib/model/words";

/** Strength of a change: 1 to 3 worse, -1 to -3 better, 0 unchanged. */
export type HeatStep = -3 | -2 | -1 | 0 | 1 | 2 | 3;

/** Relative changes from which a cell takes the next colour. */
export const WORSE_STEPS = [0.07, 0.2, 0.5] as const;
export const BETTER_STEPS = [0.05, 0.15, 0.3] as const;

/**
 * Colour of a value against a level of the same unit. Where the direction of a metric is unknown there is no verdict,
 * so 0. A level of 0 has no ratio: any value above or below it takes the strongest colour.
 */
export function heatStep(value: number, level: number, better: Better): HeatStep {
  if (better === "unknown" || value === level) return 0;
  const isWorse = value > level === (better === "lower");
  const change = level === 0 ? Number.POSITIVE_INFINITY : Math.abs((value - level) / level);
  const strength = (isWorse ? WORSE_STEPS : BETTER_STEPS).filter((step) => change >= step).length as 0 | 1 | 2 | 3;
  return strength === 0 ? 0 : ((isWorse ? strength : -strength) as HeatStep);
}

/**
 * Median of each value and its two neighbours, so that a single spike does not colour a cell; nulls stay null and are no
 * neighbours. The first and last value have one neighbour and take the mean of both.
 */
export function medianOfThree(values: readonly (number | null)[]): (number | null)[] {
  const places = values.flatMap((value, place) => (value === null ? [] : [place]));
  const result = values.map<number | null>(() => null);
  places.forEach((place, index) => {
    const around = [places[index - 1], place, places[index + 1]]
      .flatMap((neighbour) => (neighbour === undefined ? [] : [values[neighbour] as number]))
      .sort((a, b) => a - b);
    const [low = 0, middle = low, high] = around;
    result[place] = around.length === 2 ? (low + middle) / 2 : high === undefined ? low : middle;
  });
  return result;
}
