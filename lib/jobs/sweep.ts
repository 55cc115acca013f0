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
