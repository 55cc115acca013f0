import { expect, expectAccessible, test } from "./support/test";

type Answer = { total: number; items: { number: number }[]; counts: Record<string, number> };

test("open shifts come first, and every count is the number of rows", async ({ page, request }) => {
  await page.goto("/distributed/shifts");
  const table = page.getByRole("region", { name: "Shifts" });
  const status = page.getByRole("navigation", { name: "Status" });
  for (const [label, key] of [
    ["Open", "open"],
    ["All", "all"],
  ] as const) {
    const api = (await (await request.get(`/api/v1/projects/distributed/shifts?status=${key}`)).json()) as Answer;
    await status.getByRole("link", { name: new RegExp(`^${label}`) }).click();
    await expect(status.getByRole("link", { name: `${label} ${api.total}` })).toHaveAttribute("aria-current", "true");
    await expect(table.getByRole("row")).toHaveCount(api.total + 1);
    const csv = await (await request.get(`/api/v1/projects/distributed/shifts?status=${key}&format=csv`)).text();
    expect(csv.trim().split("\r\n")).toHaveLength(api.total + 1);
  }
});

test("direction, environment and text narrow the list and stand in the address", async ({ page }) => {
  await page.goto("/distributed/shifts?status=all");
  const table = page.getByRole("region", { name: "Shifts" });
  const all = await table.getByRole("row").count();
  await page.getByRole("button", { name: /^Direction/ }).click();
  await page.getByRole("menuitem", { name: "Improvement" }).click();
  await expect(page).toHaveURL(/direction=improvement/);
  await expect.poll(() => table.getByRole("row").count()).toBeLessThan(all);
  await page.goto("/distributed/shifts?status=all&environment=vm-a");
  await expect(table.getByRole("row").nth(1)).toContainText("vm-a");
  await page.goto("/distributed/shifts?status=all");
  await page.getByRole("searchbox", { name: "Workload or sha" }).fill("c53d30c");
  await expect(page).toHaveURL(/filter=c53d30c/);
  await expect(table).toContainText("fad7f65..c53d30c");
  await expect.poll(() => table.getByRole("row").count()).toBeLessThan(all);
});

test("sorted by change, the largest is on top", async ({ page }) => {
  await page.goto("/distributed/shifts?status=all");
  await page.getByRole("columnheader", { name: "Change", exact: true }).getByRole("link").click();
  await expect(page).toHaveURL(/sort=change/);
  await expect(page.getByRole("region", { name: "Shifts" }).getByRole("row").nth(1)).toContainText("map_futures");
});

test("a filter that matches nothing says how many series were analysed, and when", async ({ page }) => {
  await page.goto("/distributed/shifts?filter=no-such-workload");
  await expect(page.getByText("No shift matches these filters")).toBeVisible();
  await expect(page.getByText(/100\sseries analysed, last on \d+ \w+ 20\d\d/)).toBeVisible();
  await page.getByRole("link", { name: "Show all" }).click();
  await expect(page.getByRole("region", { name: "Shifts" })).toBeVisible();
});

test("a project without results says which command fills it", async ({ page, api }) => {
  const project = await api.createProject();
  await page.goto(`/${project}/shifts`);
  await expect(page.getByText("Nothing has been analysed yet")).toBeVisible();
  await expect(page.getByText(`tidemark push --project ${project} runs.ndjson`)).toBeVisible();
});

test("a row leads to its shift", async ({ page }) => {
  await page.goto("/distributed/shifts?status=all&filter=c53d30c");
  await page
    .getByRole("region", { name: "Shifts" })
    .getByRole("link", { name: /map_futures/ })
    .first()
    .click();
  await expect(page).toHaveURL(/\/shifts\/\d+$/);
});

test("nothing scrolls sideways at 390 px, and the page is accessible in both themes", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/distributed/shifts");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page);
  }
});
