import type { Page } from "@playwright/test";
import { Api } from "./support/api";
import { beyondWindow, layoutShifts, smallTexts } from "./support/layout";
import { createOddProject, type OddProject } from "./support/odd";
import { appRoutes, filled } from "./support/routes";
import { expect, expectAccessible, expectContrast, test } from "./support/test";

const DEMO = "/distributed";

/** Holds back every script of the page until `release` is called: what a person on a slow line types into. */
async function withoutScripts(page: Page): Promise<{ release: () => void }> {
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/\/_next\/static\/.*\.js/, async (route) => {
    await held;
    await route.continue();
  });
  return { release };
}

for (const { path, label } of [
  { path: `${DEMO}/workloads`, label: "Filter workloads" },
  { path: `${DEMO}/shifts`, label: "Workload or sha" },
  { path: "/api/docs", label: "Filter endpoints" },
])
  test(`what is typed into "${label}" before the page is alive is kept, and filters`, async ({ page }) => {
    const scripts = await withoutScripts(page);
    await page.goto(path, { waitUntil: "commit" });
    const box = page.getByRole("searchbox", { name: label });
    await box.pressSequentially("tree");
    scripts.release();
    // The API page is long: on a busy machine it takes its time to come alive.
    await expect(page).toHaveURL(/filter=tree/, { timeout: 20_000 });
    await expect(box).toHaveValue("tree");
  });

test("what is typed into the palette before it has come is kept, and finds", async ({ page }) => {
  await page.goto(`${DEMO}/shifts`, { waitUntil: "networkidle" });
  const scripts = await withoutScripts(page);
  await page.keyboard.press("ControlOrMeta+k");
  const palette = page.getByRole("dialog", { name: "Jump to" });
  await expect(palette.locator("input")).toBeFocused();
  await page.keyboard.type("tree");
  await expect(palette.locator("input")).toHaveValue("tree");
  scripts.release();
  await expect(palette.getByRole("option", { name: "tree_reduction", exact: true })).toBeVisible();
  await page.keyboard.type("_red");
  await expect(palette.getByRole("combobox")).toHaveValue("tree_red");
});

/** Pages that lie below no project, and what they need to be asked for. */
const OUTSIDE = ["/", "/sign-in"];
/**
 * Pages of accounts lead elsewhere without one, and the API's page is so long that this takes a while: their own specs
 * visit them.
 */
const NOT_HERE = ["/account", "/sign-in/invitation", "/gallery", "/api/docs"];
const ADMIN_TOKEN = process.env.TIDEMARK_ADMIN_TOKEN ?? "";
const addresses = appRoutes()
  .filter(({ kind, address }) => kind === "page" && !NOT_HERE.includes(address))
  .map(({ address }) => address);

test.describe("a project of odd names and values, read far east in Arabic", () => {
  // One zone is a day ahead of UTC for hours, the other behind it by half hours: whatever is written by the clock of
  // the browser differs from the server's HTML.
  // With the token pages show what an admin sees, the settings too.
  test.use({
    timezoneId: "Pacific/Kiritimati",
    locale: "ar-EG",
    extraHTTPHeaders: { Authorization: `Bearer ${ADMIN_TOKEN}` },
  });
  let odd: OddProject;
  test.beforeAll(async ({ request }) => {
    odd = await createOddProject(new Api(request, ADMIN_TOKEN));
  });
  for (const address of addresses)
    test(`${address} fits a phone and a wide screen, says no NaN, and has no fault that axe finds`, async ({
      page,
    }) => {
      const url = OUTSIDE.includes(address) ? address : filled(address, odd.examples) + (odd.queries[address] ?? "");
      const response = await page.goto(url);
      expect(response?.status()).toBe(200);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
      await expect(page.locator("body")).not.toContainText(/NaN|undefined|Infinity|\[object/, { useInnerText: true });
      await expectAccessible(page);
      await page.evaluate(() => document.documentElement.setAttribute("data-theme", "dark"));
      await expectContrast(page);
      for (const width of [2560, 390]) {
        await page.setViewportSize({ width, height: 900 });
        expect(await beyondWindow(page), `at ${width} px`).toEqual([]);
        expect(await smallTexts(page), `at ${width} px`).toEqual([]);
      }
    });
});

test.describe("at half an hour behind, in German", () => {
  test.use({ timezoneId: "America/St_Johns", locale: "de-DE" });
  test("the pages of the demo come alive without a fault", async ({ page }) => {
    for (const path of [DEMO, `${DEMO}/workloads`, `${DEMO}/shifts`, `${DEMO}/shifts/1`, `${DEMO}/compare`]) {
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await page.keyboard.press("ControlOrMeta+k");
      await expect(page.getByRole("dialog", { name: "Jump to" })).toBeVisible();
      await page.keyboard.press("Escape");
    }
  });
});

for (const path of [DEMO, `${DEMO}/workloads`, `${DEMO}/shifts`])
  test(`nothing on ${path} moves while it loads`, async ({ page }) => {
    await page.goto(path);
    await page.evaluate(() => document.fonts.ready);
    await page.reload(); // the typeface is in the browser's cache now, as for whoever comes back
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.getByRole("button", { name: /^Jump to/ })).toBeEnabled();
    expect(await layoutShifts(page)).toEqual([]);
  });

test("the palette finds a release, a commit by the first characters of its sha, pages, and copies a lasting link", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(`${DEMO}/workloads`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  const palette = page.getByRole("dialog", { name: "Jump to" });
  const type = async (text: string) => {
    await page.keyboard.press("ControlOrMeta+k");
    await palette.getByRole("combobox").fill(text);
  };
  await type("2024.2");
  await expect(palette.getByRole("option", { name: /^2024\.2\.0/ })).toBeVisible();
  await palette.getByRole("combobox").fill("8ae6");
  await expect(palette.getByRole("option", { name: /^8ae6c9f/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await type("copy link");
  await palette.getByRole("option", { name: "Copy link to this page" }).click();
  await expect(page.getByText("Copied")).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toMatch(
    /^http:\/\/127\.0\.0\.1:\d+\/distributed\/workloads\?environment=vm-b&branch=main&since=[0-9a-f]{12}$/,
  );
  await page.goto(copied);
  await expect(page.getByText(/than at [0-9a-f]{7}/)).toBeVisible();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keys" })).toContainText("List of shifts");
});

test("on paper the frame and the controls are left out, and the page fits A4", async ({ page }) => {
  await page.setViewportSize({ width: 718, height: 1000 }); // A4 less its margins, at 96 dpi
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  for (const path of [DEMO, `${DEMO}/workloads`, `${DEMO}/shifts`, `${DEMO}/shifts/1`]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.getByRole("banner")).toBeHidden();
    await expect(page.getByRole("button", { name: "Copy link" })).toBeHidden();
    await expect(page.locator("body")).toHaveCSS("background-color", "rgb(255, 255, 255)");
    expect(await beyondWindow(page), path).toEqual([]);
  }
});

test("a date tells its time of day, its zone and how long ago it was when it is pointed at", async ({ page }) => {
  await page.goto(DEMO);
  const date = page.getByRole("time").first();
  await date.hover();
  await expect(date).toHaveAttribute("title", /^\d+ \w{3} \d{4}, \d\d:\d\d UTC, \d+\s\w+ ago$/);
});

test("the gallery of charts is no page of a built app", async ({ page }) => {
  expect((await page.request.get("/gallery")).status()).toBe(404);
});
