import { ExperimentBody } from "@/lib/commands/experimentBody";
import {
  CompareCaseQuery,
  CompareFloorQuery,
  CompareMatrixQuery,
  CompareQuery,
  ComponentsQuery,
  NextListQuery,
  NextQuery,
  OverviewQuery,
  PaletteQuery,
  SeriesQuery,
  ShiftsQuery,
  SidesQuery,
  WorkloadRowsQuery,
  WorkloadsQuery,
} from "@/lib/http/queries";
import {
  CompareAnswer,
  CompareCaseAnswer,
  CompareFloorAnswer,
  CompareMatrixAnswer,
  SidesAnswer,
} from "../answers/compare";
import { ExperimentsAnswer, StatedExperimentAnswer } from "../answers/experiments";
import { OverviewAnswer } from "../answers/overview";
import { AnalysisAnswer } from "../answers/projects";
import { NextAnswer, NextListAnswer, ShiftAnswer, ShiftsAnswer } from "../answers/shifts";
import { ComponentsAnswer, PaletteAnswer, SeriesAnswer, WorkloadRowsAnswer, WorkloadsAnswer } from "../answers/trends";
import type { Endpoint } from "../types";

const project = { project: "dask" };
const line = { workload: "array/anom_mean", metric: "duration" };
const sides = { baseline: "release:2022.7.0", contender: "release:2022.7.1" };

const columns = (names: string) => names.split(" ");

export const trends: Endpoint[] = [
  {
    method: "GET",
    path: "/api/v1/projects/{project}/analysis",
    id: "getAnalysis",
    group: "Trends",
    title: "How far the analysis is",
    text: "Poll it after sending, until pending is 0.",
    scope: "read",
    answers: [{ status: 200, text: "All of one moment.", schema: AnalysisAnswer }],
    examples: [{ name: "GET .../analysis", path: project, status: 200 }],
  },
  {
    method: "GET",
    path: "/api/v1/projects/{project}/overview",
    id: "getOverview",
    group: "Trends",
    title: "What the overview shows",
    text: "News, open shifts and their cost, freshness, what is missing or failed, and the last 60 measured commits of every workload.",
    scope: "read",
    query: OverviewQuery,
    answers: [{ status: 200, text: "The overview.", schema: OverviewAnswer }],
    examples: [{ name: "GET .../overview", path: project, status: 200 }],
  },
  {
    method: "GET",
    path: "/api/v1/projects/{project}/workloads",
    id: "listWorkloads",
    group: "Trends",
    title: "List the workloads",
    text: "Every case with the level of each metric now and its change, unrounded, in the metric's unit. As CSV all rows, one per case and metric.",
    scope: "read",
    query: WorkloadsQuery,
    answers: [
      {
        status: 200,
        text: "The cases that match.",
        schema: WorkloadsAnswer,
        csv: columns(
          "workload number params environment state metric unit better level before change noise points shifted p shiftState",
        ),
      },
    ],
    examples: [
      { name: "GET .../workloads", path: project, query: { limit: "1" }, status: 200 },
      { name: "GET .../workloads: csv", path: project, query: { format: "csv" }, status: 200 },
    ],
  },
  {
    method: "GET",
    path: "/api/v1/projects/{project}/workloads/rows",
    id: "readWorkloadRows",
    group: "Trends",
    title: "Rows of the list of workloads",
    text: "What the page of workloads draws: rows from a place on, with a glyph of the history of every metric.",
    scope: "read",
    query: WorkloadRowsQuery,
    answers: [{ status: 200, text: "The rows.", schema: WorkloadRowsAnswer }],
    examples: [{ name: "GET .../workloads/rows", path: project, query: { limit: "1" }, status: 200 }],
  },
  {
    method: "GET",
    path: "/api/v1/projects/{project}/series",
    id: "getSeries",
    group: "Trends",
    title: "The history of one line",
    text: "One case, metric and environment on a branch, in first-parent order: points, levels, changepoints, failures. Experiments, controls and excluded runs are left out. Levels and changepoints are told for the default branch.",
    scope: "read",
    query: SeriesQuery,
    answers: [
      {
        status: 200,
        text: "The line.",
        schema: SeriesAnswer,
        csv: columns("sha position committedAt pullRequest runs n value min max unit track open outlier"),
      },
    ],
    examples: [
      { name: "GET .../series", path: project, query: line, status: 200 },
      { name: "GET .../series: csv", path: project, query: { ...line, format: "csv" }, status: 200 },
      {
        name: "GET .../series: no such workload",
        path: project,
        query: { ...line, workload: "array/anom_maen" },
        status: 404,
      },
      { name: "GET .../series: misspelt", path: project, query: { ...line, enviroment: "10x-m6i.large" }, status: 422 },
    ],
  },
  {
    method: "GET",
    path: "/api/v1/projects/{project}/component-changes",
    id: "getComponentChanges",
    group: "Trends",
    title: "Where components changed",
    text: "Commits of a branch whose runs in an environment had another revision of a component (dask, pandas, python, an image) than the measured commit before. Components that change with most commits are named apart.",
    scope: "read",
    query: ComponentsQuery,
    answers: [
      {
        status: 200,
        text: "The changes, in the order of the branch.",
        schema: ComponentsAnswer,
        csv: columns("sha position committedAt component before now"),
      },
    ],
    examples: [
      { name: "GET .../component-changes", path: project, status: 200 },
      { name: "GET .../component-changes: csv", path: project, query: { format: "csv" }, status: 200 },
    ],
  },
  {
    method: "GET",
    path: "/api/v1/projects/{project}/palette",
    id: "getPalette",
    group: "Trends",
    title: "Find a workload or shift",
    text: "What the palette of the pages can jump to: at most eight of each.",
    scope: "read",
    query: PaletteQuery,
    answers: [{ status: 200, text: "What was found.", schema: PaletteAnswer }],
    examples: [{ name: "GET .../palette", path: project, query: { text: "anom" }, status: 200 }],
  },
];

