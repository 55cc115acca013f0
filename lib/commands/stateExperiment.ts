import { projectFor } from "@/lib/auth/access";
import { recordAudit } from "@/lib/auth/recordAudit";
import { row, transaction } from "@/lib/db/sql";
import { type Actor, shownName } from "@/lib/model/actor";
import type { ExperimentBody } from "./experimentBody";

/** What is stated of an experiment, and since when. */
export type StatedExperiment = ExperimentBody & { statedAt: string; created: boolean };

/**
 * States how many runs a side an experiment plans, and which of its variants are equal on purpose; said again, the last word
 * holds, and the plan counts from when it was changed. Needs `ingest`: who sends the runs says how many. Throws NotFound,
 * Unauthorized, Forbidden.
 */
export async function stateExperiment(actor: Actor, slug: string, input: ExperimentBody): Promise<StatedExperiment> {
  const project = await projectFor(actor, "ingest", slug);
  return transaction(async (tx) => {
    const stored = await row<{ statedAt: string; created: boolean }>(
      tx,
      `INSERT INTO experiments AS x (project_id, name, planned_runs, copies, stated_by) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (project_id, name) DO UPDATE SET planned_runs = excluded.planned_runs, copies = excluded.copies,
         stated_by = CASE WHEN x.planned_runs = excluded.planned_runs THEN x.stated_by ELSE excluded.stated_by END,
         stated_at = CASE WHEN x.planned_runs = excluded.planned_runs THEN x.stated_at ELSE excluded.stated_at END
       RETURNING stated_at AS "statedAt", xmax = 0 AS created`,
      [project.id, input.name, input.plannedRuns, JSON.stringify(input.copies), shownName(actor)],
    );
    const subject = `experiment ${input.name}`;
    await recordAudit(tx, { projectId: project.id, actor, verb: "stated", subject, detail: { ...input } });
    return { ...input, statedAt: stored?.statedAt ?? "", created: stored?.created ?? false };
  });
}
