import type { NamedLine } from "../model/line";
import type { ChangepointDirection, ShiftDirection } from "../model/words";

/** One changepoint of a shift in full words: the evidence. Levels and difference are in `unit`. */
export type Member = NamedLine & {
  direction: ChangepointDirection;
  state: "provisional" | "confirmed";
  before: number;
  after: number;
  /** after / before - 1; null where no ratio exists. */
  change: number | null;
  difference: number;
  /** 95 % interval of `change`, of `difference` where that is null; null where it cannot be told. */
  interval: [number, number] | null;
  p: number;
  pointsBefore: number;
  pointsAfter: number;
};

/** How many case x metric pairs of a shift moved which way; `moved`: the metric has no good direction. */
export type Counts = { worse: number; better: number; moved: number };

/** What lists show of a shift, stored in shifts.summary and written anew whenever the members change. */
export type ShiftSummary = Counts & {
  /** Members, over all environments. A pair that moved in two environments is two of them. */
  changepoints: number;
  /** The member that leads the title: the worst, else the best, else the largest. */
  largest: Member;
  /** Largest change for the worse and for the better, with the figures of the leading environment if it moved there too. */
  worst: Member | null;
  best: Member | null;
  /** In alphabetical order. */
  environments: (Counts & { name: string; costSeconds: number | null })[];
  /**
   * Seconds that one pass over all cases takes longer (negative: shorter) since the shift: differences of `duration`,
   * per case the mean over its environments, summed over cases. null: no duration moved.
   */
  costSeconds: number | null;
};

/**
 * What was known of a shift when it was first confirmed (until then: when it was opened), stored in shifts.reported and
 * never changed from then on.
 */
export type ShiftReport = {
  /** ISO time. */
  at: string;
  direction: ShiftDirection;
  state: "provisional" | "confirmed" | "recovered";
  /** Commits of the range as it was. */
  lastGood: string;
  firstShifted: string;
  changepoints: number;
  /** The largest changes, at most REPORTED_MEMBERS. */
  members: Member[];
};

/** A shift over thousands of lines keeps this many of them as evidence; their number is kept too. */
export const REPORTED_MEMBERS = 100;

/** Summary of the members of a shift, at least one. */
export function summarise(members: readonly Member[]): ShiftSummary {
  const ranked = rank(members);
  const leading = leadingEnvironment(members);
  const isSameStep = (one: Member, other: Member) => pairOf(one) === pairOf(other) && one.direction === other.direction;
  const told = (member: Member | undefined) =>
    (member && ranked.find((one) => one.environment === leading && isSameStep(one, member))) ?? member ?? null;
  const worst = told(ranked.find((member) => member.direction === "regression"));
  const best = told(ranked.find((member) => member.direction === "improvement"));
  const largest = worst ?? best ?? told(ranked[0]);
  if (!largest) throw new RangeError("A shift has at least one member.");
  const names = [...new Set(members.map((member) => member.environment))].sort();
  return {
    ...count(members),
    changepoints: members.length,
    largest,
    worst,
    best,
    environments: names.map((name) => {
      const there = members.filter((member) => member.environment === name);
      return { name, ...count(there), costSeconds: costOf(there) };
    }),
    costSeconds: costOf(members),
  };
}

/**
 * The environment that tells a shift: the one with most of its members, among equals the first by name. Title, sentence
 * and charts follow it, so that one page does not name two figures for one change. null without members.
 */
export function leadingEnvironment(members: readonly { environment: string }[]): string | null {
  const counts = new Map<string, number>();
  for (const { environment } of members) counts.set(environment, (counts.get(environment) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || compareWords(a, b))[0]?.[0] ?? null;
}

/** Largest first: confirmed ones before provisional ones, changes as ratios before those that have none. */
export function rank(members: readonly Member[]): Member[] {
  const size = (member: Member) => Math.abs(member.change ?? 0);
  return [...members].sort(
    (a, b) =>
      Number(b.state === "confirmed") - Number(a.state === "confirmed") ||
      size(b) - size(a) ||
      Math.abs(b.difference) - Math.abs(a.difference) ||
      compareWords(keyOf(a), keyOf(b)),
  );
}

function count(members: readonly Member[]): Counts {
  const pairs = { worse: new Set<string>(), better: new Set<string>(), moved: new Set<string>() };
  for (const member of members) pairs[sideOf(member.direction)].add(pairOf(member));
  return { worse: pairs.worse.size, better: pairs.better.size, moved: pairs.moved.size };
}

function sideOf(direction: ChangepointDirection): keyof Counts {
  if (direction === "regression") return "worse";
  return direction === "improvement" ? "better" : "moved";
}

const SECONDS: Record<string, number> = { ns: 1e-9, us: 1e-6, µs: 1e-6, ms: 1e-3, s: 1, min: 60, h: 3600, d: 86400 };

function costOf(members: readonly Member[]): number | null {
  const cases = new Map<string, number[]>();
  for (const member of members) {
    const seconds = SECONDS[member.unit];
    if (member.metric !== "duration" || seconds === undefined) continue;
    const differences = cases.get(pairOf(member));
    if (differences) differences.push(member.difference * seconds);
    else cases.set(pairOf(member), [member.difference * seconds]);
  }
  if (cases.size === 0) return null;
  return [...cases.values()].reduce((sum, all) => sum + all.reduce((a, b) => a + b, 0) / all.length, 0);
}

/** The case x metric pair. Params are canonical JSON: equal params have equal text. */
const pairOf = (member: Member) => JSON.stringify([member.workload, member.params, member.metric]);
const keyOf = (member: Member) => JSON.stringify([member.environment, pairOf(member), member.pointsBefore]);
const compareWords = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
