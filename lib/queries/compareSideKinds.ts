import type { ProjectRow } from "@/lib/auth/access";
import { db, row, rows } from "@/lib/db/sql";
import { Invalid, NotFound } from "@/lib/errors";
import { parseSide, type SideKind, type SideName } from "@/lib/urls/compare";
import { isoOf } from "./points";

/** A commit as far as a side tells of it. */
export type CommitHead = {
  id: number;
  sha: string;
  committedAt: string | null;
  subject: string | null;
  pullRequest: number | null;
};

/** What a side names, before its runs are read. */
export type FoundSide = {
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

/** What a side of any kind names in a project. Throws Invalid for what is no such name, NotFound for what does not exist. */
export const findSide = (project: ProjectRow, { kind, name }: SideName): Promise<FoundSide> =>
  FINDERS[kind](project, name);

const FINDERS: Record<SideKind, (project: ProjectRow, name: string) => Promise<FoundSide>> = {
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

const atCommit = (label: string, commit: CommitHead): FoundSide => ({
  label,
  commit,
  where: "u.commit_id = $4 AND u.experiment IS NULL",
  values: [commit.id],
  empty: "No run was sent for this commit.",
});

/** The commit that a condition on `commits c` picks, its values from $2 on; null: none. */
export async function commitHead(project: ProjectRow, where: string, values: unknown[]): Promise<CommitHead | null> {
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
async function branchSide(project: ProjectRow, name: string, environment?: string): Promise<FoundSide> {
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

async function experimentSide(project: ProjectRow, name: string): Promise<FoundSide> {
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
async function environmentSide(project: ProjectRow, name: string): Promise<FoundSide> {
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

/** Condition that a run of this alias is left out of no statistic; $1 is the project. */
export const notExcluded = (run: string) => `NOT EXISTS (
  SELECT FROM exclusions x WHERE x.project_id = $1 AND x.run_id = ${run}.id AND x.series_id IS NULL AND x.restored_at IS NULL)`;
