import { seeded } from "@/lib/stats/random";
import { detect } from "../detect";
import { drift } from "../drift";
import { type Kind, noise } from "./generate";

/** A series whose level moves by `size` sds over its newest points: evenly, or at once in the middle of them. */
export type DriftShape = { before: number; window: number; size: number; shape: "ramp" | "step" };

export type DriftScore = {
  /** Share of series with p at most 0.05, 0.01, and with a drift that is told. */
  p05: number;
  p01: number;
  told: number;
  /** Share with a told drift or a told step. */
  seen: number;
  /** Share whose interval holds the true drift, and the mean of the drifts, in sds. */
  covered: number;
  mean: number;
};

const CV = 0.02;

/** How often a drift is told over the newest `window` points, and how true it is. */
export function scoreDrift(kinds: readonly Kind[], series: number, seed: number, made: DriftShape): DriftScore {
  const random = seeded(seed);
  const score = { p05: 0, p01: 0, told: 0, seen: 0, covered: 0, mean: 0 };
  const truth = made.shape === "ramp" ? CV * made.size : 0;
  for (let i = 0; i < series; i++) {
    const values = driftingSeries(kinds[i % kinds.length] as Kind, made, random);
    const detection = detect(values);
    const found = drift(values, made.before, {}, detection);
    if (!found) throw new Error(`A window of ${made.window} points is too short for a drift.`);
    const { p, interval, isTold, change } = found;
    if (p <= 0.05) score.p05 += 1 / series;
    if (p <= 0.01) score.p01 += 1 / series;
    if (isTold) score.told += 1 / series;
    if (isTold || detection.changepoints.length > 0) score.seen += 1 / series;
    if (interval[0] <= truth && truth <= interval[1]) score.covered += 1 / series;
    score.mean += (change ?? 0) / CV / series;
  }
  return score;
}

export function driftingSeries(
  kind: Kind,
  { before, window, size, shape }: DriftShape,
  random: () => number,
): number[] {
  return noise(kind, before + window, random).map((value, i) => {
    const time = (i - before) / (window - 1);
    const level = time < 0 ? 0 : shape === "ramp" ? size * time : time >= 0.5 ? size : 0;
    return 100 * (1 + CV * (value + level));
  });
}
