import path from "node:path";
import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { appRoutes, filled, partsOf } from "@/e2e/support/routes";
import { analyse } from "@/lib/analysis";
import { around, post } from "@/lib/analysis/testing/history";
import { hashSecret } from "@/lib/auth/secret";
import { TestBrowser } from "@/lib/auth/testing/browser";
import { createProject } from "@/lib/commands/createProject";
import { db, row, rows } from "@/lib/db/sql";
import { testDatabase } from "@/lib/db/testing/database";
import { appendCommits, createTestProject } from "@/lib/db/testing/project";
import { SYSTEM } from "@/lib/model/actor";
import { POST as firstAccount } from "./api/auth/first-account/route";
import { POST as acceptInvitation } from "./api/auth/invitation/route";
import { PATCH as changeProject } from "./api/v1/projects/[project]/route";
import { POST as invite } from "./api/v1/users/route";

testDatabase();

/** Headers of the request that a page is asked with; Next gives them to no page outside its server. */
let asked = new Headers();
vi.mock("next/headers", () => ({
  headers: async () => asked,
  cookies: async () => ({ get: () => undefined }),
}));

const ADMIN_TOKEN = "an-admin-token-for-tests";
const SECRET = "Project Nightjar";
const WORK = "nightjar_shuffle";
/** Parts of addresses, all of which exist in the private project; its slug comes when it is made. */
const examples: Record<string, string> = { workload: "1-nightjar", number: "1", tag: "branch:main" };
/** What some addresses have to be asked; for every other one the bare address is a question. */
const SIDES = () => `?baseline=commit:${examples.first}&contender=commit:${examples.sha}`;
const MATRIX = () => "?experiment=scheduling";
const CANDIDATE = () => "?candidate=branch:main";
const QUERIES: Record<string, () => string> = {
  "/api/v1/projects/[project]/series": () => `?workload=${WORK}&metric=duration`,
  "/api/v1/projects/[project]/series/image.svg": () => `?workload=${WORK}&metric=duration`,
  "/api/v1/projects/[project]/series/image.png": () => `?workload=${WORK}&metric=duration`,
  "/api/v1/projects/[project]/detector": () => `?workload=${WORK}`,
  "/[project]/compare": SIDES,
  "/[project]/compare/[workload]": SIDES,
  "/[project]/compare/matrix": MATRIX,
  "/api/v1/projects/[project]/compare": SIDES,
  "/api/v1/projects/[project]/compare/case": () => `${SIDES()}&workload=${WORK}`,
  "/api/v1/projects/[project]/compare/floor": SIDES,
  "/api/v1/projects/[project]/compare/matrix": MATRIX,
  "/api/v1/projects/[project]/releases/report": CANDIDATE,
  "/api/v1/projects/[project]/releases/report/markdown": CANDIDATE,
  "/api/v1/projects/[project]/releases/plan": () => "?tag=branch:main",
  "/api/v1/projects/[project]/check": CANDIDATE,
};

type Headed = Record<string, string>;
/** Who asks, as headers. */
const who: Record<"nobody" | "stranger" | "member" | "admin" | "ownToken", Headed> = {
  nobody: {},
  stranger: { authorization: "Bearer stranger" },
  ownToken: { authorization: "Bearer own" },
  member: {},
  admin: {},
};

beforeAll(async () => {
  vi.stubEnv("TIDEMARK_ADMIN_TOKEN", ADMIN_TOKEN);
  const project = await createTestProject();
  const commits = await appendCommits(project, 40);
  await post(project, commits, [...around(10, 20), ...around(12, 20)]);
  await analyse(project.id);
  await rows(
    db(),
    `update runs set experiment = 'scheduling', variant = case when commit_id = $2 then 'a' else 'b' end
      where project_id = $1 and commit_id = any($3::int[])`,
    [project.id, commits[5], [commits[5], commits[6]]],
  );
  await rows(db(), "update projects set name = $2, visibility = 'private' where id = $1", [project.id, SECRET]);
  await rows(db(), "update workloads set name = $2 where project_id = $1", [project.id, WORK]);
  const other = { slug: "other", name: "Other", defaultBranch: "main", visibility: "public" as const };
  await createProject(SYSTEM, other);
  await rows(
    db(),
    `insert into tokens (project_id, name, hash, hint, scopes, created_by)
     select id, 'one', case slug when 'other' then $1::bytea else $2::bytea end, '', '{read}', 'test' from projects`,
    [hashSecret("stranger"), hashSecret("own")],
  );
  const found = await row<Record<string, string>>(
    db(),
    `select (select sha from commits c where project_id = $1 and id = $3) as first,
            (select sha from commits c where project_id = $1 and id = $2) as sha,
            (select key from runs where project_id = $1 order by id limit 1) as key,
            (select id::text from tokens where project_id = $1) as id`,
    [project.id, commits.at(-1), commits[0]],
  );
  Object.assign(examples, found, { project: project.slug });
  const [ada, grace] = [new TestBrowser(), new TestBrowser()];
  const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
  await ada.send(firstAccount, { body: { email: "a@example.org", name: "A", password: "a long phrase" }, headers });
  const invited = await ada.send(invite, { body: { email: "g@example.org", name: "G" } });
  const code = ((await invited.json()) as { link: string }).link.split("#")[1];
  await grace.send(acceptInvitation, { body: { code, password: "another phrase" } });
  who.admin = { cookie: ada.cookie() };
  who.member = { cookie: grace.cookie() };
});

