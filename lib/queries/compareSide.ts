import type { ProjectRow } from "@/lib/auth/access";
import { db, row, rows } from "@/lib/db/sql";
import { Invalid, NotFound } from "@/lib/errors";
import type { Json } from "@/lib/model/words";
import { parseSide, SIDE_KINDS, type SideKind, sideText } from "@/lib/urls/compare";
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
};

type CommitHead = {
  id: number;
  sha: string;
  committedAt: string | null;
  subject: string | null;
  pullRequest: number | null;
};

type Found = {
  label: string;
  commit: CommitHead | null;
  /** Condition on `runs u`, with its values from $4 on. */
  where: string;
  values: unknown[];
  /** Why it would have no runs. */
  empty: string;
  isBranch?: boolean;
  experiment?: string;
};

/** Runs per environment that a branch takes from its newest commits. */
export const BRANCH_RUNS = 10;

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
  const found = await FINDERS[name.kind](project, name.name);
  const runs = await runsOf(project, found, environment);
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
    note: hasData ? null : await whyEmpty(project, found, environment),
    nearest: hasData || !found.commit ? null : await nearestTo(project, found.commit.id, environment),
  };
  return { told, runs, isBranch: found.isBranch ?? false, experiment: found.experiment ?? null };
}

function wrongSide(which: string, written: string): Invalid {
  const message = `${which} is not a side. Write KIND:NAME, such as release:2026.11.0; kinds are ${SIDE_KINDS.join(", ")}.`;
  return new Invalid(`${JSON.stringify(written)}: ${message}`, [{ path: which, message }]);
}

