import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { storeRuns } from "@/ingest/store/storeRuns";
import { day, newProject, result, runDocument } from "@/ingest/store/testing/documents";
import { analyse } from "@/lib/analysis";
import { normalDraw } from "@/lib/changepoint/testing/random";
import { RouteBody } from "@/lib/commands/notificationBodies";
import { addRoute } from "@/lib/commands/notificationRoutes";
import { db, row, rows } from "@/lib/db/sql";
import { testDatabase } from "@/lib/db/testing/database";
import { SYSTEM } from "@/lib/model/actor";
import { seeded } from "@/lib/stats/random";
import { tell } from "./tell";
import { work } from "./testing/queue";
import { type Receiver, receiver } from "./testing/receiver";

const database = testDatabase();
let hook: Receiver;

beforeAll(async () => {
  vi.stubEnv("TIDEMARK_NOTIFY_ALLOW", "127.0.0.1");
  vi.stubEnv("TIDEMARK_PUBLIC_URL", "https://perf.example");
  hook = await receiver();
});
afterAll(async () => {
  await hook.close();
  vi.unstubAllEnvs();
});

const told = () => hook.received.map(({ body }) => JSON.parse(body));
const kinds = () => told().map(({ kind, shift }) => `${kind} #${shift}`);

test("one step over a history posted run by run is one message, its recovery another, and no more (CASES 15)", async () => {
  const slug = await newProject();
  const id = (await row<{ id: number }>(db(), "select id from projects where slug = $1", [slug]))?.id ?? 0;
  const body = { name: "hook", channel: "webhook", target: { url: `${hook.url}/in` } };
  await addRoute(SYSTEM, slug, RouteBody.parse(body));
  const random = seeded(15);
  let posted = 0;
  const post = async (level: number) => {
    const k = posted++;
    const duration = [level * (1 + 0.05 * normalDraw(random))];
    const run = { at: day(k), parents: k === 0 ? [] : [`c${k - 1}`], results: [result("work", { duration })] };
    await storeRuns(SYSTEM, slug, runDocument(`c${k}`, run));
    await analyse(id);
    await tell(id);
    await work(database.url());
  };
  for (let k = 0; k < 60; k++) await post(100);
  expect(kinds()).toEqual([]);
  const counts: number[] = [];
  for (let k = 0; k < 60; k++) {
    await post(112);
    counts.push(told().length);
  }
  const standing = await rows<{ number: number }>(
    db(),
    "select number, state from shifts where project_id = $1 and state <> 'withdrawn'",
    [id],
  );
  expect(standing).toEqual([{ number: expect.any(Number), state: "confirmed" }]);
  const number = standing[0]?.number;
  expect(kinds()).toEqual([`confirmed #${number}`]);
  expect(counts.slice(-50)).toEqual(Array.from({ length: 50 }, () => 1));
  expect(told()[0]).toMatchObject({
    ...{ project: slug, url: `https://perf.example/${slug}/shifts/${number}`, direction: "regression" },
    members: [{ workload: "work", metric: "duration", interval: [expect.any(Number), expect.any(Number)] }],
    lastGood: expect.stringMatching(/^[0-9a-f]{40}$/),
  });

  for (let k = 0; k < 14; k++) await post(100);
  expect(kinds()).toEqual([`confirmed #${number}`, `resolved #${number}`]);
  expect(told()[1]).toMatchObject({ because: expect.stringMatching(/^Recovered by #\d+\.$/) });
});
