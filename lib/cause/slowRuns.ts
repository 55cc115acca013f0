import { median } from "../stats/quantile";
import { MAD_TO_SD, medianAbsolute } from "../stats/spread";

/** What one run measured of one metric: case x track to its value > 0. Runs without any may be left out. */
export type MeasuredRun = {
  id: number;
  /** Place of its commit on the branch. */
  position: number;
  values: ReadonlyMap<string, number>;
};

/**
 * usual; pending: all of its cases are slow, or all fast, and no later run has shown which of the two it is; slow: later
 * runs are back, so it was the run; shift: later commits stay there, so it was not.
 */
export type RunState = "usual" | "pending" | "slow" | "shift";

export type RunJudgement = {
  id: number;
  state: RunState;
  /** Median over its cases of value / level before: 1.1 is 10 % slower. null: too few cases to tell. */
  factor: number | null;
  /** Cases that it rests on. */
  cases: number;
};

/** Fewer cases are no sign of the run as a whole. */
export const LEAST_CASES = 8;
/** A case is compared with its values at the commits measured before, up to so many ... */
const REFERENCE = 8;
/** ... at least so many ... */
const LEAST_REFERENCE = 5;
/** ... of so many measured commits. */
const REFERENCE_WINDOW = 12;
/** Measured commits from which is taken how far runs lie from their neighbours anyway. */
const USUAL_WINDOW = 16;
/** A run is far when its median standardised residual exceeds so many standard deviations of that of usual runs. */
const FAR_SDS = 4;
/** And when so large a share of its cases lies on the same side. */
const SAME_SIDE = 0.75;
/** Later runs stay there while they lie at least so far, as a share; otherwise they are back. */
const STAYS = 0.5;
/** More measured commits than these in a row are no slow run any more. */
const LONGEST = 2;
/** Standard error of a median of n standard normal values, times the root of n. */
const MEDIAN_ERROR = 1.2533;
/** Values with few digits repeat: their spread is not below this, as a logarithm. */
const LEAST_SPREAD = 1e-4;

/** A run's judgement depends on so many measured commits before it, and on so few after it. */
export const LOOKS_BACK = REFERENCE_WINDOW + USUAL_WINDOW + REFERENCE + LONGEST;
export const LOOKS_AHEAD = LONGEST + 1;

/**
 * Judges runs of one environment and metric as wholes, in the order of commits (`runs` sorted by position). The residual of
 * a case is its log against the median of its values at up to 8 commits before, on its track, in standard deviations of
 * these; the run's is the median over at least 8 cases. It is far when that exceeds what runs of the 16 commits before show,
 * and what that many cases show by chance; smaller than half of `smallestEffect` (relative) it is never far. Far runs in a
 * row, in one direction, are one episode: up to two commits and then back is slow, or fast; not yet back is pending;
 * longer is a shift, which is left to detection. Symmetric: a run that is fast as a whole is none of the code's either.
 * Only positions decide, so any order of arrival gives the same. O(runs x cases).
 */
export function judgeRuns(runs: readonly MeasuredRun[], smallestEffect: number): RunJudgement[] {
  const residuals = residualsOf(runs);
  const least = Math.log1p(smallestEffect / 2);
  const signs = residuals.map((one, i) =>
    isFar(residuals, runs, i) && Math.abs(one.factor) >= least ? Math.sign(one.factor) : 0,
  );
  const states: RunState[] = runs.map(() => "usual");
  const told = residuals.flatMap((one, i) => (one.cases >= LEAST_CASES ? [i] : []));
  for (let k = 0; k < told.length; ) {
    const end = endOfEpisode(told, k, signs, residuals);
    if (end > k) {
      const inside = told.slice(k, end);
      const commits = new Set(inside.map((i) => runs[i]?.position)).size;
      const state = commits > LONGEST ? "shift" : end < told.length ? "slow" : "pending";
      for (const i of inside) states[i] = state;
    }
    k = Math.max(end, k + 1);
  }
  return runs.map(({ id }, i) => {
    const { cases, factor } = residuals[i] as Residual;
    return { id, state: states[i] ?? "usual", factor: cases >= LEAST_CASES ? Math.exp(factor) : null, cases };
  });
}

/** `z`: median standardised residual; `factor`: median residual as a logarithm; `sameSide`: share of cases on its side. */
type Residual = { cases: number; z: number; factor: number; sameSide: number };

