import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { DELETE as deleteToken } from "@/app/api/v1/projects/[project]/tokens/[id]/route";
import { GET as getTokens, POST as postTokens } from "@/app/api/v1/projects/[project]/tokens/route";
import { GET as getProjects, POST as postProjects } from "@/app/api/v1/projects/route";
import { countRows, newProject, result, runDocument, sha } from "@/ingest/store/testing/documents";
import { createToken, type NewToken } from "@/lib/commands/createToken";
import { testDatabase } from "@/lib/db/testing/database";
import { SYSTEM } from "@/lib/model/actor";
import type { Scope } from "@/lib/model/words";
import { GET as getCommits, POST as postCommits } from "../commits/route";
import { GET as getReleases, POST as postReleases } from "../releases/route";
import { GET as getProject } from "../route";
import { GET as getRun } from "./[key]/route";
import { GET as getRuns, POST as postRuns } from "./route";

testDatabase();

type Handler = (request: Request, context?: { params: Promise<Record<string, string>> }) => Promise<Response>;
type Sending = { body?: unknown; token?: string | null; headers?: Record<string, string>; query?: string };

let admin = "";
beforeAll(async () => {
  admin = (await createToken(SYSTEM, null, { name: "admin", scopes: ["admin"], defaultBranch: true })).secret;
});

const tokenFor = async (slug: string, scopes: Scope[], more: Partial<NewToken> = {}) =>
  (await createToken(SYSTEM, slug, { name: "t", scopes, defaultBranch: true, ...more })).secret;

async function call(
  handler: Handler,
  params: Record<string, string>,
  { body, token = admin, headers = {}, query = "" }: Sending = {},
) {
  const raw =
    body === undefined || typeof body === "string" || body instanceof Uint8Array ? body : JSON.stringify(body);
  const response = await handler(
    new Request(`http://localhost/api/v1/x${query}`, {
      method: body === undefined ? "GET" : "POST",
      body: raw as BodyInit | undefined,
      headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), ...headers },
    }),
    { params: Promise.resolve(params) },
  );
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: text && JSON.parse(text) };
}

