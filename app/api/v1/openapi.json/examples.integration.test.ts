import pg from "pg";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { storeReleases } from "@/ingest/store/storeReleases";
import { storeRuns } from "@/ingest/store/storeRuns";
import { analyse } from "@/lib/analysis";
import { createToken } from "@/lib/commands/createToken";
import { db, row, rows } from "@/lib/db/sql";
import { testDatabase } from "@/lib/db/testing/database";
import type { Handler } from "@/lib/http/route";
import { SYSTEM } from "@/lib/model/actor";
import type { Json } from "@/lib/model/words";
import { ProblemAnswer } from "@/lib/openapi/answers/parts";
import { readable } from "@/lib/openapi/curl";
import { ENDPOINTS } from "@/lib/openapi/endpoints";
import { ERRORS, errorsOf } from "@/lib/openapi/errors";
import type { Endpoint, Example } from "@/lib/openapi/types";
import { version } from "@/package.json";
import { callExample, type Sending } from "./testing/call";
import { historyDocuments, historyReleases } from "./testing/history";
import { recordable } from "./testing/record";
import { findRoutes } from "./testing/routes";

const database = testDatabase();
const ADMIN = "tm_admin";
const CSV_LINES = 4;
const TEXT_SHOWN = 2_000;

const handlers = new Map<string, Handler>();
const recorded: Record<string, Json> = {};
/** Statuses that each endpoint was seen to answer. */
const seen = new Map<string, Set<number>>(ENDPOINTS.map(({ id }) => [id, new Set()]));
let worker: pg.Client;

beforeAll(async () => {
  vi.stubEnv("TIDEMARK_ADMIN_TOKEN", ADMIN);
  for (const { method, path, handler } of await findRoutes()) handlers.set(`${method} ${path}`, handler);
});
afterAll(async () => {
  await worker?.end();
  vi.unstubAllEnvs();
});

const send = async (endpoint: Endpoint, example: Example, sending: Sending) => {
  const handler = handlers.get(`${endpoint.method} ${endpoint.path}`);
  if (!handler) throw new Error(`${endpoint.method} ${endpoint.path} has no handler`);
  const response = await callExample(handler, endpoint, example, sending);
  seen.get(endpoint.id)?.add(response.status);
  return { response, text: await response.text() };
};

/** The begin of a text that is no JSON; ids that are made of a moment of now are replaced. */
const begin = (text: string) => {
  const steady = text.replace(/urn:uuid:[-0-9a-f]{36}/g, "urn:uuid:7f1d3c52-8c41-8b6e-9d2a-5e0f4a6b7c8d");
  return steady.length > TEXT_SHOWN ? `${steady.slice(0, TEXT_SHOWN)} ...` : steady;
};

const asJson = (text: string) => JSON.parse(text) as Json;

/** Reads of public projects are what anybody may send. */
const tokenFor = ({ scope }: Endpoint) => (scope === null || scope === "read" ? null : ADMIN);

function checkAnswer(endpoint: Endpoint, example: Example, response: Response, text: string): void {
  const { name, status, query } = example;
  expect(response.status, `${name}: ${text}`).toBe(status);
  const answer = endpoint.answers.find((one) => one.status === status);
  if (query?.format === "csv") {
    expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(text.split("\r\n")[0]?.split(",")).toEqual(answer?.csv);
    expect(text.split("\r\n").length, "header, rows, end").toBeGreaterThan(2);
    recorded[name] = recordable(`${text.split("\r\n").slice(0, CSV_LINES).join("\r\n")}\r\n`);
    return;
  }
  const type = answer ? (answer.media ?? "application/json") : "application/problem+json";
  expect(response.headers.get("content-type")).toBe(type);
  if (answer?.media) {
    expect(text.length, name).toBeGreaterThan(100);
    recorded[name] = answer.media === "image/png" ? "(a PNG)" : recordable(begin(text));
    return;
  }
  const parsed = (answer?.schema ?? ProblemAnswer).safeParse(asJson(text));
  expect(parsed.error?.issues ?? [], name).toEqual([]);
  if (endpoint.id !== "getOpenApi") recorded[name] = recordable(asJson(text));
  if (endpoint.id === "getHealth") recorded[name] = { ...(recorded[name] as object), version: "0.1.0" };
}

