import { readProject } from "@/lib/auth/access";
import { db, row, rows } from "@/lib/db/sql";
import { NotFound } from "@/lib/errors";
import { type Actor, may } from "@/lib/model/actor";
import { type FilledLink, fillLinks, namesRun, namesWorkload } from "@/lib/model/linkTemplates";
import type { Json, Outcome } from "@/lib/model/words";
import { isoOf } from "./points";
import { exclusionsOf, judgementsOf, type RunExclusion, type RunJudged } from "./runSaid";
import { causeSettings } from "./settings";
import { type UsualRange, usualRange } from "./usualRange";

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
  /** What points of its segment keep to; null for experiments, controls and lines that are not analysed. */
  usual: UsualRange | null;
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
  /** The project's own links that name the workload and the run, filled in. */
  ownLinks: FilledLink[];
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
  /** What the analysis says of it as a whole, per metric; none of experiments and of what was not judged yet. */
  judgements: RunJudged[];
  /** What of it is out of statistics, by whom and why. */
  exclusions: RunExclusion[];
  /** What the reader may do besides reading. */
  may: { triage: boolean };
  results: RunResult[];
  /** Other runs of this commit and variant, by start. */
  others: { key: string; environment: string }[];
  /** The project's own links, filled in for this run. */
  links: FilledLink[];
  /** Repositories of components, by name, where the project states them. */
  repositories: Record<string, string>;
  /** The run before in this environment on the default branch; null: none is known. */
  previous: { key: string; sha: string; components: Json } | null;
  /** The run after it, likewise. */
  next: { key: string; sha: string } | null;
};

type Head = Omit<RunRead, "project" | "results" | "others" | "repositories" | "previous" | "next" | "links" | "may"> & {
  id: number;
  commitId: number;
  environmentId: number;
};

/** One run with everything that it measured, failures first. Throws NotFound. */
export async function readRun(actor: Actor, slug: string, key: string): Promise<RunRead> {
  const project = await readProject(actor, slug);
  const head = key.includes("\0")
    ? null
    : await row<Head>(
        db(),
        `SELECT u.id, u.commit_id AS "commitId", u.environment_id AS "environmentId", u.key, c.sha, ${isoOf("c.committed_at")} AS "committedAt", c.pull_request AS "pullRequest",
           c.subject, b.name AS branch, e.name AS environment, v.facts, u.experiment, u.variant,
           u.started_at AS "startedAt", u.finished_at AS "finishedAt", u.received_at AS "receivedAt", u.url, u.tags,
           u.components, (SELECT x.reason FROM exclusions x
             WHERE x.project_id = $1 AND x.run_id = u.id AND x.series_id IS NULL AND x.restored_at IS NULL) AS excluded,
           ${judgementsOf("u.id")} AS judgements, ${exclusionsOf("u.id")} AS exclusions
         FROM runs u
         JOIN commits c ON c.project_id = $1 AND c.id = u.commit_id
         JOIN environments e ON e.project_id = $1 AND e.id = u.environment_id
         JOIN environment_revisions v ON v.project_id = $1 AND v.id = u.revision_id
         LEFT JOIN branches b ON b.project_id = $1 AND b.id = u.branch_id
         WHERE u.project_id = $1 AND u.key = $2`,
        [project.id, key],
      );
  if (!head) throw new NotFound(`There is no run ${key} in ${project.slug}.`);
  const { id, commitId, environmentId, ...told } = head;
  const around = [project.id, commitId, environmentId, project.defaultBranch];
  const [results, others, previous, next, settings] = await Promise.all([
    rows<Omit<RunResult, "ownLinks">>(db(), RESULTS, [project.id, id, project.defaultBranch]),
    rows<RunRead["others"][number]>(db(), OTHERS, [project.id, id, commitId, head.experiment, head.variant]),
    row<NonNullable<RunRead["previous"]>>(db(), neighbour("before"), around),
    row<NonNullable<RunRead["next"]>>(db(), neighbour("after"), around),
    causeSettings(project.id),
  ]);
  const values = { ...told, ...windowOf(told) };
  const perResult = settings.linkTemplates.filter((link) => namesWorkload(link) && namesRun(link));
  return {
    project: { slug: project.slug, repository: project.repository },
    ...told,
    may: { triage: may(actor, "triage", project.id) },
    results: results.map((result) => ({
      ...result,
      ownLinks: fillLinks(perResult, { ...values, workload: result.workload, params: result.params }),
    })),
    others,
    previous,
    repositories: settings.components,
    next: next && { key: next.key, sha: next.sha },
    links: fillLinks(settings.linkTemplates, values),
  };
}

/** The time window of a run as dashboards take it. */
function windowOf({ startedAt, finishedAt }: Pick<RunRead, "startedAt" | "finishedAt">) {
  const since = (time: string | null) => (time === null ? null : Date.parse(time));
  return { startedAtMs: since(startedAt), finishedAtMs: since(finishedAt) };
}

const OTHERS = `
SELECT u.key, e.name AS environment FROM runs u JOIN environments e ON e.project_id = $1 AND e.id = u.environment_id
WHERE u.project_id = $1 AND u.commit_id = $3 AND u.id <> $2 AND u.experiment IS NOT DISTINCT FROM $4
  AND u.variant IS NOT DISTINCT FROM $5
ORDER BY u.started_at, u.key LIMIT 20`;

/** Of the nearest commit before (or after) on the line that was measured here: its last run, or its first. */
const neighbour = (way: "before" | "after") => `
SELECT u.key, c.sha, u.components
FROM branches br
JOIN branch_commits own ON own.project_id = $1 AND own.branch_id = br.id AND own.commit_id = $2
JOIN branch_commits b ON b.project_id = $1 AND b.branch_id = br.id AND b.position ${way === "before" ? "<" : ">"} own.position
JOIN runs u ON u.project_id = $1 AND u.commit_id = b.commit_id AND u.environment_id = $3 AND u.experiment IS NULL
JOIN commits c ON c.project_id = $1 AND c.id = b.commit_id
WHERE br.project_id = $1 AND br.name = $4
ORDER BY ${
  way === "before"
    ? "b.position DESC, u.started_at DESC NULLS LAST, u.id DESC"
    : "b.position, u.started_at NULLS LAST, u.id"
} LIMIT 1`;

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
    'samples', p.samples, 'usual', CASE WHEN s.trend THEN ${usualRange({
      commit: "u.commit_id",
      caseId: "s.case_id",
      metric: "s.metric_id",
      environment: "s.environment_id",
      branch: "$3",
    })} END) ORDER BY m.name <> 'duration', m.id) AS metrics
  FROM series s
  JOIN points p ON p.project_id = $1 AND p.series_id = s.id AND p.commit_id = u.commit_id AND p.run_id = u.id
  JOIN metrics m ON m.project_id = $1 AND m.id = s.metric_id
  WHERE s.project_id = $1 AND s.case_id = r.case_id AND s.version = r.version
    AND s.environment_id = u.environment_id AND s.revision_id = u.revision_id) measured ON true
WHERE r.project_id = $1 AND r.run_id = $2
ORDER BY r.outcome = 'passed', r.outcome, w.name, k.params, r.version`;
