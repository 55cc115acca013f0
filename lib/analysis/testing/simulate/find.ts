import { FOUND_POINTS, HISTORY_POINTS } from "@/lib/changepoint/constants";
import { groupShifts } from "@/lib/shift";
import { confirm, type Unconfirmed } from "@/lib/shift/confirm";
import type { Candidate, Shifts } from "@/lib/shift/types";
import { judge } from "../../judge";
import { type Measurement, splitTracks } from "../../tracks";
import type { SimulatedProject } from "./types";

/** Smallest effect of every metric, as the default of a project has it. */
const SMALLEST_EFFECT = 0.02;

export type Found = { shifts: Shifts<Candidate>; lines: number; points: number };

/** What the analysis finds in a project, without a database: the functions that it calls, in its order. */
export function findShifts(project: SimulatedProject): Found {
  const found: (Candidate & Unconfirmed)[] = [];
  let points = 0;
  let looks = 0;
  const lines = measurementsOf(project);
  for (const [line, measurements] of lines) {
    const judgement = judge(splitTracks(measurements), "lower", SMALLEST_EFFECT);
    if (!judgement) continue;
    points += judgement.points;
    if (judgement.points >= HISTORY_POINTS + FOUND_POINTS) looks++;
    for (const c of judgement.changepoints) {
      found.push({
        ...{ line, track: `${c.seriesId}`, lastGood: c.lastGoodCommitId, firstShifted: c.firstShiftedCommitId },
        widest: { lastGood: c.widestGoodCommitId, firstShifted: c.widestShiftedCommitId },
        ...{ at: c.commitId, before: c.before, after: c.after, smallestEffect: SMALLEST_EFFECT },
        ...{ direction: c.direction, state: c.state, canGrow: c.canGrow ?? true },
        ...{ p: c.p, ownNeeds: c.needsPoints, pointsBefore: c.pointsBefore, pointsAfter: c.pointsAfter },
        ...{ correlation: c.correlation ?? 0, wasConfirmed: false },
      });
    }
  }
  const states = confirm(found, looks);
  const told = found.map((candidate, k): Candidate => ({ ...candidate, ...states[k] }));
  return { shifts: groupShifts(told, []), lines: lines.size, points };
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
