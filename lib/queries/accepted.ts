import { z } from "zod";
import { readProject } from "@/lib/auth/access";
import { db, row, rows } from "@/lib/db/sql";
import { decodeCursor, encodeCursor } from "@/lib/http/paging";
import type { Actor } from "@/lib/model/actor";
import type { ShiftDirection, ShiftState } from "@/lib/model/words";
import type { ShiftSummary } from "@/lib/shift/summary";
import { shiftTitle } from "@/lib/shift/title";
import { absolute } from "@/lib/urls/absolute";
import { shiftUrl } from "@/lib/urls/shift";
import { CONTAINED_IN } from "./open";
import { isoOf } from "./points";
import { datedReleases, type Since, sinceOf } from "./since";

/** An accepted level: what moved, who said it is the new normal, why, and until when. */
export type AcceptedItem = {
  number: number;
  /** Absolute. */
  url: string;
  title: string;
  direction: ShiftDirection;
  state: ShiftState;
  acceptedAt: string;
  acceptedBy: string | null;
  reason: string | null;
  /** null: for good. */
  acceptedUntil: string | null;
  /** Its time is over: it counts as undecided again. */
  over: boolean;
  owner: string | null;
  issues: string[];
  lastGood: string;
  firstShifted: string;
  containedIn: string | null;
  summary: ShiftSummary;
};

export type AcceptedRead = {
  /** What was asked for, resolved; null: everything. */
  since: Since | null;
  total: number;
  /** Of all of them: those whose time is over. */
  over: number;
  items: AcceptedItem[];
  next: string | null;
  /** Newest first, for a choice. */
  releases: string[];
};

export type AcceptedAsked = { since: string | null; limit: number | null; offset?: number; cursor?: string };

/** Every level that stands accepted since a moment, the newest acceptance first; limit null: all. Throws Invalid. */
export async function readAccepted(
  actor: Actor,
  slug: string,
  asked: AcceptedAsked,
  origin: string,
): Promise<AcceptedRead> {
  const project = await readProject(actor, slug);
  const since = await sinceOf(project.id, asked.since);
  const [offset] = decodeCursor(asked.cursor, z.tuple([z.int().min(0)])) ?? [asked.offset ?? 0];
  const [count, found, releases] = await Promise.all([
    row<{ total: number; over: number }>(
      db(),
      `SELECT count(*) AS total, count(*) FILTER (WHERE s.accepted_until <= now()) AS over FROM ${ACCEPTED}`,
      [project.id, since?.at ?? null],
    ),
    rows<Omit<AcceptedItem, "url" | "title">>(
      db(),
      `SELECT s.number, s.direction, s.state, ${isoOf("told.at")} AS "acceptedAt",
         coalesce(d.by, s.decided_by) AS "acceptedBy", s.status_reason AS reason,
         ${isoOf("s.accepted_until")} AS "acceptedUntil", coalesce(s.accepted_until <= now(), false) AS over, s.owner,
         s.issues, g.sha AS "lastGood", f.sha AS "firstShifted", ${CONTAINED_IN} AS "containedIn", s.summary
       FROM ${ACCEPTED} ORDER BY told.at DESC, s.number DESC LIMIT $3 OFFSET $4`,
      [project.id, since?.at ?? null, asked.limit, offset],
    ),
    datedReleases(project.id),
  ]);
  const total = count?.total ?? 0;
  const after = offset + found.length;
  return {
    since,
    total,
    over: count?.over ?? 0,
    items: found.map((item) => ({
      ...item,
      url: absolute(origin, shiftUrl(project.slug, item.number)),
      title: shiftTitle(item.summary),
    })),
    next: found.length > 0 && after < total ? encodeCursor([after]) : null,
    releases,
  };
}

/** $1: project, $2: since. The decision that accepted it is the newest that did; one that was split off has none. */
const ACCEPTED = `shifts s
JOIN commits g ON g.project_id = $1 AND g.id = s.last_good_commit_id
JOIN commits f ON f.project_id = $1 AND f.id = s.first_shifted_commit_id
LEFT JOIN branch_commits bf ON bf.project_id = $1 AND bf.branch_id = s.branch_id AND bf.commit_id = f.id
LEFT JOIN LATERAL (
  SELECT d.at, d.by FROM decisions d
  WHERE d.project_id = $1 AND d.shift_number = s.number AND d.after ->> 'status' = 'accepted' AND d.undone_at IS NULL
  ORDER BY d.id DESC LIMIT 1) d ON true
CROSS JOIN LATERAL (SELECT coalesce(d.at, s.decided_at, s.opened_at) AS at) told
WHERE s.project_id = $1 AND s.status = 'accepted' AND ($2::timestamptz IS NULL OR told.at >= $2)`;
