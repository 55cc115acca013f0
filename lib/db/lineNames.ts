/**
 * SQL joins from a row that names a line (columns case_id, metric_id, environment_id) to its names: `k` the case, `w` its
 * workload, `m` the metric, `e` the environment. $1: project.
 */
export const joinLineNames = (row = "l") => `JOIN cases k ON k.project_id = $1 AND k.id = ${row}.case_id
JOIN workloads w ON w.project_id = $1 AND w.id = k.workload_id
JOIN metrics m ON m.project_id = $1 AND m.id = ${row}.metric_id
JOIN environments e ON e.project_id = $1 AND e.id = ${row}.environment_id`;
