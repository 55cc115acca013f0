import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { db, row, rows, transaction } from "@/lib/db/sql";
import { testDatabase } from "@/lib/db/testing/database";
import { deliver, NotDelivered, startDigests } from "./deliver";
import { tell } from "./tell";
import { github } from "./testing/github";
import { later, work } from "./testing/queue";
import { type Answering, answering, type Receiver, receiver } from "./testing/receiver";
import { deliveries, route, type Shifted, shifted } from "./testing/shifted";

const database = testDatabase();
const open: { close(): unknown }[] = [];

beforeEach(() => {
  vi.stubEnv("TIDEMARK_NOTIFY_ALLOW", "127.0.0.1");
  vi.stubEnv("TIDEMARK_PUBLIC_URL", "https://perf.example");
});
afterEach(async () => {
  await rows(db(), "delete from graphile_worker._private_jobs");
  await Promise.all(open.splice(0).map((one) => one.close()));
  vi.unstubAllEnvs();
});

async function serve(answer?: Answering, port?: number): Promise<Receiver> {
  const made = await receiver(answer, port);
  open.push(made);
  return made;
}
/** Answers with each status in turn, and from then on with the last. */
const inTurn = (...statuses: number[]): Answering => {
  let at = 0;
  return (request, response) =>
    answering(statuses[Math.min(at++, statuses.length - 1)] ?? 204, "said so")(request, response);
};
const go = () => work(database.url());
const recover = async (project: Shifted) => {
  await rows(db(), "update shifts set state = 'recovered' where project_id = $1 and number = 1", [project.id]);
  await tell(project.id);
};
const firstDelivery = async (project: Shifted): Promise<number> =>
  (
    await row<{ id: number }>(db(), "select min(id) as id from notification_deliveries where project_id = $1", [
      project.id,
    ])
  )?.id ?? 0;
const waiting = () => row(db(), "select count(*)::int as jobs from graphile_worker.jobs");