describe("posting runs", () => {
  test("201 for a new run, 200 for the same again, and the document back as it was stored", async () => {
    const project = await newProject();
    const body = runDocument("c1", { key: "gha:1+2" });
    expect(await call(postRuns, { project }, { body })).toMatchObject({
      status: 201,
      json: { stored: [{ key: "gha:1+2", results: 1, samples: 1 }] },
    });
    expect(await call(postRuns, { project }, { body })).toMatchObject({
      status: 200,
      json: { unchanged: [{ key: "gha:1+2" }] },
    });
    const read = await call(getRun, { project, key: "gha:1+2" });
    expect(read).toMatchObject({ status: 200, json: body });
    const again = await call(
      getRun,
      { project, key: "gha:1+2" },
      { headers: { "if-none-match": read.headers.get("etag") ?? "" } },
    );
    expect(again).toMatchObject({ status: 304, text: "" });
  });

  test("a used key answers 409 as a problem that names run and way out", async () => {
    const project = await newProject();
    await call(postRuns, { project }, { body: runDocument("c1", { key: "k" }) });
    const answer = await call(postRuns, { project }, { body: runDocument("c2", { key: "k" }) });
    expect(answer.status).toBe(409);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(answer.json).toMatchObject({ status: 409, code: "conflict", faults: [{ path: "$.run.key" }] });
    expect(answer.json.detail).toContain("Run k exists with other content. Send a new key");
  });

  test("NaN and Infinity are refused with their path and what to send instead", async () => {
    const project = await newProject();
    const before = await countRows();
    for (const token of ["NaN", "Infinity", "-Infinity", "1e999"]) {
      const body = JSON.stringify(runDocument("c1", { results: [result("w", { duration: [4711] })] })).replace(
        "4711",
        token,
      );
      const { status, json } = await call(postRuns, { project }, { body });
      expect(status).toBe(422);
      expect(json.faults[0].path).toBe("$.results[0].metrics.duration[0]");
      expect(json.detail).toMatch(/not JSON|too large for a number/);
      expect(json.detail).toContain("outcome 'failed'");
    }
    expect(await countRows()).toEqual(before);
  });

  test("bodies that cannot be read are 400, too large ones 413", async () => {
    const project = await newProject();
    const statusOf = async (sending: Sending) => (await call(postRuns, { project }, sending)).status;
    expect(await statusOf({ body: "" })).toBe(400);
    expect(await statusOf({ body: "{" })).toBe(400);
    expect(await statusOf({ body: new Uint8Array([0x22, 0xff, 0x22]) })).toBe(400);
    expect(await statusOf({ body: "{}", headers: { "content-encoding": "gzip" } })).toBe(400);
    expect(await statusOf({ body: "{}", headers: { "content-encoding": "br" } })).toBe(415);
    expect(await statusOf({ body: "[".repeat(200_000) })).toBe(400);
    expect(await statusOf({ body: `${"[".repeat(5000)}${"]".repeat(5000)}` })).toBe(422);
    for (const body of ["null", "1", '"x"', "[]", "{}", "[[]]"]) expect(await statusOf({ body }), body).toBe(422);
    const bomb = gzipSync(Buffer.alloc(65 * 1024 * 1024, 32));
    expect(await statusOf({ body: bomb, headers: { "content-encoding": "gzip" } })).toBe(413);
    expect(await statusOf({ body: Buffer.alloc(65 * 1024 * 1024, 32) })).toBe(413);
  });

  test("gzip, an array and NDJSON are one transaction each; a fault names its document", async () => {
    const project = await newProject();
    const zipped = gzipSync(JSON.stringify([runDocument("c1"), runDocument("c2")]));
    expect(await call(postRuns, { project }, { body: zipped, headers: { "content-encoding": "gzip" } })).toMatchObject({
      status: 201,
      json: { stored: [{}, {}] },
    });
    const lines = ["c2", "c3"].map((name) => `${JSON.stringify(runDocument(name))}\n`).join("\n");
    const headers = { "content-type": "application/x-ndjson" };
    expect(await call(postRuns, { project }, { body: lines, headers })).toMatchObject({
      status: 201,
      json: { stored: [{}], unchanged: [{}] },
    });
    const before = await countRows();
    const broken = `${JSON.stringify(runDocument("c4"))}\n{"run": NaN}`;
    expect(await call(postRuns, { project }, { body: broken, headers })).toMatchObject({
      status: 422,
      json: { faults: [{ document: 1, path: "$.run" }] },
    });
    expect(await countRows()).toEqual(before);
    const hint = await call(postRuns, { project }, { body: lines });
    expect(hint).toMatchObject({ status: 400 });
    expect(hint.json.detail).toContain("application/x-ndjson");
  });

  test("a dry run answers 200 and stores nothing; a query parameter that is not known is refused", async () => {
    const project = await newProject();
    const before = await countRows();
    const body = runDocument("c1");
    expect(await call(postRuns, { project }, { body, query: "?dryRun=1" })).toMatchObject({
      status: 200,
      json: { created: { workloads: 1 } },
    });
    expect(await call(postRuns, { project }, { body, query: "?dryrun=1" })).toMatchObject({
      status: 422,
      json: { faults: [{ path: "?dryrun" }] },
    });
    expect(await countRows()).toEqual(before);
  });
});

