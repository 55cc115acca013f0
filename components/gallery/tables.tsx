"use client";
import { Bars } from "@/components/compare/bars";
import { HeatTable } from "@/components/compare/heat-table";
import type { ShownComparison } from "@/components/compare/view-rows";
import { RunMatrix } from "@/components/run/run-matrix";
import { compareFamily } from "@/lib/compare";
import type { CompareRow } from "@/lib/queries/compare";
import type { RunMetric, RunResult } from "@/lib/queries/run";
import { compareQuery } from "@/lib/urls/compare";
import { Specimen } from "./specimen";
import { noise } from "./specimens";

/** What is drawn in tables: it takes the whole width. */
export function Tables() {
  return (
    <>
      <Specimen wide title="Bars by workload" text="Both sides from 0, each workload on a scale of its own.">
        <Bars comparison={COMPARISON} selection={compareQuery.parse({ metric: "duration" })} />
      </Specimen>
      <Specimen wide title="Bars by variant" text="All workloads of a side on one scale.">
        <Bars comparison={COMPARISON} selection={compareQuery.parse({ metric: "duration", by: "variant" })} />
      </Specimen>
      <Specimen
        wide
        title="Heat table"
        text="The chance that a change passes each threshold; filled worse, framed better."
      >
        <HeatTable comparison={COMPARISON} selection={compareQuery.parse({})} />
      </Specimen>
      <Specimen
        wide
        title="Run matrix"
        text="Values against their usual range; failed, skipped and not measured are three things."
      >
        <RunMatrix run={RUN} results={RESULTS} />
      </Specimen>
    </>
  );
}

const WORKLOADS = [
  { name: "map_futures", level: 2.2, duration: 1.16, memory: 1.01 },
  { name: "rechunk", level: 1.04, duration: 0.87, memory: 1.0 },
  { name: "matmul", level: 0.32, duration: 1.003, memory: 0.93 },
  { name: "a_workload_with_a_name/that_is_longer_than_most[size=5 GB]", level: 7.9, duration: 1.04, memory: 1.12 },
];
const METRICS = [
  { name: "duration", displayName: null, unit: "s", better: "lower" as const, smallestEffect: 0.05, spread: 0.02 },
  { name: "peak_memory", displayName: null, unit: "B", better: "lower" as const, smallestEffect: 0.03, spread: 0.012 },
];

const runsOf = (level: number, spread: number, seed: number): number[][] =>
  [0, 1, 2, 3, 4].map((run) => [level * (1 + spread * noise(seed * 11 + run * 3))]);

const CASES = METRICS.flatMap((metric, m) =>
  WORKLOADS.map((workload, w) => {
    const level = metric.name === "duration" ? workload.level : 4e8 * (w + 1);
    const factor = metric.name === "duration" ? workload.duration : workload.memory;
    return { metric, workload, number: w + 1, level, factor, seed: m * 100 + w * 20 };
  }),
);

/** Rows as the comparison itself judges them. */
function comparedRows(): CompareRow[] {
  const judged = compareFamily(
    CASES.map(({ metric, workload, level, factor, seed }) => ({
      workload: workload.name,
      metric: metric.name,
      environment: "vm-b",
      better: metric.better,
      smallestEffect: metric.smallestEffect,
      baseline: runsOf(level, metric.spread, seed),
      contender: runsOf(level * factor, metric.spread, seed + 7),
    })),
  );
  return judged.map((row, i) => ({
    ...row,
    workloadNumber: CASES[i]?.number ?? 0,
    params: {},
    version: "",
    environment: "vm-b",
    unit: CASES[i]?.metric.unit ?? "",
    baseline: { ...row.baseline, failed: 0 },
    contender: { ...row.contender, failed: 0 },
  }));
}

const side = (which: string, label: string): ShownComparison["baseline"] => ({
  side: which,
  kind: "release",
  label,
  sha: "4bcc6b6d1a2f",
  committedAt: null,
  subject: null,
  pullRequest: null,
  runs: 5,
  commits: 1,
  environments: ["vm-b"],
  note: null,
  nearest: null,
});

const COMPARISON: ShownComparison = {
  project: { slug: "gallery", repository: null, defaultBranch: "main" },
  baseline: side("release:2023.4.0", "2023.4.0"),
  contender: side("release:2023.5.0", "2023.5.0"),
  metrics: METRICS.map(({ spread: _, ...metric }) => metric),
  environments: ["vm-b"],
  rows: comparedRows(),
};

const RUN = {
  project: { slug: "gallery", repository: null },
  sha: "4bcc6b6d1a2f",
  environment: "vm-b",
  experiment: null,
  excluded: null,
};

const measured = (metric: string, unit: string, level: number, factor: number): RunMetric => {
  const value = level * factor;
  return {
    metric,
    metricName: null,
    unit,
    sentUnit: null,
    value,
    min: value,
    max: value,
    n: 1,
    samples: [value],
    usual: { level, lo: level * 0.96, hi: level * 1.05, noise: level * 0.02 },
  };
};

const result = (name: string, number: number, metrics: RunMetric[], rest: Partial<RunResult> = {}): RunResult => ({
  workload: name,
  workloadNumber: number,
  params: {},
  version: "",
  sentName: null,
  outcome: "passed",
  error: null,
  failedRepeats: 0,
  control: false,
  links: {},
  ownLinks: [],
  metrics,
  ...rest,
});

const RESULTS: RunResult[] = [
  result("dataframe_shuffle", 5, [], { outcome: "failed", error: "KilledWorker after 3 retries" }),
  result("vorticity", 6, [], { outcome: "skipped" }),
  ...WORKLOADS.map(({ name, level, duration, memory }, w) =>
    result(
      name,
      w + 1,
      [
        measured("duration", "s", level, duration),
        ...(w === 1 ? [] : [measured("peak_memory", "B", 4e8 * (w + 1), memory)]),
      ],
      { version: w === 2 ? "2" : "", failedRepeats: w === 0 ? 1 : 0 },
    ),
  ),
];
