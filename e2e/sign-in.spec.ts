import type { APIRequestContext, Browser, Page } from "@playwright/test";
import { history, passed } from "./support/documents";
import { appRoutes, filled } from "./support/routes";
import { expect, expectAccessible, test } from "./support/test";

// The first account is there once per server, so the tests of this file come one after the other.
test.describe.configure({ mode: "serial" });

const ADMIN_TOKEN = process.env.TIDEMARK_ADMIN_TOKEN ?? "";
const bearer = { Authorization: `Bearer ${ADMIN_TOKEN}` };
const PASSWORD = "a long enough phrase";

/** A name of its own per test and run: the server may be one that is there already. */
const unique = (name: string) => `${name}-${crypto.randomUUID().slice(0, 8)}`;

type Person = { email: string; name: string; link: string };

/** Somebody who was invited with the admin token and has not used the link yet. */
async function invited(request: APIRequestContext, role: "admin" | "member", name = "Grace Hopper"): Promise<Person> {
  const email = `${unique("user")}@example.org`;
  const response = await request.post("/api/v1/users", { data: { email, name, role }, headers: bearer });
  expect(response.status()).toBe(201);
  const { link } = (await response.json()) as { link: string };
  return { email, name, link };
}

/** The same, and the page is signed in. */
async function signedIn(page: Page, role: "admin" | "member", name?: string): Promise<Person> {
  const person = await invited(page.request, role, name);
  await page.goto(new URL(person.link).pathname + new URL(person.link).hash);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Set password and sign in" }).click();
  await expect(page.getByRole("button", { name: `Account of ${person.name}` })).toBeVisible();
  return person;
}

