import { z } from "zod";
import { csv } from "@/lib/http/csv";
import { originOf } from "@/lib/http/origin";
import { decodeCursor, encodeCursor, pageQuery } from "@/lib/http/paging";
import { answerText, route } from "@/lib/http/route";
import { SHIFT_DIRECTIONS, SHIFT_STATES, SHIFT_STATUSES } from "@/lib/model/words";
import { type ListedShift, readShifts } from "@/lib/queries/shifts";

/** Absent and empty are the same: scripts fill templates. */
const optional = z
  .string("Give it once.")
  .max(1000, "Is too long.")
  .default("")
  .transform((text) => text || null);

const wordOf = <const Word extends string>(words: readonly Word[]) =>
  z
    .union([z.literal(""), z.enum(words)], `Must be one of ${words.join(", ")}.`)
    .optional()
    .transform((word) => word || null);

const Query = z.strictObject({
  status: wordOf(["all", "open", ...SHIFT_STATUSES]),
  state: wordOf(SHIFT_STATES),
  direction: wordOf(SHIFT_DIRECTIONS),
  metric: optional,
  environment: optional,
  workload: optional,
  filter: optional,
  sort: z.enum(["newest", "change", "cost", "number"], "Must be newest, change, cost or number.").default("newest"),
  page: z.coerce.number().int().min(1, "Must be a whole number from 1.").default(1),
  format: z.enum(["json", "csv"], "Must be json or csv.").default("json"),
  ...pageQuery,
});

/** The shifts of a project, with their largest changepoints. */
export const GET = route({ scope: "read", query: Query }, async ({ request, actor, params, query }) => {
  const { cursor, limit, page, format, status, ...filters } = query;
  const [offset] = decodeCursor(cursor, z.tuple([z.int().min(0)])) ?? [(page - 1) * limit];
  const origin = originOf(request);
  const asked = { ...filters, status: status ?? "all", limit, offset };
  const { total, items, counts, analysis } = await readShifts(actor, params.project ?? "", asked, origin);
  if (format === "csv") return answerText(table(items), "text/csv; charset=utf-8", request);
  const after = offset + items.length;
  return { total, items, next: after < total && items.length > 0 ? encodeCursor([after]) : null, counts, analysis };
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
    ]),
  );
}
