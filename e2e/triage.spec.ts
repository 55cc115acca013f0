import type { Page } from "@playwright/test";
import { history, passed } from "./support/documents";
import { type Signed, signedIn } from "./support/people";
import { expect, expectAccessible, test } from "./support/test";

// One project for all tests, whose shifts they change one after the other.
test.describe.configure({ mode: "serial" });
test.use({ expectedFaults: [/status of 409/] });

/** Steps of five workloads, ten commits apart: five shifts. */
const STEPS = [12, 22, 32, 42, 52];
const LENGTH = 64;
const NOISE = [0, 0.02, -0.01, 0.015, -0.02, 0.01, -0.015, 0.005];

let project: string;
let ada: Signed;
let grace: Signed;

const runs = (length: number) =>
  history("triage", length, (place) =>
    STEPS.map((step, i) => {
      const level = place < step ? 10 : 13 + i;
      return passed(`array/w${i}`, [level * (1 + (NOISE[(place + i) % NOISE.length] ?? 0))]);
    }),
  );

test.beforeAll(async ({ browser, playwright }) => {
  const request = await playwright.request.newContext({ baseURL: process.env.TIDEMARK_E2E_URL });
  const { Api } = await import("./support/api");
  const api = new Api(request, process.env.TIDEMARK_ADMIN_TOKEN ?? "");
  project = await api.createProject({ repository: "https://github.com/dask/distributed" });
  await api.postRuns(project, runs(LENGTH));
  await request.dispose();
  [ada, grace] = [await signedIn(browser, "Ada Lovelace"), await signedIn(browser, "Grace Hopper")];
});

test.afterAll(async () => {
  await Promise.all([ada, grace].map((one) => one?.context.close()));
});

const table = (page: Page) => page.getByRole("region", { name: "Shifts" });
const toast = (page: Page, text: string | RegExp) => page.getByRole("status").filter({ hasText: text });

