import { z } from "zod";
import { readProject } from "@/lib/auth/access";
import { joinLineNames } from "@/lib/db/lineNames";
import { db, row, rows } from "@/lib/db/sql";
import { decodeCursor, encodeCursor } from "@/lib/http/paging";
import type { Actor } from "@/lib/model/actor";
import type { NamedLine } from "@/lib/model/line";
import type { ChangepointDirection } from "@/lib/model/words";
import { absolute } from "@/lib/urls/absolute";
import type { DriftDirection, DriftSort } from "@/lib/urls/drift";
import { workloadUrl } from "@/lib/urls/workload";
import { isoOf } from "./points";
import type { SeriesDrift } from "./story";

/** A line that drifts: the sum of its small steps since the last release, or over its newest hundred points. */
export type DriftItem = Omit<SeriesDrift, "told"> &
  NamedLine & {
    /** Its trend; absolute. */
    url: string;
    direction: ChangepointDirection;
    /** At the newest segment, in the metric's unit. */
    level: number | null;
  };

export type DriftRead = {
  total: number;
  items: DriftItem[];
  next: string | null;
  /** Lines with points enough to tell a drift: what the list was looked for in. */
  looked: number;
  analysedAt: string | null;
  metrics: string[];
  environments: string[];
};

export type DriftAsked = {
  direction: DriftDirection | null;
  metric: string | null;
  environment: string | null;
  /** A part of the workload's name. */
  workload: string | null;
  sort: DriftSort;
  limit: number | null;
  offset?: number;
  cursor?: string;
};

/**
 * The lines of the default branch that drift without a step that is told, as the newest analysis has them. Retired cases
 * and metrics are left out; controls have no line. limit null: all. Throws NotFound, Invalid.
 */
export async function readDrift(actor: Actor, slug: string, asked: DriftAsked, origin: string): Promise<DriftRead> {
  const project = await readProject(actor, slug);
  const [offset] = decodeCursor(asked.cursor, z.tuple([z.int().min(0)])) ?? [asked.offset ?? 0];
  const filters = [project.id, asked.direction, asked.metric, asked.environment, asked.workload];
  const [count, items, known] = await Promise.all([
    row<{ total: number }>(db(), `SELECT count(*) AS total FROM ${DRIFTING}`, filters),
    rows<Omit<DriftItem, "url">>(
      db(),
      `SELECT ${COLUMNS} FROM ${DRIFTING} ORDER BY ${ORDERS[asked.sort]}, w.name, k.id, m.name, e.name LIMIT $6 OFFSET $7`,
      [...filters, asked.limit, offset],
    ),
    row<Pick<DriftRead, "looked" | "analysedAt" | "metrics" | "environments">>(db(), LOOKED, [project.id]),
  ]);
  const total = count?.total ?? 0;
  const after = offset + items.length;
  return {
    total,
    items: items.map((item) => ({ ...item, url: absolute(origin, trendOf(project.slug, item)) })),
    next: items.length > 0 && after < total ? encodeCursor([after]) : null,
    ...(known ?? { looked: 0, analysedAt: null, metrics: [], environments: [] }),
  };
}

/** The trend of one line; the parameters choose the case. */
export function trendOf(
  slug: string,
  item: Pick<DriftItem, "workload" | "workloadNumber" | "params" | "metric" | "environment">,
): string {
  const params = Object.keys(item.params as object).length === 0 ? null : JSON.stringify(item.params);
  return workloadUrl(
    slug,
    { number: item.workloadNumber, name: item.workload },
    { params, metric: [item.metric], environment: [item.environment] },
  );
}

const DIRECTION = `CASE WHEN m.better = 'unknown' THEN CASE WHEN d.difference > 0 THEN 'rose' ELSE 'fell' END
  WHEN (d.difference > 0) = (m.better = 'lower') THEN 'regression' ELSE 'improvement' END`;

/** $1: project, $2: direction, $3: metric, $4: environment, $5: part of a workload's name. */
const DRIFTING = `lines l
JOIN projects j ON j.id = $1 JOIN branches b ON b.project_id = $1 AND b.name = j.default_branch AND b.id = l.branch_id
${joinLineNames()}
JOIN LATERAL (SELECT (l.drift ->> 'difference')::float8 AS difference, (l.drift ->> 'change')::float8 AS change,
                     (l.drift ->> 'p')::float8 AS p) d ON true
LEFT JOIN commits c ON c.project_id = $1 AND c.id = (l.drift ->> 'sinceCommitId')::int
WHERE l.project_id = $1 AND (l.drift ->> 'told')::bool AND w.retired_at IS NULL AND m.retired_at IS NULL
  AND ($2::text IS NULL OR (CASE WHEN m.better = 'unknown' THEN 'moved' ELSE ${DIRECTION} END) = $2)
  AND ($3::text IS NULL OR m.name = $3) AND ($4::text IS NULL OR e.name = $4)
  AND ($5::text IS NULL OR strpos(lower(w.name), lower($5)) > 0)`;

const COLUMNS = `w.name AS workload, w.number AS "workloadNumber", k.params, m.name AS metric,
  m.display_name AS "metricName", m.unit, m.better, e.name AS environment, ${DIRECTION} AS direction, l.level,
  c.sha AS since, l.drift ->> 'release' AS release, (l.drift ->> 'points')::int AS points, d.change, d.difference,
  l.drift -> 'interval' AS interval, d.p, (l.drift ->> 'steps')::int AS steps`;

const ORDERS: Record<DriftSort, string> = {
  change: "abs(ln(nullif(greatest(1 + d.change, 0), 0))) DESC NULLS LAST, d.p",
  certainty: "d.p, abs(d.change) DESC NULLS LAST",
  workload: "w.name",
};

const LOOKED = `SELECT count(*) FILTER (WHERE l.drift IS NOT NULL) AS looked,
  ${isoOf("max(l.analysed_at)")} AS "analysedAt",
  array(SELECT name FROM metrics WHERE project_id = $1 AND retired_at IS NULL ORDER BY name) AS metrics,
  array(SELECT e.name FROM environments e WHERE e.project_id = $1 AND EXISTS (
    SELECT FROM lines i WHERE i.project_id = $1 AND i.environment_id = e.id) ORDER BY e.name) AS environments
FROM lines l JOIN projects j ON j.id = $1
JOIN branches b ON b.project_id = $1 AND b.name = j.default_branch AND b.id = l.branch_id
WHERE l.project_id = $1`;
