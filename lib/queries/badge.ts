import { readProject } from "@/lib/auth/access";
import { db, row } from "@/lib/db/sql";
import type { Actor } from "@/lib/model/actor";
import { OPEN_SHIFT } from "./open";
import { findWorkload } from "./target";

/** What a badge counts. */
export type BadgeRead = {
  /** The workload's name as it is now; null: the whole project. */
  workload: string | null;
  visibility: "public" | "private";
  /** Open shifts that are confirmed and hold something that got worse (of this workload). */
  regressions: number;
  /** null: nothing was analysed yet. */
  analysedAt: string | null;
};

/** The confirmed open regressions of a project, or of one workload. Throws NotFound. */
export async function readBadge(actor: Actor, slug: string, workload: string | null): Promise<BadgeRead> {
  const project = await readProject(actor, slug);
  const found = workload === null ? null : await findWorkload(project, workload);
  const counted = await row<{ regressions: number }>(
    db(),
    `SELECT count(*) AS regressions FROM shifts s
     WHERE s.project_id = $1 AND s.state = 'confirmed' AND s.direction IN ('regression', 'mixed') AND ${OPEN_SHIFT}
       AND ($2::int IS NULL OR EXISTS (
         SELECT FROM changepoints c JOIN lines l ON l.project_id = $1 AND l.id = c.line_id
         JOIN cases k ON k.project_id = $1 AND k.id = l.case_id
         WHERE c.project_id = $1 AND c.shift_number = s.number AND c.direction = 'regression' AND k.workload_id = $2))`,
    [project.id, found?.id ?? null],
  );
  return {
    workload: found?.name ?? null,
    visibility: project.visibility,
    regressions: counted?.regressions ?? 0,
    analysedAt: project.analysedAt,
  };
}
