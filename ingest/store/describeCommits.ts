import { RunDocument } from "@/ingest/schema";
import { type Db, prepared } from "@/lib/db/sql";

/** What one source says of a commit; null and an empty list are blanks, which never erase what another source said. */
export type Description = {
  sha: string;
  committedAt: string | null;
  parents: string[];
  author: string | null;
  subject: string | null;
  pullRequest: number | null;
  mergeBase: string | null;
};

/** A description and where it comes from: a commit list, or a run with its start and key. */
export type Source = Description & ({ from: "list" } | { from: "run"; startedAt: string | null; key: string });

type CommitRow = Description & {
  id: number;
  listed: boolean;
  describedAt: string | null;
  describedBy: string | null;
};

/** What `describeCommits` did; ids also of the parents. */
export type Described = {
  ids: Map<string, number>;
  /** Commits that were not known in any way before. */
  created: Set<string>;
  /** Ids of commits that were known, and whose parents or date are others now: their branches' order may be too. */
  moved: number[];
  /** How many commits are described otherwise than before, new ones included. */
  changed: number;
};

/**
 * Stores what sources say of commits, and their parents as known only by name. A commit list wins over runs, then the
 * run with the newest startedAt, then the greater key; field by field, in whatever order they arrive.
 * `reserved`: ids for commits that are not known; whose commit is known meanwhile keeps the id it has.
 */
export async function describeCommits(
  tx: Db,
  projectId: number,
  sources: Source[],
  reserved: ReadonlyMap<string, number> = new Map(),
): Promise<Described> {
  const bySha = new Map<string, Source[]>();
  for (const { parents } of sources) for (const parent of parents) bySha.set(parent, bySha.get(parent) ?? []);
  for (const source of sources) bySha.set(source.sha, [...(bySha.get(source.sha) ?? []), source]);
  const shas = [...bySha.keys()].sort();
  const before = await readCommits(tx, projectId, shas, false);
  const missing = shas.filter((sha) => !before.has(sha));
  const inserted = await insertMissing(
    tx,
    projectId,
    missing.map((sha) => mergeNew(sha, bySha.get(sha) ?? [])),
    reserved,
  );
  // Somebody else has stored some of them meanwhile: those are read like the others.
  const isAlone = inserted.size === missing.length;
  const known = isAlone ? before : await readCommits(tx, projectId, shas, false);
  const differing = [...bySha].filter(([sha, said]) => !inserted.has(sha) && isChanged(known.get(sha), said));
  const moved = await updateCommits(
    tx,
    projectId,
    differing.map(([sha]) => sha),
    bySha,
  );
  const ids = new Map([...inserted, ...[...known].map(([sha, { id }]) => [sha, id] as const)]);
  const described = [...inserted.keys()].filter((sha) => bySha.get(sha)?.length);
  return { ids, created: new Set(inserted.keys()), moved, changed: differing.length + described.length };
}

/** A commit that nobody knew, as these sources say; all of them are here, so none is unclear. */
function mergeNew(sha: string, said: Source[]): CommitRow {
  const blank = { committedAt: null, parents: [], author: null, subject: null, pullRequest: null, mergeBase: null };
  const unknown: CommitRow = { id: 0, sha, ...blank, listed: false, describedAt: null, describedBy: null };
  const oldestFirst = [...said].sort((a, b) => (a.from === "list" || b.from === "list" ? 0 : isOlder(a, b) ? -1 : 1));
  return oldestFirst.reduce((commit, source) => merge(commit, source).commit, unknown);
}

