/** How much is filled in: workloads, commits that measure all of them, and commits of the line. */
export type Shape = { workloads: number; commits: number; long: number };

/** Workloads of one prefix, and steps of the line with one cause. */
const PREFIX = 25;
const CAUSES = 40;
/** Share of workloads that a cause moves, of results that fail, of points that are spikes. */
const MOVED = 0.04;
const FAILED = 0.0005;
const SPIKES = 0.01;
/** Releases within the commits that measure all workloads. */
const RELEASES = 8;

/** Most statements take the project as $1. The temporary tables last as long as the connection. */
export const statement = {
  names,
  history,
  plan,
  /** $2, $3: places from and before which. */
  results: `
    INSERT INTO results (project_id, run_id, case_id, outcome, error, started_at)
    SELECT $1, p.run_id, w.case_id, CASE WHEN f.case_id IS NULL THEN 'passed' ELSE 'failed' END,
      CASE WHEN f.case_id IS NOT NULL THEN 'KilledWorker after 3 retries' END, p.started_at
    FROM bench_places p JOIN bench_workloads w ON p.position >= w.start
    LEFT JOIN bench_failures f ON f.position = p.position AND f.case_id = w.case_id
    WHERE p.position >= $2 AND p.position < $3 ORDER BY p.position, w.case_id`,
  points: `
    INSERT INTO points (project_id, series_id, commit_id, run_id, median, lo, hi, n, samples)
    SELECT $1, series_id, commit_id, run_id, median, median * (1 - spread), median * (1 + spread), 3,
      ARRAY[median * (1 + spread), median, median * (1 - spread)]
    FROM (
      SELECT l.series_id, p.position, p.commit_id, p.run_id, l.noise * random() AS spread,
        l.level * (1 + l.noise * random_normal()) * CASE WHEN random() < ${SPIKES} THEN 1.3 ELSE 1 END AS median
      FROM bench_places p JOIN bench_levels l ON p.position >= l.at AND p.position < l.till
      WHERE p.position >= $2 AND p.position < $3 AND NOT EXISTS (
        SELECT FROM bench_failures f WHERE f.position = p.position AND f.case_id = l.case_id)
      OFFSET 0) drawn
    ORDER BY position, series_id`,
};

/** Environment, metrics, workloads with one case each, their series. The last workload is the one with the long line. */
function names({ workloads }: Shape): string[] {
  return [
    "INSERT INTO branches (project_id, name) VALUES ($1, 'main') ON CONFLICT DO NOTHING",
    "INSERT INTO environments (project_id, name) VALUES ($1, '10x-m6i.large')",
    `INSERT INTO environment_revisions (project_id, environment_id, facts, facts_hash, facts_group)
     VALUES ($1, (SELECT id FROM environments WHERE project_id = $1), '{"instance":"m6i.large","workers":10}', 'bench',
       currval('environment_revisions_id_seq'))`,
    `INSERT INTO metrics (project_id, name, unit, better) VALUES ($1, 'duration', 's', 'lower'),
       ($1, 'average_memory', 'B', 'lower'), ($1, 'peak_memory', 'B', 'lower')`,
    `INSERT INTO workloads (project_id, number, name)
     SELECT $1, i, CASE WHEN i > ${workloads} THEN 'history/long'
       ELSE format('group_%s/workload_%s', (i - 1) / ${PREFIX}, i) END
     FROM generate_series(1, ${workloads + 1}) AS i`,
    `UPDATE projects SET last_workload_number = ${workloads + 1} WHERE id = $1`,
    `INSERT INTO cases (project_id, workload_id, params, params_hash)
     SELECT $1, id, '{}', 'bench' FROM workloads WHERE project_id = $1 ORDER BY number`,
    `INSERT INTO series (project_id, case_id, metric_id, environment_id, revision_id)
     SELECT $1, c.id, m.id, r.environment_id, r.id
     FROM cases c JOIN workloads w ON w.project_id = $1 AND w.id = c.workload_id
     JOIN metrics m ON m.project_id = $1 JOIN environment_revisions r ON r.project_id = $1
     WHERE c.project_id = $1 AND (w.number <= ${workloads} OR m.name = 'duration') ORDER BY c.id, m.id`,
  ];
}

