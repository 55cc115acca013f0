import { randomBytes } from "node:crypto";
import { type ProjectRow, projectFor } from "@/lib/auth/access";
import { recordAudit } from "@/lib/auth/recordAudit";
import { addJobs, deliveryJobs } from "@/lib/db/jobs";
import { type Db, row, rows, transaction } from "@/lib/db/sql";
import { Conflict, type Fault, Invalid, NotFound } from "@/lib/errors";
import { type Actor, shownName } from "@/lib/model/actor";
import { jsonPath } from "@/lib/model/jsonPath";
import type { Channel, RouteFilter } from "@/lib/model/notification";
import type { Json } from "@/lib/model/words";
import { allowedAddresses } from "@/lib/outbound/address";
import { idOf } from "./find";
import { type RouteBody, type RouteChange, TARGETS } from "./notificationBodies";

/** Routes that a project may have. */
export const ROUTES = 100;

/** Which route was written: read it back for the answer. */
export type WrittenRoute = { projectId: number; id: number };

type Target = { [name: string]: Json };
type Stored = {
  id: number;
  name: string;
  channel: Channel;
  target: Target;
  secret: string | null;
  filter: RouteFilter;
  digest: string;
  maxAgeDays: number | null;
  enabled: boolean;
  revision: number;
};

/**
 * Makes a route of messages. Needs `admin`. Its address must be one that this server may send to. A webhook gets a key
 * that signs what it is sent: `secret`, given here and never again. Throws Invalid, also over ROUTES.
 */
export async function addRoute(
  actor: Actor,
  slug: string,
  input: RouteBody,
): Promise<WrittenRoute & { secret: string | null }> {
  const project = await projectFor(actor, "admin", slug);
  const target = await checkTarget(input.channel, input.target);
  const made = input.channel === "webhook" ? `whsec_${randomBytes(32).toString("base64")}` : null;
  return transaction(async (tx) => {
    await requireRoom(tx, project);
    const route = await row<{ id: number }>(
      tx,
      `insert into notification_routes (project_id, name, channel, target, secret, filter, digest, max_age_days, enabled,
         created_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning id`,
      [
        project.id,
        input.name,
        input.channel,
        JSON.stringify(target),
        made ?? input.secret,
        JSON.stringify(input.filter),
        input.digest,
        input.maxAgeDays,
        input.enabled,
        shownName(actor),
      ],
    );
    const id = route?.id ?? 0;
    await audit(tx, project, actor, "created", id, { name: input.name, channel: input.channel });
    return { projectId: project.id, id, secret: made };
  });
}

/**
 * Changes a route; what is left out stays. Needs `admin`. What it holds for a digest is sent at once when it has none any
 * more. Throws NotFound, Invalid, Conflict where somebody else changed it since the revision that is named.
 */
export async function changeRoute(actor: Actor, slug: string, id: string, change: RouteChange): Promise<WrittenRoute> {
  const project = await projectFor(actor, "admin", slug);
  const { revision, target, secret, ...rest } = change;
  const known = await transaction((tx) => find(tx, project, id));
  const checked = target ? await checkTarget(known.channel, target) : null;
  if (secret !== undefined && known.channel !== "github")
    throw new Invalid("Only a route to GitHub takes a secret; the key of a webhook stays.");
  return transaction(async (tx) => {
    const before = await find(tx, project, id, "for update");
    if (before.revision !== revision)
      throw new Conflict(
        `The route ${before.name} was changed since you saw it: it is at revision ${before.revision}, you named ${revision}. Look at it again, then send the change with that revision.`,
      );
    const after = { ...before, ...rest, target: checked ?? before.target, secret: secret ?? before.secret };
    await write(tx, project.id, after);
    if (before.digest !== "none" && after.digest === "none") await releaseHeld(tx, project.id, before.id);
    const detail = { ...rest, ...(checked ? { target: checked } : {}), ...(secret ? { secret: "changed" } : {}) };
    await audit(tx, project, actor, "changed", before.id, detail as Target);
    return { projectId: project.id, id: before.id };
  });
}

/** Removes a route; its log stays, and nothing more is sent through it. Needs `admin`. Throws NotFound. */
export async function removeRoute(actor: Actor, slug: string, id: string): Promise<{ id: number; name: string }> {
  const project = await projectFor(actor, "admin", slug);
  return transaction(async (tx) => {
    const route = await find(tx, project, id, "for update");
    await row(
      tx,
      "update notification_routes set removed_at = now(), secret = null where project_id = $1 and id = $2",
      [project.id, route.id],
    );
    await audit(tx, project, actor, "removed", route.id, { name: route.name });
    return { id: route.id, name: route.name };
  });
}

/** Sends a message that says it is a test through a route, by the same road as all others. Needs `admin`. */
export async function testRoute(actor: Actor, slug: string, id: string): Promise<{ projectId: number; id: number }> {
  const project = await projectFor(actor, "admin", slug);
  return transaction(async (tx) => {
    const route = await find(tx, project, id);
    if (!route.enabled) throw new Invalid(`The route ${route.name} is off. Switch it on, then try it.`);
    const delivery = await row<{ id: number }>(
      tx,
      `with message as (
         insert into notification_messages (project_id, kind, body) values ($1, 'test', $2) returning id)
       insert into notification_deliveries (project_id, message_id, route_id) select $1, id, $3 from message returning id`,
      [project.id, JSON.stringify(testBody(project, actor)), route.id],
    );
    const deliveryId = delivery?.id ?? 0;
    await enqueue(tx, project.id, route.id, [deliveryId]);
    await audit(tx, project, actor, "tested", route.id, { name: route.name });
    return { projectId: project.id, id: deliveryId };
  });
}

