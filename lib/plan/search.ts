import { seeded } from "@/lib/stats/random";
import { MOST_REPEATS, MOST_RUNS, STAY } from "./constants";
import { worthOf } from "./evidence";
import { informationAt, type Signal } from "./signal";

/**
 * What may be the first of the new level, in order: parts of one commit each, of several where those between did not build
 * or run. A run at a part's last commit, its cut, tells it and all before it from all after it.
 */
export type Parts = {
  cuts: number[];
  probability: Float64Array;
  /** Runs that are there already at each cut. */
  runs: Float64Array;
};

/** Index of the part with the most information for one more run at its cut; null where no run would tell anything. */
export function mostTelling({ probability, runs }: Parts, signal: Signal): number | null {
  let best: number | null = null;
  let most = 1e-9;
  let sum = 0;
  for (let k = 0; k < probability.length - 1; k++) {
    sum += probability[k] as number;
    const worth = signal.alike === 0 ? 1 : gainOf(runs[k] as number, signal);
    const gain = worth * informationAt(signal, sum);
    if (gain > most * (1 + 1e-9)) [best, most] = [k, gain];
    // Information has one peak: past it, where repeats are worth the same, nothing better follows.
    if (signal.alike === 0 && best !== null && gain < most) break;
  }
  return best;
}

/** What one more run at a commit of n runs adds, in independent runs. */
const gainOf = (n: number, { alike }: Signal) => worthOf(n + 1, alike) - worthOf(n, alike);

export type Outlook = { runs: number; expectedRuns: number | null };

/**
 * Plays the search to its end `most` times, fewer where the range is long, with the true part drawn from the posterior
 * and outcomes from the signal. `runs`: how many runs in a row at the first cut STAY of the searches make before another
 * commit tells more. The same input gives the same answer.
 */
export function lookAhead(parts: Parts, signal: Signal, certain: number, most: number): Outlook {
  const size = parts.cuts.length;
  const random = seeded(size);
  const searches = Math.min(most, Math.max(40, Math.round(60_000 / size)));
  if (searches < 1) return { runs: 1, expectedRuns: null };
  const ends = Array.from({ length: searches }, (_, s) =>
    playOnce(parts, signal, { at: (s + random()) / searches, certain, random }),
  );
  const stays = ends.map(({ stay }) => stay).sort((a, b) => a - b);
  const stay = stays[Math.floor((1 - STAY) * searches)] as number;
  const isEndless = ends.filter(({ runs }) => runs >= MOST_RUNS).length > searches / 20;
  const mean = ends.reduce((sum, { runs }) => sum + runs, 0) / searches;
  return { runs: Math.min(MOST_REPEATS, Math.max(1, stay)), expectedRuns: isEndless ? null : mean };
}

/** `at`: the quantile of the posterior at which the true part lies. */
type Game = { at: number; certain: number; random: () => number };

/** One search: its runs, and how many of them were made in a row where it began. */
function playOnce(start: Parts, signal: Signal, { at, certain, random }: Game): { runs: number; stay: number } {
  const parts: Parts = { cuts: start.cuts, probability: start.probability.slice(), runs: start.runs.slice() };
  const truth = partAt(parts, at);
  let first: number | null = null;
  let stay = 0;
  let isStaying = true;
  let runs = 0;
  while (runs < MOST_RUNS && largest(parts.probability) < certain) {
    const cut = mostTelling(parts, signal);
    if (cut === null) return { runs: MOST_RUNS, stay };
    first ??= cut;
    isStaying &&= cut === first;
    if (isStaying) stay++;
    const before = parts.runs[cut] as number;
    const outcomes = truth <= cut ? signal.onNew : signal.onOld;
    const logRatio = outcomes[Math.floor(random() * outcomes.length)] as number;
    update(parts.probability, cut, logRatio * gainOf(before, signal));
    parts.runs[cut] = before + 1;
    runs++;
  }
  return { runs, stay };
}

export function largest(values: Float64Array): number {
  let most = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < values.length; k++) if ((values[k] as number) > most) most = values[k] as number;
  return most;
}

function partAt({ probability }: Parts, quantile: number): number {
  let sum = 0;
  const found = probability.findIndex((value) => {
    sum += value;
    return sum > quantile;
  });
  return found < 0 ? probability.length - 1 : found;
}

/** Bayes' rule: parts up to the cut are likelier by e^logRatio when its commit is on the new level. */
function update(probability: Float64Array, cut: number, logRatio: number): void {
  const factor = Math.exp(Math.min(50, Math.max(-50, logRatio)));
  let total = 0;
  for (let k = 0; k < probability.length; k++) {
    if (k <= cut) probability[k] = (probability[k] as number) * factor;
    total += probability[k] as number;
  }
  for (let k = 0; k < probability.length; k++) probability[k] = (probability[k] as number) / total;
}
