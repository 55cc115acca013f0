import { estimateLogDensity, type LogDensity } from "../changepoint/density";
import { median } from "../stats/quantile";
import { MAD_TO_SD, medianAbsolute } from "../stats/spread";
import { CLIP_SDS, MOST_EFFECT } from "./constants";
import type { MemberRun, PlanMember } from "./types";

/** What a run says of the place of the step: 0 lies on the level before, 1 on the level after. */
export type ScoredRun = {
  position: number;
  score: number;
  /** The spread of this score over that of a run that measured everything. */
  spread: number;
};

/** The runs of one environment as scores, and the noise of these scores. */
export type Evidence = {
  environment: string;
  runs: ScoredRun[];
  /** Robust sd of a score. */
  scale: number;
  /** Log density of a score around its level, in units of `scale`. */
  logDensity: LogDensity;
  /** Correlation of two runs at one commit, 0 to 1: a repeat tells less the larger it is. */
  alike: number;
  /** Runs that surely lie on either level. */
  before: number;
  after: number;
};

type Range = { lastGood: number; firstShifted: number };
type Scaled = { runs: Map<number, { position: number; x: number }>; weight: number };

/**
 * One number per run from all members that it measured: the mean of the members' values, each put on the scale from its
 * level before (0) to its level after (1), weighted by its precision. Noise that members share (a slow cluster, wall and
 * CPU time of one workload) is in the scatter of these means, which is measured on the runs outside the range; nothing is
 * counted twice, as it would be if members were taken for independent. All of one environment.
 * null where no member tells the levels apart.
 */
export function evidenceOf(members: readonly PlanMember[], range: Range): Evidence | null {
  const scaled = members.flatMap((member) => scaleMember(member, range) ?? []);
  const environment = members[0]?.environment;
  if (scaled.length === 0 || environment === undefined) return null;
  const runs = scoreRuns(scaled);
  const residuals = residualsOf(runs, range);
  const prior = 1 / Math.sqrt(scaled.reduce((sum, member) => sum + member.weight, 0));
  const scale = Math.max(1 / MOST_EFFECT, spreadOf(residuals.map(({ residual }) => residual)) ?? prior);
  return {
    environment,
    runs,
    scale,
    logDensity: estimateLogDensity(residuals.map(({ residual }) => residual / scale)),
    alike: likenessOf(residuals, CLIP_SDS * scale),
    before: residuals.filter(({ isAfter }) => !isAfter).length,
    after: residuals.filter(({ isAfter }) => isAfter).length,
  };
}

/** A member's runs between its levels; logs where everything is above 0, for noise grows with the level. */
function scaleMember(member: PlanMember, range: Range): Scaled | null {
  const isPositive = member.before > 0 && member.after > 0 && member.runs.every(({ value }) => value > 0);
  const of = isPositive ? Math.log : (value: number) => value;
  const noise = isPositive ? member.noise / Math.min(member.before, member.after) : member.noise;
  const runs = member.runs.map((run) => ({ ...run, value: of(run.value) }));
  const sides = sidesOf(runs, range);
  const before = median(sides.before) ?? of(member.before);
  const after = median(sides.after) ?? of(member.after);
  const step = after - before;
  if (!Number.isFinite(step) || step === 0 || !Number.isFinite(1 / step)) return null;
  const residuals = [...sides.before.map((x) => x - before), ...sides.after.map((x) => x - after)];
  const sd = spreadOf(residuals) ?? noise;
  const effect = Math.min(MOST_EFFECT, Math.abs(step) / (Number.isFinite(sd) ? sd : Math.abs(step)));
  if (!(effect > 0)) return null;
  const room = CLIP_SDS / effect;
  const clip = (x: number) => Math.min(1 + room, Math.max(-room, x));
  return {
    runs: new Map(runs.map(({ run, position, value }) => [run, { position, x: clip((value - before) / step) }])),
    weight: effect ** 2,
  };
}

function sidesOf(runs: readonly MemberRun[], { lastGood, firstShifted }: Range) {
  const valuesOf = (kept: readonly MemberRun[]) => kept.map(({ value }) => value);
  return {
    before: valuesOf(runs.filter(({ position }) => position <= lastGood)),
    after: valuesOf(runs.filter(({ position }) => position >= firstShifted)),
  };
}

/** Robust sd of residuals around two fitted levels; null for fewer than five: then others know better. */
function spreadOf(residuals: readonly number[]): number | null {
  const n = residuals.length;
  if (n < 5) return null;
  return (medianAbsolute(residuals) as number) * MAD_TO_SD * Math.sqrt(n / (n - 2));
}

function scoreRuns(members: readonly Scaled[]): ScoredRun[] {
  const sums = new Map<number, { position: number; sum: number; weight: number }>();
  let whole = 0;
  for (const { runs, weight } of members) {
    whole += weight;
    for (const [run, { position, x }] of runs) {
      const before = sums.get(run) ?? { position, sum: 0, weight: 0 };
      sums.set(run, { position, sum: before.sum + weight * x, weight: before.weight + weight });
    }
  }
  return [...sums.values()].map(({ position, sum, weight }) => ({
    position,
    score: sum / weight,
    spread: Math.sqrt(whole / weight),
  }));
}

type Residual = { position: number; residual: number; isAfter: boolean };

/** Scores of the runs outside the range minus their level, over their spread. */
function residualsOf(runs: readonly ScoredRun[], { lastGood, firstShifted }: Range): Residual[] {
  const sure = runs.filter(({ position }) => position <= lastGood || position >= firstShifted);
  const levels = [false, true].map((isAfter) =>
    median(sure.filter(({ position }) => position >= firstShifted === isAfter).map(({ score }) => score)),
  );
  return sure.map(({ position, score, spread }) => {
    const isAfter = position >= firstShifted;
    return { position, residual: (score - (levels[Number(isAfter)] as number)) / spread, isAfter };
  });
}

/**
 * Correlation of two runs of one commit, from commits that have several: their mean product over the mean square, spikes
 * clipped at `bound`. Drawn towards 0 as if ten pairs had shown none, for a few pairs show anything.
 */
function likenessOf(residuals: readonly Residual[], bound: number): number {
  const commits = new Map<number, { n: number; sum: number; squares: number }>();
  for (const { position, residual } of residuals) {
    const x = Math.min(bound, Math.max(-bound, residual));
    const { n, sum, squares } = commits.get(position) ?? { n: 0, sum: 0, squares: 0 };
    commits.set(position, { n: n + 1, sum: sum + x, squares: squares + x * x });
  }
  let product = 0;
  let square = 0;
  let pairs = 0;
  for (const { n, sum, squares } of commits.values()) {
    pairs += n - 1;
    product += (sum ** 2 - squares) / n;
    square += (squares * (n - 1)) / n;
  }
  if (!(square > 0)) return 0;
  return (Math.min(1, Math.max(0, product / square)) * pairs) / (pairs + 10);
}

/** What n runs of one commit are worth in independent ones (the design effect: Kish 1965). */
export function worthOf(n: number, alike: number): number {
  return n / (1 + (n - 1) * alike);
}
