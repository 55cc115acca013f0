import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { POST as firstAccount } from "@/app/api/auth/first-account/route";
import { POST as acceptInvitation } from "@/app/api/auth/invitation/route";
import { POST as changePassword } from "@/app/api/auth/password/route";
import { POST as signIn } from "@/app/api/auth/sign-in/route";
import { POST as signOut } from "@/app/api/auth/sign-out/route";
import { POST as createProject } from "@/app/api/v1/projects/route";
import { POST as newLink } from "@/app/api/v1/users/[id]/link/route";
import { PATCH as changeUser } from "@/app/api/v1/users/[id]/route";
import { POST as invite, GET as listUsers } from "@/app/api/v1/users/route";
import { closePool } from "@/lib/db/pool";
import { db, row, rows } from "@/lib/db/sql";
import { testDatabase } from "@/lib/db/testing/database";
import { ATTEMPTS, WINDOW_MINUTES } from "./attempts";
import { TestBrowser } from "./testing/browser";

testDatabase();

const ADMIN_TOKEN = "an-admin-token-for-tests";
const ADMIN = { email: "ada@example.org", name: "Ada", password: "a long enough phrase" };
const withToken = { headers: { authorization: `Bearer ${ADMIN_TOKEN}` } };

beforeAll(() => vi.stubEnv("TIDEMARK_ADMIN_TOKEN", ADMIN_TOKEN));

beforeEach(async () => {
  await rows(db(), "truncate users, sign_in_attempts, audit cascade");
});

/** Ada, the first admin, signed in. */
async function admin(): Promise<TestBrowser> {
  const browser = new TestBrowser();
  expect((await browser.send(firstAccount, { body: ADMIN, ...withToken })).status).toBe(201);
  return browser;
}

type Link = { id: number; link: string };
const codeOf = ({ link }: Link) => decodeURIComponent(link.split("#")[1] ?? "");

/** Somebody else, who has used the link of the invitation. */
async function person(by: TestBrowser, email: string, role = "member") {
  const invited = (await (await by.send(invite, { body: { email, name: "Grace", role } })).json()) as Link;
  const browser = new TestBrowser();
  const password = `the password of ${email}`;
  const accepted = await browser.send(acceptInvitation, { body: { code: codeOf(invited), password } });
  expect(accepted.status).toBe(200);
  return { id: String(invited.id), email, password, browser };
}

/** Who is this browser signed in as, judged by what it may do. */
async function roleOf(browser: TestBrowser): Promise<"admin" | "member" | "nobody"> {
  const { status } = await browser.send(listUsers, { method: "GET" });
  return status === 200 ? "admin" : status === 403 ? "member" : "nobody";
}

const audit = async () =>
  (
    await rows<{ line: string }>(db(), "select actor || ' ' || verb || ' ' || subject as line from audit order by id")
  ).map(({ line }) => line);

test("the first account needs the admin token, is an admin, and there is no second first one", async () => {
  const body = ADMIN;
  expect((await new TestBrowser().send(firstAccount, { body })).status).toBe(401);
  const wrong = { authorization: "Bearer tm_wrong" };
  expect((await new TestBrowser().send(firstAccount, { body, headers: wrong })).status).toBe(401);
  const browser = await admin();
  expect(await roleOf(browser)).toBe("admin");
  const again = await browser.send(firstAccount, { body: { ...body, email: "eve@example.org" }, ...withToken });
  expect(again.status).toBe(409);
  expect(await audit()).toEqual([
    "token admin created user ada@example.org",
    "ada@example.org signed in user ada@example.org",
  ]);
});

