import { causeOf, controlsMove, type ShiftCause, sidesOf } from "@/lib/cause/controls";
import { judgeRuns, type MeasuredRun } from "@/lib/cause/slowRuns";
import { FOUND_POINTS, HISTORY_POINTS } from "@/lib/changepoint/constants";
import { groupShifts } from "@/lib/shift";
import { confirm, type Unconfirmed } from "@/lib/shift/confirm";
import type { Candidate, CurrentShift } from "@/lib/shift/types";
import { median } from "@/lib/stats/quantile";
import { judge } from "../../judge";
import { type Measurement, splitTracks } from "../../tracks";
import type { SimulatedProject } from "./types";

/** Smallest effect of every metric, as the default of a project has it. */
const SMALLEST_EFFECT = 0.02;

type Told = Candidate & { change: number | null };
export type FoundShifts = { current: (CurrentShift<Told> & { cause: ShiftCause | null })[]; lines: number };

/** What the analysis finds in a project, without a database: the functions that it calls, in its order. */
export function findShifts(project: SimulatedProject): FoundShifts {
  const lines = withoutSlowRuns(project);
  const found: (Told & Unconfirmed)[] = [];
  let looks = 0;
  for (const [line, measurements] of lines) {
    const judgement = judge(splitTracks(measurements), "lower", SMALLEST_EFFECT);
    if (!judgement) continue;
    if (judgement.points >= HISTORY_POINTS + FOUND_POINTS) looks++;
    for (const c of judgement.changepoints) {
      found.push({
        ...{ line, track: `${c.seriesId}`, lastGood: c.lastGoodCommitId, firstShifted: c.firstShiftedCommitId },
        widest: { lastGood: c.widestGoodCommitId, firstShifted: c.widestShiftedCommitId },
        ...{ at: c.commitId, before: c.before, after: c.after, change: c.change, smallestEffect: SMALLEST_EFFECT },
        ...{ direction: c.direction, state: c.state, canGrow: c.canGrow ?? true },
        ...{ p: c.p, ownNeeds: c.needsPoints, pointsBefore: c.pointsBefore, pointsAfter: c.pointsAfter },
        ...{ correlation: c.correlation ?? 0, wasConfirmed: false },
      });
    }
  }
  const states = confirm(found, looks);
  const told = found.map((candidate, k): Told => ({ ...candidate, ...states[k] }));
  const { current } = groupShifts(told, []);
  return { current: current.map((shift) => ({ ...shift, cause: askControls(project, shift) })), lines: lines.size };
}

/** Measurements per line, in order of arrival; ids of commits are their positions. */
export function measurementsOf(project: SimulatedProject): Map<string, Measurement[]> {
  const lines = new Map<string, Measurement[]>();
  project.runs.forEach(({ position, environment, facts, results }, runId) => {
    for (const { workload, version, metrics } of results)
      for (const [metric, samples] of Object.entries(metrics)) {
        const line = JSON.stringify([workload, metric, environment]);
        const own = lines.get(line) ?? [];
        lines.set(line, own);
        const seriesId = Number(version) * 2 + facts;
        own.push({ seriesId, version, factsGroup: facts, position, commitId: position, runId, samples });
      }
  });
  return lines;
}

type Lines = Map<string, Measurement[]>;
type Run = MeasuredRun & { values: Map<string, number> };

/** Metric and environment of a line: runs are judged for each. */
const groupOf = (line: string) => JSON.stringify((JSON.parse(line) as string[]).slice(1));

/** The measurements that are in levels: not those of runs that were slow as a whole, or may have been. */
function withoutSlowRuns(project: SimulatedProject): Lines {
  const lines = measurementsOf(project);
  const groups = new Map<string, Map<number, Run>>();
  for (const [line, measurements] of lines) {
    const runs = groups.get(groupOf(line)) ?? new Map<number, Run>();
    groups.set(groupOf(line), runs);
    for (const { runId, position, version, factsGroup, samples } of measurements) {
      const run = runs.get(runId) ?? { id: runId, position, values: new Map() };
      runs.set(runId, run);
      run.values.set(`${line} ${version} ${factsGroup}`, median(samples) as number);
    }
  }
  const leftOut = new Map([...groups].map(([group, runs]) => [group, slowOf(project, [...runs.values()])]));
  const isIn = (line: string) => (one: Measurement) => !leftOut.get(groupOf(line))?.has(one.runId);
  return new Map([...lines].map(([line, measurements]) => [line, measurements.filter(isIn(line))]));
}

/** In the order in which they were started; ids are places in the order of arrival. */
function slowOf({ runs }: SimulatedProject, measured: readonly Run[]): Set<number> {
  const ordered = [...measured].sort((a, b) => (runs[a.id]?.start ?? 0) - (runs[b.id]?.start ?? 0));
  const judged = judgeRuns(ordered, SMALLEST_EFFECT);
  return new Set(judged.flatMap(({ id, state }) => (state === "slow" || state === "pending" ? [id] : [])));
}

/** What the controls say of a shift; they measure the duration only. */
function askControls({ runs }: SimulatedProject, { members, ...range }: CurrentShift<Told>): ShiftCause | null {
  const environments = new Map<string, (number | null)[]>();
  for (const { line, change } of members) {
    const [, metric = "", environment = ""] = JSON.parse(line) as string[];
    if (metric === "duration") environments.set(environment, [...(environments.get(environment) ?? []), change]);
  }
  return causeOf(
    [...environments].map(([environment, changes]) => {
      const own = runs.filter((run) => run.environment === environment).sort((a, b) => a.position - b.position);
      const sides = (own[0]?.controls ?? []).map((_, k) =>
        sidesOf(
          own.flatMap(({ position, controls }) => {
            const value = controls[k];
            return value === undefined ? [] : [{ position, value }];
          }),
          range,
        ),
      );
      const change = median(changes.filter((one) => one !== null));
      return { environment, metric: "duration", ...controlsMove(sides, change) };
    }),
  );
}
