import { addJobs, deliveryJobs } from "../db/jobs";
import { type Db, row, rows, transaction } from "../db/sql";
import { isOldNews, type RouteFilter } from "../model/notification";
import { type Candidate, readBodies, readCandidates } from "./candidates";
import { decide, type Telling } from "./decide";
import { forRoute, type MessageBody } from "./message";

type Route = { id: number; filter: RouteFilter; digest: string; maxAgeDays: number | null };

/** What routes are chosen by, beside the message. */
type Audience = { projectId: number; routes: Route[]; newest: string | null };

/**
 * Writes down what is to be told of the project's shifts and sends it on its way to every route that it is for, all in
 * one transaction: whoever asks again, or at the same time, finds it told. Who was told that a shift opened is told that
 * it is over, whatever the filters say by then. Gives how many messages were made.
 */
export async function tell(projectId: number): Promise<number> {
  return transaction(async (tx) => {
    await rows(tx, "select pg_advisory_xact_lock(hashtext('tell'), $1)", [projectId]);
    const due = (await readCandidates(tx, projectId)).flatMap((shift) => {
      const telling = decide(shift);
      return telling ? [{ shift, telling }] : [];
    });
    if (due.length === 0) return 0;
    const numbers = due.map(({ shift }) => shift.number);
    const bodies = new Map((await readBodies(tx, projectId, numbers)).map((body) => [body.shift, body]));
    const audience = { projectId, routes: await readRoutes(tx, projectId), newest: await newestCommit(tx, projectId) };
    for (const { shift, telling } of due) {
      const body = bodies.get(shift.number);
      if (body) await tellOne(tx, audience, { shift, telling, body });
    }
    return due.length;
  });
}

async function tellOne(
  tx: Db,
  audience: Audience,
  { shift, telling, body }: { shift: Candidate; telling: Telling; body: MessageBody },
): Promise<void> {
  const told = { ...(await withMembers(tx, audience.projectId, body)), because: telling.because };
  const cycle = telling.kind === "confirmed" ? shift.cycles + 1 : shift.cycles;
  const message = await row<{ id: number }>(
    tx,
    `insert into notification_messages (project_id, shift_number, kind, cycle, body) values ($1, $2, $3, $4, $5)
     returning id`,
    [audience.projectId, shift.number, telling.kind, cycle, JSON.stringify(told)],
  );
  if (!message || telling.silent) return;
  const chosen =
    telling.kind === "confirmed" ? hearers(audience, told) : await earlierHearers(tx, audience, shift.number);
  await insertDeliveries(tx, audience.projectId, message.id, chosen);
}

/** A shift that was withdrawn has no members any more: it is told by those of the message before. */
async function withMembers(tx: Db, projectId: number, body: MessageBody): Promise<MessageBody> {
  if (body.members.length > 0) return body;
  const before = await row<{ body: MessageBody }>(
    tx,
    "select body from notification_messages where project_id = $1 and shift_number = $2 order by id desc limit 1",
    [projectId, body.shift],
  );
  return before ? { ...body, members: before.body.members } : body;
}

/** Routes that a message is for: its filter holds, and it is news. */
function hearers({ routes, newest }: Audience, body: MessageBody): Route[] {
  return routes.filter(
    ({ filter, maxAgeDays }) => forRoute(filter, body) !== null && !isOldNews(body.committedAt, newest, maxAgeDays),
  );
}

/**
 * Routes that heard of the shift's last confirmation, or are about to; where it has taken in others that were told, those
 * that heard of them.
 */
async function earlierHearers(tx: Db, { projectId, routes }: Audience, shift: number): Promise<Route[]> {
  const told = await rows<{ routeId: number }>(
    tx,
    `with last as (
       select distinct on (m.shift_number) m.shift_number, m.kind, m.id from notification_messages m
        where m.project_id = $1 and (m.shift_number = $2 and m.kind = 'confirmed' or m.shift_number in (
          select number from shifts where project_id = $1 and part_of = $2))
        order by m.shift_number, m.id desc)
     select distinct d.route_id as "routeId" from last
       join notification_deliveries d on d.project_id = $1 and d.message_id = last.id
      where last.kind = 'confirmed' and d.state <> 'failed'`,
    [projectId, shift],
  );
  return routes.filter(({ id }) => told.some(({ routeId }) => routeId === id));
}

const readRoutes = (tx: Db, projectId: number): Promise<Route[]> =>
  rows<Route>(
    tx,
    `select id, filter, digest, max_age_days as "maxAgeDays" from notification_routes
      where project_id = $1 and enabled and removed_at is null order by id`,
    [projectId],
  );

/** When the newest measured commit was made. */
export async function newestCommit(on: Db, projectId: number): Promise<string | null> {
  const found = await row<{ at: string | null }>(
    on,
    `select max(c.committed_at) as at from runs r join commits c on c.project_id = $1 and c.id = r.commit_id
      where r.project_id = $1 and r.experiment is null`,
    [projectId],
  );
  return found?.at ?? null;
}

/** One delivery a route; those of a digest wait for it. */
async function insertDeliveries(tx: Db, projectId: number, messageId: number, routes: readonly Route[]): Promise<void> {
  const made = await rows<{ id: number; routeId: number; state: string }>(
    tx,
    `insert into notification_deliveries (project_id, message_id, route_id, state)
     select $1, $2, r.id, r.state from unnest($3::int[], $4::text[]) r (id, state)
     returning id, route_id as "routeId", state`,
    [
      projectId,
      messageId,
      routes.map(({ id }) => id),
      routes.map(({ digest }) => (digest === "none" ? "waiting" : "held")),
    ],
  );
  await addJobs(
    tx,
    made.flatMap(({ id, routeId, state }) => (state === "waiting" ? deliveryJobs(projectId, routeId, [id]) : [])),
  );
}
