import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createToken } from "@/lib/commands/createToken";
import { ROUTES } from "@/lib/commands/notificationRoutes";
import { db, row, rows } from "@/lib/db/sql";
import { testDatabase } from "@/lib/db/testing/database";
import { createTestProject, type TestProject } from "@/lib/db/testing/project";
import { insertTestShifts } from "@/lib/db/testing/shifts";
import { SYSTEM } from "@/lib/model/actor";
import type { Scope } from "@/lib/model/words";
import type { DeliveryItem, RouteItem } from "@/lib/queries/notifications";
import { PATCH as change, DELETE as remove } from "./[id]/route";
import { POST as testRoute } from "./[id]/test/route";
import { POST as retry } from "./deliveries/[id]/retry/route";
import { GET as deliveries } from "./deliveries/route";
import { POST as dryRun } from "./dry-run/route";
import { POST as add, GET as list } from "./route";

testDatabase();
afterEach(() => vi.unstubAllEnvs());

let project: TestProject;
let admin: Record<string, string>;

const bearer = async (scope: Scope) => ({
  authorization: `Bearer ${(await createToken(SYSTEM, project.slug, { name: scope, scopes: [scope], defaultBranch: true })).secret}`,
});

beforeEach(async () => {
  vi.stubEnv("TIDEMARK_NOTIFY_ALLOW", "127.0.0.1");
  project = await createTestProject();
  admin = await bearer("admin");
});

type Sent = { body?: object; id?: number; headers?: Record<string, string>; query?: string; method?: string };
type Handler = (request: Request, context?: { params: Promise<Record<string, string>> }) => Promise<Response>;

async function send<Answer>(handler: Handler, sent: Sent = {}): Promise<[number, Answer]> {
  const { id, headers = admin, query = "", method = "POST", body } = sent;
  const params = { project: project.slug, ...(id === undefined ? {} : { id: String(id) }) };
  const request = new Request(`http://tidemark.test/api${query}`, { method, headers, body: JSON.stringify(body) });
  const response = await handler(request, { params: Promise.resolve(params) });
  return [response.status, (await response.json()) as Answer];
}

type Problem = { detail: string; faults?: { path: string; message: string }[] };
const HOOK = { name: "Hook", channel: "webhook", target: { url: "http://127.0.0.1:9/hook" } };
const addHook = async (rest = {}) =>
  (await send<RouteItem & { secret: string }>(add, { body: { ...HOOK, ...rest } }))[1];

test("a webhook's key is told once and never again; its defaults are what got worse, at once, not older than 60 days", async () => {
  const [status, made] = await send<RouteItem & { secret: string }>(add, { body: HOOK });
  expect([status, made]).toMatchObject([
    201,
    {
      name: "Hook",
      digest: "none",
      maxAgeDays: 60,
      enabled: true,
      revision: 1,
      filter: { directions: ["regression", "mixed"], workload: null, minChange: null },
      deliveries: { waiting: 0, held: 0, delivered: 0, failed: 0 },
    },
  ]);
  expect(made.secret).toMatch(/^whsec_/);
  const [, listed] = await send<{ total: number; items: RouteItem[] }>(list, { method: "GET" });
  expect(listed.total).toBe(1);
  expect(JSON.stringify(listed)).not.toContain(made.secret);
  expect(listed.items[0]?.secretHint).toBe(made.secret.slice(-4));
  const audit = await rows<{ text: string }>(db(), "select a::text as text from audit a");
  expect(JSON.stringify(audit)).not.toContain(made.secret);
});

test.each([
  ["into the server's own network", { url: "http://10.0.0.8/hook" }, "TIDEMARK_NOTIFY_ALLOW"],
  ["into the metadata of a cloud", { url: "http://169.254.169.254/latest" }, "TIDEMARK_NOTIFY_ALLOW"],
  ["with a password in it", { url: "https://u:p@93.184.216.34/" }, "without a password"],
  ["that is no address of the web", { url: "file:///etc/passwd" }, "https://"],
  ["with a field of another channel", { url: "http://127.0.0.1/", to: ["a@example.org"] }, "Unknown for this channel"],
])("an address %s is refused with the way out, when it is made and when it is changed", async (_, target, way) => {
  const [status, problem] = await send<Problem>(add, { body: { ...HOOK, target } });
  expect(status).toBe(422);
  expect(`${problem.detail} ${JSON.stringify(problem.faults)}`).toContain(way);
  expect(problem.faults?.[0]?.path).toMatch(/^\$\.target/);
  const { id } = await addHook();
  expect((await send(change, { id, method: "PATCH", body: { revision: 1, target } }))[0]).toBe(422);
});

test("GitHub needs a token, nobody else takes one", async () => {
  const github = {
    name: "Issues",
    channel: "github",
    target: { repository: "dask/distributed", api: "http://127.0.0.1/" },
  };
  expect((await send(add, { body: github }))[0]).toBe(422);
  expect((await send(add, { body: { ...HOOK, secret: "ghp_x" } }))[0]).toBe(422);
  const [status, made] = await send<RouteItem>(add, { body: { ...github, secret: "ghp_1234" } });
  expect([status, made]).toMatchObject([
    201,
    {
      secretHint: "1234",
      target: { repository: "dask/distributed", api: "http://127.0.0.1", labels: ["performance"], pullRequests: false },
    },
  ]);
  const [, changed] = await send<RouteItem>(change, {
    ...{ id: made.id, method: "PATCH" },
    body: { revision: 1, secret: "ghp_5678" },
  });
  expect(changed.secretHint).toBe("5678");
});

