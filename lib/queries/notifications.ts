import { z } from "zod";
import { projectFor } from "@/lib/auth/access";
import { db, row, rows } from "@/lib/db/sql";
import { NotFound } from "@/lib/errors";
import { decodeCursor, type Page, pageOf } from "@/lib/http/paging";
import type { Actor } from "@/lib/model/actor";
import type { Channel, DeliveryState, Digest, MessageKind, RouteFilter } from "@/lib/model/notification";
import type { Json, ShiftDirection } from "@/lib/model/words";
import { isoOf } from "./points";

/** Whom to tell, as admins see it. */
export type RouteItem = {
  id: number;
  name: string;
  channel: Channel;
  target: { [name: string]: Json };
  /** Last four characters of its signing key or token; null: it has none. */
  secretHint: string | null;
  filter: RouteFilter;
  digest: Digest;
  maxAgeDays: number | null;
  enabled: boolean;
  /** What a change names, so that it overwrites nobody's. */
  revision: number;
  createdBy: string;
  createdAt: string;
  /** Its deliveries by state. */
  deliveries: Record<DeliveryState, number>;
  /** When something arrived last; null: never. */
  deliveredAt: string | null;
  /** Why the newest delivery did not arrive; null: it did, or there is none. */
  lastError: string | null;
};

/** One message on its way to one route. */
export type DeliveryItem = {
  id: number;
  routeId: number;
  route: string;
  channel: Channel;
  kind: MessageKind;
  /** Number of the shift; null: a test. */
  shift: number | null;
  title: string;
  /** When it was told. */
  at: string;
  state: DeliveryState;
  attempts: number;
  lastAt: string | null;
  lastError: string | null;
  deliveredAt: string | null;
  reference: string | null;
  /** Every try, the newest first. */
  log: { at: string; status: number | null; millis: number; error: string | null }[];
};

/** What a route would have been told. */
export type DryRunItem = {
  shift: number;
  title: string;
  direction: ShiftDirection;
  /** When the first shifted commit was made. */
  committedAt: string | null;
  confirmedAt: string;
  /** The largest of its changes that the filter lets through. */
  workload: string;
  metric: string;
  environment: string;
  change: number | null;
};

export type DeliveriesAsked = { route: number | null; state: DeliveryState | null; limit: number; cursor?: string };

const ROUTE = `r.id, r.name, r.channel, r.target, right(r.secret, 4) as "secretHint", r.filter, r.digest,
  r.max_age_days as "maxAgeDays", r.enabled, r.revision, r.created_by as "createdBy",
  ${isoOf("r.created_at")} as "createdAt", d.deliveries, ${isoOf("d.delivered_at")} as "deliveredAt",
  d.last_error as "lastError"`;

const DELIVERED = `cross join lateral (
  select json_build_object(
      'waiting', count(*) filter (where state = 'waiting'), 'held', count(*) filter (where state = 'held'),
      'delivered', count(*) filter (where state = 'delivered'), 'failed', count(*) filter (where state = 'failed')
    ) as deliveries, max(delivered_at) as delivered_at,
    (array_agg(case when state <> 'delivered' then last_error end order by id desc))[1] as last_error
  from notification_deliveries where project_id = $1 and route_id = r.id) d`;

/** All routes of a project; at most ROUTES are made. Needs `admin`: targets are secrets. Throws NotFound, Forbidden. */
export async function listRoutes(actor: Actor, slug: string): Promise<Page<RouteItem>> {
  const project = await projectFor(actor, "admin", slug);
  const items = await rows<RouteItem>(
    db(),
    `select ${ROUTE} from notification_routes r ${DELIVERED} where r.project_id = $1 and r.removed_at is null order by r.id`,
    [project.id],
  );
  return { total: items.length, items, next: null };
}

/** One route by its id; checks no access. Throws NotFound. */
export async function readRoute(projectId: number, id: number): Promise<RouteItem> {
  const found = await row<RouteItem>(
    db(),
    `select ${ROUTE} from notification_routes r ${DELIVERED} where r.project_id = $1 and r.id = $2 and r.removed_at is null`,
    [projectId, id],
  );
  if (!found) throw new NotFound(`There is no route ${id}.`);
  return found;
}

const DELIVERY = `d.id, d.route_id as "routeId", r.name as route, r.channel, m.kind, m.shift_number as shift,
  m.body->>'title' as title, ${isoOf("m.at")} as at, d.state, d.attempts, ${isoOf("d.last_at")} as "lastAt",
  d.last_error as "lastError", ${isoOf("d.delivered_at")} as "deliveredAt", d.reference,
  coalesce((select json_agg(json_build_object('at', ${isoOf("a.at")}, 'status', a.status, 'millis', a.millis,
      'error', a.error) order by a.id desc)
    from notification_attempts a where a.project_id = $1 and a.delivery_id = d.id), '[]') as log
  from notification_deliveries d
  join notification_messages m on m.project_id = $1 and m.id = d.message_id
  join notification_routes r on r.project_id = $1 and r.id = d.route_id`;

/** The delivery log, the newest first. Needs `admin`. Throws NotFound, Forbidden, Invalid. */
export async function listDeliveries(actor: Actor, slug: string, asked: DeliveriesAsked): Promise<Page<DeliveryItem>> {
  const project = await projectFor(actor, "admin", slug);
  const after = decodeCursor(asked.cursor, z.tuple([z.int32()]))?.[0] ?? null;
  const where = "d.project_id = $1 and ($2::int is null or d.route_id = $2) and ($3::text is null or d.state = $3)";
  const filters = [project.id, asked.route, asked.state];
  const [found, count] = await Promise.all([
    rows<DeliveryItem>(
      db(),
      `select ${DELIVERY} where ${where} and ($4::int is null or d.id < $4) order by d.id desc limit $5`,
      [...filters, after, asked.limit + 1],
    ),
    row<{ total: number }>(
      db(),
      `select count(*)::int as total from notification_deliveries d where ${where}`,
      filters,
    ),
  ]);
  return pageOf(
    found,
    asked.limit,
    count?.total ?? 0,
    (item) => item,
    ({ id }) => [id],
  );
}

/** One delivery; checks no access. Throws NotFound. */
export async function readDelivery(projectId: number, id: number): Promise<DeliveryItem> {
  const found = await row<DeliveryItem>(db(), `select ${DELIVERY} where d.project_id = $1 and d.id = $2`, [
    projectId,
    id,
  ]);
  if (!found) throw new NotFound(`There is no delivery ${id}.`);
  return found;
}
