import { z } from "zod";
import { readProject } from "@/lib/auth/access";
import { db, row, rows } from "@/lib/db/sql";
import { decodeCursor, type Page, pageOf } from "@/lib/http/paging";
import { type Actor, may } from "@/lib/model/actor";
import { isoOf } from "./points";
import { type ChangeItem, MAY_UNDO } from "./triage";

const LISTED = 10;

/** What people changed, request by request, the newest first; of one shift, or of the project. */
export async function listChanges(
  actor: Actor,
  slug: string,
  asked: { shift: number | null; limit: number; cursor?: string },
): Promise<Page<ChangeItem> & { may: { triage: boolean } }> {
  const project = await readProject(actor, slug);
  const before = decodeCursor(asked.cursor, z.tuple([z.int32()]))?.[0] ?? null;
  const values = [project.id, asked.shift];
  const [found, count] = await Promise.all([
    rows<ChangeItem & { last: number }>(
      db(),
      `WITH batches AS (
         SELECT d.batch, max(d.id) AS last FROM decisions d
         WHERE d.project_id = $1 AND ($2::int IS NULL OR d.shift_number = $2)
         GROUP BY d.batch HAVING $3::int IS NULL OR max(d.id) < $3 ORDER BY last DESC LIMIT $4)
       SELECT b.last, told.*
       FROM batches b JOIN LATERAL (
         SELECT min(d.id) AS batch, ${isoOf("min(d.at)")} AS at, min(d.by) AS by, min(d.verb) AS verb, min(d.reason) AS reason,
           (array_agg(d.after ORDER BY d.id))[1] AS after, (array_agg(d.shift_number ORDER BY d.id))[1:${LISTED}] AS shifts,
           count(*) AS total, count(d.undone_at) AS undone, count(*) FILTER (WHERE ${MAY_UNDO}) AS undoable
         FROM decisions d WHERE d.project_id = $1 AND d.batch = b.batch) told ON true
       ORDER BY b.last DESC`,
      [...values, before, asked.limit + 1],
    ),
    row<{ total: number }>(
      db(),
      `SELECT count(DISTINCT d.batch) AS total FROM decisions d
       WHERE d.project_id = $1 AND ($2::int IS NULL OR d.shift_number = $2)`,
      values,
    ),
  ]);
  const page = pageOf(
    found,
    asked.limit,
    count?.total ?? 0,
    ({ last: _, ...item }) => item,
    ({ last }) => [last],
  );
  return { ...page, may: { triage: may(actor, "triage", project.id) } };
}