function residualsOf(runs: readonly MeasuredRun[]): Residual[] {
  const history = new Map<string, { position: number; logs: number[] }[]>();
  const residuals: Residual[] = [];
  const positions = [...new Set(runs.map(({ position }) => position))];
  const ordinal = new Map(positions.map((position, i) => [position, i]));
  for (let start = 0; start < runs.length; ) {
    let end = start;
    while (runs[end]?.position === runs[start]?.position) end++;
    const commit = runs.slice(start, end);
    const oldest = positions[Math.max(0, (ordinal.get(commit[0]?.position ?? 0) ?? 0) - REFERENCE_WINDOW)] ?? 0;
    const references = new Map<string, Reference>();
    for (const run of commit)
      residuals.push(
        residualOf(run, (key) => memo(references, key, () => referenceOf(history.get(key) ?? [], oldest))),
      );
    for (const run of commit) remember(run, history);
    start = end;
  }
  return residuals;
}

type Reference = { level: number; spread: number } | null;

function memo<Value>(known: Map<string, Value>, key: string, make: () => Value): Value {
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = make();
  known.set(key, made);
  return made;
}

function referenceOf(before: readonly { position: number; logs: number[] }[], oldest: number): Reference {
  const logs = before
    .slice(-REFERENCE)
    .flatMap(({ position, logs }) => (position >= oldest ? [median(logs) as number] : []));
  if (logs.length < LEAST_REFERENCE) return null;
  const level = median(logs) as number;
  return { level, spread: (medianAbsolute(logs, level) as number) * MAD_TO_SD * Math.sqrt(1 + 1.57 / logs.length) };
}

/** Spreads of few values scatter: each is drawn half-way to that of all cases. */
function residualOf(run: MeasuredRun, referenceFor: (key: string) => Reference): Residual {
  const found: { residual: number; spread: number }[] = [];
  for (const [key, value] of run.values) {
    const reference = value > 0 ? referenceFor(key) : null;
    if (reference) found.push({ residual: Math.log(value) - reference.level, spread: reference.spread });
  }
  if (found.length === 0) return { cases: 0, z: 0, factor: 0, sameSide: 0 };
  const common = median(found.map(({ spread }) => spread)) as number;
  const factor = median(found.map(({ residual }) => residual)) as number;
  const z = median(
    found.map(({ residual, spread }) => residual / Math.max(LEAST_SPREAD, Math.hypot(spread, common) / Math.SQRT2)),
  ) as number;
  const same = found.filter(({ residual }) => Math.sign(residual) === Math.sign(factor)).length;
  return { cases: found.length, z, factor, sameSide: same / found.length };
}

function remember(
  { position, values }: MeasuredRun,
  history: Map<string, { position: number; logs: number[] }[]>,
): void {
  for (const [key, value] of values) {
    if (!(value > 0)) continue;
    const own = history.get(key) ?? [];
    history.set(key, own);
    const last = own.at(-1);
    if (last?.position === position) last.logs.push(Math.log(value));
    else own.push({ position, logs: [Math.log(value)] });
    if (own.length > REFERENCE + 1) own.shift();
  }
}

function isFar(residuals: readonly Residual[], runs: readonly MeasuredRun[], i: number): boolean {
  const own = residuals[i] as Residual;
  if (own.cases < LEAST_CASES || own.sameSide < SAME_SIDE) return false;
  const before: number[] = [];
  const commits = new Set<number>();
  for (let k = i - 1; k >= 0; k--) {
    const { position } = runs[k] as MeasuredRun;
    if (position === runs[i]?.position) continue;
    if (!commits.has(position) && commits.size === USUAL_WINDOW) break;
    commits.add(position);
    if ((residuals[k]?.cases ?? 0) >= LEAST_CASES) before.push(Math.abs(residuals[k]?.z ?? 0));
  }
  const usual = before.length >= LEAST_REFERENCE ? (median(before) as number) * MAD_TO_SD : 0;
  return Math.abs(own.z) >= FAR_SDS * Math.max(usual, MEDIAN_ERROR / Math.sqrt(own.cases));
}

/** Where the episode that begins at `told[k]` ends; k: none begins there. */
function endOfEpisode(
  told: readonly number[],
  k: number,
  signs: readonly number[],
  residuals: readonly Residual[],
): number {
  const first = told[k] as number;
  const sign = signs[first];
  if (!sign) return k;
  const factors = [residuals[first]?.factor ?? 0];
  let end = k + 1;
  for (; end < told.length; end++) {
    const factor = (residuals[told[end] as number]?.factor ?? 0) * sign;
    if (factor < STAYS * Math.abs(median(factors) as number)) break;
    factors.push(factor);
  }
  return end;
}
