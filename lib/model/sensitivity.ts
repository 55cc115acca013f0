import type { Json } from "./words";

/** How ready the detector is to tell a step: 1 unless somebody said otherwise; ids of workloads and metrics to values. */
export type Sensitivities = {
  project: number | null;
  metrics: Readonly<Record<string, number>>;
  workloads: Readonly<Record<string, number>>;
};

export const DEFAULT_SENSITIVITY = 1;
/** Key of the table of settings. */
export const SENSITIVITY_KEY = "sensitivity";

/** What decides a line's sensitivity: the nearest of what was said. */
export const SENSITIVITY_LEVELS = ["workload", "metric", "project"] as const;
export type SensitivityLevel = (typeof SENSITIVITY_LEVELS)[number];

/** The setting as stored; what is no sensitivity in it counts as not said. */
export function readSensitivities(stored: Json | undefined): Sensitivities {
  const { project, metrics, workloads } = partsOf(stored);
  return {
    project: typeof project === "number" ? project : null,
    metrics: numbersOf(metrics),
    workloads: numbersOf(workloads),
  };
}

/** The sensitivity of a line, and who decides it: its workload, else its metric, else the project. */
export function sensitivityOf(
  said: Sensitivities,
  line: { workloadId: number; metricId: number },
): { value: number; from: SensitivityLevel | "default" } {
  const workload = said.workloads[line.workloadId];
  if (workload !== undefined) return { value: workload, from: "workload" };
  const metric = said.metrics[line.metricId];
  if (metric !== undefined) return { value: metric, from: "metric" };
  if (said.project !== null) return { value: said.project, from: "project" };
  return { value: DEFAULT_SENSITIVITY, from: "default" };
}

/** The same settings with one value said, or taken back (null). */
export function withSensitivity(
  said: Sensitivities,
  { level, id, value }: { level: SensitivityLevel; id: number; value: number | null },
): Sensitivities {
  if (level === "project") return { ...said, project: value };
  const kind = level === "workload" ? "workloads" : "metrics";
  const { [id]: _, ...others } = said[kind];
  return { ...said, [kind]: value === null ? others : { ...others, [id]: value } };
}

function partsOf(stored: Json | undefined): { [name: string]: Json } {
  return stored !== null && typeof stored === "object" && !Array.isArray(stored) ? stored : {};
}

function numbersOf(part: Json | undefined): Record<string, number> {
  return Object.fromEntries(
    Object.entries(partsOf(part)).filter((one): one is [string, number] => typeof one[1] === "number"),
  );
}
