import type { Db } from "@/lib/db/sql";
import { rows } from "@/lib/db/sql";

/**
 * Adds a job for each project whose requests have none: who stores a run relies on the job of a request that it sees,
 * which may have begun before. Gives the projects.
 */
export async function sweep(on: Db): Promise<number[]> {
  const found = await rows<{ projectId: number }>(
    on,
    `with waiting as (
       select distinct project_id from analysis_requests r
        where not exists (
          select from graphile_worker.jobs j
           where j.queue_name = 'analyse:' || r.project_id and j.attempts < j.max_attempts))
     select project_id as "projectId", (graphile_worker.add_job(
       'analyse', json_build_object('projectId', project_id), queue_name := 'analyse:' || project_id)).id
       from waiting`,
  );
  return found.map(({ projectId }) => projectId);
}

/** Adds a job for each project whose overview is marked, or says something else by now, where none waits already. Gives the projects. */
export async function sweepOverviews(on: Db): Promise<number[]> {
  const found = await rows<{ projectId: number }>(
    on,
    `with marked as (
       select project_id from (
         select project_id from overview_marks union select project_id from overviews where valid_until <= now()) m
        where not exists (
          select from graphile_worker.jobs j
           where j.queue_name = 'overview:' || m.project_id and j.attempts < j.max_attempts)
          and not exists (select from analysis_requests r where r.project_id = m.project_id))
     select project_id as "projectId", (graphile_worker.add_job(
       'overview', json_build_object('projectId', project_id), queue_name := 'overview:' || project_id)).id
       from marked`,
  );
  return found.map(({ projectId }) => projectId);
}

/** Marks the overviews of all projects: an older Tidemark may have computed them, or none. */
export async function markOverviews(on: Db): Promise<void> {
  await rows(on, "insert into overview_marks (project_id) select id from projects");
}