/** Opens the menu of statuses by its key; one that is pressed before the page is alive is pressed again. */
async function choose(page: Page, status: string): Promise<void> {
  const item = page.getByRole("menuitem", { name: status, exact: true });
  await expect(async () => {
    if (!(await item.isVisible())) await page.keyboard.press("e");
    await expect(item).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await item.click();
}

test("two people at once: the second one sees what the first one did before anything is written over", async () => {
  await Promise.all([ada, grace].map(({ page }) => page.goto(`/${project}/shifts/1`)));
  await choose(ada.page, "Accepted");
  await choose(grace.page, "Not real");
  await ada.page.getByLabel("Why is this the new normal").fill("Worth the time.");
  await ada.page.getByRole("button", { name: "Set accepted" }).click();
  await expect(toast(ada.page, "Shift #1 accepted.")).toBeVisible();
  await grace.page.getByLabel("Why is it not real").fill("A slow cluster.");
  await grace.page.keyboard.press("Control+Enter");
  const conflict = grace.page.getByRole("alert").filter({ hasText: "Changed meanwhile" });
  await expect(conflict).toContainText("New → accepted: Worth the time.");
  await expect(conflict).toContainText("Ada Lovelace");
  await grace.page.getByRole("button", { name: "Apply mine all the same" }).click();
  await expect(toast(grace.page, "Shift #1 called not real.")).toBeVisible();
  await ada.page.reload();
  const decisions = ada.page.getByRole("region", { name: "Decisions" });
  await expect(decisions.getByRole("listitem")).toHaveCount(2);
  await expect(decisions.getByRole("listitem").first()).toContainText("Accepted → not real");
  await grace.page.keyboard.press("u");
  await expect(toast(grace.page, "Shift #1 as before.")).toBeVisible();
  await expect(grace.page.getByRole("button", { name: "Status", exact: true })).toHaveText("Accepted");
});

test("owner, day, links and notes are set on the page, and a note is its writer's", async () => {
  const { page } = ada;
  await page.goto(`/${project}/shifts/2`);
  await expect(async () => {
    await page.keyboard.press("a");
    await expect(page.getByRole("button", { name: "Owner", exact: true })).toContainText("Ada Lovelace", {
      timeout: 1_500,
    });
  }).toPass();
  await page.getByRole("button", { name: /^Due/ }).click();
  await page.getByRole("button", { name: "3 working days from today" }).click();
  await expect(toast(page, "Shift #2 given a day.")).toBeVisible();
  await page.getByRole("button", { name: "Link issue" }).click();
  await page.getByLabel("Address, or number in the repository").fill("#7280");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("link", { name: "dask/distributed#7280" })).toHaveAttribute(
    "href",
    "https://github.com/dask/distributed/issues/7280",
  );
  await page.getByLabel("Add a note, in Markdown").fill("Seen with **queuing** on");
  await page.getByRole("button", { name: "Add note" }).click();
  const notes = page.getByRole("region", { name: "Notes" });
  await expect(notes.getByRole("listitem")).toContainText("Seen with queuing on");
  await notes.getByRole("button", { name: "Edit", exact: true }).click();
  await notes.getByLabel("Note", { exact: true }).fill("Seen with queuing on and off");
  await notes.getByRole("button", { name: "Save" }).click();
  await expect(notes.getByRole("listitem")).toContainText("edited");
  await grace.page.goto(`/${project}/shifts/2`);
  await expect(grace.page.getByRole("region", { name: "Notes" }).getByRole("listitem")).toContainText("on and off");
  await expect(grace.page.getByRole("button", { name: "Edit", exact: true })).toHaveCount(0);
});

test("the queue is worked by keyboard: move, select, a span, one change of them, undo", async () => {
  const { page } = ada;
  await page.goto(`/${project}/shifts?status=all&sort=number`);
  const boxes = table(page).getByRole("checkbox");
  await expect(async () => {
    await page.keyboard.press("j");
    await expect(
      table(page)
        .getByRole("link", { name: /of array/ })
        .first(),
    ).toBeFocused({ timeout: 500 });
  }).toPass();
  await page.keyboard.press("x");
  await expect(page.getByRole("region", { name: "Selected shifts" })).toContainText("1 selected");
  await boxes.nth(3).click({ modifiers: ["Shift"] });
  await expect(page.getByRole("region", { name: "Selected shifts" })).toContainText("3 selected");
  await page.keyboard.press("e");
  await page.getByRole("radio", { name: /^Infrastructure/ }).check();
  await page.getByLabel("What was it, if not the code").fill("The cluster was slow.");
  await page.getByRole("button", { name: "Set infrastructure" }).click();
  await expect(toast(page, "3 shifts put down to infrastructure.")).toBeVisible();
  const status = page.getByRole("navigation", { name: "Status" });
  await expect(status.getByRole("link", { name: "Infrastructure 3" })).toBeVisible();
  await page.keyboard.press("u");
  await expect(toast(page, "3 shifts as before.")).toBeVisible();
  await expect(status.getByRole("link", { name: "Infrastructure 0" })).toBeVisible();
});

test("all that match change at once; what was accepted stays so after more runs, and is listed and counted", async ({
  api,
}) => {
  const { page } = ada;
  await page.goto(`/${project}/shifts?owner=none&status=open`);
  const open = await table(page).getByRole("row").count();
  await expect(async () => {
    await table(page).getByRole("checkbox").nth(1).click();
    await expect(page.getByRole("region", { name: "Selected shifts" })).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await page.getByRole("button", { name: /^Select all/ }).click();
  await page.getByRole("button", { name: "Set status" }).click();
  await page.getByRole("menuitem", { name: "Accepted" }).click();
  await page.getByLabel("Why is this the new normal").fill("Known since the rewrite.");
  await page.getByRole("button", { name: "Set accepted" }).click();
  await expect(toast(page, `${open - 1} shifts accepted.`)).toBeVisible();
  await expect(page.getByText("No shift matches these filters")).toBeVisible();
  await api.postRuns(project, runs(LENGTH + 6).slice(LENGTH));
  await page.goto(`/${project}/shifts/accepted`);
  await expect(page.getByText(`${open}\u00a0levels accepted`)).toBeVisible(); // with #1
  await expect(page.getByRole("region", { name: "Accepted levels" })).toContainText("Known since the rewrite.");
  await page.goto(`/${project}/shifts/changes`);
  await page
    .getByRole("row")
    .filter({ hasText: "Known since the rewrite." })
    .getByRole("button", { name: /^Undo/ })
    .click();
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(page.getByRole("row").filter({ hasText: "Known since the rewrite." })).toContainText("undone");
  await page.goto(`/${project}/shifts/quality`);
  await expect(page.getByText(/too few to tell how good the alerts are/)).toBeVisible();
});

test("hostile text in reason, owner, note and link is inert on every page and in CSV", async ({
  page,
  api,
  request,
}) => {
  const hostile = `<img src=x onerror="alert(1)"></script><script>alert(1)</script> =HYPERLINK("http://x") [x](javascript:alert(1))`;
  const dialogs: string[] = [];
  page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    dialog.dismiss();
  });
  const { revision } = (await api.get(`/projects/${project}/shifts/3/triage`)) as { revision: number };
  await api.post(`/projects/${project}/triage`, {
    shifts: [{ number: 3, revision }],
    status: "accepted",
    reason: hostile,
    owner: `=1+1 ${hostile.slice(0, 60)}`,
  });
  await api.post(`/projects/${project}/shifts/3/notes`, {
    text: `# ${hostile}\n\n![x](https://evil.example/pixel.png)`,
  });
  await api.post(`/projects/${project}/filters`, {
    name: hostile.slice(0, 90),
    query: `filter=${encodeURIComponent(hostile)}`,
  });
  for (const path of ["/3", "", "?status=all", "/accepted", "/changes", "/quality"]) {
    await page.goto(`/${project}/shifts${path}`);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    expect(await page.locator("main img, main script[src], main [onerror], a[href^='javascript:']").count()).toBe(0);
  }
  expect(dialogs).toEqual([]);
  for (const list of ["shifts", "accepted"]) {
    const csv = await (await request.get(`/api/v1/projects/${project}/${list}?format=csv`)).text();
    expect(csv).not.toMatch(/(^|,)"?=/m);
  }
});

test("who is not signed in reads everything, changes nothing, and is told how to sign in", async ({ page }) => {
  await page.goto(`/${project}/shifts/1`);
  await expect(page.getByRole("link", { name: "Sign in to triage" })).toHaveAttribute(
    "href",
    `/sign-in?next=/${project}/shifts/1`,
  );
  await expect(page.getByRole("region", { name: "Triage" })).toContainText("Worth the time.");
  await expect(page.getByRole("button", { name: "Status", exact: true })).toHaveCount(0);
  await page.goto(`/${project}/shifts`);
  await expect(table(page).getByRole("checkbox")).toHaveCount(0);
});

test("queue, panel and the pages around them are accessible in both themes, and fit a phone", async () => {
  const { page } = grace;
  await page.setViewportSize({ width: 390, height: 844 });
  for (const path of ["/2", "?status=all", "/accepted", "/quality", "/changes"]) {
    await page.goto(`/${project}/shifts${path}`);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(390);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await expectAccessible(page);
    }
  }
});