test("a target that fails is tried again under the same id, and the log has every try", async () => {
  const hook = await serve(inTurn(500, 503, 204));
  const project = await shifted();
  const id = await route(project, hook.url);
  await go();
  expect(await deliveries(project, id)).toEqual([
    { kind: "confirmed", state: "waiting", attempts: 1, error: "The webhook answered 500: said so", tries: [500] },
  ]);
  for (let more = 0; more < 2; more++) {
    await later();
    await go();
  }
  expect(await deliveries(project, id)).toEqual([
    { kind: "confirmed", state: "delivered", attempts: 3, error: null, tries: [500, 503, 204] },
  ]);
  expect(new Set(hook.received.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
  expect(await waiting()).toEqual({ jobs: 0 });
});

test.each([404, 410, 302])("a target that answers %i is not tried again", async (status) => {
  const hook = await serve(answering(status, "", { location: "/elsewhere" }));
  const project = await shifted();
  const id = await route(project, hook.url);
  await go();
  await later();
  await go();
  expect(await deliveries(project, id)).toMatchObject([{ state: "failed", attempts: 1, tries: [status] }]);
  expect(hook.received).toHaveLength(1);
  await recover(project);
  await go();
  expect(hook.received).toHaveLength(1); // who never heard of it hears of no end
});

test("a target that is down hears it when it is up again; the end is never told before the beginning", async () => {
  const gone = await receiver();
  await gone.close();
  const project = await shifted();
  const id = await route(project, gone.url);
  await go();
  await recover(project);
  await go();
  const tries = await deliveries(project, id);
  expect(tries.map(({ kind, state }) => [kind, state])).toEqual([
    ["confirmed", "waiting"],
    ["resolved", "waiting"],
  ]);
  expect(tries[0]?.error).toContain("ECONNREFUSED");
  const back = await serve(undefined, gone.port);
  const [, second] = await rows<{ id: number }>(
    db(),
    "select id from notification_deliveries where project_id = $1 order by id",
    [project.id],
  );
  await deliver(project.id, second?.id ?? 0, false); // the later one comes first
  await later();
  await go();
  expect(back.received.map(({ body }) => JSON.parse(body).kind)).toEqual(["confirmed", "resolved"]);
  expect(await waiting()).toEqual({ jobs: 0 });
});

test("after its last try a delivery has failed for good", async () => {
  const hook = await serve(answering(500));
  const project = await shifted();
  const id = await route(project, hook.url);
  await tell(project.id);
  const delivery = await firstDelivery(project);
  await expect(deliver(project.id, delivery, false)).rejects.toThrow(NotDelivered);
  await deliver(project.id, delivery, true);
  await deliver(project.id, delivery, false);
  expect(await deliveries(project, id)).toMatchObject([{ state: "failed", attempts: 2, tries: [500, 500] }]);
});

test("a worker killed between answer and bookkeeping tells again under the same id", async () => {
  const project = await shifted();
  let kill = true;
  const hook = await serve((_, response) => {
    const end = () => response.writeHead(204).end();
    if (!kill) return end();
    kill = false; // the connection of the worker ends as its process would have
    rows(
      db(),
      `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and state = 'idle in transaction' and pid <> pg_backend_pid()`,
    ).finally(end);
  });
  const id = await route(project, hook.url);
  await go();
  expect(await deliveries(project, id)).toMatchObject([{ state: "waiting", tries: [] }]);
  await later();
  await go();
  expect(await deliveries(project, id)).toMatchObject([{ state: "delivered", tries: [204] }]);
  const ids = hook.received.map(({ headers }) => headers["webhook-id"]);
  expect(ids).toHaveLength(2);
  expect(new Set(ids).size).toBe(1);
});

test("what another worker is delivering is left to it", async () => {
  const hook = await serve();
  const project = await shifted();
  await route(project, hook.url);
  await tell(project.id);
  const delivery = await firstDelivery(project);
  await transaction(async (tx) => {
    await rows(tx, "select from notification_deliveries where project_id = $1 for update", [project.id]);
    await deliver(project.id, delivery, false);
  });
  expect(hook.received).toEqual([]);
  await go();
  expect(hook.received).toHaveLength(1);
});

test("an address of the own network that was saved when it was allowed is refused when it is not any more", async () => {
  const hook = await serve();
  const project = await shifted();
  const id = await route(project, hook.url);
  vi.stubEnv("TIDEMARK_NOTIFY_ALLOW", "");
  await go();
  expect(hook.received).toEqual([]);
  expect(await deliveries(project, id)).toMatchObject([
    { state: "failed", tries: [null], error: expect.stringContaining("TIDEMARK_NOTIFY_ALLOW=127.0.0.1") },
  ]);
});

test("a route that is removed while a message waits sends nothing", async () => {
  const hook = await serve();
  const project = await shifted();
  const id = await route(project, hook.url);
  await tell(project.id);
  await rows(db(), "update notification_routes set removed_at = now() where id = $1", [id]);
  await go();
  expect(hook.received).toEqual([]);
  expect(await deliveries(project, id)).toMatchObject([{ state: "failed", error: "The route is off or was removed." }]);
});

test("a digest is held, then one mail with all, once", async () => {
  const mails: string[] = [];
  const server = new SMTPServer({
    ...{ authOptional: true, disabledCommands: ["STARTTLS"], logger: false },
    onData(stream, _, done) {
      const parts: Buffer[] = [];
      stream.on("data", (part) => parts.push(part));
      stream.on("end", () => {
        mails.push(Buffer.concat(parts).toString("utf8"));
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  open.push({ close: () => new Promise<void>((resolve) => server.close(resolve)) });
  vi.stubEnv("TIDEMARK_SMTP_URL", `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`);
  const project = await shifted();
  const mail = { channel: "email", target: { to: ["ada@example.org"] } };
  const id = await route(project, "", { ...mail, digest: "daily" });
  await go();
  await recover(project);
  await go();
  expect((await deliveries(project, id)).map(({ state }) => state)).toEqual(["held", "held"]);
  await startDigests("weekly");
  await go();
  expect(mails).toEqual([]);
  await startDigests("daily");
  await startDigests("daily");
  await go();
  expect(mails).toHaveLength(1);
  expect(mails[0]).toMatch(/^Subject: 2 shifts in /m);
  expect((await deliveries(project, id)).map(({ state }) => state)).toEqual(["delivered", "delivered"]);
});

test("a digest that fails stays held together and is tried again", async () => {
  const hook = await serve(inTurn(500, 204));
  const project = await shifted();
  const id = await route(project, hook.url, { digest: "weekly" });
  await tell(project.id);
  await recover(project);
  await startDigests("weekly");
  await go();
  expect((await deliveries(project, id)).map(({ state, tries }) => [state, tries])).toEqual([
    ["held", [500]],
    ["held", [500]],
  ]);
  await later();
  await go();
  expect(hook.received.map(({ body }) => JSON.parse(body).messages.length)).toEqual([2, 2]);
  expect((await deliveries(project, id)).map(({ state }) => state)).toEqual(["delivered", "delivered"]);
});

test("GitHub gets one issue for the shift, digest or not, and its end closes it; the token is in no log", async () => {
  const hub = await github();
  open.push(hub);
  const project = await shifted();
  const token = "ghp_verysecret";
  const to = { channel: "github", target: { repository: "acme/perf", api: hub.url }, secret: token };
  const direct = await route(project, "", to);
  const daily = await route(project, "", { ...to, target: { ...to.target, labels: ["daily"] }, digest: "daily" });
  hub.next({ method: "GET", path: /labels=performance/, how: 500, body: `{"sent":"Bearer ${token}"}` });
  await go();
  expect((await deliveries(project, direct))[0]?.error).toBe('GitHub answered 500: {"sent":"Bearer …"}');
  await later();
  await go();
  await recover(project);
  await go();
  await startDigests("daily");
  await go();
  const issues = hub.issues.filter(({ number }) => number !== 41);
  expect(issues.map(({ labels, state, comments }) => [labels, state, comments.length])).toEqual([
    [["performance"], "closed", 1],
    [["daily"], "closed", 1],
  ]);
  expect((await deliveries(project, daily)).map(({ state }) => state)).toEqual(["delivered", "delivered"]);
  const told = await rows(db(), "select * from notification_attempts where project_id = $1", [project.id]);
  const jobs = await rows(db(), "select * from graphile_worker._private_jobs");
  expect(JSON.stringify([told, jobs, await deliveries(project, direct)])).not.toContain(token);
});

test("the picture of a private project's shift goes out signed, that of a public one bare", async () => {
  const hook = await serve();
  const project = await shifted();
  await route(project, hook.url);
  await rows(db(), "update projects set visibility = 'private' where id = $1", [project.id]);
  await tell(project.id);
  await go();
  await rows(db(), "update projects set visibility = 'public' where id = $1", [project.id]);
  await recover(project);
  await go();
  const images = hook.received.map(({ body }) => JSON.parse(body).image);
  const address = `https://perf.example/api/v1/projects/${project.slug}/shifts/1/image.png`;
  expect(images).toEqual([expect.stringMatching(/\?signature=[\w-]{43}$/), address]);
  expect(images[0].split("?")[0]).toBe(address);
});

test("parts of what a message says are of the time when it was told, not of when it arrives", async () => {
  const hook = await serve();
  const project = await shifted();
  await route(project, hook.url);
  await tell(project.id);
  await rows(db(), "update changepoints set after = 99 where project_id = $1", [project.id]);
  await go();
  const [member] = JSON.parse(hook.received[0]?.body ?? "{}").members;
  expect(member).toMatchObject({
    workload: "work",
    metric: "duration",
    before: expect.closeTo(10, 0),
    after: expect.closeTo(12, 0),
  });
});
