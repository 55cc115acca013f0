import type { Evidence } from "./evidence";

/** What further runs in an environment are expected to say. */
export type Signal = {
  environment: string;
  /** log(new level's density / old level's) of equally likely outcomes of a run: on the old level, and on the new one. */
  onOld: Float64Array;
  onNew: Float64Array;
  /** Information of a run at a commit that is on the new level with probability i / (length - 1), in nats. */
  information: Float64Array;
  alike: number;
  /** Distance of the levels in sds of a run. */
  effect: number;
};

const OUTCOMES = 64;
const PROBABILITIES = 200;
/** The density is followed out to so many units of its scale, in steps of so many. */
const FAR = 12;
const STEP = 0.05;

/**
 * The outcomes of a run, from the density of the noise itself, so that skewed and two-humped noise is planned with as it
 * is. Levels known from few runs blur the density by what is not known of them.
 */
export function signalOf({ environment, scale, logDensity, alike, before, after }: Evidence): Signal {
  const [old, fresh] = [before, after].map((n) => scale * Math.sqrt(1 + 1 / Math.max(1, n))) as [number, number];
  const outcomes = outcomesOf(logDensity);
  const logRatio = (score: number) =>
    logDensity((score - 1) / fresh) - Math.log(fresh) - logDensity(score / old) + Math.log(old);
  const onOld = outcomes.map((x) => logRatio(x * old));
  const onNew = outcomes.map((x) => logRatio(1 + x * fresh));
  const information = Float64Array.from({ length: PROBABILITIES + 1 }, (_, i) =>
    informationOf(i / PROBABILITIES, onOld, onNew),
  );
  return { environment, onOld, onNew, information, alike, effect: 1 / scale };
}

/** The middles of OUTCOMES equally likely parts of a density. */
function outcomesOf(logDensity: (x: number) => number): Float64Array {
  const cells = Float64Array.from({ length: (2 * FAR) / STEP + 1 }, (_, i) => Math.exp(logDensity(i * STEP - FAR)));
  const total = cells.reduce((sum, cell) => sum + cell, 0);
  const outcomes = new Float64Array(OUTCOMES);
  let sum = 0;
  let next = 0;
  for (let i = 0; i < cells.length; i++) {
    sum += (cells[i] as number) / total;
    while (next < OUTCOMES && sum >= (next + 0.5) / OUTCOMES) outcomes[next++] = i * STEP - FAR;
  }
  return outcomes;
}

/** Mutual information of a run's outcome and the side its commit lies on; `p`: probability of the new side. */
function informationOf(p: number, onOld: Float64Array, onNew: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < OUTCOMES; i++) {
    if (p > 0) sum -= p * Math.log(p + (1 - p) * Math.exp(-(onNew[i] as number)));
    if (p < 1) sum -= (1 - p) * Math.log(1 - p + p * Math.exp(onOld[i] as number));
  }
  return Math.max(0, sum / OUTCOMES);
}

/** Information at any probability, between the tabulated ones. */
export function informationAt({ information }: Signal, p: number): number {
  const place = Math.min(1, Math.max(0, p)) * PROBABILITIES;
  const below = Math.min(PROBABILITIES - 1, Math.floor(place));
  const low = information[below] as number;
  return low + (place - below) * ((information[below + 1] as number) - low);
}
