import type { Page } from "@playwright/test";
import { history, passed, shaOf } from "./support/documents";
import { signIn } from "./support/signIn";
import { expect, expectAccessible, test } from "./support/test";

const ANOM_MEAN = "/distributed/workloads/1-anom-mean?environment=vm-b&metric=duration";

/** Noise that repeats, so that a test sees the same each time. */
const noise = (i: number) => [0.4, -1.3, 0.9, -0.2, 1.6, -0.8, 0.1, -1.1, 1.2, -0.6, 0.7][(i * 7) % 11] ?? 0;

const stepped = (name: string) =>
  history(name, 60, (place) => [passed("sort", [100 + noise(place) + (place >= 30 ? 20 : 0)])]);

const card = (page: Page) => page.getByRole("region", { name: "Detector" });

/** The detector is read when it comes into sight. */
async function openDetector(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.getByRole("heading", { name: "Detector" }).scrollIntoViewIfNeeded();
  await expect(card(page).getByRole("row").nth(1)).toContainText(/±|cannot be told/);
}

test("the card tells noise, what runs would show, what was found, and why other steps were not told", async ({
  page,
}) => {
  await openDetector(page, ANOM_MEAN);
  const row = card(page).getByRole("row", { name: /^Duration/ });
  await expect(row).toContainText(/±\s[\d.]+\ss/);
  await expect(row).toContainText(/\d %/);
  await row.getByRole("button", { name: /considered and not told/ }).click();
  await expect(page.getByText(/one or two far points|as strong as noise/).first()).toBeVisible();
  await expect(page.locator("main")).not.toContainText(/NaN|undefined|Infinity/);
  await expectAccessible(page);
});

test("another sensitivity goes into the address, and says what would appear or go, on the charts too", async ({
  page,
}) => {
  await openDetector(page, ANOM_MEAN);
  await page.getByRole("slider", { name: "Sensitivity" }).focus();
  await page.keyboard.press("End");
  await expect(page).toHaveURL(/sensitivity=2/);
  await expect(page.getByText(/^Tried out: \d+\schangepoints? would appear/)).toBeVisible();
  await expect(
    page
      .getByTestId("ghosts")
      .getByText(/would appear/)
      .first(),
  ).toBeVisible();
  await expect(page.getByRole("button", { name: /^Keep/ }), "nobody is signed in").toBeHidden();
  await page.reload();
  await expect(page.getByRole("slider", { name: "Sensitivity" })).toHaveValue("2");
  await page.getByRole("button", { name: "Back to 1.00" }).click();
  await expect(page).not.toHaveURL(/sensitivity=/);
});

test("a member keeps a sensitivity for a workload; its line is analysed with it", async ({ page, api }) => {
  test.slow(); // an analysis in the middle
  const project = await api.createProject();
  await api.postRuns(project, stepped(project));
  await signIn(page, "member");
  await openDetector(page, `/${project}/workloads/1-sort?sensitivity=0.8`);
  await page.getByRole("button", { name: /^Keep/ }).click();
  await expect(page.getByRole("menuitem", { name: "The whole project" })).toBeHidden();
  await page.getByRole("menuitem", { name: "This workload, sort" }).click();
  await expect(page.getByText("0.80 for Duration, said for the workload.")).toBeVisible({ timeout: 45_000 });
  await expect(page).not.toHaveURL(/sensitivity=/);
});

test("a point is left out with a reason, listed, and restored", async ({ page, api }) => {
  test.slow(); // two analyses in the middle
  const project = await api.createProject();
  await api.postRuns(project, stepped(project));
  await signIn(page, "member");
  const sha = shaOf(`${project} 40`);
  await page.goto(`/${project}/workloads/1-sort?pin=${sha.slice(0, 10)}`);
  await page.getByRole("button", { name: "Correct" }).click();
  await page.getByRole("menuitem", { name: /^Leave this point/ }).click();
  await page.getByLabel("Reason").fill("Slow node");
  await page.getByRole("button", { name: "Leave out" }).click();
  const hand = page.getByRole("region", { name: "By hand" });
  await expect(hand.getByRole("row", { name: /Slow node/ })).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole("dialog")).toBeHidden();
  await expectAccessible(page);
  await hand.getByRole("button", { name: /^Restore/ }).click();
  await hand.getByRole("button", { name: "Restore", exact: true }).click();
  await expect(hand).toBeHidden({ timeout: 20_000 });
});

test("events are added, edited and removed in the settings, and drawn on the charts that they concern", async ({
  page,
  api,
}) => {
  const project = await api.createProject();
  await api.postRuns(project, stepped(project));
  await signIn(page, "member");
  await page.goto(`/${project}/settings/events`);
  await page.getByLabel("What happened").fill("New VM type");
  await page.getByLabel("Commit, or time in UTC").fill("2026-01-20 12:00");
  await page.getByRole("button", { name: "Add event" }).click();
  const row = page.getByRole("region", { name: "Events" }).getByRole("row", { name: /New VM type/ });
  await expect(row).toContainText("everything");
  await expectAccessible(page);
  await page.goto(`/${project}/workloads/1-sort`);
  await expect(page.getByRole("img", { name: /events: New VM type/ })).toBeVisible();
  await page.goto(`/${project}/settings/events`);
  await page.getByRole("button", { name: "Edit New VM type" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("What happened").fill("Larger VM");
  await dialog.getByLabel("Border").check();
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("cell", { name: "Larger VM border", exact: true })).toBeVisible({
    timeout: 20_000,
  });
  await page.getByRole("button", { name: "Remove Larger VM" }).click();
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(page.getByText("Larger VM")).toBeHidden();
});

test("controls and repositories are kept on their page of the settings", async ({ page, api }) => {
  const project = await api.createProject();
  await api.postRuns(project, stepped(project));
  await signIn(page, "admin");
  await page.goto(`/${project}/settings/causes`);
  await page.getByLabel(/^Control workloads/).fill("pinned\nother");
  await page.getByLabel(/^Repositories/).fill("dask https://github.com/dask/dask");
  await page.getByRole("button", { name: "Save" }).first().click();
  await expect(page.getByText("Saved. Controls hold from the next analysis on.")).toBeVisible();
  await page.reload();
  await expect(page.getByLabel(/^Control workloads/)).toHaveValue("pinned\nother");
  await expect(page.getByLabel(/^Repositories/)).toHaveValue("dask https://github.com/dask/dask");
  await expectAccessible(page);
});

test("detector and events fit a phone", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openDetector(page, `${ANOM_MEAN}&sensitivity=1.5`);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});
