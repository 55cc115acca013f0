import type { z } from "zod";
import { projectFor } from "@/lib/auth/access";
import { recordAudit } from "@/lib/auth/recordAudit";
import { row, transaction } from "@/lib/db/sql";
import { Conflict, Invalid, NotFound } from "@/lib/errors";
import { type Actor, shownName } from "@/lib/model/actor";
import { shiftsQuery } from "@/lib/urls/shifts";
import { idOf } from "./find";
import type { SavedFilterBody } from "./triageBodies";

/** Filters that a project keeps. */
const MOST_FILTERS = 100;

export type SavedFilter = { id: number; name: string; query: string; createdBy: string; createdAt: string };

/** Keeps a filter of the list under a name, as its address: what the list does not know falls away. Needs `triage`. Throws Conflict, Invalid. */
export async function saveFilter(
  actor: Actor,
  slug: string,
  { name, query }: z.output<typeof SavedFilterBody>,
): Promise<SavedFilter> {
  const project = await projectFor(actor, "triage", slug);
  const { page: _, ...selection } = shiftsQuery.parse(new URLSearchParams(query));
  return transaction(async (tx) => {
    await row(tx, "select from projects where id = $1 for no key update", [project.id]);
    const count = await row<{ total: number }>(
      tx,
      "select count(*) as total from saved_filters where project_id = $1",
      [project.id],
    );
    if ((count?.total ?? 0) >= MOST_FILTERS)
      throw new Invalid(`A project keeps at most ${MOST_FILTERS} filters. Remove one first.`);
    const made = await row<SavedFilter>(
      tx,
      `insert into saved_filters (project_id, name, query, created_by) values ($1, $2, $3, $4) on conflict do nothing
       returning id, name, query, created_by as "createdBy", created_at as "createdAt"`,
      [project.id, name, shiftsQuery.build(selection), shownName(actor)],
    );
    if (!made) throw new Conflict(`A filter named '${name}' exists. Take another name, or remove that one first.`);
    await recordAudit(tx, {
      projectId: project.id,
      actor,
      verb: "saved",
      subject: `filter ${name}`,
      detail: { id: made.id, query: made.query },
    });
    return made;
  });
}

/** Removes a saved filter. Needs `triage`. Throws NotFound. */
export async function removeFilter(actor: Actor, slug: string, text: string): Promise<{ id: number; name: string }> {
  const project = await projectFor(actor, "triage", slug);
  return transaction(async (tx) => {
    const gone = await row<{ id: number; name: string }>(
      tx,
      "delete from saved_filters where project_id = $1 and id = $2 returning id, name",
      [project.id, idOf(text) ?? 0],
    );
    if (!gone) throw new NotFound(`The project '${slug}' has no saved filter ${text}. GET the list of them.`);
    await recordAudit(tx, { projectId: project.id, actor, verb: "removed", subject: `filter ${gone.name}` });
    return gone;
  });
}
