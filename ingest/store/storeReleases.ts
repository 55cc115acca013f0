import { ReleasesBody } from "@/ingest/schema";
import { parseBody } from "@/ingest/schema/parseBody";
import { projectFor } from "@/lib/auth/access";
import { recordAudit } from "@/lib/auth/recordAudit";
import { type Db, row, rows, transaction } from "@/lib/db/sql";
import { Forbidden } from "@/lib/errors";
import type { Actor } from "@/lib/model/actor";
import { requestAnalysis } from "./requestAnalysis";

export type StoredReleases = { releases: number; created: number };

/**
 * Stores tags and the commits they name, which may be known only by that. A tag that is sent again moves to the commit
 * it was sent with last. What was measured is analysed anew: drift is told since a release. Throws Invalid, Forbidden, NotFound.
 */
export async function storeReleases(actor: Actor, slug: string, sent: unknown): Promise<StoredReleases> {
  const project = await projectFor(actor, "ingest", slug);
  if (!actor.defaultBranch)
    throw new Forbidden(
      `${actor.name} may not write for the default branch, and so no releases. Use a token that may.`,
    );
  const { releases } = parseBody(ReleasesBody, sent);
  return transaction((tx) => saveReleases(tx, actor, project.id, releases));
}

type Release = { tag: string; sha: string; releasedAt?: string };

/** The same inside a transaction, for tags that come with commits. */
export async function saveReleases(
  tx: Db,
  actor: Actor,
  projectId: number,
  releases: readonly Release[],
): Promise<StoredReleases> {
  const sorted = [...releases].sort((a, b) => (a.tag < b.tag ? -1 : 1));
  await rows(
    tx,
    `insert into commits (project_id, sha, parents)
       select $1, wanted.sha, '{}' from (select distinct unnest($2::text[]) as sha) as wanted
        where not exists (select from commits c where c.project_id = (select $1::int) and c.sha = wanted.sha)
        order by wanted.sha on conflict do nothing`,
    [projectId, sorted.map(({ sha }) => sha)],
  );
  const stored = await rows<{ isNew: boolean }>(
    tx,
    `with wanted as (
         select w.tag, c.id as commit_id, w.released_at, r.id is null as is_new
           from unnest($2::text[], $3::text[], $4::timestamptz[]) as w (tag, sha, released_at)
           join commits c on c.project_id = (select $1::int) and c.sha = w.sha
           left join releases r on r.project_id = (select $1::int) and r.tag = w.tag
          where r.id is null or r.commit_id <> c.id or r.released_at is distinct from coalesce(w.released_at, r.released_at)),
       stored as (
         insert into releases as r (project_id, tag, commit_id, released_at)
         select $1, tag, commit_id, released_at from wanted order by tag
             on conflict (project_id, tag)
             do update set commit_id = excluded.commit_id, released_at = coalesce(excluded.released_at, r.released_at)
         returning tag)
       select wanted.is_new as "isNew" from stored join wanted using (tag)`,
    [
      projectId,
      sorted.map(({ tag }) => tag),
      sorted.map(({ sha }) => sha),
      sorted.map(({ releasedAt = null }) => releasedAt),
    ],
  );
  const result = { releases: releases.length, created: stored.filter(({ isNew }) => isNew).length };
  if (stored.length) {
    await recordAudit(tx, { projectId: projectId, actor, verb: "stored", subject: "releases", detail: result });
    // Drift is told since the newest release on a line, whether or not anything else arrives for it.
    if (await isMeasured(tx, projectId)) await requestAnalysis(tx, projectId, { series: [], everything: true });
  }
  return result;
}

/** Tags that are sent before anything was measured, or analysed, change no drift. */
const isMeasured = async (tx: Db, projectId: number): Promise<boolean> =>
  (await row(tx, "select from lines where project_id = $1 limit 1", [projectId])) !== null;
