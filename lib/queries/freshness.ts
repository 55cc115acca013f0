import { db, row } from "@/lib/db/sql";
import { OPEN_SHIFT } from "./open";
import type { ProjectHead } from "./project";
import { type MeasuredEnvironment, readHead, readReleases, type Scope } from "./scope";

/** How new what is shown is. */
export type Freshness = {
  /** Newest measured commit of the line, over all environments; null: none yet. */
  newest: { sha: string; committedAt: string | null } | null;
  /** Commits of the line after it, known but not measured; null: nothing is measured. */
  behind: number | null;
  /** Lines that the analysis judged, when it last did, and posted bodies that wait for it. */
  analysed: { series: number; at: string | null; pending: number };
  /** behind: commits measured elsewhere since its newest one. */
  environments: { name: string; measured: number; sha: string; committedAt: string | null; behind: number }[];
  /** The newest release on the line and what came after it. */
  release: {
    tag: string;
    commitsSince: number;
    measuredSince: number;
    shiftsSince: number;
    /** Regressions and mixed shifts since the tag that are open: what a report would ask about. */
    openRegressions: number;
  } | null;
};

export async function readFreshness(project: ProjectHead, scope: Scope): Promise<Freshness> {
  const { branch, environments } = scope;
  const newest = environments[0] ?? null;
  const [head, analysed, releases] = await Promise.all([
    readHead(project.id, branch.id),
    readAnalysed(project.id, branch.id),
    readReleases(project.id, branch.id),
  ]);
  const tag = releases.at(-1);
  return {
    newest: newest && { sha: newest.sha, committedAt: newest.committedAt },
    behind: newest && head !== null ? head - newest.position : null,
    analysed: { ...analysed, at: project.analysedAt },
    environments: environments.map(freshnessOf),
    release:
      tag && head !== null ? { tag: tag.tag, ...(await since(project.id, branch.id, tag.position, head)) } : null,
  };
}

function freshnessOf({ name, measured, sha, committedAt, behind }: MeasuredEnvironment) {
  return { name, measured, sha, committedAt, behind };
}

async function readAnalysed(projectId: number, branchId: number): Promise<{ series: number; pending: number }> {
  const found = await row<{ series: number; pending: number }>(
    db(),
    `SELECT (SELECT count(*) FROM lines WHERE project_id = $1 AND branch_id = $2) AS series,
       (SELECT count(*) FROM analysis_requests WHERE project_id = $1) AS pending`,
    [projectId, branchId],
  );
  return found ?? { series: 0, pending: 0 };
}

async function since(projectId: number, branchId: number, position: number, head: number) {
  const found = await row<{ measuredSince: number; shiftsSince: number; openRegressions: number }>(
    db(),
    `WITH later AS (
       SELECT s.direction, ${OPEN_SHIFT} AS is_open FROM shifts s
       JOIN branch_commits b ON b.project_id = $1 AND b.branch_id = $2 AND b.commit_id = s.first_shifted_commit_id
       WHERE s.project_id = $1 AND s.branch_id = $2 AND s.state <> 'withdrawn' AND s.part_of IS NULL
         AND b.position > $3)
     SELECT
       (SELECT count(*) FROM branch_commits b WHERE b.project_id = $1 AND b.branch_id = $2 AND b.position > $3 AND EXISTS (
          SELECT FROM runs r WHERE r.project_id = $1 AND r.commit_id = b.commit_id AND r.experiment IS NULL)) AS "measuredSince",
       (SELECT count(*) FROM later) AS "shiftsSince",
       (SELECT count(*) FROM later WHERE is_open AND direction IN ('regression', 'mixed')) AS "openRegressions"`,
    [projectId, branchId, position],
  );
  return {
    commitsSince: head - position,
    measuredSince: found?.measuredSince ?? 0,
    shiftsSince: found?.shiftsSince ?? 0,
    openRegressions: found?.openRegressions ?? 0,
  };
}
