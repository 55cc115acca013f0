import type { Better, Json } from "@/lib/model/words";
import { workloadUrl } from "@/lib/urls/workload";
import type { Certainty } from "./workloadLines";
import type { WorkloadList, WorkloadRow } from "./workloads";

/** A case as `GET .../workloads` gives it. Values are unrounded, in the metric's unit. */
export type WorkloadItem = {
  workload: string;
  displayName: string | null;
  number: number;
  url: string;
  params: Json;
  environment: string | null;
  state: "ok" | "failing" | "missing";
  retiredAt: string | null;
  metrics: {
    metric: string;
    unit: string;
    better: Better;
    level: number | null;
    before: number | null;
    change: number | null;
    noise: number | null;
    points: number;
    shifted: boolean;
    /** Of its changepoints in the window, the least certain; null: it has none. */
    p: number | null;
    shiftState: Certainty["state"] | null;
  }[];
};

/** The rows of a list as items; `origin` makes their addresses absolute. */
export function workloadItems(list: WorkloadList, origin: string): WorkloadItem[] {
  return list.rows.map((row) => itemOf(row, list, origin));
}

function itemOf(row: WorkloadRow, list: WorkloadList, origin: string): WorkloadItem {
  const { workload, params, trouble, retiredAt, cells } = row;
  return {
    workload: workload.name,
    displayName: workload.displayName,
    number: workload.number,
    url: origin + workloadUrl(list.project.slug, workload),
    params,
    environment: list.environment,
    state: trouble ?? "ok",
    retiredAt,
    metrics: list.metrics.flatMap(({ name, unit, better }, index) => {
      const cell = cells[index];
      if (!cell) return [];
      const { level, base, change, noise, points, certainty } = cell;
      const told = { shifted: certainty !== null, p: certainty?.p ?? null, shiftState: certainty?.state ?? null };
      return [{ metric: name, unit, better, level, before: base, change, noise, points, ...told }];
    }),
  };
}

const COLUMNS = [
  "workload",
  "number",
  "params",
  "environment",
  "state",
  "metric",
  "unit",
  "better",
  "level",
  "before",
  "change",
  "noise",
  "points",
  "shifted",
  "p",
  "shiftState",
] as const;

/** The same as a table: a row per case and metric. */
export function workloadColumns(items: readonly WorkloadItem[]) {
  const rows = items.flatMap(({ workload, number, params, environment, state, metrics }) =>
    metrics.map((metric) => [
      workload,
      number,
      JSON.stringify(params),
      environment,
      state,
      metric.metric,
      metric.unit,
      metric.better,
      metric.level,
      metric.before,
      metric.change,
      metric.noise,
      metric.points,
      metric.shifted,
      metric.p,
      metric.shiftState,
    ]),
  );
  return { columns: COLUMNS, rows };
}
