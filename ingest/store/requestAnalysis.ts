import { type Db, prepared } from "@/lib/db/sql";
import { ints } from "./columns";

/**
 * Leaves work for the analysis and enqueues its job, in the transaction that makes it necessary; its last statements.
 * One request per transaction: an upsert on one row would make all posts of a project wait in turn. Where a request of
 * the last second can be seen its job takes this one too; should it just have begun, the worker looks for requests
 * without a job (lib/jobs/sweep.ts).
 */
export async function requestAnalysis(
  tx: Db,
  projectId: number,
  request: { series: number[]; everything: boolean },
): Promise<void> {
  await prepared(
    tx,
    `with requested as (insert into analysis_requests (project_id, series, everything) values ($1, $2, $3))
     select case when not exists (
       select from analysis_requests
        where project_id = $1 and requested_at > clock_timestamp() - interval '1 s')
       then (graphile_worker.add_job('analyse', json_build_object('projectId', $1::int),
                                     queue_name := 'analyse:' || $1::int)).id end`,
    [projectId, ints(request.series), request.everything],
  );
}
