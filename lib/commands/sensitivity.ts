import { requestAnalysis } from "@/ingest/store/requestAnalysis";
import { projectFor } from "@/lib/auth/access";
import { recordAudit } from "@/lib/auth/recordAudit";
import { type Db, row, rows, transaction } from "@/lib/db/sql";
import type { Actor } from "@/lib/model/actor";
import { readSensitivities, SENSITIVITY_KEY, withSensitivity } from "@/lib/model/sensitivity";
import type { Json } from "@/lib/model/words";
import { findNamed, findWorkload, seriesOf } from "./find";
import type { SensitivityBody } from "./sensitivityBody";

/** What was said, as the answer of the endpoint. */
export type SaidSensitivity = { level: SensitivityBody["level"]; name: string | null; value: number | null };

/**
 * Says the detector's sensitivity for a workload, a metric or the project, or takes it back (null). Its lines are analysed
 * anew. Needs `triage` for a workload or metric, `admin` for the project. The same once more changes nothing.
 * Throws NotFound, Forbidden, Invalid for names that do not exist.
 */
export async function setSensitivity(actor: Actor, slug: string, input: SensitivityBody): Promise<SaidSensitivity> {
  const project = await projectFor(actor, input.level === "project" ? "admin" : "triage", slug);
  const { level, value } = input;
  const name = input.workload ?? input.metric ?? null;
  return transaction(async (tx) => {
    await rows(tx, "select from projects where id = $1 for no key update", [project.id]);
    const id = await idOfLevel(tx, project.id, input);
    const stored = await row<{ value: Json }>(tx, "select value from settings where project_id = $1 and key = $2", [
      project.id,
      SENSITIVITY_KEY,
    ]);
    const before = readSensitivities(stored?.value);
    const after = withSensitivity(before, { level, id, value });
    if (JSON.stringify(after) === JSON.stringify(before)) return { level, name, value };
    await rows(
      tx,
      `insert into settings (project_id, key, value) values ($1, $2, $3)
           on conflict (project_id, key) do update set value = excluded.value, updated_at = now()`,
      [project.id, SENSITIVITY_KEY, JSON.stringify(after)],
    );
    const from = level === "project" ? before.project : (before[`${level}s`][id] ?? null);
    await recordAudit(tx, {
      projectId: project.id,
      actor,
      verb: "changed",
      subject: `sensitivity of ${name === null ? `project ${slug}` : `${level} ${name}`}`,
      detail: { from, to: value },
    });
    await requestAnalysis(tx, project.id, await linesOf(tx, project.id, level, id));
    return { level, name, value };
  });
}

async function idOfLevel(tx: Db, projectId: number, { level, workload, metric }: SensitivityBody): Promise<number> {
  if (level === "workload") return (await findWorkload(tx, projectId, workload ?? "")).id;
  if (level === "metric") return findNamed(tx, projectId, "metric", metric ?? "");
  return 0;
}

async function linesOf(tx: Db, projectId: number, level: SensitivityBody["level"], id: number) {
  if (level === "project") return { series: [], everything: true };
  const scope = level === "workload" ? { workloadId: id } : { metricId: id };
  return { series: await seriesOf(tx, projectId, scope), everything: false };
}
