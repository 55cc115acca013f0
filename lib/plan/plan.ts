import { CERTAIN, SEARCHES } from "./constants";
import { type Evidence, evidenceOf } from "./evidence";
import { posteriorOf } from "./posterior";
import { largest, lookAhead, mostTelling, type Parts } from "./search";
import { signalOf } from "./signal";
import type { Plan, PlanInput } from "./types";

/**
 * Where to measure next so that the expected number of runs to one commit is least: a search with noisy answers. Every
 * commit has a posterior probability; the run with the most information about the place of the step is next, which is the
 * median of the posterior where noise is symmetric. Sources: Horstein 1963, IEEE Trans. Inform. Theory 9; Burnashev &
 * Zigangirov 1974; Waeber, Frazier & Henderson 2013, doi 10.1137/120861898; information as the measure of a run: Lindley
 * 1956, doi 10.1214/aoms/1177728069. Described in docs/statistics.md, Where to measure next.
 *
 * Throws RangeError when `from` lies behind `to`. O(runs + searches x runs of a search x commits).
 */
export function planNext(input: PlanInput): Plan {
  const { from, to, blocked, where, certain = CERTAIN, searches = SEARCHES } = input;
  if (!(from <= to)) throw new RangeError(`There is no commit from ${from} to ${to}.`);
  const evidence = evidences(input);
  const posterior = posteriorOf(evidence, from, to);
  const candidates = Array.from(posterior, (probability, k) => ({ position: from + k, probability }));
  const certainty = largest(posterior);
  const places = evidence.filter(({ environment }) => where === undefined || environment === where);
  const effect = places[0] ? 1 / places[0].scale : null;
  const nothing = { measure: null, expectedRuns: null, certainty, candidates, effect };
  if (from === to || (evidence.length > 0 && certainty >= certain))
    return { ...nothing, state: "done", expectedRuns: 0 };
  if (places.length === 0) return { ...nothing, state: "unknown" };
  for (const one of places) {
    const signal = signalOf(one);
    const parts = partsOf(posterior, from, one, blocked.get(one.environment));
    const cut = largest(parts.probability) < certain ? mostTelling(parts, signal) : null;
    if (cut === null) continue;
    const { runs, expectedRuns } = lookAhead(parts, signal, certain, searches);
    const measure = { position: parts.cuts[cut] as number, environment: one.environment, runs };
    return { ...nothing, state: "measure", measure, expectedRuns, effect: signal.effect };
  }
  return { ...nothing, state: "stuck" };
}

/** Per environment, the one whose runs tell most first. */
function evidences({ members, lastGood, firstShifted }: PlanInput): Evidence[] {
  const environments = [...new Set(members.map(({ environment }) => environment))].sort();
  return environments
    .flatMap((environment) => {
      const own = members.filter((member) => member.environment === environment);
      return evidenceOf(own, { lastGood, firstShifted }) ?? [];
    })
    .sort((a, b) => a.scale - b.scale);
}

/** Commits in order, those joined that no commit which can be measured lies between. */
function partsOf(posterior: Float64Array, from: number, evidence: Evidence, blocked?: ReadonlySet<number>): Parts {
  const known = new Map<number, number>();
  for (const { position } of evidence.runs) known.set(position, (known.get(position) ?? 0) + 1);
  const cuts: number[] = [];
  const sums: number[] = [];
  let open = 0;
  for (let k = 0; k < posterior.length; k++) {
    open += posterior[k] as number;
    if (blocked?.has(from + k) && k < posterior.length - 1) continue;
    cuts.push(from + k);
    sums.push(open);
    open = 0;
  }
  return { cuts, probability: Float64Array.from(sums), runs: Float64Array.from(cuts, (cut) => known.get(cut) ?? 0) };
}
