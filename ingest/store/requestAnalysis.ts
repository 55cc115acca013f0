import { type Db, rows } from "@/lib/db/sql";
import { numbers } from "./columns";

/**
 * Leaves work for the analysis and enqueues its job, in the transaction that makes it necessary; its last statements.
 * One request per transaction and no job key: an upsert on one row would make all posts of a project wait in turn.
 */
export async function requestAnalysis(
  tx: Db,
  projectId: number,
  request: { series: number[]; everything: boolean },
): Promise<void> {
  await rows(
    tx,
    `with requested as (insert into analysis_requests (project_id, series, everything) values ($1, $2, $3))
     select graphile_worker.add_job('analyse', json_build_object('projectId', $1::int), queue_name := 'analyse:' || $1::int)`,
    [projectId, numbers(request.series), request.everything],
  );
}
