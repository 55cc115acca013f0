import { seeded } from "@/lib/stats/random";
import { median } from "../../stats/quantile";
import { detect } from "../detect";
import type { Changepoint, DetectOptions } from "../types";
import { visibleChange } from "../visible";
import { freshStep, type Kind, noise, places, quietSeries, steppedSeries } from "./generate";
import { ODD_KINDS, type OddKind } from "./odd";
import { pointsOfRuns } from "./runs";

/** Steps found among steps made, on series of all lengths; `margin` in points. */
export type StepScore = {
  truths: number;
  reported: number;
  matched: number;
  exact: number;
  covered: number;
  f1: number;
};

/** Pairs each true place with the nearest unused changepoint within `margin` and counts. */
export function scoreSteps(
  kinds: readonly Kind[],
  series: number,
  seed: number,
  margin = 2,
  options: DetectOptions = {},
): StepScore {
  const random = seeded(seed);
  const score = { truths: 0, reported: 0, matched: 0, exact: 0, covered: 0 };
  for (let i = 0; i < series; i++) {
    const n = [40, 80, 150, 300, 600][i % 5] as number;
    const made = steppedSeries(kinds[i % kinds.length] as Kind, n, random);
    const found = detect(made.values, options).changepoints;
    score.truths += made.labels.length;
    score.reported += found.length;
    for (const { truth, changepoint } of pairs(made.labels, found, margin)) {
      score.matched++;
      if (changepoint.index === truth) score.exact++;
      if (changepoint.earliest <= truth && truth <= changepoint.latest) score.covered++;
    }
  }
  return { ...score, f1: (2 * score.matched) / Math.max(1, score.truths + score.reported) };
}

export function pairs(
  truths: number[],
  found: Changepoint[],
  margin: number,
): { truth: number; changepoint: Changepoint }[] {
  const used = new Set<Changepoint>();
  return truths.flatMap((truth) => {
    const near = found
      .filter((one) => !used.has(one) && Math.abs(one.index - truth) <= margin)
      .sort((a, b) => Math.abs(a.index - truth) - Math.abs(b.index - truth))[0];
    if (!near) return [];
    used.add(near);
    return [{ truth, changepoint: near }];
  });
}

/** Changepoints reported on series without a step: count, points judged, and the p of each. */
export function scoreQuiet(
  kinds: readonly Kind[],
  series: number,
  seed: number,
  lengths = [30, 60, 120, 250, 500, 1000],
  options: DetectOptions = {},
) {
  const random = seeded(seed);
  let points = 0;
  const found: Changepoint[] = [];
  for (let i = 0; i < series; i++) {
    const n = lengths[Math.floor(i / kinds.length) % lengths.length] as number;
    points += n;
    found.push(...detect(quietSeries(kinds[i % kinds.length] as Kind, n, random), options).changepoints);
  }
  return { points, found, per1000: (1000 * found.length) / points };
}

/** Share of series in which a step of `size` sd, `after` points ago, is found within one point (and is confirmed). */
export function scoreFresh(
  kinds: readonly Kind[],
  series: number,
  seed: number,
  size: number,
  after: number,
  options: DetectOptions = {},
) {
  const random = seeded(seed);
  let found = 0;
  let confirmed = 0;
  for (let i = 0; i < series; i++) {
    const at = [30, 60, 120][Math.floor(i / kinds.length) % 3] as number;
    const values = freshStep(kinds[i % kinds.length] as Kind, at, after, size, random);
    const near = detect(values, options).changepoints.filter((one) => size === 0 || Math.abs(one.index - at) <= 1);
    if (near.length > 0) found++;
    if (near.some((one) => one.state === "confirmed")) confirmed++;
  }
  return { found: found / series, confirmed: confirmed / series };
}

/** Every prefix of quiet series is looked at: how many different shifts are ever raised, per 1000 points. */
export function scoreLive(kinds: readonly Kind[], series: number, seed: number, from = 40, to = 200) {
  const random = seeded(seed);
  let points = 0;
  const raised = { provisional: 0, confirmed: 0 };
  for (let i = 0; i < series; i++) {
    const values = quietSeries(kinds[i % kinds.length] as Kind, to, random);
    const seen = { provisional: [] as number[], confirmed: [] as number[] };
    for (let n = from; n <= to; n++) {
      points++;
      for (const one of detect(values.slice(0, n)).changepoints) {
        note(seen.provisional, one.index);
        if (one.state === "confirmed") note(seen.confirmed, one.index);
      }
    }
    raised.provisional += seen.provisional.length;
    raised.confirmed += seen.confirmed.length;
  }
  return { points, raised: (1000 * raised.provisional) / points, confirmed: (1000 * raised.confirmed) / points };
}

function note(seen: number[], index: number): void {
  if (!seen.some((other) => Math.abs(other - index) <= 3)) seen.push(index);
}

