import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { analyse } from "@/lib/analysis";
import { around, other, post } from "@/lib/analysis/testing/history";
import { addEvent, removeEvent } from "@/lib/commands/events";
import { triageShift } from "@/lib/commands/triageShifts";
import { undoTriage } from "@/lib/commands/undoTriage";
import { db, row, rows } from "@/lib/db/sql";
import { testDatabase } from "@/lib/db/testing/database";
import { SYSTEM } from "@/lib/model/actor";
import { tell } from "./tell";
import { work } from "./testing/queue";
import { type Receiver, receiver } from "./testing/receiver";
import { deliveries, measure, messages, route, type Shifted, shifted } from "./testing/shifted";

const database = testDatabase();
let hook: Receiver;

beforeEach(async () => {
  vi.stubEnv("TIDEMARK_NOTIFY_ALLOW", "127.0.0.1");
  hook = await receiver();
});
afterEach(async () => {
  await hook.close();
  vi.unstubAllEnvs();
});

const ADA = { ...SYSTEM, name: "ada" };
/** What arrived at a path of the hook: kind and shift. */
const heard = (path = "/in") =>
  hook.received
    .filter((one) => one.path === path)
    .map(({ body }) => JSON.parse(body))
    .map(({ kind, shift }) => `${kind} #${shift}`);
const last = () => JSON.parse(hook.received.at(-1)?.body ?? "{}");
const go = () => work(database.url());
const set = (text: string, project: Shifted, ...values: unknown[]) =>
  rows(db(), `update shifts set ${text} where project_id = $1 and number = 1`, [project.id, ...values]);

test("a person marks a told shift as fixed: those who heard of it hear that it is over; undone, that it is back", async () => {
  const project = await shifted();
  await route(project, `${hook.url}/in`);
  await go();
  expect(heard()).toEqual(["confirmed #1"]);
  const triage = { status: "fixed", reason: "reverted in dask#12" } as const;
  const { revision } = (await row<{ revision: number }>(
    db(),
    "select revision from shifts where project_id = $1 and number = 1",
    [project.id],
  )) ?? { revision: 0 };
  const { batch } = await triageShift(ADA, project.slug, 1, { revision, ...triage });
  await go();
  expect(heard()).toEqual(["confirmed #1", "resolved #1"]);
  expect(last()).toMatchObject({ because: "Marked as fixed by ada: reverted in dask#12" });
  await undoTriage(ADA, project.slug, String(batch));
  await go();
  expect(heard()).toEqual(["confirmed #1", "resolved #1", "confirmed #1"]);
  expect(last()).toMatchObject({ because: "It is back." });
  await triageShift(ADA, project.slug, 1, { revision: revision + 2, owner: "ada" });
  await go();
  expect(hook.received).toHaveLength(3);
});

test("a told shift that is withdrawn is told once, with the reason and what it was, and once when it returns", async () => {
  const project = await shifted();
  await route(project, `${hook.url}/in`);
  await go();
  const first = await row<{ sha: string }>(db(), "select sha from commits where project_id = $1 and id = $2", [
    project.id,
    project.commits[20],
  ]);
  const border = { text: "new disks", border: true, commit: first?.sha ?? "" };
  const { id } = await addEvent(ADA, project.slug, border);
  await analyse(project.id);
  await go();
  await tell(project.id);
  await go();
  expect(heard()).toEqual(["confirmed #1", "withdrawn #1"]);
  expect(last()).toMatchObject({
    because: expect.stringContaining("new disks"),
    members: [{ workload: "work", metric: "duration" }],
  });
  await removeEvent(ADA, project.slug, String(id));
  await analyse(project.id);
  await go();
  expect(heard()).toEqual(["confirmed #1", "withdrawn #1", "confirmed #1"]);
});

test("a shift that is decided on before anybody was told is told to nobody", async () => {
  const project = await shifted();
  await route(project, `${hook.url}/in`);
  await set("status = 'not real'", project);
  await go();
  expect(heard()).toEqual([]);
  expect(await messages(project)).toBe(0);
});

test("two that look at the same time make one message, and one that looks again makes none", async () => {
  const project = await shifted();
  await route(project, `${hook.url}/in`);
  const made = await Promise.all([tell(project.id), tell(project.id), tell(project.id)]);
  expect(made.toSorted()).toEqual([0, 0, 1]);
  expect(await tell(project.id)).toBe(0);
  await go();
  expect(heard()).toEqual(["confirmed #1"]);
});

