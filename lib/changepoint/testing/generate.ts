import { exponentialDraw, normalDraw } from "./random";

/** The kinds of noise seen on test clusters. Each has mean 0; all but spikes have sd 1 (there: sd 1 without the spikes). */
export const KINDS = ["normal", "autocorrelated", "heavy", "skewed", "twoHumped", "spikes"] as const;
export type Kind = (typeof KINDS)[number];

export type Labelled = { kind: Kind; values: number[]; labels: number[]; sizes: number[] };

/** `n` draws of noise of a kind; the kind's own parameters (strength of correlation, distance of humps) vary by series. */
export function noise(kind: Kind, n: number, random: () => number): number[] {
  const draw = drawer(kind, random);
  return Array.from({ length: n }, draw);
}

function drawer(kind: Kind, random: () => number): () => number {
  switch (kind) {
    case "normal":
      return () => normalDraw(random);
    case "autocorrelated":
      return autocorrelated(0.2 + 0.3 * random(), random);
    case "heavy":
      return () => studentDraw(3, random) / Math.sqrt(3);
    case "skewed":
      return skewed(random);
    case "twoHumped":
      return twoHumped(2.5 + 2 * random(), 0.3 + 0.3 * random(), random);
    case "spikes":
      return spiked(0.01 + 0.04 * random(), 4 + 20 * random(), random);
  }
}

function autocorrelated(rho: number, random: () => number): () => number {
  let last = normalDraw(random);
  return () => {
    last = rho * last + Math.sqrt(1 - rho * rho) * normalDraw(random);
    return last;
  };
}

function studentDraw(df: number, random: () => number): number {
  let square = 0;
  for (let i = 0; i < df; i++) square += normalDraw(random) ** 2;
  return normalDraw(random) / Math.sqrt(square / df);
}

/** Gamma of shape 1 (exponential) to 3. */
function skewed(random: () => number): () => number {
  const shape = 1 + Math.floor(3 * random());
  return () => {
    let sum = 0;
    for (let i = 0; i < shape; i++) sum += exponentialDraw(random);
    return (sum - shape) / Math.sqrt(shape);
  };
}

function twoHumped(distance: number, share: number, random: () => number): () => number {
  const sd = Math.sqrt(1 + share * (1 - share) * distance ** 2);
  return () => (normalDraw(random) + distance * ((random() < share ? 1 : 0) - share)) / sd;
}

function spiked(share: number, height: number, random: () => number): () => number {
  return () => normalDraw(random) + (random() < share ? height * (0.5 + random()) : 0);
}

/** A series around level 100 whose noise has the given coefficient of variation (default 1 to 5 %). */
export function quietSeries(kind: Kind, n: number, random: () => number, cv = 0.01 + 0.04 * random()): number[] {
  return noise(kind, n, random).map((value) => 100 * (1 + cv * value));
}

/** A series with steps of 1.5 to 8 sd, up or down, at least `gap` points apart and from the ends. */
export function steppedSeries(kind: Kind, n: number, random: () => number, gap = 8): Labelled {
  const cv = 0.01 + 0.04 * random();
  const labels = places(n, gap, 1 + Math.floor(random() * Math.min(5, n / 30)), random);
  const sizes = labels.map(() => (1.5 + 6.5 * random() ** 1.5) * (random() < 0.5 ? -1 : 1));
  const level = new Array<number>(n).fill(0);
  labels.forEach((at, k) => {
    for (let i = at; i < n; i++) level[i] = (level[i] as number) + (sizes[k] as number);
  });
  const values = noise(kind, n, random).map((value, i) => 100 * (1 + cv * (value + (level[i] as number))));
  return { kind, values, labels, sizes };
}

/** `count` places at least `gap` from each other and from the ends, or as many as fit, ascending. */
export function places(n: number, gap: number, count: number, random: () => number): number[] {
  const taken: number[] = [];
  for (let attempt = 0; attempt < 50 && taken.length < count; attempt++) {
    const at = gap + Math.floor(random() * (n - 2 * gap + 1));
    if (at >= gap && at <= n - gap && taken.every((other) => Math.abs(other - at) >= gap)) taken.push(at);
  }
  return taken.sort((a, b) => a - b);
}

/** A series of `at` quiet points and `after` points on a level `size` sd away. */
export function freshStep(kind: Kind, at: number, after: number, size: number, random: () => number): number[] {
  const cv = 0.01 + 0.04 * random();
  return noise(kind, at + after, random).map((value, i) => 100 * (1 + cv * (value + (i >= at ? size : 0))));
}
