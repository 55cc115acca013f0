import { type Evidence, worthOf } from "./evidence";

/** Levels that are tried on either side, in sds of a run around the estimated ones. */
const REACH = 1.5;
const LEVELS = 25;

/**
 * Probability of each commit from `from` to `to` to be the first of the new level, given all runs: each commit as likely
 * beforehand (the detector's range rests on the same runs, and would count them twice), runs of different environments
 * independent, both levels unknown around their estimates (integrated over a flat grid), and the noise with the density
 * that the runs outside the range show. Adds up to 1. O(runs + commits).
 */
export function posteriorOf(evidence: readonly Evidence[], from: number, to: number): Float64Array {
  const logs = new Float64Array(to - from + 1);
  for (const one of evidence) addLogLikelihood(one, from, logs);
  const top = logs.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  let total = 0;
  for (let k = 0; k < logs.length; k++) total += Math.exp((logs[k] as number) - top);
  return logs.map((value) => Math.exp(value - top) / total);
}

/** One commit's runs: log likelihood under each of the levels tried on the old side and on the new one. */
type Measured = { position: number; old: Float64Array; new: Float64Array };

function addLogLikelihood(evidence: Evidence, from: number, logs: Float64Array): void {
  const measured = measure(evidence);
  const old = new Float64Array(LEVELS);
  const fresh = new Float64Array(LEVELS); // of the runs at the candidate and after it
  for (const commit of measured) add(fresh, commit.new, 1);
  let next = 0;
  for (let k = 0; k < logs.length; k++) {
    for (; next < measured.length && (measured[next] as Measured).position < from + k; next++) {
      const commit = measured[next] as Measured;
      add(old, commit.old, 1);
      add(fresh, commit.new, -1);
    }
    logs[k] = (logs[k] as number) + logSum(old) + logSum(fresh);
  }
}

/** Repeats at one commit share what the commit or its day adds: together they count as fewer. */
function measure({ runs, scale, logDensity, alike }: Evidence): Measured[] {
  const commits = new Map<number, Measured & { n: number }>();
  for (const { position, score, spread } of runs) {
    const commit = commits.get(position) ?? {
      position,
      old: new Float64Array(LEVELS),
      new: new Float64Array(LEVELS),
      n: 0,
    };
    commit.n++;
    for (let u = 0; u < LEVELS; u++) {
      const level = ((2 * u) / (LEVELS - 1) - 1) * REACH;
      commit.old[u] = (commit.old[u] as number) + logDensity((score / scale - level) / spread);
      commit.new[u] = (commit.new[u] as number) + logDensity(((score - 1) / scale - level) / spread);
    }
    commits.set(position, commit);
  }
  for (const commit of commits.values()) {
    const share = worthOf(commit.n, alike) / commit.n;
    for (const side of [commit.old, commit.new]) for (let u = 0; u < LEVELS; u++) side[u] = (side[u] as number) * share;
  }
  return [...commits.values()].sort((a, b) => a.position - b.position);
}

function add(sums: Float64Array, values: Float64Array, sign: 1 | -1): void {
  for (let u = 0; u < LEVELS; u++) sums[u] = (sums[u] as number) + sign * (values[u] as number);
}

function logSum(values: Float64Array): number {
  const top = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  let sum = 0;
  for (let u = 0; u < values.length; u++) sum += Math.exp((values[u] as number) - top);
  return top + Math.log(sum);
}
