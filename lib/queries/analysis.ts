import { readProject } from "@/lib/auth/access";
import { db, row } from "@/lib/db/sql";
import { NotFound } from "@/lib/errors";
import type { Actor } from "@/lib/model/actor";

/** How far the analysis of a project is. */
export type AnalysisState = {
  /** Stored bodies that are not analysed yet; 0: every posted run has been. */
  pending: number;
  /** ISO time of the newest analysis; null: none yet. */
  analysedAt: string | null;
  /** Trend series of the default branch that have been analysed: case x metric x environment. */
  series: number;
};

/** The state of the analysis of the project `slug`, all of one moment. Throws NotFound. */
export async function readAnalysis(actor: Actor, slug: string): Promise<AnalysisState> {
  const project = await readProject(actor, slug);
  const state = await row<AnalysisState>(
    db(),
    `SELECT p.analysed_at AS "analysedAt",
            (SELECT count(*) FROM analysis_requests a WHERE a.project_id = p.id) AS pending,
            (SELECT count(*) FROM lines l JOIN branches b ON b.project_id = l.project_id AND b.id = l.branch_id
             WHERE l.project_id = p.id AND b.name = p.default_branch) AS series
     FROM projects p WHERE p.id = $1`,
    [project.id],
  );
  if (!state) throw new NotFound(`The project '${slug}' has just been deleted.`);
  const { pending, analysedAt, series } = state;
  return { pending, analysedAt, series };
}
