import type { Json } from "@/lib/model/words";
import { isoOf } from "./points";

/** What the analysis says of a run as a whole, of one metric; see RunJudgement. */
export type RunJudged = {
  metric: string;
  metricName: string | null;
  state: "usual" | "pending" | "slow" | "shift";
  /** Median over its cases of value / level before; null: too few cases to tell. */
  factor: number | null;
  cases: number;
};

/** What somebody took out of all statistics: the whole run, or one value of it. */
export type RunExclusion = {
  id: number;
  /** Only this value; all null: the whole run. */
  workload: string | null;
  params: Json;
  metric: string | null;
  reason: string;
  excludedBy: string;
  excludedAt: string;
};

/** The judgements of a run ($1 project) as a JSON column, the most noteworthy first. */
export const judgementsOf = (run: string) => `(
  SELECT coalesce(json_agg(json_build_object('metric', jm.name, 'metricName', jm.display_name, 'state', j.state,
    'factor', j.factor, 'cases', j.cases) ORDER BY j.state = 'usual', jm.name <> 'duration', jm.id), '[]')
  FROM run_judgements j JOIN metrics jm ON jm.project_id = $1 AND jm.id = j.metric_id
  WHERE j.project_id = $1 AND j.run_id = ${run})`;

/** What of a run ($1 project) is out of statistics now, as a JSON column; the whole run first. */
export const exclusionsOf = (run: string) => `(
  SELECT coalesce(json_agg(json_build_object('id', x.id, 'workload', xw.name, 'params', xk.params, 'metric', xm.name,
    'reason', x.reason, 'excludedBy', x.excluded_by, 'excludedAt', ${isoOf("x.excluded_at")})
    ORDER BY x.series_id IS NOT NULL, x.id), '[]')
  FROM exclusions x
  LEFT JOIN series xs ON xs.project_id = $1 AND xs.id = x.series_id
  LEFT JOIN cases xk ON xk.project_id = $1 AND xk.id = xs.case_id
  LEFT JOIN workloads xw ON xw.project_id = $1 AND xw.id = xk.workload_id
  LEFT JOIN metrics xm ON xm.project_id = $1 AND xm.id = xs.metric_id
  WHERE x.project_id = $1 AND x.run_id = ${run} AND x.restored_at IS NULL)`;