/** Tries a delivery again that failed for good. Needs `admin`. Throws NotFound, Conflict where it did not fail. */
export async function retryDelivery(
  actor: Actor,
  slug: string,
  id: string,
): Promise<{ projectId: number; id: number }> {
  const project = await projectFor(actor, "admin", slug);
  return transaction(async (tx) => {
    const found = await row<{ id: number; routeId: number; state: string; isOn: boolean }>(
      tx,
      `select d.id, d.route_id as "routeId", d.state, r.enabled and r.removed_at is null as "isOn"
         from notification_deliveries d join notification_routes r on r.project_id = $1 and r.id = d.route_id
        where d.project_id = $1 and d.id = $2 for update of d`,
      [project.id, idOf(id)],
    );
    if (!found) throw new NotFound(`There is no delivery ${id} in ${slug}.`);
    if (found.state !== "failed") throw new Conflict(`Delivery ${found.id} did not fail: it is ${found.state}.`);
    if (!found.isOn) throw new Conflict("Its route is off or was removed: nothing is sent through it.");
    await row(tx, "update notification_deliveries set state = 'waiting' where project_id = $1 and id = $2", [
      project.id,
      found.id,
    ]);
    await enqueue(tx, project.id, found.routeId, [found.id]);
    await audit(tx, project, actor, "retried", found.routeId, { delivery: found.id });
    return { projectId: project.id, id: found.id };
  });
}

/** The target as its channel needs it, with an address that this server may send to. Throws Invalid. */
async function checkTarget(channel: Channel, sent: Target): Promise<Target> {
  const parsed = TARGETS[channel].safeParse(sent);
  if (!parsed.success) throw new Invalid("The target is not acceptable.", parsed.error.issues.flatMap(faultsOf));
  const target: Target = { ...parsed.data };
  for (const name of ["url", "api"]) {
    const address = target[name];
    if (typeof address !== "string") continue;
    await allowedAddresses(new URL(address).hostname).catch((error: Error) => {
      throw new Invalid(error.message, [{ path: `$.target.${name}`, message: error.message }]);
    });
  }
  return target;
}

function faultsOf(issue: { path: PropertyKey[]; message: string; code: string; keys?: string[] }): Fault[] {
  if (issue.code !== "unrecognized_keys")
    return [{ path: jsonPath(["target", ...issue.path]), message: issue.message }];
  const message = "Unknown for this channel. Remove it, or check its spelling.";
  return (issue.keys ?? []).map((key) => ({ path: jsonPath(["target", ...issue.path, key]), message }));
}

async function requireRoom(tx: Db, project: ProjectRow): Promise<void> {
  await rows(tx, "select from projects where id = $1 for update", [project.id]);
  const found = await row<{ many: number }>(
    tx,
    "select count(*)::int as many from notification_routes where project_id = $1 and removed_at is null",
    [project.id],
  );
  if ((found?.many ?? 0) >= ROUTES) throw new Invalid(`A project has at most ${ROUTES} routes. Remove one first.`);
}

async function find(tx: Db, project: ProjectRow, id: string, lock: "" | "for update" = ""): Promise<Stored> {
  const found = await row<Stored>(
    tx,
    `select id, name, channel, target, secret, filter, digest, max_age_days as "maxAgeDays", enabled, revision
       from notification_routes where project_id = $1 and id = $2 and removed_at is null ${lock}`,
    [project.id, idOf(id)],
  );
  if (!found) throw new NotFound(`There is no route ${id} in ${project.slug}.`);
  return found;
}

async function write(tx: Db, projectId: number, route: Stored): Promise<void> {
  await row(
    tx,
    `update notification_routes set name = $3, target = $4, secret = $5, filter = $6, digest = $7, max_age_days = $8,
            enabled = $9, revision = revision + 1 where project_id = $1 and id = $2`,
    [
      projectId,
      route.id,
      route.name,
      JSON.stringify(route.target),
      route.secret,
      JSON.stringify(route.filter),
      route.digest,
      route.maxAgeDays,
      route.enabled,
    ],
  );
}

async function releaseHeld(tx: Db, projectId: number, routeId: number): Promise<void> {
  const released = await rows<{ id: number }>(
    tx,
    `update notification_deliveries set state = 'waiting'
      where project_id = $1 and route_id = $2 and state = 'held' returning id`,
    [projectId, routeId],
  );
  await enqueue(
    tx,
    projectId,
    routeId,
    released.map(({ id }) => id),
  );
}

/** One job a delivery, as lib/notify makes them. */
const enqueue = (tx: Db, projectId: number, routeId: number, ids: readonly number[]): Promise<void> =>
  addJobs(tx, deliveryJobs(projectId, routeId, ids));

const audit = (tx: Db, project: ProjectRow, actor: Actor, verb: string, id: number, detail: Target): Promise<void> =>
  recordAudit(tx, { projectId: project.id, actor, verb, subject: `notification route ${id}`, detail });

/** What a test says: the form of a message without a shift. */
const testBody = (project: ProjectRow, actor: Actor) => ({
  project: project.slug,
  projectName: project.name,
  repository: project.repository,
  shift: 0,
  title: "this is how Tidemark tells of a shift",
  direction: "regression",
  lastGood: "",
  firstShifted: "",
  committedAt: null,
  commits: null,
  pullRequest: null,
  changepoints: 0,
  members: [],
  because: `Sent by ${shownName(actor)} to try this route.`,
});
