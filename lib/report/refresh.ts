import { readProject } from "@/lib/auth/access";
import { db, row, rows } from "@/lib/db/sql";
import { NotFound } from "@/lib/errors";
import { SYSTEM } from "@/lib/model/actor";
import { changesBetween } from "@/lib/release/changes";
import { figuresNow, readDecisions, releasePolicy, type StoredReport } from "./read";

/** Computations of a draft whose changes are kept. */
const KEPT = 20;

/** Drafts that are followed: the newest ones. */
const FOLLOWED = 10;

/**
 * Computes the drafts of a project anew and keeps what changed since the time before; frozen reports are not touched. Called
 * after an analysis. What a draft is about may be gone: then it stays as it was.
 */
export async function refreshDrafts(projectId: number): Promise<void> {
  const head = await row<{ slug: string }>(db(), "SELECT slug FROM projects WHERE id = $1", [projectId]);
  if (!head) return;
  const project = await readProject(SYSTEM, head.slug);
  const drafts = await rows<Pick<StoredReport, "id" | "candidate" | "against" | "figures" | "decisions" | "changes">>(
    db(),
    "SELECT id, candidate, against, figures, decisions, changes FROM reports WHERE project_id = $1 AND state = 'draft' ORDER BY id DESC LIMIT $2",
    [projectId, FOLLOWED],
  );
  const policy = await releasePolicy(projectId);
  for (const draft of drafts) {
    const now = await figuresNow(project, draft.candidate, draft.against, policy).catch((error: unknown) => {
      if (error instanceof NotFound) return null;
      throw error;
    });
    if (!now) continue;
    const decisions = await readDecisions(projectId, draft.candidate, now.figures);
    const found = draft.figures
      ? changesBetween(
          { figures: draft.figures, decisions: draft.decisions ?? decisions },
          { figures: now.figures, decisions },
        )
      : [];
    const entry = found.length > 0 ? [{ at: now.figures.computedAt, changes: found }] : [];
    await rows(
      db(),
      `UPDATE reports SET figures = $3, sha = $4, computed_at = $5, decisions = $6, changes = $7
       WHERE project_id = $1 AND id = $2 AND state = 'draft'`,
      [
        ...[projectId, draft.id, JSON.stringify(now.figures), now.figures.candidate.sha, now.figures.computedAt],
        ...[JSON.stringify(decisions), JSON.stringify([...entry, ...draft.changes].slice(0, KEPT))],
      ],
    );
  }
}
