import { z } from "zod";
import { readProject } from "@/lib/auth/access";
import { db, row, rows } from "@/lib/db/sql";
import { decodeCursor, type Page, pageOf } from "@/lib/http/paging";
import type { Actor } from "@/lib/model/actor";
import type { Json } from "@/lib/model/words";
import { isoOf } from "./points";

/** A run, or one value of it, that is or was out of all statistics. */
export type ExclusionItem = {
  id: number;
  run: string;
  commit: string;
  environment: string;
  /** Only this value; null: the whole run. */
  workload: string | null;
  params: Json;
  metric: string | null;
  reason: string;
  excludedBy: string;
  excludedAt: string;
  restoredBy: string | null;
  /** null: it is out. */
  restoredAt: string | null;
};

/** A changepoint that somebody marked or moved. */
export type CorrectionItem = {
  id: number;
  kind: "mark" | "move";
  workload: string;
  workloadNumber: number;
  params: Json;
  metric: string;
  environment: string;
  /** The first commit of the new level. */
  commit: string;
  /** The step lies after it; null: after the measured commit before. */
  lastGood: string | null;
  /** Where the analysis had told it, of a move. */
  moves: string | null;
  /** Number of the shift that it is a member of; null: none (yet). */
  shift: number | null;
  reason: string;
  createdBy: string;
  createdAt: string;
  removedBy: string | null;
  removedAt: string | null;
};

export type CorrectionsAsked = { all: "0" | "1"; limit: number; cursor?: string };

const EXCLUSION = `e.id, u.key as run, c.sha as commit, v.name as environment, w.name as workload, k.params,
  m.name as metric, e.reason, e.excluded_by as "excludedBy", ${isoOf("e.excluded_at")} as "excludedAt",
  e.restored_by as "restoredBy", ${isoOf("e.restored_at")} as "restoredAt"
  from exclusions e
  join runs u on u.project_id = $1 and u.id = e.run_id
  join commits c on c.project_id = $1 and c.id = u.commit_id
  join environments v on v.project_id = $1 and v.id = u.environment_id
  left join series s on s.project_id = $1 and s.id = e.series_id
  left join cases k on k.project_id = $1 and k.id = s.case_id
  left join workloads w on w.project_id = $1 and w.id = k.workload_id
  left join metrics m on m.project_id = $1 and m.id = s.metric_id
  where e.project_id = $1`;

/** Exclusions, the newest first; with `all` also what was brought back. */
export async function listExclusions(
  actor: Actor,
  slug: string,
  asked: CorrectionsAsked,
): Promise<Page<ExclusionItem>> {
  const project = await readProject(actor, slug);
  return list<ExclusionItem>(project.id, asked, {
    select: EXCLUSION,
    table: "exclusions",
    alias: "e",
    ended: "restored_at",
  });
}

/** These exclusions; checks no access: for whoever has just written them. */
export const readExclusions = (projectId: number, ids: readonly number[]): Promise<ExclusionItem[]> =>
  rows<ExclusionItem>(db(), `select ${EXCLUSION} and e.id = any($2::int[]) order by e.id`, [projectId, ids]);

const CORRECTION = `x.id, x.kind, w.name as workload, w.number as "workloadNumber", k.params, m.name as metric,
  v.name as environment, c.sha as commit, g.sha as "lastGood", f.sha as moves, (
    select p.shift_number from changepoints p where p.project_id = $1 and p.correction_id = x.id limit 1) as shift,
  x.reason, x.created_by as "createdBy", ${isoOf("x.created_at")} as "createdAt", x.removed_by as "removedBy",
  ${isoOf("x.removed_at")} as "removedAt"
  from corrections x
  join cases k on k.project_id = $1 and k.id = x.case_id
  join workloads w on w.project_id = $1 and w.id = k.workload_id
  join metrics m on m.project_id = $1 and m.id = x.metric_id
  join environments v on v.project_id = $1 and v.id = x.environment_id
  join commits c on c.project_id = $1 and c.id = x.commit_id
  left join commits g on g.project_id = $1 and g.id = x.last_good_commit_id
  left join commits f on f.project_id = $1 and f.id = x.from_commit_id
  where x.project_id = $1`;

/** Marks and moves, the newest first; with `all` also those that were taken back. */
export async function listCorrections(
  actor: Actor,
  slug: string,
  asked: CorrectionsAsked,
): Promise<Page<CorrectionItem>> {
  const project = await readProject(actor, slug);
  return list<CorrectionItem>(project.id, asked, {
    select: CORRECTION,
    table: "corrections",
    alias: "x",
    ended: "removed_at",
  });
}

/** One correction; checks no access: for whoever has just written it. */
export const readCorrection = (projectId: number, id: number): Promise<CorrectionItem | null> =>
  row<CorrectionItem>(db(), `select ${CORRECTION} and x.id = $2`, [projectId, id]);

type Listed = { select: string; table: string; alias: string; ended: string };

async function list<Item extends { id: number }>(
  projectId: number,
  { all, limit, cursor }: CorrectionsAsked,
  { select, table, alias, ended }: Listed,
): Promise<Page<Item>> {
  const after = decodeCursor(cursor, z.tuple([z.int32()]))?.[0] ?? null;
  const [found, count] = await Promise.all([
    rows<Item>(
      db(),
      `select ${select} and ($2 or ${alias}.${ended} is null) and ($3::int is null or ${alias}.id < $3)
        order by ${alias}.id desc limit $4`,
      [projectId, all === "1", after, limit + 1],
    ),
    row<{ total: number }>(
      db(),
      `select count(*) as total from ${table} where project_id = $1 and ($2 or ${ended} is null)`,
      [projectId, all === "1"],
    ),
  ]);
  return pageOf(
    found,
    limit,
    count?.total ?? 0,
    (item) => item,
    ({ id }) => [id],
  );
}
