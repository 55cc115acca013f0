import type { APIRequestContext } from "@playwright/test";
import { expect, expectAccessible, test } from "./support/test";

/** The big shift of the demo: queuing of root tasks became the default. */
async function bigShift(request: APIRequestContext): Promise<number> {
  const answer = await request.get("/api/v1/projects/distributed/shifts?filter=c53d30c");
  const { items } = (await answer.json()) as { items: { number: number; changepoints: unknown[] }[] };
  const [largest] = items.toSorted((a, b) => b.changepoints.length - a.changepoints.length);
  if (!largest) throw new Error("no shift ends at c53d30c");
  return largest.number;
}

test("the page tells what moved, between which commits, and since which release", async ({ page, request }) => {
  const number = await bigShift(request);
  await page.goto(`/distributed/shifts/${number}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    /^Duration of map_futures \+1\d\d\s% and \d+ more worse; peak memory of anom_mean −\d/,
  );
  await expect(page.getByText("Mixed").first()).toBeVisible();
  await expect(page.getByText(/series got worse and \d+ better/)).toBeVisible();
  await expect(page.getByText("2022.11.0").first()).toBeVisible();
  await expect(page).toHaveTitle(new RegExp(`^#${number} Duration of map_futures`));
  const range = page.getByRole("region", { name: "Commits in the range" });
  await expect(range.getByRole("row").first()).toContainText("c53d30c");
  await expect(range.getByRole("row").first()).toContainText("first shifted");
  await expect(range.getByRole("row").last()).toContainText("fad7f65");
  await expect(range.getByRole("row").last()).toContainText("last good");
  await expect(page.getByText("Any of these 7 can be the cause.")).toBeVisible();
  await expect(page.getByRole("link", { name: "Diff", exact: true })).toHaveAttribute(
    "href",
    /^https:\/\/github\.com\/dask\/distributed\/compare\/fad7f65[0-9a-f]{33}\.\.\.c53d30c[0-9a-f]{33}$/,
  );
});

test("charts show the step; the table lists what moved with it, in both environments", async ({ page, request }) => {
  await page.goto(`/distributed/shifts/${await bigShift(request)}?environment=vm-b`);
  await expect(page.getByRole("img", { name: /^Duration of map_futures in vm-b: from/ })).toBeVisible();
  await expect(page.getByRole("img", { name: /^Peak memory of anom_mean in vm-b: from/ })).toBeVisible();
  const table = page.getByRole("region", { name: "Series that moved" });
  await expect(table.getByRole("columnheader", { name: "vm-a" })).toBeVisible();
  const all = await table.getByRole("row").count();
  await page
    .getByRole("navigation", { name: "Direction" })
    .getByRole("link", { name: /^Better/ })
    .click();
  await expect(page).toHaveURL(/show=better/);
  await expect.poll(() => table.getByRole("row").count()).toBeLessThan(all);
  await page.getByRole("navigation", { name: "Environment" }).getByRole("link", { name: "vm-a" }).click();
  await expect(page).toHaveURL(/environment=vm-a/);
  await expect(table.getByRole("columnheader", { name: "vm-b" })).toBeVisible();
});

test("Copy Markdown gives a table for an issue, with absolute links", async ({ page, request, context, baseURL }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const number = await bigShift(request);
  await page.goto(`/distributed/shifts/${number}`);
  await page.getByRole("button", { name: "Copy Markdown" }).first().click();
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  const markdown = await page.evaluate(() => navigator.clipboard.readText());
  expect(markdown).toContain(`### [#${number}](${baseURL}/distributed/shifts/${number}) Duration of map\\_futures`);
  expect(markdown).toContain("| workload | metric | environment | before | after | change | 95 % interval |");
  expect(markdown).toContain("[`fad7f65..c53d30c`](https://github.com/dask/distributed/compare/");
});

test("the page unfurls: title, description and address are absolute facts", async ({ page, request }) => {
  const number = await bigShift(request);
  await page.goto(`/distributed/shifts/${number}`);
  const meta = (property: string) => page.locator(`meta[property="${property}"]`).getAttribute("content");
  expect(await meta("og:title")).toContain(`#${number} Duration of map_futures`);
  expect(await meta("og:description")).toContain("fad7f65..c53d30c");
  expect(await meta("og:url")).toMatch(new RegExp(`^https?://.+/distributed/shifts/${number}$`));
});

test("every shift of the list has its page, a number without one is a 404", async ({ page, request }) => {
  const answer = await request.get("/api/v1/projects/distributed/shifts?status=all");
  const { items } = (await answer.json()) as { items: { number: number }[] };
  for (const { number } of items) {
    expect((await request.get(`/distributed/shifts/${number}`)).status()).toBe(200);
  }
  for (const nothing of ["99999", "0", "x"]) {
    expect((await request.get(`/distributed/shifts/${nothing}`)).status()).toBe(404);
  }
  await page.goto("/distributed/shifts/1");
  await expect(page.locator("main")).not.toContainText(/NaN|undefined|Infinity/);
});

test("on a phone: two charts, the range, the list; nothing scrolls sideways", async ({ page, request }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/distributed/shifts/${await bigShift(request)}`);
  await expect(page.getByRole("img", { name: /^Duration of map_futures/ })).toBeVisible();
  await expect(page.locator("figure:visible")).toHaveCount(2);
  await expect(page.getByRole("button", { name: "Copy link" }).last()).toBeInViewport();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`the page is accessible (${colorScheme})`, async ({ page, request }) => {
    await page.emulateMedia({ colorScheme });
    await page.goto(`/distributed/shifts/${await bigShift(request)}`);
    await expect(page.getByRole("img", { name: /^Duration of map_futures/ })).toBeVisible();
    await expectAccessible(page);
  });
}

test("an open shift says which commit to run next, how often, and what is still to be expected", async ({
  page,
  request,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const number = await bigShift(request);
  const answer = await request.get(`/api/v1/projects/distributed/shifts/${number}/next`);
  const next = (await answer.json()) as { commit: { sha: string }; environment: string };
  await page.goto(`/distributed/shifts/${number}`);
  const section = page.getByRole("region", { name: "Where to measure next" });
  await expect(section).toContainText(
    new RegExp(
      `Run ${next.commit.sha.slice(0, 7)} (once|\\d+ times) on ${next.environment}: about \\d+\\sruns? to one`,
    ),
  );
  await section.getByText(/cases? to run, and the command/).click();
  await expect(section.getByRole("listitem").filter({ hasText: "map_futures" })).toBeVisible();
  await section.getByRole("button", { name: "Copy command" }).click();
  await expect(section.getByRole("button", { name: "Copied" })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    `git checkout ${next.commit.sha}\ntidemark next --project distributed --shift ${number}`,
  );
  await expectAccessible(page);
});
