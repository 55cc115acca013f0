import type { ProjectRow } from "@/lib/auth/access";
import { db, row, rows } from "@/lib/db/sql";
import { Invalid, NotFound } from "@/lib/errors";
import type { Json } from "@/lib/model/words";
import { baselineOf, parseSide, SIDE_KINDS, type SideKind, sideText } from "@/lib/urls/compare";
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
  variant?: string | null;
  /** The side is limited to this environment. */
  environment?: string;
};

/** Generations in which a merge base is looked for where nobody sent it. */
const MOST_ANCESTORS = 500;

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
  pr: async (project, name) => {
    const [, number = "", base] = /^#?(.*?)(\/base)?$/.exec(name) ?? [];
    const commit = await pullRequestHead(project, number);
    if (!commit) throw missing(project, "commit of pull request", number, "Send pullRequest with its runs.");
    if (base === undefined) return atCommit(`#${number}`, commit);
    return atCommit(`base of #${number}`, await mergeBaseOf(project, number, commit));
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
  env: environmentSide,
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

/**
 * Where a pull request left the default branch: as its commit was sent with; after the merge the commit before it there; else the
 * newest ancestor on the default branch. Throws NotFound where that cannot be told.
 */
async function mergeBaseOf(project: ProjectRow, number: string, { id }: CommitHead): Promise<CommitHead> {
  const [found] = await rows<{ sha: string | null; known: number | null }>(
    db(),
    `WITH RECURSIVE line AS (
       SELECT b.commit_id, b.position FROM branches br
       JOIN branch_commits b ON b.project_id = $1 AND b.branch_id = br.id AND b.position IS NOT NULL
       WHERE br.project_id = $1 AND br.name = $3
     ), ancestors (id, parents, depth, position) AS (
       SELECT c.id, c.parents, 0, NULL::int FROM commits c WHERE c.project_id = $1 AND c.id = $2
       UNION
       SELECT c.id, c.parents, a.depth + 1, l.position
       FROM ancestors a CROSS JOIN LATERAL unnest(a.parents) AS parent (sha)
       JOIN commits c ON c.project_id = $1 AND c.sha = parent.sha
       LEFT JOIN line l ON l.commit_id = c.id
       WHERE a.position IS NULL AND a.depth < ${MOST_ANCESTORS}
     )
     SELECT coalesce(own.merge_base, before.sha, (
         SELECT c.sha FROM ancestors a JOIN commits c ON c.project_id = $1 AND c.id = a.id
         WHERE a.position IS NOT NULL ORDER BY a.position DESC LIMIT 1)) AS sha
     FROM commits own
     LEFT JOIN line here ON here.commit_id = own.id
     LEFT JOIN line previous ON previous.position = here.position - 1
     LEFT JOIN commits before ON before.project_id = $1 AND before.id = previous.commit_id
     WHERE own.project_id = $1 AND own.id = $2`,
    [project.id, id, project.defaultBranch],
  );
  const base = found?.sha ? await commitHead(project, "c.sha = $2", [found.sha]) : null;
  if (base) return base;
  const what = found?.sha
    ? `commit ${found.sha.slice(0, 10)}, the merge base of pull request`
    : "merge base of pull request";
  throw missing(project, what, number, `Send mergeBase with its runs, and the commits of ${project.defaultBranch}.`);
}

/** Newest measured commits of a branch's line; only the newest where nobody looks for changepoints (other branches). */
async function branchSide(project: ProjectRow, name: string, environment?: string): Promise<Found> {
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
    empty: `No commit of ${name} has been measured${environment === undefined ? "" : ` in ${environment}`}.`,
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
    variant: one.variant,
  };
}

/** `NAME`: the default branch in this environment. `NAME@SIDE`: that side in this environment alone. */
async function environmentSide(project: ProjectRow, name: string): Promise<Found> {
  const at = /^(.*)@([a-z]+:.*)$/s.exec(name);
  const inner = at ? parseSide(at[2] ?? "") : null;
  const environment = inner && inner.kind !== "env" ? (at?.[1] ?? "") : name;
  const known = await row<{ name: string }>(db(), "SELECT name FROM environments WHERE project_id = $1 AND name = $2", [
    project.id,
    inert(environment),
  ]);
  if (!known) throw missing(project, "environment", environment, "Write env:NAME, or env:NAME@SIDE for a side in it.");
  const found =
    inner && inner.kind !== "env"
      ? await FINDERS[inner.kind](project, inner.name)
      : await branchSide(project, project.defaultBranch, known.name);
  return { ...found, label: `${found.label} in ${known.name}`, environment: known.name };
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
