import { type Db, prepared } from "./sql";

/**
 * Says, in the transaction that writes something, that the stored overview of the project may be another now. A row of
 * its own, so that nobody waits for anybody; a worker looks for them every second (lib/jobs/sweep.ts).
 */
export async function markOverview(tx: Db, projectId: number): Promise<void> {
  await prepared(tx, "insert into overview_marks (project_id) values ($1)", [projectId]);
}