/** A line of commits, four hours apart, a run at each, and a release now and then. */
function history({ commits, long }: Shape): string[] {
  const release = Math.max(1, Math.floor(commits / RELEASES));
  return [
    `INSERT INTO commits (project_id, sha, committed_at, parents, author, subject, pull_request, listed)
     SELECT $1, sha, at, CASE WHEN parent IS NULL THEN '{}' ELSE ARRAY[parent] END, 'Ada', format('Change %s', i), i, true
     FROM (SELECT i, sha, lag(sha) OVER (ORDER BY i) AS parent, timestamptz '2021-01-01' + i * interval '4 h' AS at
       FROM (SELECT i, md5(i::text) || left(md5('b' || i), 8) AS sha FROM generate_series(0, ${long - 1}) AS i) shas) told
     ORDER BY i`,
    `INSERT INTO branch_commits (project_id, branch_id, commit_id, position, claimed, started_at)
     SELECT $1, b.id, c.id, row_number() OVER (ORDER BY c.id) - 1, true, c.committed_at + interval '1 h'
     FROM commits c JOIN branches b ON b.project_id = $1 WHERE c.project_id = $1`,
    `INSERT INTO commit_lists (project_id, branch_id, commit_id, received_at)
     SELECT $1, branch_id, commit_id, now() FROM branch_commits WHERE project_id = $1 ORDER BY position DESC LIMIT 1`,
    `INSERT INTO runs (project_id, key, commit_id, branch_id, environment_id, revision_id, started_at, finished_at, url,
       components, content_hash, document)
     SELECT $1, format('bench-%s', b.position), b.commit_id, b.branch_id, r.environment_id, r.id, b.started_at,
       b.started_at + interval '40 min', format('https://ci.example/%s', b.position),
       '{"dask":"86ac021bec39","pandas":"2.2.3","python":"3.12.1"}', '', '{}'
     FROM branch_commits b JOIN environment_revisions r ON r.project_id = $1 WHERE b.project_id = $1 ORDER BY b.position`,
    `INSERT INTO releases (project_id, tag, commit_id, released_at)
     SELECT $1, format('v%s', b.position / ${release}), b.commit_id, c.committed_at
     FROM branch_commits b JOIN commits c ON c.project_id = $1 AND c.id = b.commit_id
     WHERE b.project_id = $1 AND b.position % ${release} = ${release - 1} ORDER BY b.position`,
  ];
}

/** Where each workload begins, fails and steps, and the level between two steps. */
function plan({ workloads, commits, long }: Shape): string[] {
  const start = long - commits;
  return [
    `CREATE TEMP TABLE bench_places AS
     SELECT b.position, b.commit_id, r.id AS run_id, r.started_at
     FROM branch_commits b JOIN runs r ON r.project_id = $1 AND r.commit_id = b.commit_id WHERE b.project_id = $1`,
    `CREATE TEMP TABLE bench_workloads AS
     SELECT c.id AS case_id, w.number, CASE WHEN w.number > ${workloads} THEN 0 ELSE ${start} END AS start
     FROM cases c JOIN workloads w ON w.project_id = $1 AND w.id = c.workload_id WHERE c.project_id = $1`,
    `CREATE TEMP TABLE bench_failures AS
     SELECT p.position, w.case_id FROM bench_places p JOIN bench_workloads w ON p.position >= w.start
     WHERE random() < ${FAILED}`,
    `CREATE TEMP TABLE bench_causes AS
     SELECT ${start} + ((i - random()) * ${commits / CAUSES})::int AS at, random() AS kind,
       CASE WHEN random() < 0.55 THEN 1 ELSE -1 END * ln(1.06 + 0.3 * random()) AS effect
     FROM generate_series(1, ${CAUSES}) AS i`,
    // Some causes move time alone, some memory alone, some both; the long line has its own, all along.
    `CREATE TEMP TABLE bench_levels AS
     WITH moved AS (
       SELECT w.case_id, k.at, k.effect, k.kind FROM bench_causes k JOIN bench_workloads w ON random() < ${MOVED}
       UNION ALL
       SELECT w.case_id, (i * ${long / 25} + random() * 20)::int, CASE WHEN i % 2 = 0 THEN 0.1 ELSE -0.09 END, 0
       FROM bench_workloads w, generate_series(1, 24) AS i WHERE w.number > ${workloads}
     ), bases AS (
       SELECT s.id, s.case_id, m.name, w.start, 0.01 + 0.04 * random() AS noise,
         CASE m.name WHEN 'duration' THEN 1 + w.number % 97 ELSE (2e8 + w.number * 1e6) END AS base
       FROM series s JOIN metrics m ON m.project_id = $1 AND m.id = s.metric_id
       JOIN bench_workloads w ON w.case_id = s.case_id WHERE s.project_id = $1
     ), steps AS (
       SELECT id, start AS at, 0::float8 AS effect FROM bases
       UNION ALL
       SELECT b.id, k.at, sum(k.effect) FROM bases b JOIN moved k ON k.case_id = b.case_id
         AND k.at > b.start AND k.at < ${long} AND CASE WHEN b.name = 'duration' THEN k.kind < 0.7 ELSE k.kind > 0.4 END
       GROUP BY b.id, k.at
     )
     SELECT b.id AS series_id, b.case_id, b.noise, s.at, coalesce(lead(s.at) OVER line, ${long}) AS till,
       b.base * exp(sum(s.effect) OVER line) AS level
     FROM steps s JOIN bases b USING (id) WINDOW line AS (PARTITION BY b.id ORDER BY s.at)`,
    "CREATE INDEX ON bench_places (position)",
    "CREATE INDEX ON bench_failures (position, case_id)",
    "ANALYZE bench_places, bench_levels, bench_failures, bench_workloads",
  ];
}
