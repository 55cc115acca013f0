import { z } from "zod";
import { csv } from "@/lib/http/csv";
import { originOf } from "@/lib/http/origin";
import { decodeCursor, encodeCursor } from "@/lib/http/paging";
import { ShiftsQuery } from "@/lib/http/queries";
import { answerText, route } from "@/lib/http/route";
import { type ListedShift, readShifts } from "@/lib/queries/shifts";

/** The shifts of a project, with their largest changepoints. */
export const GET = route({ scope: "read", query: ShiftsQuery }, async ({ request, actor, params, query }) => {
  const { cursor, limit, page, format, status, ...filters } = query;
  const [offset] = decodeCursor(cursor, z.tuple([z.int().min(0)])) ?? [(page - 1) * limit];
  const origin = originOf(request);
  const asked = { ...filters, status: status ?? "all" };
  const slug = params.project ?? "";
  if (format === "csv") {
    const { items } = await readShifts(actor, slug, { ...asked, limit: null, offset: 0 }, origin);
    return answerText(table(items), "text/csv; charset=utf-8", request);
  }
  const { total, items, counts, analysis, seen } = await readShifts(actor, slug, { ...asked, limit, offset }, origin);
  const after = offset + items.length;
  return {
    total,
    items,
    next: after < total && items.length > 0 ? encodeCursor([after]) : null,
    counts,
    analysis,
    seen,
  };
});

const COLUMNS = [
  "number",
  "url",
  "title",
  "direction",
  "state",
  "status",
  "lastGood",
  "firstShifted",
  "firstShiftedAt",
  "commitsBetween",
  "containedIn",
  "environments",
  "changepoints",
  "workload",
  "metric",
  "change",
  "owner",
  "dueOn",
  "acceptedUntil",
];

function table(items: ListedShift[]): string {
  return csv(
    COLUMNS,
    items.map((shift) => [
      shift.number,
      shift.url,
      shift.title,
      shift.direction,
      shift.state,
      shift.status,
      shift.lastGood,
      shift.firstShifted,
      shift.firstShiftedAt,
      shift.commitsBetween,
      shift.containedIn,
      shift.summary.environments.map(({ name }) => name).join(" "),
      shift.changepointsTotal,
      shift.summary.largest.workload,
      shift.summary.largest.metric,
      shift.summary.largest.change,
      shift.owner,
      shift.dueOn,
      shift.acceptedUntil,
    ]),
  );
}
