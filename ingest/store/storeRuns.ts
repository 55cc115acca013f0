import { LIMITS, type RunDocument } from "@/ingest/schema";
import { invalid } from "@/ingest/schema/parseBody";
import { parseRun } from "@/ingest/schema/parseRun";
import { type ProjectRow, projectFor } from "@/lib/auth/access";
import { recordAudits } from "@/lib/auth/recordAudit";
import { type Db, prepared, row, transaction } from "@/lib/db/sql";
import { Conflict, type Fault, Forbidden } from "@/lib/errors";
import type { Actor } from "@/lib/model/actor";
import { canonicalJson, hashText } from "@/lib/model/canonicalJson";
import type { Json } from "@/lib/model/words";
import { ints, jsonLines } from "./columns";
import { type Created, countNames } from "./countNames";
import { describeCommits, sourceOf } from "./describeCommits";
import { findOnLine } from "./findOnLine";
import { countingFacts, revisionKey, storeNamed, storeRevisions } from "./names";
import { placeCommits } from "./placeCommits";
import { readCases, readMetrics, readNamed, readNotes, readRevisions } from "./readNames";
import { requestAnalysis } from "./requestAnalysis";
import { type NewRun, prepareResults, sentCases } from "./storeResults";
import { Together } from "./together";

export type StoredRun = { key: string; results: number; samples: number };

export type StoredRuns = {
  stored: StoredRun[];
  /** Runs that were there already, with the same content. */
  unchanged: { key: string }[];
  /** Only for a dry run: how many of each the body would create. */
  created?: Created;
};

/** A document that was checked, as it came, and as the text that is kept. `index` is its place in an array or NDJSON body. */
type Incoming = { document: RunDocument; sent: Json; text: string; hash: string; index?: number };

/** One body, and who sent it where to. */
type Body = { actor: Actor; project: ProjectRow; documents: Incoming[] };

/**
 * Stores run documents: all of them or none, in one transaction, together with the request for their analysis.
 * `sent` is one parsed document, or a list of them. `dryRun` does everything and takes it back.
 * Throws Invalid (with every fault), Conflict (a key with other content), Forbidden, NotFound.
 */
export async function storeRuns(
  actor: Actor,
  slug: string,
  sent: unknown,
  options: { dryRun?: boolean } = {},
): Promise<StoredRuns> {
  const project = await projectFor(actor, "ingest", slug);
  const body = { actor, project, documents: checkAll(sent) };
  if (options.dryRun) return storeDry(body);
  const size = body.documents.reduce((sum, { document }) => sum + document.results.length, 0);
  return together.add(canonicalJson([project.id, actor.tokenId, actor.name, actor.defaultBranch]), body, size);
}

/** Bodies of one project and sender that arrive at once share a transaction. */
const together = new Together<Body, StoredRuns>((bodies) => transaction((tx) => storeBodies(tx, bodies)));

/** Ends the transaction of a dry run. */
class DryRun extends Error {
  constructor(readonly result: StoredRuns) {
    super();
  }
}

async function storeDry(body: Body): Promise<StoredRuns> {
  try {
    return await transaction(async (tx) => {
      const before = await countNames(tx, body.project.id);
      const [result] = await storeBodies(tx, [body]);
      throw new DryRun({
        stored: [],
        unchanged: [],
        ...result,
        created: await countNames(tx, body.project.id, before),
      });
    });
  } catch (thrown) {
    if (thrown instanceof DryRun) return thrown.result;
    throw thrown;
  }
}

function checkAll(sent: unknown): Incoming[] {
  if (!Array.isArray(sent)) return [check(sent)];
  const message = `Must hold 1 to ${LIMITS.documents} documents.`;
  if (sent.length === 0 || sent.length > LIMITS.documents) throw invalid([{ path: "$", message }]);
  return sent.map((one, index) => check(one, index));
}

function check(sent: unknown, index?: number): Incoming {
  const document = parseRun(sent, index);
  const text = JSON.stringify(sent);
  return { document, sent: sent as Json, text, hash: hashText(text), index };
}