describe("who may", () => {
  test("write: a token of this project with the scope ingest; each other is told what is missing", async () => {
    const project = await newProject();
    const other = await newProject();
    const statusWith = async (token: string | null) =>
      (await call(postRuns, { project }, { body: runDocument("c1"), token })).status;
    expect(await statusWith(null)).toBe(401);
    expect(await statusWith("tm_wrong")).toBe(401);
    expect(await statusWith(await tokenFor(project, ["read"]))).toBe(403);
    expect(await statusWith(await tokenFor(other, ["ingest"]))).toBe(403);
    expect(await statusWith(await tokenFor(project, ["ingest"]))).toBe(201);
    const anonymous = await call(postRuns, { project }, { body: runDocument("c1"), token: null });
    expect(anonymous.headers.get("www-authenticate")).toBe("Bearer");
  });

  test("a private project does not exist for those who may not read it", async () => {
    const project = await newProject("private");
    const stranger = await tokenFor(await newProject(), ["admin"]);
    for (const token of [null, stranger]) {
      expect((await call(getRuns, { project }, { token })).status).toBe(404);
      expect((await call(getProject, { project }, { token })).status).toBe(404);
      const list = await call(getProjects, {}, { token });
      expect(list.json.items.map(({ slug }: { slug: string }) => slug)).not.toContain(project);
    }
    expect((await call(postRuns, { project }, { token: stranger, body: runDocument("c1") })).status).toBe(404);
    const own = await tokenFor(project, ["ingest"]);
    expect((await call(getRuns, { project }, { token: own })).status).toBe(200);
    expect(
      (await call(getProjects, {}, { token: own })).json.items.map(({ slug }: { slug: string }) => slug),
    ).toContain(project);
  });

  test("a token that is kept off the default branch writes for others only", async () => {
    const project = await newProject();
    await call(postRuns, { project }, { body: runDocument("m1") });
    const token = await tokenFor(project, ["ingest"], { defaultBranch: false });
    const statusOf = async (body: unknown) => (await call(postRuns, { project }, { token, body })).status;
    expect(await statusOf(runDocument("x", { key: "a" }))).toBe(403);
    expect(await statusOf(runDocument("m1", { key: "b", branch: "fork" })), "a commit of its line").toBe(403);
    expect(await statusOf(runDocument("f1", { key: "c", branch: "fork", parents: ["m1"] }))).toBe(201);
    const list = { branch: "main", commits: [{ sha: sha("y"), committedAt: "2026-01-01T00:00:00Z", parents: [] }] };
    expect((await call(postCommits, { project }, { token, body: list })).status).toBe(403);
    expect(
      (await call(postReleases, { project }, { token, body: { releases: [{ tag: "v", sha: sha("m1") }] } })).status,
    ).toBe(403);
    const forged = { sha: sha("m1"), committedAt: "2020-01-01T00:00:00Z", parents: [sha("evil")] };
    const child = { sha: sha("f2"), committedAt: "2026-12-01T00:00:00Z", parents: [sha("m1")] };
    const branch = { branch: "fork", commits: [forged, child] };
    expect(await call(postCommits, { project }, { token, body: branch })).toMatchObject({
      status: 201,
      json: { created: 1 },
    });
    const main = await call(getCommits, { project });
    expect(main.json).toMatchObject({ total: 1, items: [{ sha: sha("m1"), parents: [] }] });
  });

  test("tokens are made by admins, shown once, listed without secret, and end when revoked", async () => {
    const project = await newProject();
    const made = await call(postTokens, { project }, { body: { name: "ci", scopes: ["ingest"] } });
    expect(made).toMatchObject({ status: 201, json: { name: "ci", scopes: ["ingest"], defaultBranch: true } });
    const { id, secret } = made.json;
    expect(secret).toMatch(/^tm_[\w-]{43}$/);
    const list = await call(getTokens, { project });
    expect(list).toMatchObject({
      status: 200,
      json: { total: 1, next: null, items: [{ id, name: "ci", lastUsedAt: null, revokedAt: null }] },
    });
    expect(list.text).not.toContain(secret);
    expect((await call(getTokens, { project }, { token: secret })).status).toBe(403);
    expect((await call(postRuns, { project }, { token: secret, body: runDocument("c1") })).status).toBe(201);
    expect((await call(getTokens, { project })).json.items[0].lastUsedAt).not.toBeNull();
    const revoke = (which: string) => call(deleteToken, { project, id: which }, { body: "" });
    expect(await revoke(String(id))).toMatchObject({ status: 200, json: { id } });
    expect((await revoke(String(id))).status).toBe(200);
    for (const wrong of ["0", "x", "999999999999"]) expect((await revoke(wrong)).status).toBe(404);
    expect((await call(postRuns, { project }, { token: secret, body: runDocument("c2") })).status).toBe(401);
  });
});

