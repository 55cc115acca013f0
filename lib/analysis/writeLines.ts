import { type Db, rows } from "../db/sql";
import type { Judgement } from "./judge";
import type { LineKey, Scope } from "./requests";

/** A line with its judgement; null when it has no points left. */
export type JudgedLine = { key: LineKey; judgement: Judgement | null };

type Kept = { id: number; judgement: Judgement };

// `(SELECT $1::int)` and not `$1`: in statements that join, the planner takes a project that its statistics do not know
// for one row if it sees the number, and then reads all lines of the project for each line that is written.

/** Replaces lines, segments and changepoints of these lines by what was judged. Unchanged rows keep their ids. */
export async function writeLines(tx: Db, scope: Scope, judged: readonly JudgedLine[]): Promise<void> {
  await removeEmpty(tx, scope, judged);
  const lines = await saveLines(tx, scope, judged);
  await replaceSegments(tx, scope, lines);
  await saveChangepoints(tx, scope, lines);
}

const idsOf = ({ caseId, metricId, environmentId }: LineKey) => ({ caseId, metricId, environmentId });

async function removeEmpty(tx: Db, { projectId, branchId }: Scope, judged: readonly JudgedLine[]): Promise<void> {
  const empty = judged.filter(({ judgement }) => !judgement).map(({ key }) => idsOf(key));
  if (empty.length === 0) return;
  await rows(
    tx,
    `DELETE FROM lines l USING json_to_recordset($3) AS x ("caseId" int, "metricId" int, "environmentId" int)
     WHERE l.project_id = (SELECT $1::int) AND l.branch_id = $2
       AND l.case_id = x."caseId" AND l.metric_id = x."metricId" AND l.environment_id = x."environmentId"`,
    [projectId, branchId, JSON.stringify(empty)],
  );
}

/** Updates the lines that exist and inserts the others; an upsert would use up an id at every analysis of every line. */
async function saveLines(tx: Db, { projectId, branchId }: Scope, judged: readonly JudgedLine[]): Promise<Kept[]> {
  const present = judged.flatMap(({ key, judgement }) => (judgement ? [{ key, judgement }] : []));
  const sent = present.map(({ key, judgement: { segments, changepoints, ...line } }, index) => ({
    index,
    ...idsOf(key),
    ...line,
  }));
  const ids = await rows<{ index: number; id: number }>(
    tx,
    `WITH sent AS (
       SELECT * FROM json_to_recordset($3) AS x (
         index int, "caseId" int, "metricId" int, "environmentId" int, level float8, noise float8, points int,
         "lastCommitId" int, outliers int[], open int[], slow int[], drift jsonb)
     ), updated AS (
       UPDATE lines l SET level = x.level, noise = x.noise, points = x.points, last_commit_id = x."lastCommitId",
         outliers = x.outliers, open = x.open, slow = coalesce(x.slow, '{}'), drift = x.drift,
         analysed_at = now()
       FROM sent x
       WHERE l.project_id = (SELECT $1::int) AND l.branch_id = $2
         AND l.case_id = x."caseId" AND l.metric_id = x."metricId" AND l.environment_id = x."environmentId"
       RETURNING l.id, l.case_id, l.metric_id, l.environment_id
     ), inserted AS (
       INSERT INTO lines (project_id, branch_id, case_id, metric_id, environment_id, level, noise, points,
         last_commit_id, outliers, open, slow, drift, analysed_at)
       SELECT $1::int, $2::int, "caseId", "metricId", "environmentId", level, noise, points, "lastCommitId", outliers, open,
         coalesce(slow, '{}'), drift, now()
       FROM sent
       WHERE ("caseId", "metricId", "environmentId") NOT IN (SELECT case_id, metric_id, environment_id FROM updated)
       RETURNING id, case_id, metric_id, environment_id
     )
     SELECT x.index, l.id FROM sent x JOIN (TABLE updated UNION ALL TABLE inserted) l
       ON l.case_id = x."caseId" AND l.metric_id = x."metricId" AND l.environment_id = x."environmentId"`,
    [projectId, branchId, JSON.stringify(sent)],
  );
  return ids.flatMap(({ index, id }) => {
    const line = present[index];
    return line ? [{ id, judgement: line.judgement }] : [];
  });
}