/** Bodies of one project and one actor. Gives what became of each. */
async function storeBodies(tx: Db, bodies: Body[]): Promise<StoredRuns[]> {
  const [first] = bodies;
  if (!first) return [];
  const { actor, project } = first;
  const incoming = bodies.flatMap(({ documents }) => documents);
  const [, found] = await Promise.all([lockKeys(tx, project.id, incoming), readHashes(tx, project.id, incoming)]);
  const fresh = await findFresh(tx, project, incoming, found);
  const request = fresh.size ? await storeFresh(tx, actor, project, [...fresh]) : null;
  const results = bodies.map(({ documents }): StoredRuns => {
    const [stored, unchanged] = [true, false].map((isNew) => documents.filter((one) => fresh.has(one) === isNew));
    return {
      stored: (stored ?? []).map(({ document }) => countOf(document)),
      unchanged: (unchanged ?? []).map(({ document }) => ({ key: document.run.key })),
    };
  });
  if (request)
    await Promise.all([recordStored(tx, actor, project.id, results), requestAnalysis(tx, project.id, request)]);
  return results;
}

/**
 * Who sends a key that is just being stored waits here, before it holds anything else, and then finds it stored. A lock
 * per key would be too many for a large body, so keys share 128 per project, taken in order.
 */
async function lockKeys(tx: Db, projectId: number, incoming: Incoming[]): Promise<void> {
  await prepared(
    tx,
    `select pg_advisory_xact_lock(hashtextextended('runs', $1::bigint * 128 + bucket))
       from (select distinct hashtext(key) & 127 as bucket from unnest($2::text[]) as key order by 1) as buckets`,
    [projectId, incoming.map(({ document }) => document.run.key)],
  );
}

type StoredHash = { key: string; hash: string };

const readHashes = (tx: Db, projectId: number, incoming: Incoming[]): Promise<StoredHash[]> =>
  prepared(tx, `select key, content_hash as hash from runs where project_id = $1 and key = any($2::text[])`, [
    projectId,
    incoming.map(({ document }) => document.run.key),
  ]);

/** Which documents are new; the others are `found` already. Throws Conflict for a key with other content. */
async function findFresh(
  tx: Db,
  project: ProjectRow,
  incoming: Incoming[],
  found: StoredHash[],
): Promise<Set<Incoming>> {
  const known = new Map(found.map(({ key, hash }) => [key, { hash, text: null as string | null }]));
  const fresh = new Set<Incoming>();
  const unlike: { one: Incoming; other: string | null }[] = [];
  for (const one of incoming) {
    const { key } = one.document.run;
    const other = known.get(key);
    if (!other) fresh.add(one);
    else if (other.hash !== one.hash) unlike.push({ one, other: other.text });
    if (!other) known.set(key, one);
  }
  await refuseOthers(tx, project.id, unlike);
  return fresh;
}

/**
 * Documents whose text differs from the one under their key (null: the stored one) may still say the same in another
 * order. Throws Conflict for those that do not.
 */
async function refuseOthers(
  tx: Db,
  projectId: number,
  unlike: { one: Incoming; other: string | null }[],
): Promise<void> {
  const faults: Fault[] = [];
  for (const { one, other } of unlike) {
    const { key } = one.document.run;
    const text = other ?? (await readText(tx, projectId, key));
    if (canonicalJson(JSON.parse(text)) !== canonicalJson(one.sent))
      faults.push({ path: "$.run.key", message: conflictOf(key), ...placeOf(one) });
  }
  if (faults.length) throw new Conflict(`Nothing was stored. ${faults[0]?.message}`, faults);
}

async function readText(tx: Db, projectId: number, key: string): Promise<string> {
  const found = await row<{ text: string }>(
    tx,
    "select document as text from runs where project_id = $1 and key = $2",
    [projectId, key],
  );
  return found?.text ?? "null";
}

const conflictOf = (key: string) =>
  `Run ${key} exists with other content. Send a new key, or the same document as before.`;
const placeOf = ({ index }: Incoming) => (index === undefined ? {} : { document: index });

