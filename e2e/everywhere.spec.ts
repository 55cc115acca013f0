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
    await expect(page).toHaveURL(/filter=tree/);
    await expect(box).toHaveValue("tree");
  });