async function signInAs(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** Chooses from a menu; one that is pressed before the page is alive does not open, so it is pressed again. */
async function choose(page: Page, menu: string | RegExp, item: string | RegExp): Promise<void> {
  const choice = page.getByRole("menuitem", { name: item });
  await expect(async () => {
    await page.getByRole("button", { name: menu }).click();
    await expect(choice).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await choice.click();
}

/** Another browser of somebody else. */
const elsewhere = async (browser: Browser) => (await browser.newContext()).newPage();

test.describe("with faults that are meant", () => {
  test.use({ expectedFaults: [/status of 4(0[149]|22)/] });

  test("the first account is made with the admin token, comes back to the page that was left, and is the only first", async ({
    page,
  }) => {
    const users = (await (await page.request.get("/api/v1/users", { headers: bearer })).json()) as { total: number };
    test.skip(users.total > 0, "this server has accounts already");
    await page.goto("/distributed/workloads?sort=name");
    await page.getByRole("link", { name: "Sign in" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("First account");
    await expectAccessible(page);
    await page.getByLabel("Admin token").fill("tm_wrong");
    await page.getByLabel("E-mail address").fill(`${unique("ada")}@example.org`);
    await page.getByLabel("Name").fill("Ada Lovelace");
    await page.getByLabel("Password").fill(PASSWORD);
    await page.getByRole("button", { name: "Create the account" }).click();
    await expect(page.getByRole("alert").filter({ hasText: "token" })).toContainText("unknown or revoked");
    await page.getByLabel("Admin token").fill(ADMIN_TOKEN);
    await page.getByRole("button", { name: "Create the account" }).click();
    await expect(page).toHaveURL("/distributed/workloads?sort=name");
    await choose(page, "Account of Ada Lovelace", "Sign out");
    await expect(page.getByRole("link", { name: "Sign in" })).toBeVisible();
    await page.goto("/sign-in");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sign in");
    await expectAccessible(page);
  });

  test("a wrong password says no more than that it is wrong, and the right one lets in", async ({ page }) => {
    const person = await signedIn(page, "member");
    await page.context().clearCookies();
    await page.goto("/sign-in?next=/distributed/shifts");
    await signInAs(page, person.email, "not the password");
    const alert = page.getByRole("alert").filter({ hasText: "do not belong together" });
    await expect(alert).toBeVisible();
    const told = await alert.textContent();
    await signInAs(page, "nobody@example.org", "not the password");
    await expect(alert).toHaveText(told ?? "");
    await signInAs(page, person.email, PASSWORD);
    await expect(page).toHaveURL("/distributed/shifts");
  });

  test("a link to set a password is good once, and its code is in no request's address", async ({ page, browser }) => {
    const addresses: string[] = [];
    page.on("request", (request) => addresses.push(request.url()));
    const person = await signedIn(page, "member");
    const code = new URL(person.link).hash.slice(1);
    expect(code).toMatch(/^inv_/);
    expect(addresses.filter((address) => new URL(address).href.split("#")[0]?.includes(code))).toEqual([]);
    const other = await elsewhere(browser);
    await other.goto(new URL(person.link).pathname + new URL(person.link).hash);
    await other.getByLabel("Password").fill("the password of a thief");
    await other.getByRole("button", { name: "Set password and sign in" }).click();
    await expect(other.getByRole("alert").filter({ hasText: "link" })).toContainText("used, replaced or is too old");
    await other.context().close();
  });

  test("the own password is changed, other browsers are out, and signing out everywhere ends this one too", async ({
    page,
    browser,
  }) => {
    const person = await signedIn(page, "member");
    const other = await elsewhere(browser);
    await other.goto("/sign-in?next=/account");
    await signInAs(other, person.email, PASSWORD);
    await expect(other.getByText("in 2 browsers")).toBeVisible();
    await page.goto("/account");
    await expectAccessible(page);
    await page.getByLabel("Present password").fill("not it at all");
    await page.getByLabel("New password").fill("quite another phrase");
    await page.getByRole("button", { name: "Change password" }).click();
    await expect(page.getByText("This is not your present password.")).toBeVisible();
    await page.getByLabel("Present password").fill(PASSWORD);
    await page.getByRole("button", { name: "Change password" }).click();
    await expect(page.getByText("Other browsers are signed out")).toBeVisible();
    await other.reload();
    await expect(other).toHaveURL(/\/sign-in\?next=\/account$/);
    await other.context().close();
    await page.getByRole("button", { name: "Sign out everywhere" }).click();
    await page.getByRole("button", { name: "Sign out", exact: true }).click();
    await expect(page.getByRole("link", { name: "Sign in" })).toBeVisible();
  });

  test("an admin makes a token, sees it once, and revokes it: the program is refused at once", async ({
    page,
    api,
  }) => {
    const project = await api.createProject();
    await signedIn(page, "admin");
    await page.goto(`/${project}/settings/tokens`);
    await expect(page.getByText("0 tokens")).toBeVisible();
    await page.getByLabel("Name").fill("<img src=x onerror=alert(1)>");
    await page.getByRole("button", { name: "Create token" }).click();
    const box = page.getByRole("region", { name: /^Secret of/ });
    const secret = (await box.getByText(/^tm_/).textContent()) ?? "";
    await expectAccessible(page);
    const use = () =>
      page.request.post(`/api/v1/projects/${project}/runs`, {
        headers: { Authorization: `Bearer ${secret}` },
        data: history("token", 1, () => [passed("work", [1])])[0],
      });
    expect((await use()).status()).toBe(201);
    await page.reload();
    await expect(page.getByRole("cell", { name: "<img src=x onerror=alert(1)>", exact: true })).toBeVisible();
    expect(await page.content()).not.toContain(secret);
    await page.getByRole("button", { name: /^Revoke/ }).click();
    await page.getByRole("button", { name: "Keep" }).click();
    expect((await use()).status()).toBe(200);
    await page.getByRole("button", { name: /^Revoke/ }).click();
    await page.getByRole("button", { name: "Revoke", exact: true }).click();
    await expect(page.getByText(/^Revoked \d/)).toBeVisible();
    expect((await use()).status()).toBe(401);
  });

  test("an admin invites somebody, makes them an admin, and shuts them out", async ({ page, browser }) => {
    await signedIn(page, "admin");
    await page.goto("/distributed/settings/members");
    const name = unique("Margaret");
    await page.getByLabel("Name").fill(name);
    await page.getByLabel("E-mail address").fill(`${name}@example.org`);
    await page.getByRole("button", { name: "Invite" }).click();
    const link =
      (await page
        .getByRole("region", { name: `Link for ${name}` })
        .locator("code")
        .textContent()) ?? "";
    await expectAccessible(page);
    const other = await elsewhere(browser);
    await other.goto(new URL(link).pathname + new URL(link).hash);
    await other.getByLabel("Password").fill(PASSWORD);
    await other.getByRole("button", { name: "Set password and sign in" }).click();
    await expect(other.getByRole("button", { name: `Account of ${name}` })).toBeVisible();
    await other.goto("/distributed/settings/members");
    await expect(other.getByText("Only an admin may change settings")).toBeVisible();
    await choose(page, `Change ${name}`, "Make an admin");
    await expect(page.getByRole("row", { name: new RegExp(`${name}.* admin `) })).toBeVisible();
    await other.reload();
    await expect(other.getByRole("button", { name: "Invite" })).toBeVisible();
    await choose(page, `Change ${name}`, /^Disable/);
    await expect(page.getByRole("row", { name: new RegExp(name) })).toContainText("Disabled");
    await other.reload();
    await expect(other).toHaveURL(/\/sign-in/);
    await other.context().close();
  });

  test("a project made private is gone for everybody but who is signed in: every page and endpoint", async ({
    page,
    api,
    browser,
    request,
  }) => {
    test.slow(); // asks for every page twice
    const project = await api.createProject({ name: "Nightjar" });
    const runs = history("night", 40, (place) => [
      passed("nightjar_shuffle", [place < 20 ? 10 + (place % 3) / 50 : 12]),
    ]);
    const variants = runs.slice(0, 2).map((run, place) => {
      const variant = ["a", "b"][place];
      return { ...run, run: { key: `variant-${variant}`, experiment: "scheduling", variant } };
    });
    await api.postRuns(project, [...runs, ...variants]);
    const [first, last] = [0, 39].map((place) => (runs[place] as unknown as { commit: { sha: string } }).commit);
    const sides = `?baseline=commit:${first?.sha}&contender=commit:${last?.sha}`;
    const queries: Record<string, string> = {
      "/[project]/compare/[workload]": sides,
      "/[project]/compare/matrix": "?experiment=scheduling",
    };
    const examples = {
      project,
      workload: "1",
      number: "1",
      sha: last?.sha ?? "",
      key: "night-39",
      id: "1",
      tag: "branch:main",
    };
    await signedIn(page, "admin");
    await page.goto(`/${project}/settings`);
    await page.getByLabel("Private").check();
    await page.locator("form", { hasText: "Who may read it" }).getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Saved.")).toBeVisible();
    await expectAccessible(page);
    const stranger = await elsewhere(browser);
    const routes = appRoutes().filter(({ address, kind }) => address.startsWith("/[project]") && kind === "page");
    expect(routes.length).toBeGreaterThan(8);
    for (const { address } of routes) {
      const url = `${filled(address, examples)}${queries[address] ?? ""}`;
      const closed = await stranger.request.get(url, { maxRedirects: 0 });
      expect(closed.status(), url).toBe(404);
      expect(await closed.text(), url).not.toMatch(/nightjar/i);
      expect((await page.request.get(url)).status(), url).toBe(200);
    }
    for (const url of ["/", `/api/v1/projects`, "/distributed", "/api/v1/projects/distributed/palette?text=night"])
      expect(await (await stranger.request.get(url)).text(), url).not.toContain(project);
    for (const url of [
      `/api/v1/projects/${project}/workloads?format=csv`,
      `/api/v1/projects/${project}/shifts?format=csv`,
    ]) {
      expect((await stranger.request.get(url)).status()).toBe(404);
      expect((await request.get(url, { headers: bearer })).status()).toBe(200);
    }
    await stranger.context().close();
  });
});

test("a page of another site cannot use the cookie", async ({ page, api }) => {
  const project = await api.createProject();
  await signedIn(page, "admin");
  const url = `/api/v1/projects/${project}`;
  const foreign = { Origin: "https://evil.example", "Sec-Fetch-Site": "cross-site" };
  const answer = await page.request.patch(url, { data: { name: "taken" }, headers: foreign });
  expect(answer.status()).toBe(403);
  expect(((await answer.json()) as { detail: string }).detail).toContain("page of this server");
  expect(await (await page.request.get(url)).text()).not.toContain("taken");
  const [cookie] = (await page.context().cookies()).filter(({ name }) => name.endsWith("session_token"));
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax" });
});

test("a phone has the way in, the account and the settings without scrolling sideways", async ({ page, api }) => {
  const project = await api.createProject();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/${project}`);
  await expect(page.getByRole("link", { name: "Sign in" })).toBeInViewport();
  await signedIn(page, "admin", "A name that is much longer than a phone is wide, and then some");
  for (const url of [
    "/account",
    `/${project}/settings`,
    `/${project}/settings/tokens`,
    `/${project}/settings/members`,
  ]) {
    await page.goto(url);
    await expect(page.getByRole("button", { name: /^Account of/ })).toBeInViewport();
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width, url).toBeLessThanOrEqual(390);
  }
});