/** Stores new documents, in one go with what they name. Gives what is to be analysed. */
async function storeFresh(tx: Db, actor: Actor, project: ProjectRow, fresh: Incoming[]) {
  const projectId = project.id;
  const documents = fresh.map(({ document }) => document);
  if (!actor.defaultBranch) await refuseDefaultBranch(tx, actor, project, documents);
  const named = namesOf(documents);
  const cases = sentCases(documents);
  const [branchIds, environmentIds, revisionIds, notes, metrics, known, reserved] = await Promise.all([
    readNamed(tx, "branches", projectId, named.branches),
    readNamed(tx, "environments", projectId, named.environments),
    readRevisions(tx, projectId, named.environments),
    readNotes(tx, projectId),
    readMetrics(tx, projectId, named.metrics),
    readCases(tx, projectId, cases.distinct),
    reserveIds(tx, projectId, documents),
  ]);
  const branches = await storeNamed(tx, "branches", projectId, named.branches, branchIds);
  const environments = await storeNamed(tx, "environments", projectId, named.environments, environmentIds);
  const factsOf = ({ environment: { name, facts } }: RunDocument) => ({
    environment: name,
    environmentId: environments.get(name) ?? 0,
    facts: countingFacts(facts, notes),
  });
  const revisions = await storeRevisions(tx, projectId, documents.map(factsOf), revisionIds);
  const results = await prepareResults(tx, projectId, fresh, cases, { ...known, metrics });
  const runs = documents.map((document, index): NewRun => {
    const { environmentId, facts } = factsOf(document);
    return {
      id: reserved.runs[index] ?? 0,
      document,
      commitId: reserved.commits.get(document.commit.sha) ?? 0,
      branchId: branches.get(document.commit.branch ?? "") ?? null,
      environmentId,
      revisionId: revisions.ids.get(revisionKey(environmentId, facts)) ?? 0,
    };
  });
  const series = await results.store(runs);
  // As late as can be: whose commit, or its child, is stored at the same time waits here until that is done.
  const sources = documents.map(({ commit, run }) => sourceOf(commit, run.startedAt ?? null, run.key));
  const commits = await describeCommits(tx, projectId, sources, reserved.commits);
  for (const run of runs) {
    const commitId = commits.ids.get(run.document.commit.sha) ?? 0;
    if (commitId !== run.commitId) await movePoints(tx, projectId, run, commitId, series.all);
    run.commitId = commitId;
  }
  await insertRuns(tx, projectId, actor, fresh, runs);
  const { isReordered } = await placeCommits(tx, {
    projectId,
    defaultBranch: project.defaultBranch,
    claims: runs.flatMap(({ branchId, commitId, document }) => {
      const source = sourceOf(document.commit, document.run.startedAt ?? null, document.run.key);
      const { sha, parents, committedAt } = source;
      return branchId === null
        ? []
        : { branchId, commitId, sha, parents, committedAt, startedAt: document.run.startedAt ?? null };
    }),
    heads: [],
    created: commits.created,
    moved: commits.moved,
    ids: commits.ids,
    newRuns: runs.map(({ id }) => id),
  });
  return { series: series.trend, everything: isReordered || revisions.isRegrouped || results.isDirected };
}

const namesOf = (documents: RunDocument[]) => {
  const metrics = new Set<string>();
  for (const { results } of documents)
    for (const { metrics: sent } of results) for (const name in sent) metrics.add(name);
  return {
    branches: [...new Set(documents.flatMap(({ commit }) => commit.branch ?? []))],
    environments: [...new Set(documents.map(({ environment }) => environment.name))],
    metrics: [...metrics],
  };
};

/** One entry per body that stored something. */
async function recordStored(tx: Db, actor: Actor, projectId: number, results: StoredRuns[]): Promise<void> {
  const entries = results
    .filter(({ stored }) => stored.length)
    .map(({ stored }) => ({
      projectId,
      actor,
      verb: "stored",
      subject: stored.length === 1 ? `run ${stored[0]?.key}` : `${stored.length} runs`,
      detail: { keys: stored.slice(0, 100).map(({ key }) => key) },
    }));
  if (entries.length) await recordAudits(tx, entries);
}

