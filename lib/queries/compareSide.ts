import type { ProjectRow } from "@/lib/auth/access";
import { db, row, rows } from "@/lib/db/sql";
import { Invalid } from "@/lib/errors";
import type { Json } from "@/lib/model/words";
import { baselineOf, parseSide, SIDE_KINDS, type SideKind, sideText } from "@/lib/urls/compare";
import { commitHead, type FoundSide, findSide, notExcluded } from "./compareSideKinds";
import { isoOf } from "./points";

/** A measured commit that may stand for one without data; it is offered, never taken. */
export type NearestCommit = {
  /** As a side: `commit:4bcc6b6...`. */
  side: string;
  sha: string;
  committedAt: string | null;
  /** Commits from the asked one to this, along the branch. */
  distance: number;
  where: "before" | "after";
};

/** A side as it was understood. */
export type CompareSide = {
  side: string;
  kind: SideKind;
  /** What people call it: the tag, the branch, "stealing / variant". */
  label: string;
  /** Its commit; the newest of them where it has several, null where it has none. */
  sha: string | null;
  committedAt: string | null;
  subject: string | null;
  pullRequest: number | null;
  runs: number;
  commits: number;
  environments: string[];
  /** Why there is no data, or what else is to be known. */
  note: string | null;
  nearest: NearestCommit | null;
};

/** One run of a side. */
export type SideRun = {
  id: number;
  commitId: number;
  environmentId: number;
  environment: string;
  revisionId: number;
  factsGroup: number;
  facts: Json;
  isExperiment: boolean;
  startedAt: string | null;
};

/** A side with its runs, newest commit first within an environment. */
export type ResolvedSide = {
  told: CompareSide;
  runs: SideRun[];
  /** Earlier commits of a branch count only within the present segment of a line. */
  isBranch: boolean;
  /** Whose variant it is; null: no experiment's. */
  experiment: string | null;
  variant: string | null;
};

/**
 * What a written side means: its runs, without those that are excluded. A side without data is an answer, with the nearest
 * measured commit. Throws Invalid for what is no side, NotFound for what does not exist.
 */
export async function resolveSide(
  project: ProjectRow,
  written: string,
  environment: string | null,
  which: "baseline" | "contender",
): Promise<ResolvedSide> {
  const name = parseSide(written);
  if (!name) throw wrongSide(which, written);
  const found = await findSide(project, name);
  if (found.environment !== undefined && environment !== null && environment !== found.environment)
    throw contradiction(which, written, environment);
  const within = found.environment ?? environment;
  const runs = await runsOf(project, found, within);
  const newest = runs[0] ? await commitHead(project, "c.id = $2", [runs[0].commitId]) : null;
  const commit = found.commit ?? newest;
  const hasData = runs.length > 0;
  const told: CompareSide = {
    side: sideText(name),
    kind: name.kind,
    label: found.label,
    sha: commit?.sha ?? null,
    committedAt: commit?.committedAt ?? null,
    subject: commit?.subject ?? null,
    pullRequest: commit?.pullRequest ?? null,
    runs: runs.length,
    commits: new Set(runs.map(({ commitId }) => commitId)).size,
    environments: [...new Set(runs.map((run) => run.environment))],
    note: hasData ? null : await whyEmpty(project, found, within),
    nearest: hasData || !found.commit ? null : await nearestTo(project, found.commit.id, within),
  };
  return {
    told,
    runs,
    isBranch: found.isBranch ?? false,
    experiment: found.experiment ?? null,
    variant: found.variant ?? null,
  };
}

/**
 * Both sides. Without a baseline (or with `base`) a pull request is held against its merge base; another contender has none,
 * which is Invalid. Otherwise throws as `resolveSide`.
 */
export async function resolveSides(
  project: ProjectRow,
  asked: { baseline: string | null; contender: string; environment: string | null },
): Promise<{ baseline: ResolvedSide; contender: ResolvedSide }> {
  const written = baselineOf(asked.baseline, asked.contender);
  if (written === null) {
    const message =
      "Name a baseline. It may be left out (or be base) where the contender is a pull request, pr:NUMBER.";
    throw new Invalid(message, [{ path: "baseline", message }]);
  }
  // One after the other: when one side is refused, no statement of the other goes on behind the answer.
  const baseline = await resolveSide(project, written, asked.environment, "baseline");
  const contender = await resolveSide(project, asked.contender, asked.environment, "contender");
  return { baseline, contender };
}

function contradiction(which: string, written: string, environment: string): Invalid {
  const message = `${which} names an environment of its own, so environment=${environment} cannot hold for it. Leave one of them out.`;
  return new Invalid(`${JSON.stringify(written)}: ${message}`, [{ path: "environment", message }]);
}