test("a told shift that becomes part of another is told no more; the end of the whole goes to those who heard", async () => {
  const project = await shifted();
  await route(project, `${hook.url}/in`);
  await go();
  await rows(
    db(),
    `insert into shifts (project_id, number, branch_id, direction, state, status, issues, last_good_commit_id,
       first_shifted_commit_id, summary, reported, opened_at, confirmed_at)
     select project_id, 9, branch_id, direction, 'confirmed', 'new', '{}', last_good_commit_id,
       first_shifted_commit_id, summary, reported, opened_at, now() from shifts where project_id = $1`,
    [project.id],
  );
  await rows(db(), "update changepoints set shift_number = 9 where project_id = $1", [project.id]);
  await set("state = 'withdrawn', part_of = 9, withdrawn_reason = 'It is part of #9.'", project);
  expect(await tell(project.id)).toBe(1);
  await go();
  expect(heard()).toEqual(["confirmed #1"]);
  await rows(db(), "update shifts set state = 'recovered' where project_id = $1 and number = 9", [project.id]);
  await tell(project.id);
  await go();
  expect(heard()).toEqual(["confirmed #1", "resolved #9"]);
});

test("a route that came later hears of no shift before it, and one that is off of none", async () => {
  const project = await shifted();
  await route(project, `${hook.url}/off`, { enabled: false });
  await go();
  await route(project, `${hook.url}/late`);
  await set("state = 'recovered'", project);
  await tell(project.id);
  await go();
  expect(hook.received).toEqual([]);
  expect(await messages(project)).toBe(2);
});

test("an imported history is told to nobody: a change that old is no news", async () => {
  const project = await shifted();
  const old = await route(project, `${hook.url}/in`, { maxAgeDays: 60 });
  const always = await route(project, `${hook.url}/always`, { maxAgeDays: null });
  await rows(
    db(),
    `update commits c set committed_at = now() - case when bc.position <= 25 then interval '1 year' else '0' end
       from branch_commits bc where c.project_id = $1 and bc.project_id = $1 and bc.commit_id = c.id`,
    [project.id],
  );
  await go();
  expect(heard()).toEqual([]);
  expect(heard("/always")).toEqual(["confirmed #1"]);
  await set("state = 'recovered'", project);
  await tell(project.id);
  expect([(await deliveries(project, old)).length, (await deliveries(project, always)).length]).toEqual([0, 2]);
});

test("routes are chosen by workload, metric, environment, size and direction; what they are for leads their message", async () => {
  const project = await shifted();
  const memory = await other.metric(project, "peak_memory");
  const faster = await other.environment(project, "vm-b");
  await post(memory, project.commits.slice(0, 30), [...around(1e9, 20), ...around(3e9, 10)]);
  await post(faster, project.commits.slice(0, 30), [...around(10, 20), ...around(13, 10)]);
  await rows(db(), "delete from notification_messages where project_id = $1", [project.id]);
  const filters = {
    all: {},
    prefix: { workload: "wo" },
    otherPrefix: { workload: "array/" },
    metric: { metric: "peak_memory" },
    otherMetric: { metric: "average_memory" },
    environment: { environment: "vm-b" },
    large: { minChange: 1.5 },
    tooLarge: { minChange: 5 },
    both: { metric: "peak_memory", environment: "vm-b" },
    better: { directions: ["improvement"] },
  };
  for (const [name, filter] of Object.entries(filters)) {
    const directions = ["regression", "mixed"];
    await route(project, `${hook.url}/${name}`, { filter: { directions, ...filter } });
  }
  await analyse(project.id);
  await go();
  const reached = hook.received.map(({ path }) => path.slice(1)).toSorted();
  expect(reached).toEqual(["all", "environment", "large", "metric", "prefix"]);
  const lead = (name: string) => JSON.parse(hook.received.find(({ path }) => path === `/${name}`)?.body ?? "").members;
  expect(lead("metric")[0]).toMatchObject({ metric: "peak_memory" });
  expect(lead("environment")[0]).toMatchObject({ environment: "vm-b", metric: "duration" });
  expect(lead("environment")).toHaveLength(3);
});

test("a shift that goes and comes is told twice, and then no more", async () => {
  const project = await shifted();
  await route(project, `${hook.url}/in`);
  for (let cycle = 0; cycle < 4; cycle++) {
    await set("state = 'confirmed', recovered_by = null", project);
    await tell(project.id);
    await set("state = 'recovered'", project);
    await tell(project.id);
  }
  await go();
  const cycle = ["confirmed #1", "resolved #1"];
  expect(heard()).toEqual([...cycle, ...cycle]);
});

test("later runs at the same level tell nothing", async () => {
  const project = await shifted();
  await route(project, `${hook.url}/in`);
  await go();
  for (let more = 0; more < 5; more++) await measure(project, 30 + more, around(12, 1, 0.01, more));
  await tell(project.id);
  await go();
  expect(heard()).toEqual(["confirmed #1"]);
});