describe("projects", () => {
  test("are created by admins, once, under an address that names no route", async () => {
    const body = { slug: "dask", name: "Dask", repository: "https://github.com/dask/dask" };
    expect(await call(postProjects, {}, { body })).toMatchObject({
      status: 201,
      json: { ...body, defaultBranch: "main", visibility: "public" },
    });
    expect((await call(postProjects, {}, { body })).status).toBe(409);
    for (const slug of ["api", "login", "Dask", "a/b", "", "-x"])
      expect((await call(postProjects, {}, { body: { slug, name: "x" } })).status, slug).toBe(422);
    expect((await call(postProjects, {}, { body, token: null })).status).toBe(401);
    expect(await call(getProject, { project: "dask" })).toMatchObject({
      status: 200,
      json: { slug: "dask", analysedAt: null },
    });
    expect((await call(getProject, { project: "no\0ne" })).status).toBe(404);
  });
});

describe("lists", () => {
  test("runs come in parts, the last received first, and filters hold for the total", async () => {
    const project = await newProject();
    for (const name of ["c1", "c2", "c3"])
      await call(
        postRuns,
        { project },
        { body: runDocument(name, { key: name, branch: name === "c3" ? "a/b" : "main" }) },
      );
    const first = await call(getRuns, { project }, { query: "?limit=2" });
    expect(first.json).toMatchObject({
      total: 3,
      items: [{ key: "c3", branch: "a/b", passed: 1, failed: 0 }, { key: "c2" }],
    });
    const second = await call(getRuns, { project }, { query: `?limit=2&cursor=${first.json.next}` });
    expect(second.json).toMatchObject({ total: 3, items: [{ key: "c1" }], next: null });
    expect((await call(getRuns, { project }, { query: "?branch=a/b" })).json).toMatchObject({
      total: 1,
      items: [{ key: "c3" }],
    });
    expect((await call(getRuns, { project }, { query: `?commit=${sha("c1")}` })).json.total).toBe(1);
    for (const query of [
      "?limit=0",
      "?limit=x",
      "?cursor=x",
      "?branch=a&branch=b",
      "?branch=%00",
      "?cursor=Wzk5OTk5OTk5OTk5XQ",
    ])
      expect((await call(getRuns, { project }, { query })).status, query).toBe(422);
    expect((await call(getRun, { project, key: "none" })).status).toBe(404);
  });

  test("commits and releases: both are idempotent, and say what was new", async () => {
    const project = await newProject();
    const commits = ["a", "b", "c"].map((name, index, all) => ({
      sha: sha(name),
      committedAt: `2026-01-0${index + 1}T00:00:00Z`,
      parents: index ? [sha(all[index - 1] ?? "")] : [],
      pullRequest: index + 1,
    }));
    const body = { branch: "release/2026", commits };
    expect(await call(postCommits, { project }, { body })).toMatchObject({
      status: 201,
      json: { branch: "release/2026", commits: 3, created: 3 },
    });
    const counts = await countRows();
    expect(await call(postCommits, { project }, { body })).toMatchObject({ status: 200, json: { created: 0 } });
    const list = await call(getCommits, { project }, { query: "?branch=release%2F2026&limit=2" });
    expect(list.json).toMatchObject({
      total: 3,
      items: [{ sha: sha("c"), position: 2, pullRequest: 3, runs: 0 }, { position: 1 }],
    });
    expect(
      (await call(getCommits, { project }, { query: `?branch=release%2F2026&cursor=${list.json.next}` })).json,
    ).toMatchObject({ items: [{ sha: sha("a") }], next: null });
    expect(
      (await call(postCommits, { project }, { body: { branch: "x", commits: [...commits].reverse() } })).json.detail,
    ).toContain("oldest first");
    expect(await countRows()).toEqual(counts);

    const releases = {
      releases: [
        { tag: "v1", sha: sha("a") },
        { tag: "v/2", sha: sha("unknown"), releasedAt: "2026-02-01T00:00:00Z" },
      ],
    };
    expect(await call(postReleases, { project }, { body: releases })).toMatchObject({
      status: 201,
      json: { releases: 2, created: 2 },
    });
    const after = await countRows();
    expect(await call(postReleases, { project }, { body: releases })).toMatchObject({
      status: 200,
      json: { created: 0 },
    });
    expect(await countRows()).toEqual(after);
    expect((await call(getReleases, { project })).json).toMatchObject({
      total: 2,
      items: [
        { tag: "v/2", position: null },
        { tag: "v1", sha: sha("a") },
      ],
    });
  });
});