/** Gives the ids of those that were not there. */
async function insertMissing(
  tx: Db,
  projectId: number,
  commits: CommitRow[],
  reserved: ReadonlyMap<string, number>,
): Promise<Map<string, number>> {
  if (!commits.length) return new Map();
  const inserted = await prepared<{ id: number; sha: string }>(
    tx,
    `insert into commits (project_id, id, sha, committed_at, parents, author, subject, pull_request, merge_base, listed,
                          described_at, described_by)
     select $1, coalesce(n.id, nextval('commits_id_seq')), n.sha, n.committed_at, n.parents::text[], n.author, n.subject, n.pull_request, n.merge_base, n.listed,
            n.described_at, n.described_by
       from unnest($2::text[], $3::timestamptz[], $4::text[], $5::text[], $6::text[], $7::int[], $8::text[], $9::bool[],
                   $10::timestamptz[], $11::text[], $12::int[])
         as n (sha, committed_at, parents, author, subject, pull_request, merge_base, listed, described_at, described_by,
               id)
      order by n.sha
         on conflict do nothing
     returning id, sha`,
    [
      projectId,
      commits.map(({ sha }) => sha),
      ...columns(commits),
      commits.map(({ sha }) => reserved.get(sha) ?? null),
    ],
  );
  return new Map(inserted.map(({ id, sha }) => [sha, id]));
}

/** What is said of commits, as arrays for unnest. */
const columns = (commits: CommitRow[]) => [
  commits.map(({ committedAt }) => committedAt),
  commits.map(({ parents }) => `{${parents.join()}}`),
  commits.map(({ author }) => author),
  commits.map(({ subject }) => subject),
  commits.map(({ pullRequest }) => pullRequest),
  commits.map(({ mergeBase }) => mergeBase),
  commits.map(({ listed }) => listed),
  commits.map(({ describedAt }) => describedAt),
  commits.map(({ describedBy }) => describedBy),
];

async function readCommits(tx: Db, projectId: number, shas: string[], lock: boolean): Promise<Map<string, CommitRow>> {
  const found = await prepared<CommitRow>(
    tx,
    `select id, sha, committed_at as "committedAt", parents, author, subject, pull_request as "pullRequest",
            merge_base as "mergeBase", listed, described_at as "describedAt", described_by as "describedBy"
       from commits where project_id = $1 and sha = any($2::text[]) order by sha ${lock ? "for no key update" : ""}`,
    [projectId, shas],
  );
  return new Map(found.map((commit) => [commit.sha, commit]));
}

const isChanged = (before: CommitRow | undefined, said: Source[]): boolean =>
  before !== undefined &&
  said.some((source) => {
    const { commit, unclear } = merge(before, source);
    return unclear || JSON.stringify(commit) !== JSON.stringify(before);
  });

/** Only commits about which something new is said are locked: the machines of one commit do not wait for each other. */
async function updateCommits(
  tx: Db,
  projectId: number,
  shas: string[],
  said: Map<string, Source[]>,
): Promise<number[]> {
  if (!shas.length) return [];
  const before = await readCommits(tx, projectId, shas, true);
  const after: CommitRow[] = [];
  for (const commit of before.values()) {
    const sources = said.get(commit.sha) ?? [];
    let merged = commit;
    let unclear = false;
    for (const source of sources) {
      const step = merge(merged, source);
      merged = step.commit;
      unclear ||= step.unclear;
    }
    after.push(unclear ? await mergeAll(tx, projectId, merged, sources) : merged);
  }
  await writeCommits(tx, projectId, after);
  const isMoved = (commit: CommitRow) => {
    const old = before.get(commit.sha);
    if (!old) return false;
    const isDescribed = old.listed || old.describedBy !== null;
    return old.parents.join() !== commit.parents.join() || (isDescribed && old.committedAt !== commit.committedAt);
  };
  return after.filter(isMoved).map(({ id }) => id);
}

/**
 * One more source for a commit. A source that wins fills and overrides, one that loses fills blanks; `unclear` when it
 * differs from a field that the winner may have left blank, so that only all sources together can tell.
 */
