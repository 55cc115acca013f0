import { db, row } from "@/lib/db/sql";

/** What the settings name as pinned: it shows the environment, so it stands in no list, overview or comparison. */
export type ControlIds = { caseIds: number[]; environmentIds: number[] };

/** The controls of a project; names that do not exist (yet) are none. The one place that lists ask. */
export async function readControlIds(projectId: number): Promise<ControlIds> {
  const named = (key: string) => `(
    SELECT jsonb_array_elements_text(value) FROM settings
    WHERE project_id = $1 AND key = '${key}' AND jsonb_typeof(value) = 'array')`;
  const found = await row<ControlIds>(
    db(),
    `SELECT ARRAY(
         SELECT k.id FROM workloads w JOIN cases k ON k.project_id = $1 AND k.workload_id = w.id
         WHERE w.project_id = $1 AND w.name IN ${named("controlWorkloads")}) AS "caseIds",
       ARRAY(
         SELECT id FROM environments WHERE project_id = $1 AND name IN ${named("controlEnvironments")}
       ) AS "environmentIds"`,
    [projectId],
  );
  return found ?? { caseIds: [], environmentIds: [] };
}
