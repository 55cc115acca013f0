import type { ShiftCause } from "@/lib/cause/controls";
import type { Candidate, CurrentShift } from "@/lib/shift/types";
import { measurementsOf } from "./find";
import type { SimulatedProject, Truth } from "./types";

/** What the shifts found are compared by: a range, members on lines of the simulation, and what the controls say. */
export type FoundShift = Pick<CurrentShift<Candidate>, "lastGood" | "firstShifted"> & {
  members: Pick<Candidate, "line" | "lastGood" | "firstShifted" | "at" | "before" | "after">[];
  cause: ShiftCause | null;
};

export type ProjectScore = {
  /** True steps of at least LEAST_SDS with at least LEAST_POINTS points on either side. */
  truths: number;
  found: number;
  /** Those found whose shift holds the true commit in its range. */
  inRange: number;
  shifts: number;
  /** Shifts of which no member is at a true step of its line: of chance, of slow runs, of drift. */
  byChance: number;
  bySlowRun: number;
  byDrift: number;
  /** Of an environment that moved, and not told as 'environment, not code'. */
  byEnvironment: number;
  /** The same, and told so: not false. */
  environment: number;
  /** Found steps of the code that the controls put down to the environment. */
  excused: number;
  /** Further shifts for a true step that another one tells already. */
  fragments: number;
};

const LEAST_SDS = 3;
const LEAST_POINTS = 8;
/** Measured commits of its line that a changepoint may be off and still be of the true step. */
const MARGIN = 3;

/** Scores what was found in a project against its truth. */
export function scoreProject(project: SimulatedProject, shifts: readonly FoundShift[]): ProjectScore {
  const measured = measuredOf(project);
  const truths = project.truths.filter((truth) => isFair(project, truth, measured));
  const told = new Map(project.truths.map((truth) => [truth, tellersOf(truth, shifts, measured)]));
  const best = new Set([...told.values()].flatMap((tellers) => tellers.slice(0, 1)));
  const tellers = new Set([...told.values()].flat());
  const found = truths.filter((truth) => (told.get(truth)?.length ?? 0) > 0);
  const holds = (truth: Truth) => {
    const shift = told.get(truth)?.[0];
    return shift !== undefined && shift.lastGood < truth.at && truth.at <= shift.firstShifted;
  };
  const score = { truths: truths.length, found: found.length, inRange: found.filter(holds).length };
  const wrong = shifts.filter((shift) => !tellers.has(shift));
  const causes = wrong.map((shift) => causeOf(project, shift));
  const excused = found.filter((truth) => isExcused(told.get(truth)?.[0])).length;
  return {
    ...score,
    excused,
    shifts: shifts.length,
    byEnvironment: causes.filter((cause) => cause === "environment").length,
    environment: causes.filter((cause) => cause === "told environment").length,
    byChance: causes.filter((cause) => cause === "chance").length,
    bySlowRun: causes.filter((cause) => cause === "slow run").length,
    byDrift: causes.filter((cause) => cause === "drift").length,
    fragments: shifts.filter((shift) => tellers.has(shift) && !best.has(shift)).length,
  };
}

/** Of those that people are told of: the analysis stands by it, or did before it was undone. */
export const isConfirmed = (shift: CurrentShift<Candidate>): boolean =>
  shift.members.some(({ state }) => state === "confirmed");

/** Shifts that no step of the code made, or that tell one again. */
export const falseOf = ({ byChance, bySlowRun, byDrift, byEnvironment, fragments }: ProjectScore): number =>
  byChance + bySlowRun + byDrift + byEnvironment + fragments;

/** Sums over projects. */
export function addScores(scores: readonly ProjectScore[]): ProjectScore {
  const sum = (key: keyof ProjectScore) => scores.reduce((total, score) => total + score[key], 0);
  return {
    ...{ truths: sum("truths"), found: sum("found"), inRange: sum("inRange"), shifts: sum("shifts") },
    ...{ byChance: sum("byChance"), bySlowRun: sum("bySlowRun"), byDrift: sum("byDrift"), fragments: sum("fragments") },
    ...{ byEnvironment: sum("byEnvironment"), environment: sum("environment"), excused: sum("excused") },
  };
}

