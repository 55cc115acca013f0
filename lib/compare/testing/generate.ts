import { exponentialDraw, normalDraw } from "@/lib/changepoint/testing/random";
import type { FamilyRow } from "../types";

/** Kinds of noise around a level; each has mean 0 and (spikes apart) sd 1. */
export const KINDS = ["normal", "heavy", "skewed", "spikes"] as const;
export type Kind = (typeof KINDS)[number];

/** A row with the change it was made with (contender / baseline - 1). */
export type KnownRow = FamilyRow & { truth: number };

export type FamilyShape = {
  workloads: number;
  runs: number;
  samples: number;
  /** Share of workloads that change; 0: a quiet family. */
  changed: number;
  /** Sd of the factor of a run. */
  factor: number;
  /** Whether one run is slow as a whole, by 15 %. */
  slowRun: boolean;
  history: number;
  /** So many times as noisy is the history, factors of its runs too; default 1. */
  pastNoise?: number;
  /** All ran on one day, the history on others. */
  mixed?: boolean;
  /**
   * Runs of one day have something in common: sd of a factor on all rows, and of each row's own, in units of its noise. `runs`
   * of the history a day; each side runs on a day of its own.
   */
  day?: { factor: number; row: number; runs: number };
};

const METRICS = [
  { metric: "duration", quieter: 1 },
  { metric: "peak_memory", quieter: 10 },
] as const;

/**
 * A family of workloads x 2 metrics as clusters show them: each row has its own noise (CV 1 to 6 %, memory ten times
 * quieter), part of it shared by the samples of a run; a run moves all rows, memory a tenth as much; changed rows change
 * by 2 to 40 % either way, small ones more often. Seeded through `random`.
 */
export function makeFamily(shape: FamilyShape, random: () => number): KnownRow[] {
  const factors = runFactors(shape, random);
  const days = shape.day ? daysOf(shape, shape.day) : shape.mixed ? mixedDays(shape) : undefined;
  return Array.from({ length: shape.workloads }, (_, w) => {
    const kind = KINDS[w % KINDS.length] as Kind;
    return METRICS.map(({ metric, quieter }): KnownRow => {
      const truth = random() < shape.changed ? Math.expm1((random() < 0.5 ? -1 : 1) * 0.4 * 20 ** -random()) : 0;
      const level = (metric === "duration" ? 1 : 1e8) * Math.exp(4 * random());
      const cv = (0.01 + 0.05 * random()) / quieter;
      const shared = 0.2 + 0.5 * random();
      const ownDays = new Map<string, number>();
      const ofDay = (day: string | undefined) => {
        if (day === undefined || !shape.day) return 0;
        if (!ownDays.has(day)) ownDays.set(day, cv * shape.day.row * normalDraw(random));
        return ownDays.get(day) ?? 0;
      };
      const side = (which: keyof typeof factors, change: number) =>
        factors[which].map((factor, run) => {
          const noise = which === "history" ? (shape.pastNoise ?? 1) : 1;
          const moved = level * (1 + change) * (1 + (noise * factor) / quieter) * (1 + ofDay(days?.[which][run]));
          return oneRun(kind, moved, noise * cv, shared, shape.samples, random);
        });
      return {
        workload: `w${w}-${kind}`,
        metric,
        better: "lower",
        truth,
        baseline: side("baseline", 0),
        contender: side("contender", truth),
        ...(shape.history > 0 ? { history: side("history", 0) } : {}),
        ...(days ? { days } : {}),
      };
    });
  }).flat();
}

function daysOf({ runs, history }: FamilyShape, day: { runs: number }) {
  const all = (count: number, name: (run: number) => string) => Array.from({ length: count }, (_, run) => name(run));
  return {
    baseline: all(runs, () => "baseline's"),
    contender: all(runs, () => "contender's"),
    history: all(history, (run) => `day ${Math.floor(run / day.runs)}`),
  };
}

function mixedDays({ runs, history }: FamilyShape) {
  const today = new Array<string>(runs).fill("today");
  return { baseline: today, contender: today, history: Array.from({ length: history }, (_, run) => `day ${run}`) };
}

function runFactors(shape: FamilyShape, random: () => number) {
  const some = (runs: number) => Array.from({ length: runs }, () => shape.factor * normalDraw(random));
  const sides = { baseline: some(shape.runs), contender: some(shape.runs), history: some(shape.history) };
  if (shape.slowRun) {
    const side = random() < 0.5 ? sides.baseline : sides.contender;
    const run = Math.floor(random() * shape.runs);
    side[run] = (side[run] as number) + 0.15;
  }
  if (shape.day) addDays(sides, shape.day, random);
  return sides;
}

function addDays(
  sides: Record<"baseline" | "contender" | "history", number[]>,
  day: { factor: number; runs: number },
  random: () => number,
): void {
  let today = 0;
  for (const side of ["baseline", "contender"] as const) {
    today = day.factor * normalDraw(random);
    sides[side] = sides[side].map((factor) => factor + today);
  }
  sides.history = sides.history.map((factor, run) => {
    if (run % day.runs === 0) today = day.factor * normalDraw(random);
    return factor + today;
  });
}

/** Samples of one run: `shared` is the share of the variance that all of them have in common. */
function oneRun(
  kind: Kind,
  level: number,
  cv: number,
  shared: number,
  samples: number,
  random: () => number,
): number[] {
  const common = Math.sqrt(shared) * normalDraw(random);
  return Array.from({ length: samples }, () => {
    const value = level * (1 + cv * (common + Math.sqrt(1 - shared) * draw(kind, random)));
    return Math.max(level / 10, value);
  });
}

function draw(kind: Kind, random: () => number): number {
  switch (kind) {
    case "normal":
      return normalDraw(random);
    case "heavy":
      return (
        normalDraw(random) /
        Math.sqrt((normalDraw(random) ** 2 + normalDraw(random) ** 2 + normalDraw(random) ** 2) / 3) /
        Math.sqrt(3)
      );
    case "skewed":
      return (exponentialDraw(random) + exponentialDraw(random) - 2) / Math.SQRT2;
    case "spikes":
      return normalDraw(random) + (random() < 0.05 ? 5 + 15 * random() : 0);
  }
}