beforeEach(async () => {
  await rows(db(), "update projects set visibility = 'private', name = $2 where slug = $1", [examples.project, SECRET]);
});

type Answer = { status: number; text: string };
type Exports = Record<string, unknown>;
const load = (file: string) => import(/* @vite-ignore */ path.resolve(file)) as Promise<Exports>;

/** Asks an endpoint as Next would. null: it has no GET. */
async function get(
  address: string,
  file: string,
  headers: Headed,
  parts: Record<string, string>,
): Promise<Answer | null> {
  const { GET } = await load(file);
  if (typeof GET !== "function") return null;
  const url = `http://tidemark.test${filled(address, parts)}${QUERIES[address]?.() ?? ""}`;
  const params = Promise.resolve(Object.fromEntries(partsOf(address).map((name) => [name, parts[name]])));
  const response = (await GET(new Request(url, { headers }), { params })) as Response;
  return { status: response.status, text: await response.text() };
}

/** Asks a page or layout, and its metadata, up to where it begins to stream: the status is settled by then. */
async function visit(address: string, file: string, headers: Headed, project = examples.project) {
  asked = new Headers(headers);
  const { generateMetadata, default: page } = await load(file);
  const parts: Record<string, string | undefined> = { ...examples, project };
  const ask = (part: unknown): Promise<Answer> | null =>
    typeof part === "function"
      ? statusOf(
          part({
            params: Promise.resolve(Object.fromEntries(partsOf(address).map((name) => [name, parts[name]]))),
            searchParams: Promise.resolve(Object.fromEntries(new URLSearchParams(QUERIES[address]?.()))),
            children: null,
          }),
        )
      : null;
  return { metadata: await ask(generateMetadata), page: await ask(page) };
}

async function statusOf(rendering: unknown): Promise<Answer> {
  try {
    const value = await rendering;
    return { status: 200, text: JSON.stringify(value, withoutCycles()) ?? "" };
  } catch (thrown) {
    const digest = (thrown as { digest?: string }).digest ?? "";
    if (digest.startsWith("NEXT_HTTP_ERROR_FALLBACK;404")) return { status: 404, text: "" };
    if (digest.startsWith("NEXT_REDIRECT")) return { status: 307, text: digest };
    throw thrown;
  }
}

function withoutCycles() {
  const seen = new WeakSet<object>();
  return (_: string, value: unknown) => {
    if (typeof value !== "object" || value === null) return typeof value === "bigint" ? String(value) : value;
    if (seen.has(value)) return undefined;
    seen.add(value);
    return value;
  };
}

const ofProject = appRoutes().filter(({ address }) => address.includes("[project]"));
const endpoints = ofProject.filter(({ kind }) => kind === "route");
const pages = ofProject.filter(({ kind }) => kind !== "route");

