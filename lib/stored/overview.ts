import { STATUS_NOW } from "@/lib/db/shiftFilter";
import { type Db, db, row, rows, transaction } from "@/lib/db/sql";
import { SYSTEM } from "@/lib/model/actor";
import { computeOverviews } from "@/lib/queries/overview";
import { readableProject } from "@/lib/queries/project";
import { OVERVIEW_SHAPE } from "@/lib/queries/storedOverview";

/** Environments whose overview is stored; that of the others is computed when it is asked for. */
const MOST_ENVIRONMENTS = 12;

/**
 * Computes the overview of a project and stores it for its page. What is written meanwhile marks it, or asks for an
 * analysis, and so it is not read until it is computed again; of two computations at once the one that began later is
 * kept. Nothing happens while an analysis is asked for: that ends with this. Gives whether something was stored.
 */
export async function storeOverview(projectId: number): Promise<boolean> {
  const begun = await transaction((tx) => begin(tx, projectId));
  if (!begun) return false;
  const expires = await readExpiry(projectId);
  const computed = await computeOverviews(await readableProject(SYSTEM, begun.slug), MOST_ENVIRONMENTS);
  if (!computed) return false;
  const { branchId, measured } = computed;
  return transaction(async (tx) => {
    const [kept] = await rows(
      tx,
      `UPDATE overviews SET shape = $3, branch_id = $4, branch = $5, valid_until = $6
       WHERE project_id = $1 AND attempt = $2 RETURNING attempt`,
      [projectId, begun.attempt, OVERVIEW_SHAPE, branchId, measured[0]?.branch, expires],
    );
    if (!kept) return false;
    await rows(tx, "DELETE FROM overview_contents WHERE project_id = $1", [projectId]);
    await rows(
      tx,
      `INSERT INTO overview_contents (project_id, place, environment, content)
       SELECT $1, place - 1, environment, content::json
       FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS c(environment, content, place)`,
      [projectId, measured.map(({ environment }) => environment), measured.map((one) => JSON.stringify(one))],
    );
    return true;
  });
}

/**
 * Takes the marks that can be seen: what is read from here on knows what they stand for. In the same transaction the
 * stored overview stops being valid, so that a worker that is killed leaves none that misses something.
 */
async function begin(tx: Db, projectId: number): Promise<{ slug: string; attempt: number } | null> {
  const waiting = await row(tx, "SELECT FROM analysis_requests WHERE project_id = $1 LIMIT 1", [projectId]);
  if (waiting) return null;
  await rows(tx, "DELETE FROM overview_marks WHERE project_id = $1", [projectId]);
  return row<{ slug: string; attempt: number }>(
    tx,
    `WITH project AS (SELECT id, slug, analysed_at FROM projects WHERE id = $1), begun AS (
       INSERT INTO overviews AS o (project_id, analysed_at) SELECT id, analysed_at FROM project
       ON CONFLICT (project_id) DO UPDATE SET attempt = o.attempt + 1, analysed_at = excluded.analysed_at, shape = NULL
       RETURNING attempt)
     SELECT slug, attempt FROM project, begun`,
    [projectId],
  );
}

/** When the first accepted shift becomes new again; null: none does. */
async function readExpiry(projectId: number): Promise<string | null> {
  const found = await row<{ at: string | null }>(
    db(),
    `SELECT min(s.accepted_until) AS at FROM shifts s
     WHERE s.project_id = $1 AND s.status = 'accepted' AND ${STATUS_NOW} = 'accepted'`,
    [projectId],
  );
  return found?.at ?? null;
}