/** Positions measured per line and track, ascending. */
type Measured = Map<string, Map<string, number[]>>;

function measuredOf(project: SimulatedProject): Measured {
  return new Map(
    [...measurementsOf(project)].map(([line, measurements]) => {
      const tracks = new Map<string, Set<number>>();
      for (const { version, factsGroup, position } of measurements) {
        const key = `${version} ${factsGroup}`;
        tracks.set(key, (tracks.get(key) ?? new Set()).add(position));
      }
      return [line, new Map([...tracks].map(([key, places]) => [key, [...places].sort((a, b) => a - b)]))];
    }),
  );
}

/** Whether a line of the step shows it by LEAST_SDS with LEAST_POINTS points on either side within one track. */
function isFair(project: SimulatedProject, { at, effects }: Truth, measured: Measured): boolean {
  return project.lines.some((line) => {
    const effect = effects.get(line.name);
    if (effect === undefined || Math.abs(effect) < LEAST_SDS * line.noise) return false;
    const steps = project.truths.filter((truth) => truth.effects.has(line.name)).map((truth) => truth.at);
    const from = Math.max(0, ...steps.filter((step) => step < at));
    const to = Math.min(project.commits, ...steps.filter((step) => step > at));
    return [...(measured.get(line.name)?.values() ?? [])].some((places) => {
      const before = places.filter((place) => place >= from && place < at).length;
      const after = places.filter((place) => place >= at && place < to).length;
      return before >= LEAST_POINTS && after >= LEAST_POINTS;
    });
  });
}

/** Shifts with members of the step, the one with most of them first. */
function tellersOf(truth: Truth, shifts: readonly FoundShift[], measured: Measured): FoundShift[] {
  return shifts
    .map((shift) => ({ shift, members: shift.members.filter((member) => tells(member, truth, measured)).length }))
    .filter(({ members }) => members > 0)
    .sort((a, b) => b.members - a.members)
    .map(({ shift }) => shift);
}

function tells(member: FoundShift["members"][number], { at, effects }: Truth, measured: Measured): boolean {
  const effect = effects.get(member.line);
  if (effect === undefined || Math.sign(member.after - member.before) !== Math.sign(effect)) return false;
  const [from, to] = [Math.min(member.at, at), Math.max(member.at, at)];
  const places = new Set([...(measured.get(member.line)?.values() ?? [])].flat());
  const between = [...places].filter((place) => place >= from && place < to).length;
  return between <= MARGIN || (member.lastGood < at && at <= member.firstShifted);
}

type Cause = "told environment" | "environment" | "drift" | "slow run" | "chance";

const isExcused = (shift: FoundShift | undefined) => shift?.cause?.kind === "environment";

/** Why a shift was told that is none of the code's. */
function causeOf(project: SimulatedProject, shift: FoundShift): Cause {
  if (isOfMove(project, shift)) return isExcused(shift) ? "told environment" : "environment";
  const lines = new Map(project.lines.map((line) => [line.name, line]));
  if (shift.members.some(({ line }) => lines.get(line)?.drift)) return "drift";
  const isNear = project.runs.some(
    ({ slow, position }) => slow && position >= shift.lastGood - 3 && position <= shift.firstShifted + 3,
  );
  const ofTime = shift.members.every(({ line }) => lines.get(line)?.metric === "duration");
  return isNear && ofTime && shift.members.length > 1 ? "slow run" : "chance";
}

/** Whether most members lie on durations of the environment that moved, near the place where it did. */
function isOfMove({ move }: SimulatedProject, { members }: FoundShift): boolean {
  if (!move) return false;
  const own = members.filter(({ line, lastGood, firstShifted }) => {
    const [, metric, environment] = JSON.parse(line) as string[];
    const isThere = lastGood - MARGIN < move.at && move.at <= firstShifted + MARGIN;
    return metric === "duration" && environment === move.environment && isThere;
  });
  return own.length * 2 > members.length;
}
