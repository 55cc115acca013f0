import { readProject } from "@/lib/auth/access";
import { db, row, rows } from "@/lib/db/sql";
import { NotFound } from "@/lib/errors";
import type { Actor } from "@/lib/model/actor";
import type { Json, Outcome } from "@/lib/model/words";
import { isoOf } from "./points";

/** What one run measured of one metric; values in `unit`. */
export type RunMetric = {
  metric: string;
  metricName: string | null;
  unit: string;
  /** The unit as sent, where it was another. */
  sentUnit: string | null;
  value: number;
  min: number;
  max: number;
  n: number;
  samples: number[];
  /** Level of the line now, and its noise; null for experiments, controls and lines that are not analysed. */
  level: number | null;
  noise: number | null;
};

export type RunResult = {
  workload: string;
  workloadNumber: number;
  params: Json;
  version: string;
  /** The name as sent, where it is another. */
  sentName: string | null;
  outcome: Outcome;
  error: string | null;
  failedRepeats: number;
  control: boolean;
  links: Record<string, Json>;
  metrics: RunMetric[];
};

export type RunRead = {
  project: { slug: string; repository: string | null };
  key: string;
  sha: string;
  committedAt: string | null;
  pullRequest: number | null;
  subject: string | null;
  branch: string | null;
  environment: string;
  facts: Json;
  experiment: string | null;
  variant: string | null;
  startedAt: string | null;
  finishedAt: string | null;
  receivedAt: string;
  url: string | null;
  tags: Json;
  components: Json;
  /** Why it is left out of statistics; null: it is not. */
  excluded: string | null;
  results: RunResult[];
};

type Head = Omit<RunRead, "project" | "results"> & { id: number };

/** One run with everything that it measured, failures first. Throws NotFound. */
export async function readRun(actor: Actor, slug: string, key: string): Promise<RunRead> {
  const project = await readProject(actor, slug);
  const head = key.includes("\0")
    ? null
    : await row<Head>(
        db(),
        `SELECT u.id, u.key, c.sha, ${isoOf("c.committed_at")} AS "committedAt", c.pull_request AS "pullRequest",
           c.subject, b.name AS branch, e.name AS environment, v.facts, u.experiment, u.variant,
           u.started_at AS "startedAt", u.finished_at AS "finishedAt", u.received_at AS "receivedAt", u.url, u.tags,
           u.components, (SELECT x.reason FROM exclusions x
             WHERE x.project_id = $1 AND x.run_id = u.id AND x.restored_at IS NULL) AS excluded
         FROM runs u
         JOIN commits c ON c.project_id = $1 AND c.id = u.commit_id
         JOIN environments e ON e.project_id = $1 AND e.id = u.environment_id
         JOIN environment_revisions v ON v.project_id = $1 AND v.id = u.revision_id
         LEFT JOIN branches b ON b.project_id = $1 AND b.id = u.branch_id
         WHERE u.project_id = $1 AND u.key = $2`,
        [project.id, key],
      );
  if (!head) throw new NotFound(`There is no run ${key} in ${project.slug}.`);
  const { id, ...told } = head;
  return {
    project: { slug: project.slug, repository: project.repository },
    ...told,
    results: await rows<RunResult>(db(), RESULTS, [project.id, id, project.defaultBranch]),
  };
}

const RESULTS = `
SELECT w.name AS workload, w.number AS "workloadNumber", k.params, r.version, r.sent_name AS "sentName", r.outcome,
  r.error, r.failed_repeats AS "failedRepeats", r.control, coalesce(r.links, '{}') AS links,
  coalesce(measured.metrics, '[]') AS metrics
FROM results r
JOIN runs u ON u.project_id = $1 AND u.id = r.run_id
JOIN cases k ON k.project_id = $1 AND k.id = r.case_id
JOIN workloads w ON w.project_id = $1 AND w.id = k.workload_id
LEFT JOIN LATERAL (
  SELECT json_agg(json_build_object('metric', m.name, 'metricName', m.display_name, 'unit', m.unit,
    'sentUnit', nullif(r.units->>m.name, m.unit), 'value', p.median, 'min', p.lo, 'max', p.hi, 'n', p.n,
    'samples', p.samples, 'level', l.level, 'noise', l.noise) ORDER BY m.name <> 'duration', m.id) AS metrics
  FROM series s
  JOIN points p ON p.project_id = $1 AND p.series_id = s.id AND p.commit_id = u.commit_id AND p.run_id = u.id
  JOIN metrics m ON m.project_id = $1 AND m.id = s.metric_id
  LEFT JOIN lines l ON l.project_id = $1 AND s.trend AND l.case_id = s.case_id AND l.metric_id = s.metric_id
    AND l.environment_id = s.environment_id
    AND l.branch_id = (SELECT id FROM branches WHERE project_id = $1 AND name = $3)
  WHERE s.project_id = $1 AND s.case_id = r.case_id AND s.version = r.version
    AND s.environment_id = u.environment_id AND s.revision_id = u.revision_id) measured ON true
WHERE r.project_id = $1 AND r.run_id = $2
ORDER BY r.outcome = 'passed', r.outcome, w.name, k.params::text, r.version`;