function wrongSide(which: string, written: string): Invalid {
  const message = `${which} is not a side. Write KIND:NAME, such as release:2026.11.0; kinds are ${SIDE_KINDS.join(", ")}.`;
  return new Invalid(`${JSON.stringify(written)}: ${message}`, [{ path: which, message }]);
}

async function runsOf(project: ProjectRow, found: FoundSide, environment: string | null): Promise<SideRun[]> {
  return rows<SideRun>(
    db(),
    `SELECT u.id, u.commit_id AS "commitId", u.environment_id AS "environmentId", e.name AS environment,
       u.revision_id AS "revisionId", v.facts_group AS "factsGroup", v.facts, u.experiment IS NOT NULL AS "isExperiment",
       u.started_at AS "startedAt"
     FROM runs u
     JOIN environments e ON e.project_id = $1 AND e.id = u.environment_id
     JOIN environment_revisions v ON v.project_id = $1 AND v.id = u.revision_id
     LEFT JOIN branches br ON br.project_id = $1 AND br.name = $3
     LEFT JOIN branch_commits b ON b.project_id = $1 AND b.branch_id = br.id AND b.commit_id = u.commit_id
     WHERE u.project_id = $1 AND ($2::text IS NULL OR e.name = $2) AND ${notExcluded("u")} AND ${found.where}
     ORDER BY b.position DESC NULLS LAST, u.started_at, u.id`,
    [project.id, environment, project.defaultBranch, ...found.values],
  );
}

async function whyEmpty(project: ProjectRow, found: FoundSide, environment: string | null): Promise<string> {
  if (!found.commit) return environment === null ? found.empty : `${found.empty.replace(/\.$/, "")} in ${environment}.`;
  const others = await rows<{ name: string; environment: string; experiment: string | null }>(
    db(),
    `SELECT DISTINCT coalesce(u.experiment || coalesce('/' || u.variant, ''), '') AS name, e.name AS environment,
       u.experiment
     FROM runs u JOIN environments e ON e.project_id = $1 AND e.id = u.environment_id
     WHERE u.project_id = $1 AND u.commit_id = $2 ORDER BY name, environment`,
    [project.id, found.commit.id],
  );
  if (others.length === 0) return found.empty;
  const experiments = [...new Set(others.filter(({ experiment }) => experiment !== null).map(({ name }) => name))];
  const elsewhere = [...new Set(others.filter(({ experiment }) => experiment === null).map((one) => one.environment))];
  if (elsewhere.length > 0 && environment !== null)
    return `It was not measured in ${environment}, but in ${elsewhere.join(", ")}.`;
  if (experiments.length > 0)
    return `It has no run outside experiments. Compare these: experiment:${experiments.join(", experiment:")}.`;
  return "All its runs are excluded from statistics.";
}

/** The nearest measured ancestor along a branch that holds the commit, the default one first; else the next measured one. */
async function nearestTo(
  project: ProjectRow,
  commitId: number,
  environment: string | null,
): Promise<NearestCommit | null> {
  const found = await row<Omit<NearestCommit, "side">>(
    db(),
    `WITH own AS (
       SELECT b.branch_id, b.position FROM branch_commits b
       JOIN branches br ON br.project_id = $1 AND br.id = b.branch_id
       WHERE b.project_id = $1 AND b.commit_id = $2 AND b.position IS NOT NULL
       ORDER BY br.name = $3 DESC, br.id LIMIT 1
     ), measured AS (
       SELECT b.commit_id, b.position - own.position AS step
       FROM own JOIN branch_commits b ON b.project_id = $1 AND b.branch_id = own.branch_id AND b.position IS NOT NULL
       WHERE EXISTS (
         SELECT FROM runs u JOIN environments e ON e.project_id = $1 AND e.id = u.environment_id
         WHERE u.project_id = $1 AND u.commit_id = b.commit_id AND u.experiment IS NULL
           AND ($4::text IS NULL OR e.name = $4) AND ${notExcluded("u")})
     )
     SELECT c.sha, ${isoOf("c.committed_at")} AS "committedAt", abs(m.step) AS distance,
       CASE WHEN m.step < 0 THEN 'before' ELSE 'after' END AS where
     FROM measured m JOIN commits c ON c.project_id = $1 AND c.id = m.commit_id
     ORDER BY m.step > 0, abs(m.step) LIMIT 1`,
    [project.id, commitId, project.defaultBranch, environment],
  );
  return found && { side: `commit:${found.sha}`, ...found };
}