test("of two who change a route at once the second is told, and nothing of the first is lost", async () => {
  const { id } = await addHook();
  const patch = (body: object) => send<Problem & RouteItem>(change, { id, method: "PATCH", body });
  const answers = await Promise.all([patch({ revision: 1, name: "First" }), patch({ revision: 1, digest: "daily" })]);
  expect(answers.map(([status]) => status).sort()).toEqual([200, 409]);
  expect(answers.find(([status]) => status === 409)?.[1].detail).toContain("revision 2");
  const [, again] = await patch({ revision: 2, name: "First", digest: "daily" });
  expect(again).toMatchObject({ name: "First", digest: "daily", revision: 3 });
});

test("a test is on its way at once and stands in the log; what failed for good can be tried again, once", async () => {
  const { id } = await addHook();
  const [status, delivery] = await send<DeliveryItem>(testRoute, { id });
  expect([status, delivery]).toMatchObject([202, { kind: "test", shift: null, state: "waiting", route: "Hook" }]);
  const jobs = () =>
    row(db(), "select count(*)::int as jobs from graphile_worker.jobs where task_identifier = 'deliver'");
  expect(await jobs()).toEqual({ jobs: 1 });
  expect((await send(retry, { id: delivery.id }))[0]).toBe(409);
  await rows(db(), "update notification_deliveries set state = 'failed', last_error = '410' where id = $1", [
    delivery.id,
  ]);
  const [, failed] = await send<{ total: number }>(deliveries, { method: "GET", query: "?state=failed" });
  expect(failed.total).toBe(1);
  expect((await send(retry, { id: delivery.id }))[0]).toBe(202);
  expect(await jobs()).toEqual({ jobs: 2 });
  expect((await send(deliveries, { method: "GET", query: "?state=lost" }))[0]).toBe(422);
});

test("through a route that is off nothing is tried; a removed one keeps its log and forgets its key", async () => {
  const { id } = await addHook();
  const [, delivery] = await send<DeliveryItem>(testRoute, { id });
  await send(change, { id, method: "PATCH", body: { revision: 1, enabled: false } });
  expect((await send(testRoute, { id }))[0]).toBe(422);
  expect((await send(remove, { id, method: "DELETE" }))[0]).toBe(200);
  expect((await send(remove, { id, method: "DELETE" }))[0]).toBe(404);
  await rows(db(), "update notification_deliveries set state = 'failed' where id = $1", [delivery.id]);
  expect((await send(retry, { id: delivery.id }))[0]).toBe(409);
  const [, log] = await send<{ items: DeliveryItem[] }>(deliveries, { method: "GET" });
  expect(log.items.map(({ id }) => id)).toEqual([delivery.id]);
  expect(await row(db(), "select secret from notification_routes where project_id = $1", [project.id])).toEqual({
    secret: null,
  });
});

test("the log comes in parts, the newest first, whole and without doubles", async () => {
  const { id } = await addHook();
  for (let sent = 0; sent < 5; sent++) await send(testRoute, { id });
  const seen: number[] = [];
  let next: string | null = "";
  while (next !== null) {
    const query: string = `?limit=2${next ? `&cursor=${next}` : ""}`;
    const [, part]: [number, { total: number; items: DeliveryItem[]; next: string | null }] = await send(deliveries, {
      method: "GET",
      query,
    });
    expect(part.total).toBe(5);
    seen.push(...part.items.map((item) => item.id));
    next = part.next;
  }
  expect(seen).toEqual([...seen].sort((a, b) => b - a));
  expect(new Set(seen).size).toBe(5);
});

test("a dry run over shifts without members tells nobody, and refuses what is no filter", async () => {
  await insertTestShifts(project, [{}, {}]);
  const [status, told] = await send<{ total: number; items: unknown[] }>(dryRun, { body: {} });
  expect([status, told.items.length]).toEqual([200, told.total]);
  expect((await send(dryRun, { body: { filter: { minChange: -1 } } }))[0]).toBe(422);
  expect((await send(dryRun, { body: { filter: { directions: [] } } }))[0]).toBe(422);
});

test("only an admin sees or changes any of it", async () => {
  const { id } = await addHook();
  for (const scope of ["read", "ingest", "triage"] as const) {
    const headers = await bearer(scope);
    expect((await send(list, { method: "GET", headers }))[0]).toBe(403);
    expect((await send(add, { body: HOOK, headers }))[0]).toBe(403);
    expect((await send(testRoute, { id, headers }))[0]).toBe(403);
    expect((await send(deliveries, { method: "GET", headers }))[0]).toBe(403);
  }
  expect((await send(list, { method: "GET", headers: {} }))[0]).toBe(401);
});

test("a project has no more routes than it may have", async () => {
  await rows(
    db(),
    `insert into notification_routes (project_id, name, channel, target, created_by)
     select $1, n::text, 'slack', '{}', 'test' from generate_series(1, $2) n`,
    [project.id, ROUTES],
  );
  const [status, problem] = await send<Problem>(add, { body: HOOK });
  expect([status, problem.detail]).toEqual([422, expect.stringContaining("Remove one first")]);
});