const FINDERS: Record<SideKind, (project: ProjectRow, name: string) => Promise<Found>> = {
  release: async (project, tag) => {
    const commit = await commitHead(
      project,
      "c.id = (SELECT commit_id FROM releases WHERE project_id = $1 AND tag = $2)",
      [tag],
    );
    if (!commit) throw missing(project, "release", tag, "GET .../releases lists them.");
    return atCommit(tag, commit);
  },
  commit: async (project, sha) => {
    const commit = await commitOf(project, sha.toLowerCase());
    return atCommit(commit.sha.slice(0, 7), commit);
  },
  pr: async (project, number) => {
    const commit = await pullRequestHead(project, number.replace(/^#/, ""));
    if (!commit) throw missing(project, "commit of pull request", number, "Send pullRequest with its runs.");
    return atCommit(`#${number.replace(/^#/, "")}`, commit);
  },
  branch: branchSide,
  run: async (project, key) => {
    const run = await row<{ id: number }>(db(), "SELECT id FROM runs WHERE project_id = $1 AND key = $2", [
      project.id,
      inert(key),
    ]);
    if (!run) throw missing(project, "run", key, "GET .../runs lists them.");
    const empty = "This run is excluded from all statistics.";
    return { label: key, commit: null, where: "u.id = $4", values: [run.id], empty };
  },
  experiment: experimentSide,
  env: async () => {
    const message = "A whole environment as a side does not exist yet. Compare two runs, and name environment=... ";
    throw new Invalid(message.trim(), [{ path: "env", message: message.trim() }]);
  },
};

const missing = (project: ProjectRow, what: string, name: string, wayOut: string) =>
  new NotFound(`There is no ${what} ${name} in ${project.slug}. ${wayOut}`);

const inert = (text: string) => text.replaceAll("\0", "\ufffd");

const atCommit = (label: string, commit: CommitHead): Found => ({
  label,
  commit,
  where: "u.commit_id = $4 AND u.experiment IS NULL",
  values: [commit.id],
  empty: "No run was sent for this commit.",
});

async function commitHead(project: ProjectRow, where: string, values: unknown[]): Promise<CommitHead | null> {
  return row<CommitHead>(
    db(),
    `SELECT c.id, c.sha, ${isoOf("c.committed_at")} AS "committedAt", c.subject, c.pull_request AS "pullRequest"
     FROM commits c WHERE c.project_id = $1 AND ${where} LIMIT 1`,
    [project.id, ...values.map((value) => (typeof value === "string" ? inert(value) : value))],
  );
}

async function commitOf(project: ProjectRow, sha: string): Promise<CommitHead> {
  if (!/^[0-9a-z]{7,64}$/.test(sha)) {
    const message = `commit:${sha} is too little of a sha, or none. Give at least seven characters.`;
    throw new Invalid(message, [{ path: "commit", message }]);
  }
  const found = await rows<CommitHead>(
    db(),
    `SELECT c.id, c.sha, ${isoOf("c.committed_at")} AS "committedAt", c.subject, c.pull_request AS "pullRequest"
     FROM commits c WHERE c.project_id = $1 AND c.sha >= $2 AND c.sha < $2 || '~'
     ORDER BY c.sha = $2 DESC, c.sha LIMIT 2`,
    [project.id, sha],
  );
  const [first, second] = found;
  if (first && (first.sha === sha || !second)) return first;
  if (first) throw new Invalid(`Several commits begin with ${sha}. Give more of the sha.`);
  throw missing(project, "commit", sha, "Send it with `tidemark commits`, or with a run.");
}

/** The merged commit on the default branch; before the merge the newest measured commit of the pull request. */
async function pullRequestHead(project: ProjectRow, number: string): Promise<CommitHead | null> {
  if (!/^\d{1,9}$/.test(number)) throw new Invalid(`pr:${number} is no number of a pull request.`);
  return row<CommitHead>(
    db(),
    `SELECT c.id, c.sha, ${isoOf("c.committed_at")} AS "committedAt", c.subject, c.pull_request AS "pullRequest"
     FROM commits c
     LEFT JOIN branches br ON br.project_id = $1 AND br.name = $3
     LEFT JOIN branch_commits b ON b.project_id = $1 AND b.branch_id = br.id AND b.commit_id = c.id
     LEFT JOIN LATERAL (SELECT max(coalesce(u.started_at, u.received_at)) AS at FROM runs u
       WHERE u.project_id = $1 AND u.commit_id = c.id AND u.experiment IS NULL) measured ON true
     WHERE c.project_id = $1 AND c.pull_request = $2
     ORDER BY b.position DESC NULLS LAST, measured.at DESC NULLS LAST, c.id DESC LIMIT 1`,
    [project.id, Number(number), project.defaultBranch],
  );
}

/** Newest measured commits of a branch's line; only the newest where nobody looks for changepoints (other branches). */
async function branchSide(project: ProjectRow, name: string): Promise<Found> {
  const branch = await row<{ id: number }>(db(), "SELECT id FROM branches WHERE project_id = $1 AND name = $2", [
    project.id,
    inert(name),
  ]);
  if (!branch) throw missing(project, "branch", name, "Branches appear with the runs and commit lists that name them.");
  const isDefault = name === project.defaultBranch;
  return {
    label: name,
    commit: null,
    where: `u.id IN (
      SELECT id FROM (
        SELECT r.id, row_number() OVER (PARTITION BY r.environment_id ORDER BY b.position DESC, r.id DESC) AS place,
          dense_rank() OVER (PARTITION BY r.environment_id ORDER BY b.position DESC) AS age,
          dense_rank() OVER (ORDER BY b.position DESC) AS behind
        FROM runs r JOIN branch_commits b ON b.project_id = $1 AND b.branch_id = $4 AND b.commit_id = r.commit_id
        WHERE r.project_id = $1 AND r.experiment IS NULL AND b.position IS NOT NULL AND ${notExcluded("r")}) newest
      WHERE ${isDefault ? `age = 1 OR place <= ${BRANCH_RUNS}` : "behind = 1"})`,
    values: [branch.id],
    empty: `No commit of ${name} has been measured.`,
    isBranch: true,
  };
}

async function experimentSide(project: ProjectRow, name: string): Promise<Found> {
  const found = await rows<{ experiment: string; variant: string | null }>(
    db(),
    `SELECT DISTINCT experiment, variant FROM runs
     WHERE project_id = $1 AND experiment || coalesce('/' || variant, '') = $2`,
    [project.id, inert(name)],
  );
  const [one, another] = found;
  if (!one) throw missing(project, "experiment and variant", name, "Write experiment:NAME/VARIANT.");
  if (another) throw new Invalid(`experiment:${name} can be read in several ways. Rename one of the variants.`);
  return {
    label: one.variant === null ? one.experiment : `${one.experiment} / ${one.variant}`,
    commit: null,
    where: "u.experiment = $4 AND u.variant IS NOT DISTINCT FROM $5",
    values: [one.experiment, one.variant],
    empty: "All runs of this variant are excluded.",
    experiment: one.experiment,
  };
}

const notExcluded = (run: string) => `NOT EXISTS (
  SELECT FROM exclusions x WHERE x.project_id = $1 AND x.run_id = ${run}.id AND x.series_id IS NULL AND x.restored_at IS NULL)`;

async function runsOf(project: ProjectRow, found: Found, environment: string | null): Promise<SideRun[]> {
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

async function whyEmpty(project: ProjectRow, found: Found, environment: string | null): Promise<string> {
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