describe("examples, in the order of the document", () => {
  test("health is 503 while no worker is connected, and says which part it is", async () => {
    const health = ENDPOINTS.find(({ id }) => id === "getHealth") as Endpoint;
    const { response, text } = await send(health, health.examples[0] as Example, { token: null });
    expect(response.status).toBe(503);
    expect(health.answers.find(({ status }) => status === 503)?.schema.parse(asJson(text))).toEqual({
      status: "down",
      database: "ok",
      worker: "down",
      version,
    });
    worker = new pg.Client({ connectionString: database.url(), application_name: "tidemark-worker example" });
    await worker.connect();
  });

  for (const endpoint of ENDPOINTS) {
    test(`${endpoint.method} ${endpoint.path} answers its examples as its schemas say`, async () => {
      if (endpoint.group === "Trends") await sendHistoryOnce();
      // What no worker sends here: as one leaves it that has tried for the last time.
      if (endpoint.id === "retryNotificationDelivery")
        await rows(
          db(),
          "update notification_deliveries set state = 'failed', last_error = 'The webhook answered 410'",
        );
      for (const example of endpoint.examples) {
        const { response, text } = await send(endpoint, example, { token: tokenFor(endpoint) });
        checkAnswer(endpoint, example, response, text);
      }
    });
  }

  test("the document shows what was answered", async () => {
    const file = new URL("../../../../lib/openapi/examples.json", import.meta.url).pathname;
    await expect(`${readable(recorded)}\n`).toMatchFileSnapshot(file);
  });
});

let isSent = false;
async function sendHistoryOnce(): Promise<void> {
  if (isSent) return;
  isSent = true;
  await storeRuns(SYSTEM, "dask", historyDocuments());
  await storeReleases(SYSTEM, "dask", historyReleases);
  const project = await row<{ id: number }>(db(), "select id from projects where slug = 'dask'");
  await analyse(project?.id ?? 0);
  // The history is too short for a drift: its line gets what the analysis of a longer one leaves.
  const drift = { release: null, points: 100, change: 0.062, difference: 3.8, interval: [0.04, 0.084], p: 1e-6 };
  await rows(
    db(),
    `update lines set drift = jsonb_build_object('sinceCommitId', last_commit_id, 'steps', 0, 'told', true) || $2
      where project_id = $1`,
    [project?.id, JSON.stringify(drift)],
  );
}

describe("errors", () => {
  for (const endpoint of ENDPOINTS.filter(({ scope }) => scope !== null))
    test(`${endpoint.method} ${endpoint.path} refuses what it should, as a problem`, async () => {
      for (const [status, example, sending] of await spoilt(endpoint)) {
        const { response, text } = await send(endpoint, example, sending);
        expect(response.status, text).toBe(status);
        expect(response.headers.get("content-type")).toBe("application/problem+json");
        expect(ProblemAnswer.parse(asJson(text))).toMatchObject({ status, code: ERRORS[status]?.code });
      }
    });

  test("what a reader has already is 304, without a body", async () => {
    for (const endpoint of ENDPOINTS.filter(isTagged)) {
      const first = await send(endpoint, goodExample(endpoint), { token: ADMIN });
      const headers = { "if-none-match": first.response.headers.get("etag") ?? "" };
      const second = await send(endpoint, goodExample(endpoint), { token: ADMIN, headers });
      expect([endpoint.path, second.response.status, second.text]).toEqual([endpoint.path, 304, ""]);
    }
  });

  test("every status that is described was answered above, and no other; 503 of a database that is away has its own test", () => {
    for (const endpoint of ENDPOINTS) {
      const described = [
        ...endpoint.answers.map(({ status }) => status),
        ...(isTagged(endpoint) ? [304] : []),
        ...errorsOf(endpoint).filter((status) => status !== 503),
      ];
      expect([endpoint.id, [...(seen.get(endpoint.id) ?? [])].sort()]).toEqual([endpoint.id, described.sort()]);
    }
  });
});

const isTagged = ({ method, scope }: Endpoint) => method === "GET" && scope !== null;

const goodExample = (endpoint: Endpoint) => endpoint.examples.find(({ status }) => status < 300) as Example;

type Spoilt = [status: number, Example, Sending];

/** Requests that must be refused, each with its status. */
async function spoilt(endpoint: Endpoint): Promise<Spoilt[]> {
  const { scope, body } = endpoint;
  const needsToken = scope !== "read";
  const example = goodExample(endpoint);
  const token = ADMIN;
  const { secret } = await createToken(SYSTEM, "dask", { name: "reads", scopes: ["read"], defaultBranch: true });
  const other = example.path && {
    ...example.path,
    ...("project" in example.path ? { project: "none" } : { id: "99" }),
  };
  const all: (Spoilt | null)[] = [
    [401, example, { token: "tm_unknown" }],
    needsToken ? [401, example, { token: null }] : null,
    needsToken ? [403, example, { token: secret }] : null,
    other ? [404, { ...example, path: other }, { token }] : null,
    body ? [400, example, { token, body: "{" }] : null,
    body ? [413, example, { token, headers: { "content-length": String(2 ** 40) } }] : null,
    body ? [415, example, { token, headers: { "content-encoding": "br" } }] : null,
    [422, { ...example, query: { ...example.query, unknwon: "1" } }, { token }],
  ];
  return all.filter((one) => one !== null);
}
