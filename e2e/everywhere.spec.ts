import type { Page } from "@playwright/test";
import { expect, test } from "./support/test";

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

for (const timezoneId of ["Pacific/Auckland", "America/Los_Angeles"])
  test.describe(`in the zone ${timezoneId}`, () => {
    test.use({ timezoneId, locale: "de-DE" });
    for (const path of [DEMO, `${DEMO}/workloads`, `${DEMO}/shifts`, `${DEMO}/shifts/1`, `${DEMO}/compare`])
      test(`${path} comes alive without a fault`, async ({ page }) => {
        await page.goto(path);
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        await page.keyboard.press("ControlOrMeta+k");
        await expect(page.getByRole("dialog", { name: "Jump to" })).toBeVisible();
      });
  });

test("a date tells its time of day, its zone and how long ago it was when it is pointed at", async ({ page }) => {
  await page.goto(DEMO);
  const date = page.getByRole("time").first();
  await date.hover();
  await expect(date).toHaveAttribute("title", /^\d+ \w{3} \d{4}, \d\d:\d\d UTC, \d+\s\w+ ago$/);
});

for (const width of [390, 1280, 2560])
  test(`nothing runs out of a page ${width} px wide, and none says NaN, undefined or Infinity`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    for (const path of [
      DEMO,
      `${DEMO}/workloads`,
      `${DEMO}/workloads?detail=1`,
      `${DEMO}/shifts`,
      `${DEMO}/compare`,
      "/",
    ]) {
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      const beyond = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(beyond, path).toBeLessThanOrEqual(0);
      await expect(page.locator("body"), path).not.toContainText(/NaN|undefined|Infinity/, { useInnerText: true });
    }
  });