/** Share of quiet series, of 30 to 250 points, whose strongest split, told or not, has a p of at most each level. */
export function scoreChance(kinds: readonly Kind[], series: number, seed: number, levels: readonly number[]): number[] {
  const random = seeded(seed);
  const called = levels.map(() => 0);
  for (let i = 0; i < series; i++) {
    const n = [30, 60, 120, 250][Math.floor(i / kinds.length) % 4] as number;
    const { changepoints, rejected } = detect(quietSeries(kinds[i % kinds.length] as Kind, n, random), {
      explain: true,
    });
    const least = [...changepoints, ...rejected].reduce((p, one) => Math.min(p, one.p ?? 1), 1);
    levels.forEach((level, k) => {
      if (least <= level) called[k] = (called[k] as number) + 1;
    });
  }
  return called.map((count) => count / series);
}

/**
 * Share of steps as large as `visibleChange` says, `k` points ago, that are told (within 3 points of their place), among
 * the series for which it says something.
 */
export function scoreVisible(kinds: readonly Kind[], series: number, seed: number, k: number, sensitivity = 1): number {
  const random = seeded(seed);
  let answered = 0;
  let seen = 0;
  for (let i = 0; i < series; i++) {
    const at = [20, 40, 100][Math.floor(i / kinds.length) % 3] as number;
    const values = noise(kinds[i % kinds.length] as Kind, at + k, random).map((value) => 100 + 2 * value);
    const visible = visibleChange(detect(values.slice(0, at), { sensitivity }), k, { sensitivity });
    if (!visible) continue;
    answered++;
    const size = (i % 2 ? 1 : -1) * visible.difference;
    const moved = values.map((value, j) => (j < at ? value : value + size));
    if (detect(moved, { sensitivity }).changepoints.some((one) => Math.abs(one.index - at) <= 3)) seen++;
  }
  return seen / answered;
}

/**
 * Odd quiet series, of 30 to 250 points: changepoints told, and confirmed, per 1000 points, and the share of series in which
 * a step of 6 sds, at least of 1, in the middle is found within one point.
 */
export function scoreOdd(kind: OddKind, series: number, seed: number) {
  const random = seeded(seed);
  const score = { points: 0, told: 0, confirmed: 0, found: 0 };
  for (let i = 0; i < series; i++) {
    const n = [30, 60, 120, 250][i % 4] as number;
    const values = Array.from({ length: n }, ODD_KINDS[kind](random));
    const told = detect(values).changepoints;
    score.points += n;
    score.told += told.length;
    score.confirmed += told.filter((one) => one.state === "confirmed").length;
    const size = Math.max(1, Math.ceil(6 * deviation(values)));
    const at = n / 2;
    const moved = values.map((value, j) => (j < at ? value : value + size));
    if (detect(moved).changepoints.some((one) => Math.abs(one.index - at) <= 1)) score.found++;
  }
  const per1000 = (count: number) => (1000 * count) / score.points;
  return { told: per1000(score.told), confirmed: per1000(score.confirmed), found: score.found / series };
}

function deviation(values: number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

/**
 * Series of points of 1, 3 or 8 runs (see `pointsOfRuns`) in normal, heavy and skewed noise with steps of 1 to 5 sds of a
 * run; and quiet ones. `isWeighed` false: the same points as plain numbers.
 */
export function scoreRuns(series: number, seed: number, commitSd: number, isWeighed = true) {
  const random = seeded(seed);
  const score = { truths: 0, reported: 0, matched: 0, near: 0, covered: 0, quiet: 0, points: 0 };
  const given = (points: number[][][]) => (isWeighed ? points : points.map((runs) => median(runs.flat())));
  for (let i = 0; i < series; i++) {
    const kind = (["normal", "heavy", "skewed"] as const)[i % 3] as Kind;
    const n = [40, 80, 150, 300][Math.floor(i / 3) % 4] as number;
    const labels = places(n, 8, 1 + Math.floor(random() * Math.min(5, n / 30)), random);
    const sizes = labels.map(() => (1 + 4 * random() ** 1.5) * (random() < 0.5 ? -1 : 1));
    const lift = (at: number) => labels.reduce((sum, label, k) => sum + (at >= label ? (sizes[k] as number) : 0), 0);
    const found = detect(given(pointsOfRuns(kind, n, commitSd, random, lift))).changepoints;
    score.truths += labels.length;
    score.reported += found.length;
    score.matched += pairs(labels, found, 2).length;
    for (const { truth, changepoint } of pairs(labels, found, 10)) {
      score.near++;
      if (changepoint.earliest <= truth && truth <= changepoint.latest) score.covered++;
    }
    score.quiet += detect(given(pointsOfRuns(kind, n, commitSd, random))).changepoints.length;
    score.points += n;
  }
  return {
    f1: (2 * score.matched) / (score.truths + score.reported),
    covered: score.covered / score.near,
    quiet: (1000 * score.quiet) / score.points,
  };
}