test("of first accounts that are made at once one comes to be", async () => {
  const answers = await Promise.all(
    [1, 2, 3, 4].map((i) =>
      new TestBrowser().send(firstAccount, { body: { ...ADMIN, email: `a${i}@example.org` }, ...withToken }),
    ),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
});

test("the cookie is for the server alone: no script reads it, no other site sends it, https keeps it", async () => {
  await admin();
  const plain = await new TestBrowser().send(signIn, { body: { email: ADMIN.email, password: ADMIN.password } });
  const [cookie = ""] = plain.headers.getSetCookie();
  expect(cookie).toMatch(/^tidemark\.session_token=/);
  expect(cookie).toMatch(/; HttpOnly/);
  expect(cookie).toMatch(/; SameSite=Lax/);
  expect(cookie).not.toMatch(/; Secure/);
  expect(await plain.text()).not.toContain(cookie.split("=")[1]?.split(".")[0]);
  const secure = await new TestBrowser().send(signIn, {
    body: { email: ADMIN.email, password: ADMIN.password },
    headers: { "x-forwarded-proto": "https" },
  });
  expect(secure.headers.getSetCookie()[0]).toMatch(/^__Secure-tidemark\.session_token=.*; Secure/);
});

test("a cookie that was changed or made up is nobody's", async () => {
  const browser = await admin();
  const cookie = browser.cookie();
  for (const made of [
    `${cookie}x`,
    cookie.replace(/=./, "=%00"),
    "tidemark.session_token=a.b",
    "tidemark.session_token=",
  ])
    expect((await new TestBrowser().send(listUsers, { method: "GET", headers: { cookie: made } })).status).toBe(401);
});

test("wrong address, wrong password, no password yet and a disabled account get one and the same answer", async () => {
  const browser = await admin();
  await browser.send(invite, { body: { email: "new@example.org", name: "New" } });
  const left = await person(browser, "left@example.org");
  await browser.send(changeUser, { method: "PATCH", params: { id: left.id }, body: { disabled: true } });
  const tries = [
    { email: ADMIN.email, password: "not the password" },
    { email: "nobody@example.org", password: "not the password" },
    { email: "new@example.org", password: "not the password" },
    { email: left.email, password: left.password },
    { email: "no address", password: "x" },
    { email: "nul\0@example.org", password: "x\0" },
    { email: ADMIN.email, password: "x".repeat(1000) },
  ];
  const answers: string[] = [];
  for (const body of tries) {
    const answer = await new TestBrowser().send(signIn, { body });
    expect(answer.headers.getSetCookie()).toEqual([]);
    answers.push(`${answer.status} ${await answer.text()}`);
  }
  expect(new Set(answers).size).toBe(1);
  expect(answers[0]).toMatch(/^401 /);
});

test("the address is known in capitals and with spaces around it too", async () => {
  await admin();
  const answer = await new TestBrowser().send(signIn, {
    body: { email: " ADA@Example.org ", password: ADMIN.password },
  });
  expect(await answer.json()).toEqual({ email: "ada@example.org", name: "Ada", role: "admin" });
});

test("after too many wrong passwords nobody may try for this account, told with the time to wait", async () => {
  await admin();
  const wrong = { email: ADMIN.email, password: "wrong, wrong, wrong" };
  const guesses = Array.from({ length: ATTEMPTS.account + 5 }, () => new TestBrowser().send(signIn, { body: wrong }));
  const statuses = (await Promise.all(guesses)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 401)).toHaveLength(ATTEMPTS.account);
  expect(statuses.filter((status) => status === 429)).toHaveLength(5);
  const right = { email: ADMIN.email, password: ADMIN.password };
  const locked = await new TestBrowser().send(signIn, { body: right });
  expect(locked.status).toBe(429);
  expect(Number(locked.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(Number(locked.headers.get("retry-after"))).toBeLessThanOrEqual(WINDOW_MINUTES * 60);
  await rows(db(), "update sign_in_attempts set since = since - $1 * interval '1 minute'", [WINDOW_MINUTES + 1]);
  expect((await new TestBrowser().send(signIn, { body: right })).status).toBe(200);
});

test("an address that does not exist is locked in the same way as one that does", async () => {
  await admin();
  const body = { email: "nobody@example.org", password: "wrong, wrong, wrong" };
  for (let i = 0; i < ATTEMPTS.account; i++) await new TestBrowser().send(signIn, { body });
  expect((await new TestBrowser().send(signIn, { body })).status).toBe(429);
});

test("guessing many accounts from one address is slowed down too, and being right costs nothing", async () => {
  await admin();
  const right = { email: ADMIN.email, password: ADMIN.password };
  await rows(db(), "delete from sign_in_attempts");
  for (let i = 0; i < 3; i++) expect((await new TestBrowser().send(signIn, { body: right })).status).toBe(200);
  expect(await row(db(), "select sum(count) as count from sign_in_attempts")).toEqual({ count: 0 });
  await rows(db(), "update sign_in_attempts set count = $1", [ATTEMPTS.address]);
  expect((await new TestBrowser().send(signIn, { body: right })).status).toBe(429);
  const elsewhere = { "x-forwarded-for": "198.51.100.7" };
  expect((await new TestBrowser().send(signIn, { body: right, headers: elsewhere })).status).toBe(200);
});

test("a write with a cookie that another site's page sends is refused and changes nothing; a token needs no origin", async () => {
  const browser = await admin();
  const body = { slug: "made", name: "made" };
  const foreign: Record<string, string>[] = [
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: "" },
    { origin: "http://tidemark.test.evil.example" },
    { origin: "http://tidemark.test:8080" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { "sec-fetch-site": "none" },
  ];
  for (const headers of foreign) {
    const answer = await browser.send(createProject, { body, headers });
    expect(answer.status, JSON.stringify(headers)).toBe(403);
    expect(((await answer.json()) as { detail: string }).detail).toMatch(/page of this server/);
    for (const handler of [signIn, signOut, changePassword, acceptInvitation, firstAccount])
      expect((await browser.send(handler, { body: {}, headers })).status).toBe(403);
  }
  expect(await row(db(), "select count(*) as count from projects")).toEqual({ count: 0 });
  expect(await roleOf(browser)).toBe("admin");
  const program = { ...withToken.headers, origin: "https://evil.example", "sec-fetch-site": "cross-site" };
  expect((await new TestBrowser().send(createProject, { body, headers: program })).status).toBe(201);
  const sameSite = { "sec-fetch-site": "same-origin", origin: "" };
  expect((await browser.send(createProject, { body: { ...body, slug: "own" }, headers: sameSite })).status).toBe(201);
});

test("behind a proxy the public address counts as this server's", async () => {
  vi.stubEnv("TIDEMARK_PUBLIC_URL", "https://perf.example.org");
  try {
    const browser = new TestBrowser();
    const headers = { ...withToken.headers, origin: "https://perf.example.org", host: "10.0.0.1:3000" };
    expect((await browser.send(firstAccount, { body: ADMIN, headers })).status).toBe(201);
    expect(browser.cookie()).toMatch(/^__Secure-/);
  } finally {
    vi.stubEnv("TIDEMARK_PUBLIC_URL", "");
  }
});

test("an invitation works once, for whoever comes first, and makes a member", async () => {
  const browser = await admin();
  const invited = (await (
    await browser.send(invite, { body: { email: "Grace@Example.org", name: "Grace" } })
  ).json()) as Link;
  expect(invited.link).toMatch(/^http:\/\/tidemark\.test\/sign-in\/invitation#inv_[\w-]{43}$/);
  const body = { code: codeOf(invited), password: "a password of mine" };
  const answers = await Promise.all([1, 2, 3].map(() => new TestBrowser().send(acceptInvitation, { body })));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 404, 404]);
  const grace = new TestBrowser();
  expect((await grace.send(signIn, { body: { email: "grace@example.org", password: body.password } })).status).toBe(
    200,
  );
  expect(await roleOf(grace)).toBe("member");
  const kept = await rows<{ text: string }>(db(), "select to_jsonb(i)::text as text from invitations i");
  expect(JSON.stringify([kept, await audit()])).not.toContain(body.code);
});

test("an invitation ends after its time, by a newer one and with the account", async () => {
  const browser = await admin();
  const body = { email: "grace@example.org", name: "Grace" };
  const first = (await (await browser.send(invite, { body })).json()) as Link;
  const params = { id: String(first.id) };
  const renew = async () => (await (await browser.send(newLink, { params })).json()) as Link;
  const second = await renew();
  const use = async (link: Link) =>
    (await new TestBrowser().send(acceptInvitation, { body: { code: codeOf(link), password: "a password of mine" } }))
      .status;
  expect(await use(first)).toBe(404);
  await rows(db(), "update invitations set expires_at = now()");
  expect(await use(second)).toBe(404);
  const third = await renew();
  await browser.send(changeUser, { method: "PATCH", params, body: { disabled: true } });
  expect(await use(third)).toBe(404);
  expect((await browser.send(newLink, { params })).status).toBe(409);
  expect((await browser.send(invite, { body })).status).toBe(409);
});

test("a link for a forgotten password ends the sessions that knew the old one", async () => {
  const browser = await admin();
  const grace = await person(browser, "grace@example.org");
  const link = (await (await browser.send(newLink, { params: { id: grace.id } })).json()) as Link;
  expect(await roleOf(grace.browser)).toBe("member");
  const again = new TestBrowser();
  await again.send(acceptInvitation, { body: { code: codeOf(link), password: "another password" } });
  expect(await roleOf(grace.browser)).toBe("nobody");
  expect(await roleOf(again)).toBe("member");
});

test("who is disabled is out at once, and in again when enabled and signed in", async () => {
  const browser = await admin();
  const grace = await person(browser, "grace@example.org");
  const change = (body: object) => browser.send(changeUser, { method: "PATCH", params: { id: grace.id }, body });
  expect((await change({ disabled: true })).status).toBe(200);
  expect(await roleOf(grace.browser)).toBe("nobody");
  await change({ disabled: false });
  const { email, password } = grace;
  expect((await grace.browser.send(signIn, { body: { email, password } })).status).toBe(200);
  await change({ role: "admin" });
  expect(await roleOf(grace.browser)).toBe("admin");
  expect((await audit()).filter((line) => line.startsWith("ada@example.org"))).toEqual([
    "ada@example.org signed in user ada@example.org",
    "ada@example.org invited user grace@example.org",
    "ada@example.org disabled user grace@example.org",
    "ada@example.org enabled user grace@example.org",
    "ada@example.org changed user grace@example.org",
  ]);
});

test("the last admin stays one, also when two demote each other at once", async () => {
  const browser = await admin();
  const ada = await row<{ id: number }>(db(), "select id from users");
  const own = { id: String(ada?.id) };
  expect((await browser.send(changeUser, { method: "PATCH", params: own, body: { role: "member" } })).status).toBe(409);
  expect((await browser.send(changeUser, { method: "PATCH", params: own, body: { disabled: true } })).status).toBe(409);
  const grace = await person(browser, "grace@example.org", "admin");
  const demote = { method: "PATCH", body: { role: "member" } };
  const answers = await Promise.all([
    browser.send(changeUser, { ...demote, params: { id: grace.id } }),
    grace.browser.send(changeUser, { ...demote, params: own }),
  ]);
  const left = await row(db(), "select count(*) as count from users where role = 'admin'");
  expect(left).toEqual({ count: 1 });
  expect(answers.map(({ status }) => status).sort()[0]).toBe(200);
});

test("members, nobody and tokens of one project change no people", async () => {
  const browser = await admin();
  const grace = await person(browser, "grace@example.org");
  const own = { id: grace.id };
  const body = { email: "eve@example.org", name: "Eve", role: "admin" };
  expect((await grace.browser.send(invite, { body })).status).toBe(403);
  expect((await grace.browser.send(changeUser, { method: "PATCH", params: own, body: { role: "admin" } })).status).toBe(
    403,
  );
  expect((await grace.browser.send(newLink, { params: own })).status).toBe(403);
  expect((await new TestBrowser().send(invite, { body })).status).toBe(401);
});

test("changing the password needs the present one, and leaves this browser signed in and no other", async () => {
  await admin();
  const [here, there] = [new TestBrowser(), new TestBrowser()];
  for (const browser of [here, there])
    await browser.send(signIn, { body: { email: ADMIN.email, password: ADMIN.password } });
  const password = "quite another phrase";
  expect((await here.send(changePassword, { body: { current: "not it", password } })).status).toBe(422);
  expect((await here.send(changePassword, { body: { current: ADMIN.password, password: "short" } })).status).toBe(422);
  expect((await here.send(changePassword, { body: { current: ADMIN.password, password } })).status).toBe(200);
  expect([await roleOf(here), await roleOf(there)]).toEqual(["admin", "nobody"]);
  expect((await there.send(signIn, { body: { email: ADMIN.email, password: ADMIN.password } })).status).toBe(401);
  expect((await new TestBrowser().send(changePassword, { body: { current: password, password } })).status).toBe(401);
});

test("signing out ends this session, signing out everywhere ends all", async () => {
  const first = await admin();
  const [second, third] = [new TestBrowser(), new TestBrowser()];
  for (const browser of [second, third])
    await browser.send(signIn, { body: { email: ADMIN.email, password: ADMIN.password } });
  const cookie = third.cookie();
  expect((await third.send(signOut, { body: {} })).status).toBe(200);
  expect(third.cookie()).toBe("");
  expect((await third.send(listUsers, { method: "GET", headers: { cookie } })).status).toBe(401);
  expect(await roleOf(second)).toBe("admin");
  expect((await second.send(signOut, { body: { everywhere: true } })).status).toBe(200);
  expect([await roleOf(first), await roleOf(second)]).toEqual(["nobody", "nobody"]);
  expect((await second.send(signOut, { body: {} })).status).toBe(200);
});

test("without the database a session is neither refused nor forgotten: 503, and the same cookie is good afterwards", async () => {
  const browser = await admin();
  const url = process.env.DATABASE_URL;
  await closePool();
  process.env.DATABASE_URL = "postgresql://postgres@127.0.0.1:1/none";
  try {
    const away = await browser.send(listUsers, { method: "GET" });
    expect(away.status).toBe(503);
    expect(away.headers.getSetCookie()).toEqual([]);
    expect((await browser.send(signIn, { body: { email: ADMIN.email, password: ADMIN.password } })).status).toBe(503);
  } finally {
    await closePool();
    process.env.DATABASE_URL = url;
  }
  expect(await roleOf(browser)).toBe("admin");
});

test("a session ends after its time", async () => {
  const browser = await admin();
  await rows(db(), "update sessions set expires_at = now() - interval '1 second'");
  expect(await roleOf(browser)).toBe("nobody");
});

test("names are text of one line, whatever characters they have", async () => {
  const browser = await admin();
  const send = (name: unknown, i: number) => browser.send(invite, { body: { email: `n${i}@example.org`, name } });
  const good = ["<img src=x onerror=alert(1)>", "'; drop table users; --", "日本 ü", "=1+1"];
  for (const [i, name] of good.entries())
    expect(((await (await send(name, i)).json()) as { name: string }).name).toBe(name);
  for (const name of ["", "  ", "a\0b", "a\nb", "\ud800", "\u202egro.live", "x".repeat(101), 7])
    expect((await send(name, 9)).status).toBe(422);
  for (const email of ["", "a", "a@b", "a@exam\nple.org", `${"x".repeat(255)}@example.org`, null, { a: 1 }])
    expect((await browser.send(invite, { body: { email, name: "Eve" } })).status).toBe(422);
});

test("a long body is not read from somebody who is nobody", async () => {
  const body = { email: "x".repeat(20_000), password: "x" };
  expect((await new TestBrowser().send(signIn, { body })).status).toBe(413);
});