function countOf({ run, results }: RunDocument): StoredRun {
  const values = results.flatMap(({ metrics = {} }) => Object.values(metrics).map((metric) => metric.values.length));
  return { key: run.key, results: results.length, samples: values.reduce((sum, count) => sum + count, 0) };
}

/**
 * Numbers for the runs, and for commits that nobody knows yet: points can be stored before either. One statement; it
 * gives the numbers of the runs first.
 */
async function reserveIds(tx: Db, projectId: number, documents: RunDocument[]) {
  const found = await prepared<{ sha: string | null; id: number }>(
    tx,
    `select null as sha, nextval('runs_id_seq') as id from generate_series(1, $3::int)
     union all
     select w.sha, coalesce(c.id, nextval('commits_id_seq')) as id
       from unnest($2::text[]) as w (sha) left join commits c on c.project_id = (select $1::int) and c.sha = w.sha`,
    [projectId, [...new Set(documents.map(({ commit }) => commit.sha))], documents.length],
  );
  const runs = found.filter(({ sha }) => sha === null).map(({ id }) => id);
  return { commits: new Map(found.map(({ sha, id }) => [sha ?? "", id])), runs };
}

/** Somebody else has stored the commit meanwhile, under another number than was reserved for it. */
async function movePoints(tx: Db, projectId: number, run: NewRun, commitId: number, series: number[]): Promise<void> {
  await prepared(
    tx,
    `update points set commit_id = $4
      where project_id = $1 and series_id = any($2::int[]) and commit_id = $3 and run_id = $5`,
    [projectId, ints(series), run.commitId, commitId, run.id],
  );
}

async function insertRuns(tx: Db, projectId: number, actor: Actor, fresh: Incoming[], runs: NewRun[]): Promise<void> {
  const run = <T>(pick: (run: RunDocument["run"]) => T) => runs.map(({ document }) => pick(document.run));
  await prepared(
    tx,
    `insert into runs (project_id, id, key, commit_id, branch_id, environment_id, revision_id, experiment, variant,
                       started_at, finished_at, url, tags, components, content_hash, document, received_by)
     select $1, r.id, r.key, r.commit_id, r.branch_id, r.environment_id, r.revision_id, r.experiment, r.variant,
            r.started_at, r.finished_at, r.url, r.tags::jsonb, r.components::jsonb, r.content_hash, r.document, $2
       from unnest($3::text[], $4::int[], $5::int[], $6::int[], $7::int[], $8::text[], $9::text[], $10::timestamptz[],
                   $11::timestamptz[], $12::text[], string_to_array($13, e'\n', ''), string_to_array($14, e'\n', ''), $15::text[],
                   string_to_array($16, e'\n'), $17::int[])
         as r (key, commit_id, branch_id, environment_id, revision_id, experiment, variant, started_at, finished_at, url,
               tags, components, content_hash, document, id)`,
    [
      projectId,
      actor.tokenId,
      run(({ key }) => key),
      runs.map(({ commitId }) => commitId),
      runs.map(({ branchId }) => branchId),
      runs.map(({ environmentId }) => environmentId),
      runs.map(({ revisionId }) => revisionId),
      run(({ experiment = null }) => experiment),
      run(({ variant = null }) => variant),
      run(({ startedAt = null }) => startedAt),
      run(({ finishedAt = null }) => finishedAt),
      run(({ url = null }) => url),
      jsonLines(run(({ tags }) => tags)),
      jsonLines(runs.map(({ document }) => document.components)),
      fresh.map(({ hash }) => hash),
      fresh.map(({ text }) => text).join("\n"),
      ints(runs.map(({ id }) => id)),
    ],
  );
}

/** A token for forks may not touch the default branch: neither by name, nor through a commit on its line. */
async function refuseDefaultBranch(tx: Db, actor: Actor, project: ProjectRow, documents: RunDocument[]): Promise<void> {
  const named = documents.some(({ commit }) => commit.branch === project.defaultBranch);
  const shas = documents.map(({ commit }) => commit.sha);
  const placed = await findOnLine(tx, project.id, project.defaultBranch, shas);
  if (named || placed.size)
    throw new Forbidden(
      `${actor.name} may not write results for the default branch '${project.defaultBranch}'. Use a token that may.`,
    );
}
