import { shiftImageUrl } from "../auth/sharedLinks";
import { config } from "../config";
import { addJobs, deliveryJobs } from "../db/jobs";
import { type Db, db, row, rows, transaction } from "../db/sql";
import { Invalid } from "../errors";
import type { Digest, MessageKind, RouteFilter } from "../model/notification";
import type { Visibility } from "../model/words";
import { absolute } from "../urls/absolute";
import { settingsUrl } from "../urls/settings";
import { shiftUrl } from "../urls/shift";
import { type ChannelTarget, sendThrough } from "./channels";
import { Refused } from "./channels/channel";
import { forRoute, type Message, type MessageBody } from "./message";

/** A delivery with all that sending it needs. */
type Delivery = ChannelTarget & {
  id: number;
  messageId: number;
  kind: MessageKind;
  at: string;
  body: MessageBody;
  filter: RouteFilter;
  secret: string | null;
  /** Nobody is told through a route that was switched off or removed. */
  isOn: boolean;
  reference: string | null;
  visibility: Visibility;
};

/** How a try went: what is written down of it. `error` of one that was delivered: what did not work beside it. */
type Try = {
  isDelivered: boolean;
  status: number | null;
  error: string | null;
  reference: string | null;
  /** It will not be tried again. */
  final: boolean;
  millis: number;
};

/** A delivery that failed for now: the queue keeps it for later. */
export class NotDelivered extends Error {}

/**
 * Delivers one message, and first what the same route is still to be told of the same shift, so that its end is never
 * told before its beginning. A row lock keeps a second worker away; a worker that is killed after the target has answered
 * leaves a second try, which carries the same id. Throws NotDelivered when it is to be tried again.
 */
export async function deliver(projectId: number, deliveryId: number, isLast: boolean): Promise<void> {
  const due = await rows<{ id: number }>(db(), WAITING_UP_TO, [projectId, deliveryId]);
  for (const { id } of due) await attempt(projectId, [id], "waiting", isLast);
}

/**
 * Delivers all that a route holds as one digest; nothing is done where it holds nothing. GitHub has an issue per shift:
 * there each is delivered by itself. Throws NotDelivered.
 */
export async function deliverDigest(projectId: number, routeId: number, isLast: boolean): Promise<void> {
  const held = await rows<{ id: number; channel: string }>(
    db(),
    `select d.id, r.channel from notification_deliveries d
       join notification_routes r on r.project_id = $1 and r.id = d.route_id
      where d.project_id = $1 and d.route_id = $2 and d.state = 'held' order by d.id`,
    [projectId, routeId],
  );
  const ids = held.map(({ id }) => id);
  const together = held[0]?.channel === "github" ? ids.map((id) => [id]) : [ids];
  for (const some of together) if (some.length > 0) await attempt(projectId, some, "held", isLast);
}

/** Enqueues the digests of all routes that hold something. */
export async function startDigests(digest: Digest): Promise<void> {
  await transaction(async (tx) => {
    const waiting = await rows<{ projectId: number; routeId: number }>(
      tx,
      `select distinct d.project_id as "projectId", d.route_id as "routeId" from notification_deliveries d
         join notification_routes r on r.project_id = d.project_id and r.id = d.route_id
        where d.state = 'held' and r.digest = $1`,
      [digest],
    );
    await addJobs(
      tx,
      waiting.flatMap(({ projectId, routeId }) => deliveryJobs(projectId, routeId, null)),
    );
  });
}

/** Of the same route and shift, the oldest first. */
const WAITING_UP_TO = `
select d.id from notification_deliveries asked
join notification_messages am on am.project_id = $1 and am.id = asked.message_id
join notification_deliveries d on d.project_id = $1 and d.route_id = asked.route_id
join notification_messages m on m.project_id = $1 and m.id = d.message_id
  and m.shift_number is not distinct from am.shift_number
where asked.project_id = $1 and asked.id = $2 and d.id <= $2 and d.state = 'waiting'
order by d.id`;