export const shifts: Endpoint[] = [
  {
    method: "GET",
    path: "/api/v1/projects/{project}/shifts",
    id: "listShifts",
    group: "Shifts",
    title: "List the shifts",
    text: "Newest first, each with its largest changepoints. Scripts get all of them unless they ask for those of a status. As CSV all rows that match.",
    scope: "read",
    query: ShiftsQuery,
    answers: [
      {
        status: 200,
        text: "The shifts that match.",
        schema: ShiftsAnswer,
        csv: columns(
          "number url title direction state status lastGood firstShifted firstShiftedAt commitsBetween containedIn environments changepoints workload metric change owner dueOn acceptedUntil",
        ),
      },
    ],
    examples: [
      { name: "GET .../shifts", path: project, query: { direction: "regression" }, status: 200 },
      { name: "GET .../shifts: csv", path: project, query: { format: "csv" }, status: 200 },
    ],
  },
  {
    method: "GET",
    path: "/api/v1/projects/{project}/shifts/{number}",
    id: "getShift",
    group: "Shifts",
    title: "One shift with its evidence",
    text: "Commits of the range, members with their points, what was reported and told. A withdrawn shift, or one that is part of another, keeps its page.",
    scope: "read",
    answers: [{ status: 200, text: "The shift.", schema: ShiftAnswer }],
    examples: [
      { name: "GET .../shifts/{number}", path: { ...project, number: "1" }, status: 200 },
      { name: "GET .../shifts/{number}: unknown", path: { ...project, number: "999" }, status: 404 },
    ],
  },
  {
    method: "GET",
    path: "/api/v1/projects/{project}/shifts/{number}/next",
    id: "getNext",
    group: "Shifts",
    title: "Where to measure next",
    text: "Which commit of the shift's range to run next, in which environment and how often, so that the expected number of runs to a single commit is least. For a cluster's scheduler to poll. Runs count as soon as they are stored.",
    scope: "read",
    query: NextQuery,
    answers: [{ status: 200, text: "What to run, or why nothing.", schema: NextAnswer }],
    examples: [
      { name: "GET .../shifts/{number}/next", path: { ...project, number: "1" }, status: 200 },
      {
        name: "GET .../shifts/{number}/next: unknown environment",
        path: { ...project, number: "1" },
        query: { environment: "none" },
        status: 404,
      },
    ],
  },
  {
    method: "GET",
    path: "/api/v1/projects/{project}/next",
    id: "listNext",
    group: "Shifts",
    title: "Where to measure next, over all open shifts",
    text: "The open shifts that want runs, the costliest first: one poll of a scheduler.",
    scope: "read",
    query: NextListQuery,
    answers: [{ status: 200, text: "What to run.", schema: NextListAnswer }],
    examples: [{ name: "GET .../next", path: project, query: { limit: "1" }, status: 200 }],
  },
];

