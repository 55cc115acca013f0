import { z } from "zod";
import { db, row, rows } from "@/lib/db/sql";
import { NotFound } from "@/lib/errors";
import { decodeCursor, type Page, pageOf } from "@/lib/http/paging";
import type { Actor } from "@/lib/model/actor";
import { findProject } from "./project";

/** A run in a list. */
export type RunItem = {
  key: string;
  sha: string;
  branch: string | null;
  environment: string;
  experiment: string | null;
  variant: string | null;
  startedAt: string | null;
  finishedAt: string | null;
  receivedAt: string;
  url: string | null;
  passed: number;
  failed: number;
  skipped: number;
  /** Reason, when the run is left out of statistics. */
  excluded: string | null;
};

export type RunFilter = {
  limit: number;
  cursor?: string;
  branch?: string;
  environment?: string;
  commit?: string;
  experiment?: string;
};

/** The runs that match, the last received first. A branch is that which the run was sent for. */
export async function listRuns(actor: Actor, slug: string, filter: RunFilter): Promise<Page<RunItem>> {
  const project = await findProject(actor, slug);
  const after = decodeCursor(filter.cursor, z.tuple([z.int32()]))?.[0] ?? null;
  const { branch = null, environment = null, commit = null, experiment = null } = filter;
  const matching = `
       from runs r
       join commits c on c.project_id = r.project_id and c.id = r.commit_id
       join environments e on e.project_id = r.project_id and e.id = r.environment_id
       left join branches b on b.project_id = r.project_id and b.id = r.branch_id
      where r.project_id = $1 and ($2::text is null or b.name = $2) and ($3::text is null or e.name = $3)
        and ($4::text is null or c.sha = lower($4)) and ($5::text is null or r.experiment = $5)`;
  const values = [project.id, branch, environment, commit, experiment];
  const found = await rows<RunItem & { id: number }>(
    db(),
    `with part as (
       select r.project_id, r.id, r.key, c.sha, b.name as branch, e.name as environment, r.experiment, r.variant,
              r.started_at, r.finished_at, r.received_at, r.url
       ${matching} and ($6::int is null or r.id < $6::int) order by r.id desc limit $7)
     select part.id, part.key, part.sha, part.branch, part.environment, part.experiment, part.variant,
            part.started_at as "startedAt", part.finished_at as "finishedAt", part.received_at as "receivedAt", part.url,
            outcomes.passed, outcomes.failed, outcomes.skipped,
            (select x.reason from exclusions x
              where x.project_id = part.project_id and x.run_id = part.id and x.series_id is null
                and x.restored_at is null) as excluded
       from part
       cross join lateral (
         select count(*) filter (where outcome = 'passed') as passed, count(*) filter (where outcome = 'failed') as failed,
                count(*) filter (where outcome = 'skipped') as skipped
           from results where project_id = part.project_id and run_id = part.id) as outcomes
      order by part.id desc`,
    [...values, after, filter.limit + 1],
  );
  const count = await row<{ total: number }>(db(), `select count(*) as total ${matching}`, values);
  return pageOf(
    found,
    filter.limit,
    count?.total ?? 0,
    ({ id: _, ...run }) => run,
    ({ id }) => [id],
  );
}

/** The document of a run as JSON text, as it was sent. Throws NotFound. */
export async function readRunDocument(actor: Actor, slug: string, key: string): Promise<string> {
  const project = await findProject(actor, slug);
  const run = /\0/.test(key)
    ? null
    : await row<{ document: string }>(db(), "select document from runs where project_id = $1 and key = $2", [
        project.id,
        key,
      ]);
  if (!run) throw new NotFound(`The project '${slug}' has no run '${key}'. GET its list of runs.`);
  return run.document;
}
