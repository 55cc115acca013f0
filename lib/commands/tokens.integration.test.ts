import { afterEach, expect, test, vi } from "vitest";
import { DELETE as revoke } from "@/app/api/v1/projects/[project]/tokens/[id]/route";
import { POST as create, GET as list } from "@/app/api/v1/projects/[project]/tokens/route";
import { TestBrowser } from "@/lib/auth/testing/browser";
import { createProject } from "@/lib/commands/createProject";
import { db, rows } from "@/lib/db/sql";
import { testDatabase } from "@/lib/db/testing/database";
import { SYSTEM } from "@/lib/model/actor";

testDatabase();
afterEach(() => vi.unstubAllEnvs());

const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });
const program = new TestBrowser();

/** A project of its own with an admin token for it. */
async function project(slug: string): Promise<{ params: { project: string }; admin: Record<string, string> }> {
  vi.stubEnv("TIDEMARK_ADMIN_TOKEN", "first");
  await createProject(SYSTEM, { slug, name: slug, defaultBranch: "main", visibility: "private" });
  const params = { project: slug };
  const body = { name: "admin", scopes: ["admin"] };
  const made = await program.send(create, { params, body, headers: bearer("first") });
  return { params, admin: bearer(((await made.json()) as { secret: string }).secret) };
}

test("a secret is told once: no list, table, audit or log has it", async () => {
  const told = vi.spyOn(console, "error");
  const { params, admin } = await project("once");
  const body = { name: "<b>ci</b>", scopes: ["ingest", "read", "read"] };
  const made = (await (await program.send(create, { params, body, headers: admin })).json()) as {
    id: number;
    secret: string;
  };
  expect(made).toMatchObject({ name: "<b>ci</b>", scopes: ["ingest", "read"], hint: made.secret.slice(-4) });
  const listed = await (await program.send(list, { method: "GET", params, headers: admin })).text();
  expect(listed).toContain(`"id":${made.id}`);
  const kept = await rows<{ text: string }>(
    db(),
    "select t::text as text from tokens t union all select a::text from audit a",
  );
  for (const text of [listed, JSON.stringify(kept), JSON.stringify(told.mock.calls)])
    expect(text).not.toContain(made.secret.slice(3));
});

test("a revoked token answers 401 from the next request on, and its secret is not in the answer", async () => {
  const { params, admin } = await project("revoked");
  const body = { name: "second", scopes: ["admin"] };
  const made = (await (await program.send(create, { params, body, headers: admin })).json()) as {
    id: number;
    secret: string;
  };
  const use = () => program.send(list, { method: "GET", params, headers: bearer(made.secret) });
  expect((await use()).status).toBe(200);
  const ended = await program.send(revoke, {
    method: "DELETE",
    params: { ...params, id: String(made.id) },
    headers: admin,
  });
  expect(ended.status).toBe(200);
  const refused = await use();
  expect(refused.status).toBe(401);
  expect(await refused.text()).not.toContain(made.secret);
  expect((await program.send(list, { method: "GET", params, headers: admin })).status).toBe(200);
});

test("a token of one project does nothing in another, and a token that is no good is never taken for nobody", async () => {
  const [one, two] = [await project("one"), await project("two")];
  expect((await program.send(list, { method: "GET", params: two.params, headers: one.admin })).status).toBe(404);
  for (const authorization of ["Bearer", "Bearer  ", "Basic YTpi", "Bearer tm_x y", `Bearer ${"x".repeat(5000)}`])
    expect((await program.send(list, { method: "GET", params: one.params, headers: { authorization } })).status).toBe(
      401,
    );
});

test("a token and a cookie in one request: the token counts", async () => {
  const { params, admin } = await project("both");
  const headers = { ...admin, cookie: "tidemark.session_token=made.up", origin: "https://evil.example" };
  expect((await program.send(create, { params, body: { name: "x", scopes: ["read"] }, headers })).status).toBe(201);
});
