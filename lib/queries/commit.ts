import { type ProjectRow, readProject } from "@/lib/auth/access";
import { joinLineNames } from "@/lib/db/lineNames";
import { db, row, rows } from "@/lib/db/sql";
import { NotFound } from "@/lib/errors";
import type { Actor } from "@/lib/model/actor";
import { type FilledLink, fillLinks } from "@/lib/model/linkTemplates";
import type { Json, ShiftDirection, ShiftState, ShiftStatus } from "@/lib/model/words";
import type { ShiftSummary } from "@/lib/shift/summary";
import { STATUS_NOW } from "./open";
import { isoOf } from "./points";
import { exclusionsOf, judgementsOf, type RunExclusion, type RunJudged } from "./runSaid";
import { causeSettings } from "./settings";
import { type UsualRange, usualRange } from "./usualRange";

export type CommitRun = {
  key: string;
  environment: string;
  experiment: string | null;
  variant: string | null;
  startedAt: string | null;
  passed: number;
  failed: number;
  skipped: number;
  excluded: boolean;
  /** What the analysis says of it as a whole, per metric. */
  judgements: RunJudged[];
  /** What of it is out of statistics, by whom and why. */
  exclusions: RunExclusion[];
};

/** What the runs of a commit measured on one line, against the level of the stretch it lies in. */
export type CommitMeasurement = {
  workload: string;
  workloadNumber: number;
  params: Json;
  metric: string;
  metricName: string | null;
  unit: string;
  environment: string;
  runs: number;
  n: number;
  value: number;
  min: number;
  max: number;
  usual: UsualRange | null;
};

/** A shift whose range holds the commit: it, or a neighbour in the range, brought the change. */
export type CommitShift = {
  number: number;
  direction: ShiftDirection;
  state: ShiftState;
  status: ShiftStatus;
  lastGood: string;
  firstShifted: string;
  /** Commits strictly between both. */
  commitsBetween: number;
  summary: ShiftSummary;
};

export type CommitRead = {
  project: { slug: string; repository: string | null };
  sha: string;
  committedAt: string | null;
  author: string | null;
  subject: string | null;
  pullRequest: number | null;
  parents: string[];
  /** Branches that hold it; position null: sent for the branch, but off its line. */
  branches: { name: string; position: number | null; length: number }[];
  tags: string[];
  /** The first release on the default branch that contains it; null: none yet, or it is not on the line. */
  containedIn: string | null;
  /** The neighbours on the default branch's line; null at its ends, and off it. */
  previous: string | null;
  next: string | null;
  /** The nearest measured commits before and after it on the default branch's line. */
  measuredBefore: string | null;
  measuredAfter: string | null;
  shifts: CommitShift[];
  runs: CommitRun[];
  measurements: CommitMeasurement[];
  /** The project's own links that need a commit only, filled in. */
  links: FilledLink[];
};

type Around = Pick<CommitRead, "previous" | "next" | "measuredBefore" | "measuredAfter" | "containedIn">;
type Head = Omit<CommitRead, "project" | "branches" | "runs" | "measurements" | "shifts" | "links" | keyof Around> & {
  id: number;
};

/** A commit by its sha or the beginning of it (four characters and more), with all that was measured there. Throws NotFound. */
export async function readCommit(actor: Actor, slug: string, sha: string): Promise<CommitRead> {
  const project = await readProject(actor, slug);
  const head = await headOf(project, sha.toLowerCase());
  const { id, ...told } = head;
  const [branches, around, shifts, runs, measurements, settings] = await Promise.all([
    branchesOf(project, id),
    aroundOf(project, id),
    rows<CommitShift>(db(), SHIFTS, [project.id, id, project.defaultBranch]),
    runsOf(project, id),
    rows<CommitMeasurement>(db(), MEASUREMENTS, [project.id, id, project.defaultBranch]),
    causeSettings(project.id),
  ]);
  return {
    project: { slug: project.slug, repository: project.repository },
    ...told,
    branches,
    ...(around ?? { previous: null, next: null, measuredBefore: null, measuredAfter: null, containedIn: null }),
    shifts,
    runs,
    measurements,
    links: fillLinks(settings.linkTemplates, { sha: told.sha, pullRequest: told.pullRequest }),
  };
}

async function headOf(project: ProjectRow, sha: string): Promise<Head> {
  const found = /^[0-9a-z]{4,64}$/.test(sha)
    ? await rows<Head>(
        db(),
        `SELECT c.id, c.sha, ${isoOf("c.committed_at")} AS "committedAt", c.author, c.subject,
           c.pull_request AS "pullRequest", c.parents,
           ARRAY(SELECT tag FROM releases r WHERE r.project_id = $1 AND r.commit_id = c.id ORDER BY tag) AS tags
         FROM commits c WHERE c.project_id = $1 AND c.sha >= $2 AND c.sha < $2 || '~'
         ORDER BY c.sha = $2 DESC, c.sha LIMIT 2`,
        [project.id, sha],
      )
    : [];
  const [first, second] = found;
  if (first && (first.sha === sha || !second)) return first;
  throw new NotFound(
    first
      ? `Several commits begin with ${sha}. Give more of the sha.`
      : `No commit ${sha} is known in ${project.slug}.`,
  );
}

async function branchesOf(project: ProjectRow, id: number) {
  return rows<CommitRead["branches"][number]>(
    db(),
    `SELECT br.name, b.position, (
       SELECT count(*) FROM branch_commits n
       WHERE n.project_id = $1 AND n.branch_id = br.id AND n.position IS NOT NULL) AS length
     FROM branch_commits b JOIN branches br ON br.project_id = $1 AND br.id = b.branch_id
     WHERE b.project_id = $1 AND b.commit_id = $2 AND (b.claimed OR b.position IS NOT NULL)
     ORDER BY br.name <> $3, br.name LIMIT 50`,
    [project.id, id, project.defaultBranch],
  );
}