async function attempt(projectId: number, ids: number[], state: "waiting" | "held", isLast: boolean): Promise<void> {
  const failed = await transaction(async (tx) => {
    const deliveries = await lock(tx, projectId, ids, state);
    if (deliveries.length === 0) return null;
    const tried = await trySending(projectId, deliveries);
    const final = tried.final || isLast;
    await writeDown(tx, projectId, deliveries, { ...tried, final }, state);
    return tried.isDelivered || final ? null : tried.error;
  }, 1); // once: what was sent cannot be taken back
  if (failed !== null) throw new NotDelivered(failed);
}

async function trySending(projectId: number, deliveries: Delivery[]): Promise<Try> {
  const [first] = deliveries;
  const started = performance.now();
  const end = () => ({ millis: Math.round(performance.now() - started) });
  const failed = { isDelivered: false, status: null, reference: null };
  if (!first?.isOn) return { ...failed, error: "The route is off or was removed.", final: true, ...end() };
  try {
    const messages = await Promise.all(deliveries.map((delivery) => messageOf(projectId, delivery)));
    const outcome = await sendThrough(first, messages, { secret: first.secret, reference: first.reference });
    return { ...outcome, isDelivered: true, error: outcome.note, final: true, ...end() };
  } catch (error) {
    const status = error instanceof Refused ? error.status : null;
    const final = error instanceof Refused ? !error.canRetry : error instanceof Invalid;
    return { ...failed, status, error: withoutSecret((error as Error).message, first), final, ...end() };
  }
}

/** A target may answer with what it was sent; the log is read by people who are not to know the token. */
function withoutSecret(text: string, { secret }: Delivery): string {
  return (secret ? text.replaceAll(secret, "…") : text).slice(0, 1000);
}

/** What the route is told: absolute addresses, and the members first for which it was chosen. */
async function messageOf(projectId: number, delivery: Delivery): Promise<Message> {
  const { kind, messageId, at, body, filter, visibility } = delivery;
  const origin = config.ownUrl();
  const isTest = kind === "test";
  const url = isTest ? settingsUrl(body.project, "notifications") : shiftUrl(body.project, body.shift);
  const project = { id: projectId, slug: body.project, visibility };
  return {
    kind,
    id: `tidemark-${encodeURIComponent(body.project)}-${messageId}`,
    at,
    url: absolute(origin, url),
    image: isTest ? null : await shiftImageUrl(origin, project, body.shift),
    body: forRoute(filter, body) ?? body,
  };
}

/** Locks the deliveries that are still to be made; another worker's are left to it. */
function lock(tx: Db, projectId: number, ids: number[], state: string): Promise<Delivery[]> {
  return rows<Delivery>(
    tx,
    `select d.id, m.id as "messageId", m.kind, m.at, m.body, r.channel, r.target, r.secret, r.filter,
            r.enabled and r.removed_at is null as "isOn", p.visibility,
            (select e.reference from notification_deliveries e
               join notification_messages n on n.project_id = $1 and n.id = e.message_id
              where e.project_id = $1 and e.route_id = d.route_id and n.shift_number = m.shift_number
                and e.reference is not null order by e.id desc limit 1) as reference
       from notification_deliveries d
       join notification_messages m on m.project_id = $1 and m.id = d.message_id
       join notification_routes r on r.project_id = $1 and r.id = d.route_id
       join projects p on p.id = $1
      where d.project_id = $1 and d.id = any($2::int[]) and d.state = $3
      order by d.id for update of d skip locked`,
    [projectId, ids, state],
  );
}

async function writeDown(tx: Db, projectId: number, deliveries: Delivery[], tried: Try, state: string): Promise<void> {
  const ids = deliveries.map(({ id }) => id);
  const next = tried.isDelivered ? "delivered" : tried.final ? "failed" : state;
  await row(
    tx,
    `update notification_deliveries set state = $3, attempts = attempts + 1, last_at = now(), last_error = $4,
            delivered_at = case when $3 = 'delivered' then now() end, reference = coalesce($5, reference)
      where project_id = $1 and id = any($2::int[])`,
    [projectId, ids, next, tried.error, tried.reference],
  );
  await row(
    tx,
    `insert into notification_attempts (project_id, delivery_id, status, millis, error)
     select $1, id, $3, $4, $5 from unnest($2::int[]) id`,
    [projectId, ids, tried.status, tried.millis, tried.error],
  );
}
