/** The usual range of a line at one commit: where 5 to 95 % of the points of its segment lie, its level, and the sd of a point. */
export type UsualRange = { level: number; lo: number; hi: number; noise: number };

/**
 * SQL of the usual range as JSON (null where nothing was analysed): the segment of the default branch's line that holds the
 * commit. `commit`, `caseId`, `metric`, `environment` are SQL expressions; $1 is the project, `branch` the placeholder of the
 * branch's name. A commit beyond the newest segment (not analysed yet) is held against that one.
 */
export const usualRange = (at: {
  commit: string;
  caseId: string;
  metric: string;
  environment: string;
  branch: string;
}): string => `(
  SELECT json_build_object('level', g.level, 'lo', g.lo, 'hi', g.hi, 'noise', g.noise)
  FROM branches br
  JOIN branch_commits own ON own.project_id = $1 AND own.branch_id = br.id AND own.commit_id = ${at.commit}
  JOIN lines l ON l.project_id = $1 AND l.branch_id = br.id AND l.case_id = ${at.caseId} AND l.metric_id = ${at.metric}
    AND l.environment_id = ${at.environment}
  JOIN segments g ON g.project_id = $1 AND g.line_id = l.id
  JOIN branch_commits a ON a.project_id = $1 AND a.branch_id = br.id AND a.commit_id = g.first_commit_id
  WHERE br.project_id = $1 AND br.name = ${at.branch} AND own.position >= a.position
  ORDER BY g.ordinal DESC LIMIT 1)`;
