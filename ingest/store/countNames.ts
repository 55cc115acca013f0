import { type Db, row } from "@/lib/db/sql";

/** How many of each a body creates. */
export type Created = {
  commits: number;
  branches: number;
  environments: number;
  workloads: number;
  cases: number;
  metrics: number;
  series: number;
};

/** Counts what a project holds, less `before`; for dry runs. */
export async function countNames(tx: Db, projectId: number, before?: Created): Promise<Created> {
  const now = await row<Created>(
    tx,
    `select (select count(*) from commits where project_id = $1) as commits,
            (select count(*) from branches where project_id = $1) as branches,
            (select count(*) from environments where project_id = $1) as environments,
            (select count(*) from workloads where project_id = $1) as workloads,
            (select count(*) from cases where project_id = $1) as cases,
            (select count(*) from metrics where project_id = $1) as metrics,
            (select count(*) from series where project_id = $1) as series`,
    [projectId],
  );
  if (!now) throw new Error("Counting gave no row.");
  if (!before) return now;
  for (const name of Object.keys(now) as (keyof Created)[]) now[name] -= before[name];
  return now;
}
