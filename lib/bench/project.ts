import {
  addScores,
  falseOf,
  findShifts,
  isConfirmed,
  type ProjectScore,
  scoreProject,
  simulate,
} from "@/lib/analysis/testing/simulate";
import { table } from "./table";

/** What is to be reached over all projects. */
const FOUND = 0.95;
const IN_RANGE = 0.95;
const FALSE_PER_PROJECT = 1;

/**
 * Analyses simulated projects whose truth is known and prints what was found, missed and told falsely, a project a row, and
 * all as one line of JSON. Gives 1 where it falls short of what is to be reached.
 */
export function benchProject({ projects, seed }: { projects: number; seed: number }): number {
  const scores = Array.from({ length: projects }, (_, k) => scoreSeed(seed + k));
  const all = addScores(scores.map(({ score }) => score));
  const confirmed = addScores(scores.map((one) => one.confirmed));
  const headings =
    "seed,commits,series,true,found,in range,excused,shifts,chance,slow run,drift,second,environment,told,confirmed false".split(
      ",",
    );
  const rows = scores.map(({ cells, score, confirmed: sure }) => rowOf(cells, score, sure));
  console.log(table(headings, [...rows, rowOf(["all", "", ""], all, confirmed)]));
  const own = scores.map(({ score }) => falseOf(score));
  const figures = {
    foundShare: all.found / all.truths,
    inRangeShare: all.inRange / all.found,
    inRangeInterval: shareInterval(all.inRange, all.found),
    falsePerProject: falseOf(all) / projects,
    falseInterval: meanInterval(own),
    most: Math.max(...own),
    confirmedFalsePerProject: falseOf(confirmed) / projects,
    confirmedFound: confirmed.found / confirmed.truths,
  };
  console.log(JSON.stringify({ bench: "project", projects, seed, ...all, ...figures }));
  const isReached =
    figures.foundShare >= FOUND && figures.inRangeShare >= IN_RANGE && figures.falsePerProject <= FALSE_PER_PROJECT;
  return isReached ? 0 : 1;
}

function scoreSeed(seed: number) {
  const project = simulate(seed);
  const { current, lines } = findShifts(project);
  return {
    cells: [String(seed), String(project.commits), String(lines)],
    score: scoreProject(project, current),
    confirmed: scoreProject(project, current.filter(isConfirmed)),
  };
}

/** 95 % of a mean over projects. */
function meanInterval(values: readonly number[]): [number, number] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const margin = 1.96 * Math.sqrt(squares / Math.max(1, values.length - 1) / values.length);
  return [Math.max(0, mean - margin), mean + margin];
}

/** 95 % of a share (Wilson 1927). */
function shareInterval(hits: number, of: number): [number, number] {
  const z = 1.96;
  const middle = (hits + z ** 2 / 2) / (of + z ** 2);
  const margin = (z / (of + z ** 2)) * Math.sqrt((hits * (of - hits)) / of + z ** 2 / 4);
  return [middle - margin, middle + margin];
}

function rowOf(cells: string[], score: ProjectScore, confirmed: ProjectScore): string[] {
  const { truths, found, inRange, excused, shifts, byChance, bySlowRun, byDrift, fragments } = score;
  const { byEnvironment, environment } = score;
  const wrong = [byChance, bySlowRun, byDrift, fragments, byEnvironment, environment];
  const counts = [truths, found, inRange, excused, shifts, ...wrong, falseOf(confirmed)];
  return [...cells, ...counts.map(String)];
}