/** What stands around it on the default branch's line; null: it is not on it. */
async function aroundOf(project: ProjectRow, id: number): Promise<Around | null> {
  const measured = (order: string) => `(
    SELECT c.sha FROM branch_commits n JOIN commits c ON c.project_id = $1 AND c.id = n.commit_id
    WHERE n.project_id = $1 AND n.branch_id = br.id AND ${order === "DESC" ? "n.position < own.position" : "n.position > own.position"}
      AND EXISTS (
        SELECT FROM runs u WHERE u.project_id = $1 AND u.commit_id = n.commit_id AND u.experiment IS NULL)
    ORDER BY n.position ${order} LIMIT 1)`;
  const neighbour = (step: string) => `(
    SELECT c.sha FROM branch_commits n JOIN commits c ON c.project_id = $1 AND c.id = n.commit_id
    WHERE n.project_id = $1 AND n.branch_id = br.id AND n.position = own.position ${step} 1)`;
  return row<Around>(
    db(),
    `SELECT ${neighbour("-")} AS previous, ${neighbour("+")} AS next,
       ${measured("DESC")} AS "measuredBefore", ${measured("ASC")} AS "measuredAfter", (
         SELECT r.tag FROM releases r
         JOIN branch_commits n ON n.project_id = $1 AND n.branch_id = br.id AND n.commit_id = r.commit_id
         WHERE r.project_id = $1 AND n.position >= own.position ORDER BY n.position, r.tag LIMIT 1) AS "containedIn"
     FROM branches br
     JOIN branch_commits own ON own.project_id = $1 AND own.branch_id = br.id AND own.commit_id = $2
     WHERE br.project_id = $1 AND br.name = $3 AND own.position IS NOT NULL`,
    [project.id, id, project.defaultBranch],
  );
}

const SHIFTS = `
SELECT s.number, s.direction, s.state, ${STATUS_NOW} AS status, s.summary, g.sha AS "lastGood", f.sha AS "firstShifted",
  bf.position - bg.position - 1 AS "commitsBetween"
FROM shifts s
JOIN branches br ON br.project_id = $1 AND br.id = s.branch_id AND br.name = $3
JOIN branch_commits own ON own.project_id = $1 AND own.branch_id = br.id AND own.commit_id = $2
JOIN branch_commits bg ON bg.project_id = $1 AND bg.branch_id = br.id AND bg.commit_id = s.last_good_commit_id
JOIN branch_commits bf ON bf.project_id = $1 AND bf.branch_id = br.id AND bf.commit_id = s.first_shifted_commit_id
JOIN commits g ON g.project_id = $1 AND g.id = s.last_good_commit_id
JOIN commits f ON f.project_id = $1 AND f.id = s.first_shifted_commit_id
WHERE s.project_id = $1 AND s.part_of IS NULL AND s.state <> 'withdrawn'
  AND own.position > bg.position AND own.position <= bf.position
ORDER BY s.number DESC LIMIT 50`;

async function runsOf(project: ProjectRow, id: number): Promise<CommitRun[]> {
  return rows<CommitRun>(
    db(),
    `SELECT u.key, e.name AS environment, u.experiment, u.variant, u.started_at AS "startedAt",
       o.passed, o.failed, o.skipped, EXISTS (
         SELECT FROM exclusions x WHERE x.project_id = $1 AND x.run_id = u.id AND x.series_id IS NULL AND x.restored_at IS NULL) AS excluded,
       ${judgementsOf("u.id")} AS judgements, ${exclusionsOf("u.id")} AS exclusions
     FROM runs u
     JOIN environments e ON e.project_id = $1 AND e.id = u.environment_id
     CROSS JOIN LATERAL (
       SELECT count(*) FILTER (WHERE outcome = 'passed') AS passed, count(*) FILTER (WHERE outcome = 'failed') AS failed,
         count(*) FILTER (WHERE outcome = 'skipped') AS skipped
       FROM results WHERE project_id = $1 AND run_id = u.id) o
     WHERE u.project_id = $1 AND u.commit_id = $2
     ORDER BY u.experiment IS NOT NULL, e.name, u.started_at, u.key LIMIT 500`,
    [project.id, id],
  );
}

/** By series and commit, so that the primary key of the points answers; they have no index by commit alone. */
const MEASUREMENTS = `
WITH found AS (
  SELECT s.case_id, s.metric_id, s.environment_id, count(*) AS runs, sum(p.n) AS n,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY p.median) AS value, min(p.lo) AS min, max(p.hi) AS max
  FROM series s
  JOIN points p ON p.project_id = $1 AND p.series_id = s.id AND p.commit_id = $2
  WHERE s.project_id = $1 AND s.trend AND NOT EXISTS (
    SELECT FROM exclusions x WHERE x.project_id = $1 AND x.run_id = p.run_id
      AND coalesce(x.series_id, p.series_id) = p.series_id AND x.restored_at IS NULL)
  GROUP BY s.case_id, s.metric_id, s.environment_id
)
SELECT w.name AS workload, w.number AS "workloadNumber", k.params, m.name AS metric, m.display_name AS "metricName",
  m.unit, e.name AS environment, f.runs, f.n, f.value, f.min, f.max, ${usualRange({
    commit: "$2",
    caseId: "f.case_id",
    metric: "f.metric_id",
    environment: "f.environment_id",
    branch: "$3",
  })} AS usual
FROM found f
${joinLineNames("f")}
ORDER BY w.name, k.params, m.name <> 'duration', m.id, e.name`;
