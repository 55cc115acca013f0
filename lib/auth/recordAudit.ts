import { markOverview } from "@/lib/db/overviewMarks";
import { type Db, prepared } from "@/lib/db/sql";
import type { Actor } from "@/lib/model/actor";
import type { Json } from "@/lib/model/words";

type Entry = {
  projectId: number | null;
  actor: Actor;
  verb: string;
  subject: string;
  detail?: { [name: string]: Json };
};

/**
 * Notes in the audit who did what, in the transaction that does it. Never holds a secret. Whatever it was may change the
 * overview of the project, which is marked.
 */
export async function recordAudit(tx: Db, entry: Entry): Promise<void> {
  await recordAudits(tx, [entry]);
  if (entry.projectId !== null) await markOverview(tx, entry.projectId);
}

/** Several at once, for stored runs: the request for their analysis is mark enough. */
export async function recordAudits(tx: Db, entries: Entry[]): Promise<void> {
  await prepared(
    tx,
    `insert into audit (project_id, actor, verb, subject, detail)
     select * from unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::text[]::jsonb[])`,
    [
      entries.map(({ projectId }) => projectId),
      entries.map(({ actor }) => actor.name),
      entries.map(({ verb }) => verb),
      entries.map(({ subject }) => subject),
      entries.map(({ detail }) => JSON.stringify(detail ?? {})),
    ],
  );
}
