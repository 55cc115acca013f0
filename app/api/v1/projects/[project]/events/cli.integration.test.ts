import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { afterAll, beforeAll, expect, test } from "vitest";
import { main } from "@/ingest/cli/main";
import { storeRuns } from "@/ingest/store/storeRuns";
import { newProject, runDocument, sha } from "@/ingest/store/testing/documents";
import { createToken } from "@/lib/commands/createToken";
import { testDatabase } from "@/lib/db/testing/database";
import { SYSTEM } from "@/lib/model/actor";
import { DELETE } from "./[id]/route";
import { GET, POST } from "./route";

testDatabase();

/** The endpoints of events on a free port, as the server of Next would call them. */
const server = createServer(async (incoming, outgoing) => {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const url = new URL(incoming.url ?? "", "http://127.0.0.1");
  const [, project = "", id = ""] = /projects\/([^/]+)\/events\/?(.*)$/.exec(url.pathname) ?? [];
  const headers = Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, String(value)]);
  const body = incoming.method === "POST" ? new Uint8Array(Buffer.concat(chunks)) : undefined;
  const request = new Request(url, { method: incoming.method, headers, body });
  const handler = incoming.method === "POST" ? POST : incoming.method === "DELETE" ? DELETE : GET;
  const answer = await handler(request, { params: Promise.resolve({ project, id }) });
  outgoing.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "" });
  outgoing.end(await answer.text());
});

let [slug, env]: [string, Record<string, string>] = ["", {}];
beforeAll(async () => {
  slug = await newProject();
  await storeRuns(SYSTEM, slug, [runDocument("c0"), runDocument("c1", { key: "second" })]);
  const { secret } = await createToken(SYSTEM, slug, {
    name: "notes",
    scopes: ["read", "triage"],
    defaultBranch: false,
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  env = { TIDEMARK_URL: url, TIDEMARK_PROJECT: slug, TIDEMARK_TOKEN: secret };
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

async function tidemark(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const said = { out: "", err: "" };
  const io = {
    env,
    input: Readable.from([]),
    print: (line: string) => {
      said.out += `${line}\n`;
    },
    tell: (line: string) => {
      said.err += `${line}\n`;
    },
    isTerminal: false,
  };
  return { code: await main(["events", ...args], io), ...said };
}

test("an event is added at a commit, listed with what it concerns, and removed by its number", async () => {
  const added = await tidemark("add", "New VM type", "--commit", sha("c1"), "--border");
  expect(added).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+\n$/) });
  const id = added.out.trim();
  const listed = await tidemark("list");
  expect(listed.out).toBe(`${id}\t${sha("c1")}\tNew VM type; border\n`);
  const asJson = JSON.parse((await tidemark("list", "--json")).out) as { total: number; items: object[] };
  expect(asJson).toMatchObject({ total: 1, items: [{ text: "New VM type", border: true, createdBy: "token notes" }] });
  expect(await tidemark("remove", id)).toMatchObject({ code: 0, out: `removed ${id}\n` });
  expect((await tidemark("list")).out).toBe("");
});

test("an event without a place stands at now; one at a time says it as it was given", async () => {
  const before = Date.now();
  await tidemark("add", "now");
  await tidemark("add", "then", "--at", "2026-11-24T10:00:00Z");
  const { items } = JSON.parse((await tidemark("list", "--json")).out) as { items: { text: string; at: string }[] };
  const at = (text: string) => Date.parse(items.find((one) => one.text === text)?.at ?? "");
  expect(at("now")).toBeGreaterThanOrEqual(before - 1000);
  expect(at("then")).toBe(Date.parse("2026-11-24T10:00:00Z"));
});

test("what cannot be is said on stderr, with the exit code of wrong use or of a refusal", async () => {
  expect(await tidemark("add", "both", "--commit", sha("c0"), "--at", "2026-11-24T10:00:00Z")).toMatchObject({
    code: 2,
    out: "",
    err: expect.stringContaining("--commit or --at, not both"),
  });
  expect(await tidemark("remove", "first")).toMatchObject({ code: 2, out: "" });
  const gone = await tidemark("remove", "999999");
  expect(gone.code).not.toBe(0);
  expect(gone.err).toContain("has no event 999999");
  const unknown = await tidemark("add", "x", "--environment", "nowhere");
  expect(unknown).toMatchObject({ out: "", err: expect.stringContaining("nowhere") });
});
