import type pg from "pg";

/** How much is filled in: cases, each with METRICS metrics, and commits with a run each before the two that are compared. */
export type CompareShape = { cases: number; commits: number };

const METRICS = ["duration", "average_memory", "peak_memory", "spilled", "transferred"] as const;
/** Share of the cases that the last run moves. */
const MOVED = 0.05;

/** Keys of the two runs that are compared. */
export const RUNS = { baseline: "bench-baseline", contender: "bench-contender" } as const;

/**
 * Fills project $1 by SQL with the rows that ingestion and analysis leave behind: a line of commits, a run of all cases at
 * each, one segment per line. Points are inserted run by run, so that they lie on the disk as they do in life.
 */
export async function fillCompare(client: pg.ClientBase, projectId: number, shape: CompareShape): Promise<number> {
  await client.query("SELECT setseed(0.42)");
  for (const text of [...names(shape), ...history(shape)])
    await client.query(text, text.includes("$1") ? [projectId] : []);
  let points = 0;
  for (let position = 0; position < shape.commits + 2; position++)
    points += (await client.query(pointsAt(shape), [projectId, position])).rowCount ?? 0;
  for (const text of LINES) await client.query(text, [projectId]);
  await client.query("VACUUM (ANALYZE)");
  return points;
}

function names({ cases }: CompareShape): string[] {
  return [
    "INSERT INTO branches (project_id, name) VALUES ($1, 'main') ON CONFLICT DO NOTHING",
    "INSERT INTO environments (project_id, name) VALUES ($1, '10x-m6i.large')",
    `INSERT INTO environment_revisions (project_id, environment_id, facts, facts_hash, facts_group)
     VALUES ($1, (SELECT id FROM environments WHERE project_id = $1), '{"instance":"m6i.large","workers":10}', 'bench',
       currval('environment_revisions_id_seq'))`,
    `INSERT INTO metrics (project_id, name, unit, better)
     SELECT $1, name, CASE WHEN name = 'duration' THEN 's' ELSE 'B' END, 'lower'
     FROM unnest('{${METRICS.join(",")}}'::text[]) AS name`,
    `INSERT INTO workloads (project_id, number, name)
     SELECT $1, i, format('group_%s/workload_%s', i / 25, i) FROM generate_series(1, ${cases}) AS i`,
    `UPDATE projects SET last_workload_number = ${cases} WHERE id = $1`,
    `INSERT INTO cases (project_id, workload_id, params, params_hash)
     SELECT $1, id, '{}', 'bench' FROM workloads WHERE project_id = $1 ORDER BY number`,
    `INSERT INTO series (project_id, case_id, metric_id, environment_id, revision_id)
     SELECT $1, c.id, m.id, r.environment_id, r.id
     FROM cases c JOIN metrics m ON m.project_id = $1 JOIN environment_revisions r ON r.project_id = $1
     WHERE c.project_id = $1 ORDER BY c.id, m.id`,
  ];
}

function history({ commits }: CompareShape): string[] {
  return [
    `INSERT INTO commits (project_id, sha, committed_at, parents, listed)
     SELECT $1, md5(i::text), timestamptz '2026-01-01' + i * interval '4 h',
       CASE WHEN i = 0 THEN '{}' ELSE ARRAY[md5((i - 1)::text)] END, true
     FROM generate_series(0, ${commits + 1}) AS i ORDER BY i`,
    `INSERT INTO branch_commits (project_id, branch_id, commit_id, position, claimed, started_at)
     SELECT $1, b.id, c.id, row_number() OVER (ORDER BY c.id) - 1, true, c.committed_at
     FROM commits c JOIN branches b ON b.project_id = $1 WHERE c.project_id = $1`,
    `INSERT INTO runs (project_id, key, commit_id, branch_id, environment_id, revision_id, started_at, content_hash, document)
     SELECT $1, CASE b.position WHEN ${commits} THEN '${RUNS.baseline}' WHEN ${commits + 1} THEN '${RUNS.contender}'
       ELSE format('bench-%s', b.position) END, b.commit_id, b.branch_id, r.environment_id, r.id, b.started_at, '', '{}'
     FROM branch_commits b JOIN environment_revisions r ON r.project_id = $1 WHERE b.project_id = $1 ORDER BY b.position`,
    `CREATE TEMP TABLE bench_levels AS
     SELECT id, CASE WHEN random() < ${MOVED} THEN 1.2 ELSE 1 END AS moved, 1 + 1e9 * random() AS level,
       0.01 + 0.04 * random() AS noise
     FROM series WHERE project_id = $1`,
  ];
}

/** $2: the place of the commit. */
const pointsAt = ({ commits }: CompareShape) => `
  INSERT INTO points (project_id, series_id, commit_id, run_id, median, lo, hi, n, samples)
  SELECT $1, id, commit_id, run_id, value, value, value, 1, ARRAY[value]
  FROM (
    SELECT l.id, u.commit_id, u.id AS run_id,
      l.level * (1 + l.noise * random_normal()) * CASE WHEN b.position = ${commits + 1} THEN l.moved ELSE 1 END AS value
    FROM bench_levels l, branch_commits b JOIN runs u ON u.project_id = $1 AND u.commit_id = b.commit_id
    WHERE b.project_id = $1 AND b.position = $2 OFFSET 0) drawn
  ORDER BY id`;

const LINES = [
  `INSERT INTO lines (project_id, branch_id, case_id, metric_id, environment_id, level, noise, points, last_commit_id,
     outliers, open, slow)
   SELECT $1, b.id, s.case_id, s.metric_id, s.environment_id, 1, 0.03, 100,
     (SELECT max(id) FROM commits WHERE project_id = $1), '{}', '{}', '{}'
   FROM series s JOIN branches b ON b.project_id = $1 WHERE s.project_id = $1`,
  `INSERT INTO segments (project_id, line_id, ordinal, track, first_commit_id, last_commit_id, level, noise, lo, hi, points, runs)
   SELECT $1, l.id, 0, 0, (SELECT min(id) FROM commits WHERE project_id = $1),
     (SELECT max(id) FROM commits WHERE project_id = $1), 1, 0.03, 0.9, 1.1, 100, 100
   FROM lines l WHERE l.project_id = $1`,
];