function merge(commit: CommitRow, source: Source): { commit: CommitRow; unclear: boolean } {
  if (source.from === "list") return { commit: { ...overlay(source, commit), listed: true }, unclear: false };
  if (commit.listed) return { commit: overlay(commit, source), unclear: false };
  if (!isOlder(source, { startedAt: commit.describedAt, key: commit.describedBy ?? "" }))
    return {
      commit: { ...overlay(source, commit), describedAt: source.startedAt, describedBy: source.key },
      unclear: false,
    };
  const filled = overlay(commit, source);
  return { commit: filled, unclear: FIELDS.some((field) => differs(source[field], filled[field])) };
}

const FIELDS = ["committedAt", "parents", "author", "subject", "pullRequest", "mergeBase"] as const;

const isBlank = (value: unknown): boolean => value === null || (Array.isArray(value) && value.length === 0);
const differs = (a: unknown, b: unknown): boolean => !isBlank(a) && JSON.stringify(a) !== JSON.stringify(b);

/** The fields of `first`, its blanks filled from `second`; the rest is the row's. */
function overlay(first: Description, second: Description): CommitRow {
  const row = ("id" in first ? first : second) as CommitRow;
  return {
    ...row,
    committedAt: first.committedAt ?? second.committedAt,
    parents: first.parents.length ? first.parents : second.parents,
    author: first.author ?? second.author,
    subject: first.subject ?? second.subject,
    pullRequest: first.pullRequest ?? second.pullRequest,
    mergeBase: first.mergeBase ?? second.mergeBase,
  };
}

type Place = { startedAt: string | null; key: string };

const isOlder = (a: Place, b: Place): boolean => {
  const [first, second] = [a.startedAt ?? "", b.startedAt ?? ""];
  return first === second ? a.key < b.key : first < second;
};

/** The commit as all its runs describe it, those already stored and `sources`. */
async function mergeAll(tx: Db, projectId: number, commit: CommitRow, sources: Source[]): Promise<CommitRow> {
  const stored = await prepared<{ key: string; startedAt: string | null; sent: unknown }>(
    tx,
    `select key, started_at as "startedAt", document::jsonb -> 'commit' as sent
       from runs where project_id = $1 and commit_id = $2`,
    [projectId, commit.id],
  );
  const said = stored.map(
    ({ key, startedAt, sent }): Source => sourceOf(RunDocument.shape.commit.parse(sent), startedAt, key),
  );
  const runs = [...said, ...sources].filter((source) => source.from === "run");
  const newestFirst = runs.sort((a, b) => (isOlder(a, b) ? 1 : -1));
  const blank = { committedAt: null, parents: [], author: null, subject: null, pullRequest: null, mergeBase: null };
  return newestFirst.reduce<CommitRow>(overlay, { ...commit, ...blank });
}

/** What a run's document says of its commit. */
export function sourceOf(commit: RunDocument["commit"], startedAt: string | null, key: string): Source {
  const {
    sha,
    committedAt = null,
    parents = [],
    author = null,
    subject = null,
    pullRequest = null,
    mergeBase = null,
  } = commit;
  return { from: "run", startedAt, key, sha, committedAt, parents, author, subject, pullRequest, mergeBase };
}

async function writeCommits(tx: Db, projectId: number, commits: CommitRow[]): Promise<void> {
  await prepared(
    tx,
    `update commits c
        set committed_at = said.committed_at, parents = said.parents::text[], author = said.author, subject = said.subject,
            pull_request = said.pull_request, merge_base = said.merge_base, listed = said.listed,
            described_at = said.described_at, described_by = said.described_by
       from unnest($2::int[], $3::timestamptz[], $4::text[], $5::text[], $6::text[], $7::int[], $8::text[], $9::bool[],
                   $10::timestamptz[], $11::text[])
         as said (id, committed_at, parents, author, subject, pull_request, merge_base, listed, described_at, described_by)
      where c.project_id = (select $1::int) and c.id = said.id`,
    [projectId, commits.map(({ id }) => id), ...columns(commits)],
  );
}
