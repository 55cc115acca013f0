import {
  addScores,
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
  const headings = "seed,commits,series,true,found,in range,shifts,chance,slow run,drift,second,confirmed false".split(
    ",",
  );
  const rows = scores.map(({ cells, score, confirmed: sure }) => rowOf(cells, score, sure));
  console.log(table(headings, [...rows, rowOf(["all", "", ""], all, confirmed)]));
  const figures = {
    foundShare: all.found / all.truths,
    inRangeShare: all.inRange / all.found,
    falsePerProject: falseOf(all) / projects,
    most: Math.max(...scores.map(({ score }) => falseOf(score))),
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
  const { shifts, lines } = findShifts(project);
  return {
    cells: [String(seed), String(project.commits), String(lines)],
    score: scoreProject(project, shifts.current),
    confirmed: scoreProject(project, shifts.current.filter(isConfirmed)),
  };
}

const falseOf = ({ byChance, bySlowRun, byDrift, fragments }: ProjectScore) =>
  byChance + bySlowRun + byDrift + fragments;

function rowOf(cells: string[], score: ProjectScore, confirmed: ProjectScore): string[] {
  const { truths, found, inRange, shifts, byChance, bySlowRun, byDrift, fragments } = score;
  const counts = [truths, found, inRange, shifts, byChance, bySlowRun, byDrift, fragments, falseOf(confirmed)];
  return [...cells, ...counts.map(String)];
}
