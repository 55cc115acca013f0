import { requestAnalysis } from "@/ingest/store/requestAnalysis";
import { projectFor } from "@/lib/auth/access";
import { recordAudit } from "@/lib/auth/recordAudit";
import { type Db, row, transaction } from "@/lib/db/sql";
import { Invalid, NotFound } from "@/lib/errors";
import { type Actor, shownName } from "@/lib/model/actor";
import type { EventBody, EventChange } from "./bodies";
import { findCommit, findNamed, findWorkload, idOf, seriesOf } from "./find";

/** An event as it is stored. */
type Stored = {
  text: string;
  border: boolean;
  commitId: number | null;
  at: string | null;
  environmentId: number | null;
  workloadId: number | null;
  metricId: number | null;
};

const COLUMNS = `text, border, commit_id as "commitId", at, environment_id as "environmentId",
  workload_id as "workloadId", metric_id as "metricId"`;
const WHOLE_SHA = 40;

/** What was written: read it back for the answer. */
export type WrittenEvent = { projectId: number; id: number };

/**
 * Writes a note on the time axis. Needs `triage`. A border is one for detection from the next analysis on, which is asked
 * for here. A commit that nobody knows yet may be named by its whole id. Throws Invalid for names that do not exist.
 */
export async function addEvent(actor: Actor, slug: string, input: EventBody): Promise<WrittenEvent> {
  const project = await projectFor(actor, "triage", slug);
  return transaction(async (tx) => {
    const event = await resolve(tx, project.id, input, nothing(input));
    const made = await row<{ id: number }>(
      tx,
      `insert into events (project_id, text, border, commit_id, at, environment_id, workload_id, metric_id, created_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id`,
      [project.id, ...valuesOf(event), shownName(actor)],
    );
    const id = made?.id ?? 0;
    await recordAudit(tx, {
      projectId: project.id,
      actor,
      verb: "created",
      subject: `event ${id}`,
      detail: { ...input },
    });
    await askFor(tx, project.id, [event]);
    return { projectId: project.id, id };
  });
}

/** Changes a note; what is left out stays. Needs `triage`. Throws NotFound, Invalid. */
export async function changeEvent(actor: Actor, slug: string, id: string, change: EventChange): Promise<WrittenEvent> {
  const project = await projectFor(actor, "triage", slug);
  return transaction(async (tx) => {
    const before = await lock(tx, project.id, slug, id);
    const event = await resolve(tx, project.id, change, before);
    await row(
      tx,
      `update events set text = $3, border = $4, commit_id = $5, at = $6, environment_id = $7, workload_id = $8,
              metric_id = $9 where project_id = $1 and id = $2`,
      [project.id, before.id, ...valuesOf(event)],
    );
    if (JSON.stringify(valuesOf(event)) !== JSON.stringify(valuesOf(before))) {
      await recordAudit(tx, {
        projectId: project.id,
        actor,
        verb: "changed",
        subject: `event ${before.id}`,
        detail: { ...change },
      });
      if (moves(before, event)) await askFor(tx, project.id, [before, event]);
    }
    return { projectId: project.id, id: before.id };
  });
}

/** Removes a note; a border is none any more from the next analysis on. Needs `triage`. Throws NotFound. */
export async function removeEvent(actor: Actor, slug: string, id: string): Promise<{ id: number; text: string }> {
  const project = await projectFor(actor, "triage", slug);
  return transaction(async (tx) => {
    const event = await lock(tx, project.id, slug, id);
    await row(tx, "delete from events where project_id = $1 and id = $2", [project.id, event.id]);
    await recordAudit(tx, {
      projectId: project.id,
      actor,
      verb: "removed",
      subject: `event ${event.id}`,
      detail: { text: event.text, border: event.border },
    });
    await askFor(tx, project.id, [event]);
    return { id: event.id, text: event.text };
  });
}

const nothing = ({ text, border }: EventBody): Stored => ({
  text,
  border,
  ...{ commitId: null, at: null, environmentId: null, workloadId: null, metricId: null },
});

const valuesOf = ({ text, border, commitId, at, environmentId, workloadId, metricId }: Stored) => [
  ...[text, border, commitId, at],
  ...[environmentId, workloadId, metricId],
];

async function lock(tx: Db, projectId: number, slug: string, text: string): Promise<Stored & { id: number }> {
  const id = idOf(text);
  const event =
    id === null
      ? null
      : await row<Stored & { id: number }>(
          tx,
          `select id, ${COLUMNS} from events where project_id = $1 and id = $2 for update`,
          [projectId, id],
        );
  if (event) return event;
  throw new NotFound(`The project '${slug}' has no event ${text}. GET the list of its events.`);
}

/** The event of before with what is given instead, names turned into ids. */
async function resolve(tx: Db, projectId: number, input: EventChange, before: Stored): Promise<Stored> {
  const { text = before.text, border = before.border, commit, at } = input;
  const named = async <T>(name: string | null | undefined, kept: number | null, find: (name: string) => Promise<T>) =>
    name === undefined ? kept : name === null ? null : find(name);
  return {
    text,
    border,
    commitId: commit !== undefined ? await commitOf(tx, projectId, commit) : at !== undefined ? null : before.commitId,
    at: at !== undefined ? at : commit !== undefined ? null : before.at,
    environmentId: await named(input.environment, before.environmentId, (name) =>
      findNamed(tx, projectId, "environment", name),
    ),
    workloadId: await named(
      input.workload,
      before.workloadId,
      async (name) => (await findWorkload(tx, projectId, name)).id,
    ),
    metricId: await named(input.metric, before.metricId, (name) => findNamed(tx, projectId, "metric", name)),
  };
}

/** A job may note its commit before it sends results of it: a whole id that nobody knows is stored, as a release does. */
async function commitOf(tx: Db, projectId: number, sha: string): Promise<number> {
  if (sha.length < WHOLE_SHA) return (await findCommit(tx, projectId, sha)).id;
  await row(tx, "insert into commits (project_id, sha, parents) values ($1, $2, '{}') on conflict do nothing", [
    projectId,
    sha,
  ]);
  const found = await row<{ id: number }>(tx, "select id from commits where project_id = $1 and sha = $2", [
    projectId,
    sha,
  ]);
  if (!found) throw new Invalid(`The commit ${sha} cannot be stored.`);
  return found.id;
}

/** Does detection see another border than before? */
function moves(before: Stored, after: Stored): boolean {
  if (!before.border && !after.border) return false;
  const place = ({ text: _, ...rest }: Stored) => JSON.stringify(valuesOf({ ...rest, text: "" }));
  return place(before) !== place(after);
}

/** Judges anew the lines that a border concerns. */
async function askFor(tx: Db, projectId: number, events: Stored[]): Promise<void> {
  const borders = events.filter(({ border }) => border);
  if (borders.length === 0) return;
  const series = new Set<number>();
  for (const border of borders) for (const id of await seriesOf(tx, projectId, border)) series.add(id);
  if (series.size > 0) await requestAnalysis(tx, projectId, { series: [...series], everything: false });
}