export const comparison: Endpoint[] = [
  {
    method: "GET",
    path: "/api/v1/projects/{project}/compare",
    id: "compare",
    group: "Comparison",
    title: "Compare two sides",
    text: "All cases of a baseline and a contender: a verdict per row, the change with its interval, and what is on one side only. All rows are one family, whatever is filtered. As CSV all rows.",
    scope: "read",
    query: CompareQuery,
    answers: [
      {
        status: 200,
        text: "The comparison.",
        schema: CompareAnswer,
        csv: columns(
          "workload params version metric environment verdict change difference intervalLow intervalHigh p q noise needsRuns unit baseline baselineRuns baselineSamples contender contenderRuns contenderSamples",
        ),
      },
    ],
    examples: [
      { name: "GET .../compare", path: project, query: sides, status: 200 },
      { name: "GET .../compare: csv", path: project, query: { ...sides, format: "csv" }, status: 200 },
      { name: "GET .../compare: one side", path: project, query: { baseline: sides.baseline }, status: 422 },
    ],
  },
  {
    method: "GET",
    path: "/api/v1/projects/{project}/compare/case",
    id: "compareCase",
    group: "Comparison",
    title: "Compare one case",
    text: "The samples of every run of both sides, the quantiles with the intervals of their differences, the verdict as it stands over all rows, and the line around both commits. As CSV a row per sample.",
    scope: "read",
    query: CompareCaseQuery,
    answers: [
      {
        status: 200,
        text: "The case.",
        schema: CompareCaseAnswer,

        csv: columns("side run sha startedAt outcome counts slow metric unit sample value"),
      },
    ],
    examples: [
      {
        name: "GET .../compare/case",
        path: project,
        query: { ...sides, workload: "array/anom_mean" },
        status: 200,
      },
      { name: "GET .../compare/case: unknown", path: project, query: { ...sides, workload: "none" }, status: 404 },
    ],
  },
  {
    method: "GET",
    path: "/api/v1/projects/{project}/compare/floor",
    id: "compareFloor",
    group: "Comparison",
    title: "See what no change looks like",
    text: "The noise floor of a comparison: its baseline against an A/A copy, where the experiment has one, or else runs of the default branch on one level, split at random again and again. How many rows are called, how far changes go, and the smallest change that these runs show.",
    scope: "read",
    query: CompareFloorQuery,
    answers: [{ status: 200, text: "The floor, or why there is none.", schema: CompareFloorAnswer }],
    examples: [{ name: "GET .../compare/floor", path: project, query: sides, status: 200 }],
  },
  {
    method: "GET",
    path: "/api/v1/projects/{project}/compare/matrix",
    id: "compareMatrix",
    group: "Comparison",
    title: "Compare all variants of an experiment",
    text: "Every variant against one baseline, a row per case and metric with a cell per variant. All cells are one family: many variants bring no more false calls than one. As CSV a line per cell.",
    scope: "read",
    query: CompareMatrixQuery,
    answers: [
      {
        status: 200,
        text: "The matrix.",
        schema: CompareMatrixAnswer,
        csv: columns(
          "variant workload params version metric environment verdict change difference intervalLow intervalHigh p q noise needsRuns unit baseline baselineRuns baselineSamples contender contenderRuns contenderSamples",
        ),
      },
    ],
    examples: [
      { name: "GET .../compare/matrix", path: project, query: { experiment: "scheduling" }, status: 200 },
      {
        name: "GET .../compare/matrix: csv",
        path: project,
        query: { experiment: "scheduling", format: "csv" },
        status: 200,
      },
      { name: "GET .../compare/matrix: unknown", path: project, query: { experiment: "none" }, status: 404 },
    ],
  },
  {
    method: "POST",
    path: "/api/v1/projects/{project}/experiments",
    id: "stateExperiment",
    group: "Comparison",
    title: "State an experiment",
    text: "How many runs a variant are planned, before they come: until then a comparison shows intervals and no verdicts, and each look after it spends less of the error. And which variants are copies. Stated again, the last word holds.",
    scope: "ingest",
    body: ExperimentBody,
    answers: [
      { status: 201, text: "Stated for the first time.", schema: StatedExperimentAnswer },
      { status: 200, text: "Stated again.", schema: StatedExperimentAnswer },
    ],
    examples: [
      {
        name: "POST .../experiments",
        path: project,
        body: { name: "stealing", plannedRuns: 7, copies: { "baseline-copy": "baseline" } },
        status: 201,
      },
      {
        name: "POST .../experiments: again",
        path: project,
        body: { name: "stealing", plannedRuns: 7 },
        status: 200,
      },
    ],
  },
  {
    method: "GET",
    path: "/api/v1/projects/{project}/experiments",
    id: "listExperiments",
    group: "Comparison",
    title: "List experiments",
    text: "All that were stated or measured, with their variants.",
    scope: "read",
    answers: [{ status: 200, text: "Those with the newest runs first.", schema: ExperimentsAnswer }],
    examples: [{ name: "GET .../experiments", path: project, status: 200 }],
  },
  {
    method: "GET",
    path: "/api/v1/projects/{project}/compare/sides",
    id: "listSides",
    group: "Comparison",
    title: "Find a side",
    text: "Releases, branches, experiments, commits and runs that hold a text: at most eight of each kind.",
    scope: "read",
    query: SidesQuery,
    answers: [{ status: 200, text: "What was found, by kind.", schema: SidesAnswer }],
    examples: [{ name: "GET .../compare/sides", path: project, query: { text: "2022" }, status: 200 }],
  },
];
