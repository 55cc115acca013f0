import { readSensitivitySettings } from "@/lib/analysis/sensitivity";
import { projectFor } from "@/lib/auth/access";
import { db, rows } from "@/lib/db/sql";
import type { Actor } from "@/lib/model/actor";
import type { SensitivityLevel } from "@/lib/model/sensitivity";

/** A sensitivity that somebody said, by the name of what it is for; the project's has none. */
export type SaidItem = { level: SensitivityLevel; name: string | null; value: number };

/** Every sensitivity that was said in a project, the project's first. Needs `admin`. Throws NotFound, Forbidden. */
export async function listSensitivities(actor: Actor, slug: string): Promise<SaidItem[]> {
  const { id } = await projectFor(actor, "admin", slug);
  const said = await readSensitivitySettings(db(), id);
  const found = await rows<{ level: "metric" | "workload"; id: number; name: string }>(
    db(),
    `SELECT 'metric' AS level, id, name FROM metrics WHERE project_id = $1 AND id = ANY($2::int[])
     UNION ALL SELECT 'workload', id, name FROM workloads WHERE project_id = $1 AND id = ANY($3::int[])
     ORDER BY level, name`,
    [id, Object.keys(said.metrics).map(Number), Object.keys(said.workloads).map(Number)],
  );
  return [
    ...(said.project === null ? [] : [{ level: "project" as const, name: null, value: said.project }]),
    ...found.map(({ level, id: own, name }) => ({ level, name, value: said[`${level}s`][own] ?? 1 })),
  ];
}
