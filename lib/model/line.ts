import type { Better, Json } from "./words";

/** A case by its names, with the number of the workload for its address. */
export type NamedCase = { workload: string; workloadNumber: number; params: Json };

/** A line by its names: what was measured, of which case, where. Values beside it are in `unit`. */
export type NamedLine = NamedCase & {
  metric: string;
  /** As it is shown; null: by its name. */
  metricName: string | null;
  unit: string;
  better: Better;
  environment: string;
};