describe("a private project", () => {
  test("has pages and endpoints to be tested", () => {
    expect(endpoints.length).toBeGreaterThan(10);
    expect(pages.length).toBeGreaterThan(8);
  });

  for (const { address, file } of endpoints)
    test(`GET ${address} answers its readers, and everybody else as if the project did not exist`, async () => {
      for (const headers of [who.nobody, who.stranger]) {
        const answer = await get(address, file, headers, examples);
        if (!answer) return; // written to only
        const none = await get(address, file, headers, { ...examples, project: "no-such-project" });
        expect(answer.text.replaceAll(examples.project ?? "", "no-such-project")).toBe(none?.text);
        expect(answer.status).toBe(none?.status);
        expect([401, 403, 404]).toContain(answer.status);
        expect(answer.text).not.toMatch(/nightjar/i);
      }
      // Where only admins may read, nobody else learns which projects there are: the scope is checked first.
      const member = await get(address, file, who.member, examples);
      const isForAdmins = member?.status === 403;
      const readers = isForAdmins ? [who.admin] : [who.member, who.admin, who.ownToken];
      if (!isForAdmins) expect((await get(address, file, who.nobody, examples))?.status).toBe(404);
      for (const headers of readers) {
        const answer = await get(address, file, headers, examples);
        expect(answer?.status, answer?.text).toBe(200);
      }
    });

  for (const { address, file, kind } of pages)
    test(`the ${kind} ${address} is there for its readers and for nobody else, metadata included`, async () => {
      for (const headers of [who.nobody, who.stranger]) {
        const { metadata, page } = await visit(address, file, headers);
        expect(page?.status).toBe(404);
        expect(metadata).toEqual((await visit(address, file, headers, "no-such-project")).metadata);
        expect(metadata?.text ?? "").not.toMatch(/nightjar/i);
      }
      for (const headers of [who.member, who.admin]) {
        const { metadata, page } = await visit(address, file, headers);
        expect([page?.status, metadata?.status ?? 200]).toEqual([200, 200]);
      }
    });

  test("is in no answer that belongs to no project", async () => {
    const rest = appRoutes().filter(({ address, kind }) => kind === "route" && !address.includes("[project]"));
    for (const { address, file } of rest)
      for (const headers of [who.nobody, who.stranger]) {
        const answer = await get(address, file, headers, examples);
        expect(answer?.text ?? "").not.toMatch(/nightjar/i);
        expect(answer?.text ?? "").not.toContain(examples.project);
      }
    const list = "/api/v1/projects";
    expect((await get(list, "app/api/v1/projects/route.ts", who.member, {}))?.text).toContain(SECRET);
  });

  test("is in no list of projects on a page of somebody who may not read it", async () => {
    for (const headers of [who.nobody, who.stranger]) {
      asked = new Headers(headers);
      const layout = (await load("app/[project]/layout.tsx")).default as (props: object) => Promise<unknown>;
      const bar = await statusOf(layout({ params: Promise.resolve({ project: "other" }), children: null }));
      expect(bar.status).toBe(200);
      expect(bar.text).toContain("Other");
      expect(bar.text).not.toContain(examples.project);
      expect(bar.text).not.toContain(SECRET);
      const home = (await load("app/page.tsx")).default as () => Promise<unknown>;
      expect((await statusOf(home())).text).toContain("/other"); // straight to the one project that they may read
    }
  });

  test("becomes public and private again by an admin, from the next request on, and the audit says so", async () => {
    const file = "app/api/v1/projects/[project]/route.ts";
    const address = "/api/v1/projects/[project]";
    const change = (headers: Headed, body: object) =>
      new TestBrowser().send(changeProject, { method: "PATCH", params: examples, headers, body });
    expect((await change(who.nobody, { visibility: "public" })).status).toBe(401);
    expect((await change(who.member, { visibility: "public" })).status).toBe(403);
    expect((await change(who.ownToken, { visibility: "public" })).status).toBe(403);
    expect((await change({ authorization: "Bearer stranger" }, { name: "x" })).status).toBe(403);
    expect((await change(who.admin, { visibility: "secret" })).status).toBe(422);
    expect((await get(address, file, who.nobody, examples))?.status).toBe(404);
    expect((await change(who.admin, { visibility: "public", name: "Nightjar, told" })).status).toBe(200);
    expect((await get(address, file, who.nobody, examples))?.text).toContain("Nightjar, told");
    expect((await change(who.admin, { visibility: "public" })).status).toBe(200); // nothing new: no row
    expect((await change(who.admin, { visibility: "private" })).status).toBe(200);
    expect((await get(address, file, who.nobody, examples))?.status).toBe(404);
    const audit = await rows(
      db(),
      "select actor, verb, detail from audit where subject = $1 and verb = 'changed' order by id",
      [`project ${examples.project}`],
    );
    expect(audit).toEqual([
      {
        actor: "a@example.org",
        verb: "changed",
        detail: { name: { from: SECRET, to: "Nightjar, told" }, visibility: { from: "private", to: "public" } },
      },
      { actor: "a@example.org", verb: "changed", detail: { visibility: { from: "public", to: "private" } } },
    ]);
  });
});