async function replaceSegments(tx: Db, { projectId }: Scope, lines: readonly Kept[]): Promise<void> {
  await rows(tx, "DELETE FROM segments WHERE project_id = (SELECT $1::int) AND line_id = ANY($2)", [
    projectId,
    lines.map(({ id }) => id),
  ]);
  const sent = lines.flatMap(({ id, judgement }) =>
    judgement.segments.map((segment, ordinal) => ({ lineId: id, ordinal, ...segment })),
  );
  await rows(
    tx,
    `INSERT INTO segments (project_id, line_id, first_commit_id, last_commit_id, ordinal, track, level, lo, hi, noise,
       points, runs)
     SELECT $1::int, "lineId", "firstCommitId", "lastCommitId", ordinal, track, level, lo, hi, noise, points, runs
     FROM json_to_recordset($2) AS x (
       "lineId" int, "firstCommitId" int, "lastCommitId" int, ordinal int, track int, level float8, lo float8,
       hi float8, noise float8, points int, runs int)`,
    [projectId, JSON.stringify(sent)],
  );
}

const CHANGEPOINT = `"lineId" int, "seriesId" int, "commitId" int, "lastGoodCommitId" int,
  "firstShiftedCommitId" int, direction text, state text, before float8, after float8, change float8,
  difference float8, "intervalLo" float8, "intervalHi" float8, p float8, "pointsBefore" int, "pointsAfter" int,
  "needsPoints" int, "correctionId" int, "widestGoodCommitId" int, "widestShiftedCommitId" int, "canGrow" bool,
  correlation float8`;

/** A changepoint that stands where it stood keeps its id and its shift. */
async function saveChangepoints(tx: Db, { projectId }: Scope, lines: readonly Kept[]): Promise<void> {
  const sent = lines.flatMap(({ id, judgement }) =>
    judgement.changepoints.map(({ interval, ...changepoint }) => ({
      lineId: id,
      ...changepoint,
      intervalLo: interval?.[0] ?? null,
      intervalHi: interval?.[1] ?? null,
    })),
  );
  const found = JSON.stringify(sent);
  await rows(
    tx,
    `DELETE FROM changepoints c WHERE project_id = (SELECT $1::int) AND line_id = ANY($2) AND NOT EXISTS (
       SELECT FROM json_to_recordset($3) AS x ("lineId" int, "commitId" int)
       WHERE x."lineId" = c.line_id AND x."commitId" = c.commit_id)`,
    [projectId, lines.map(({ id }) => id), found],
  );
  await rows(
    tx,
    `WITH sent AS (SELECT * FROM json_to_recordset($2) AS x (${CHANGEPOINT})), updated AS (
       UPDATE changepoints c SET series_id = x."seriesId", last_good_commit_id = x."lastGoodCommitId",
         first_shifted_commit_id = x."firstShiftedCommitId", direction = x.direction, state = x.state,
         before = x.before, after = x.after, change = x.change, difference = x.difference,
         interval_lo = x."intervalLo", interval_hi = x."intervalHi", p = x.p, points_before = x."pointsBefore",
         points_after = x."pointsAfter", needs_points = x."needsPoints",
         correction_id = x."correctionId", own_needs_points = x."needsPoints",
         widest_good_commit_id = x."widestGoodCommitId", widest_shifted_commit_id = x."widestShiftedCommitId",
         can_grow = coalesce(x."canGrow", true), correlation = coalesce(x.correlation, 0)
       FROM sent x WHERE c.project_id = (SELECT $1::int) AND c.line_id = x."lineId" AND c.commit_id = x."commitId"
       RETURNING c.line_id, c.commit_id
     )
     INSERT INTO changepoints (project_id, line_id, series_id, commit_id, last_good_commit_id, first_shifted_commit_id,
       direction, state, before, after, change, difference, interval_lo, interval_hi, p, points_before, points_after,
       needs_points, correction_id, own_needs_points, widest_good_commit_id, widest_shifted_commit_id, can_grow, correlation)
     SELECT $1::int, "lineId", "seriesId", "commitId", "lastGoodCommitId", "firstShiftedCommitId", direction, state, before,
       after, change, difference, "intervalLo", "intervalHi", p, "pointsBefore", "pointsAfter", "needsPoints",
       "correctionId", "needsPoints", "widestGoodCommitId", "widestShiftedCommitId", coalesce("canGrow", true),
       coalesce(correlation, 0)
     FROM sent WHERE ("lineId", "commitId") NOT IN (SELECT line_id, commit_id FROM updated)`,
    [projectId, found],
  );
}
