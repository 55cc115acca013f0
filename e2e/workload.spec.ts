import type { Page } from "@playwright/test";
import { expect, expectAccessible, test } from "./support/test";

const ANOM_MEAN = "/distributed/workloads/1-anom-mean?environment=vm-b";

/** The charts are drawn once their width is known. */
async function openCharts(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole("img", { name: /^Duration of/ })).toBeVisible();
}

const crosshair = (page: Page) => page.getByRole("slider", { name: /Crosshair/ });

test("the page says what happened, and shows the level of every metric", async ({ page }) => {
  await openCharts(page, ANOM_MEAN);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("anom_mean");
  await expect(page.getByText("Duration rose", { exact: false }).first()).toBeVisible();
  await expect(page.getByText("Level now").first()).toBeVisible();
  for (const metric of ["Duration", "Average memory", "Peak memory", "Worker CPU"]) {
    await expect(page.getByRole("img", { name: new RegExp(`^${metric} of anom_mean in vm-b`) })).toBeVisible();
  }
});

test("the big shift of November 2022 is a flag that leads to it", async ({ page }) => {
  await openCharts(page, ANOM_MEAN);
  const flag = page.getByTestId("chart-peak_memory").getByRole("link", { name: /^Shift #\d+: −2\d/ });
  await expect(flag).toBeVisible();
  await flag.click();
  await expect(page).toHaveURL(/\/distributed\/shifts\/\d+$/);
  await expect(page.getByText("fad7f65..c53d30c").or(page.getByText("c53d30c")).first()).toBeVisible();
});

test("hover tells commit, date, pull request, runs, n and median", async ({ page }) => {
  await openCharts(page, ANOM_MEAN);
  const chart = page.getByTestId("chart-duration");
  const box = await chart.boundingBox();
  if (!box) throw new Error("the chart has no place");
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await expect(page.getByTestId("crosshair-commit").first()).toHaveText(/^[0-9a-f]{7} \d{1,2} \w{3} 20\d\d( · #\d+)?$/);
  await expect(page.getByText(/(1 run|median of \d+ runs), n \d+/).first()).toBeVisible();
  await page.mouse.move(box.x + box.width / 2, box.y - 200);
  await expect(page.getByText("Level now").first()).toBeVisible();
});

test("pointing moves the crosshairs of all charts and leaves their pictures as they are", async ({ page }) => {
  await openCharts(page, ANOM_MEAN);
  const charts = page.locator("[data-testid^='chart-']");
  const box = await charts.first().boundingBox();
  if (!box) throw new Error("the chart has no place");
  const repaints = await page.evaluateHandle(() => {
    const seen: string[] = [];
    const observer = new MutationObserver((changes) => seen.push(...changes.map(({ type }) => type)));
    for (const picture of document.querySelectorAll("[data-testid^='chart-'] [role='img']"))
      observer.observe(picture, { subtree: true, childList: true, attributes: true, characterData: true });
    return seen;
  });
  for (const at of [200, 400, 600]) await page.mouse.move(box.x + at, box.y + box.height / 2);
  await expect(charts.getByTestId("crosshair")).toHaveCount(await charts.count());
  const places = await charts.getByTestId("crosshair").evaluateAll((all) => all.map((one) => one.style.transform));
  expect(new Set(places).size).toBe(1);
  expect(await repaints.jsonValue()).toEqual([]);
});

test("a click pins a commit with its links, a second one tells the difference, Escape lets go", async ({ page }) => {
  await openCharts(page, ANOM_MEAN);
  const box = await page.getByTestId("chart-duration").boundingBox();
  if (!box) throw new Error("the chart has no place");
  await page.mouse.click(box.x + 300, box.y + 150);
  const card = page.getByRole("region", { name: "Pinned commit" });
  await expect(card.getByRole("link", { name: "Runs" })).toHaveAttribute(
    "href",
    /\/distributed\/commits\/[0-9a-f]{40}$/,
  );
  await expect(card.getByRole("link", { name: "Diff to previous" })).toHaveAttribute(
    "href",
    /^https:\/\/github\.com\/dask\/distributed\/compare\/[0-9a-f]{40}\.\.\.[0-9a-f]{40}$/,
  );
  await expect(page).toHaveURL(/pin=[0-9a-f]{10}/);
  await page.mouse.click(box.x + 640, box.y + 60);
  await expect(page.getByRole("region", { name: "Two pinned commits" })).toContainText("difference");
  await page.reload();
  await expect(page.getByRole("region", { name: "Two pinned commits" })).toBeVisible();
  await crosshair(page).focus();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("region", { name: "Two pinned commits" })).toBeHidden();
  await expect(page).not.toHaveURL(/pin=/);
});

test("another environment: address, title and data change together", async ({ page }) => {
  await openCharts(page, ANOM_MEAN);
  await page.getByRole("button", { name: /^Environment/ }).click();
  await page.getByRole("menuitem", { name: "vm-a" }).click();
  await expect(page).toHaveURL(/environment=vm-a/);
  await expect(page).toHaveTitle(/vm-a/);
  await expect(page.getByRole("img", { name: /^Duration of anom_mean in vm-a/ })).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(/environment=vm-b/);
  await expect(page.getByRole("img", { name: /^Duration of anom_mean in vm-b/ })).toBeVisible();
});

test("two environments share each chart; the environments are in the address and Back restores the one", async ({
  page,
}) => {
  await openCharts(page, ANOM_MEAN);
  await page.getByRole("button", { name: /^Environment/ }).click();
  await page.getByRole("menuitem", { name: "Both together" }).click();
  await expect(page).toHaveURL(/environment=vm-b&environment=vm-a/);
  await expect(page.getByRole("img", { name: /^Duration of 2\slines.*vm-b [\d.]+\ss, vm-a [\d.]+\ss/ })).toBeVisible();
  await expect(page.getByRole("img", { name: /^Average memory of 2\slines/ })).toBeVisible();
  await expect(page.getByRole("region", { name: "Changepoints" }).getByRole("row", { name: /vm-a/ })).not.toHaveCount(
    0,
  );
  await expectAccessible(page);
  await page.goBack();
  await expect(page.getByRole("img", { name: /^Duration of anom_mean in vm-b/ })).toBeVisible();
});

test("two pinned commits lead to their comparison, the older one as baseline", async ({ page }) => {
  await openCharts(page, `${ANOM_MEAN}&pin=515dffe&pin=c53d30c`);
  const card = page.getByRole("region", { name: "Two pinned commits" });
  await expect(card.getByRole("link", { name: "Compare" })).toHaveAttribute(
    "href",
    /compare\?baseline=commit:c53d30c[0-9a-f]{33}&contender=commit:515dffe[0-9a-f]{33}&environment=vm-b$/,
  );
  await card.getByRole("link", { name: "Compare" }).click();
  await expect(page).toHaveURL(/\/distributed\/compare\?/);
});

test("dragging zooms all charts, double click shows everything again", async ({ page }) => {
  await openCharts(page, ANOM_MEAN);
  const box = await page.getByTestId("chart-duration").boundingBox();
  if (!box) throw new Error("the chart has no place");
  await expect(page.getByText("172 of", { exact: false })).toBeVisible();
  await page.mouse.move(box.x + 300, box.y + 190);
  await page.mouse.down();
  await page.mouse.move(box.x + 400, box.y + 190, { steps: 4 });
  await page.mouse.move(box.x + 520, box.y + 190, { steps: 4 });
  await page.mouse.up();
  await expect(page).toHaveURL(/from=[0-9a-f]{10}&to=[0-9a-f]{10}/);
  await expect(page.getByText("172 of", { exact: false })).toBeHidden();
  await page.mouse.dblclick(box.x + 300, box.y + 190);
  await expect(page).not.toHaveURL(/from=/);
  await expect(page.getByText("172 of", { exact: false })).toBeVisible();
});

test("the keyboard walks points and changepoints and pins", async ({ page }) => {
  await openCharts(page, ANOM_MEAN);
  const slider = crosshair(page);
  await slider.focus();
  await page.keyboard.press("End");
  await expect(slider).toHaveAttribute("aria-valuetext", /^045dc64, 16 Feb 2024.*: Duration [\d.]+\ss/);
  await page.keyboard.press("Shift+ArrowLeft");
  await expect(slider).toHaveAttribute("aria-valuetext", /Mar 2023|Apr 2023/);
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/pin=/);
});

test("axis, scale and table are in the address", async ({ page }) => {
  await openCharts(page, ANOM_MEAN);
  await page.getByRole("button", { name: "Time" }).click();
  await expect(page).toHaveURL(/x=time/);
  await expect(page.getByText("commit date, UTC", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Zero" }).click();
  await expect(page).toHaveURL(/y=zero/);
  await page.getByRole("button", { name: "Table" }).click();
  await expect(page).toHaveURL(/table=1/);
  const table = page.getByRole("region", { name: "Points", exact: true });
  await expect(table.getByRole("row")).toHaveCount(173);
  await expect(table.getByRole("row").nth(1)).toContainText("045dc64");
  await page.goBack();
  await expect(page.getByTestId("chart-duration")).toBeVisible();
});

test("a row of the list zooms to its changepoint", async ({ page }) => {
  await openCharts(page, ANOM_MEAN);
  const row = page.getByRole("region", { name: "Changepoints" }).getByRole("row", { name: /Peak memory.*−2\d/ });
  await expect(row.getByRole("link", { name: /^[0-9a-f]{7}\.\.[0-9a-f]{7}$/ })).toHaveAttribute("href", /compare/);
  await row.getByRole("button", { name: "Peak memory" }).click();
  await expect(page).toHaveURL(/from=.*to=/);
});

test("a failure is a gap with its outcome, never a zero", async ({ page }) => {
  await openCharts(page, "/distributed/workloads/4?environment=vm-b&from=8ae6c9f&to=515dffe&table=0");
  await expect(
    page.getByRole("img", { name: /^Duration of dataframe_shuffle.*1\scommit failed or skipped/ }),
  ).toBeVisible();
  await page.getByRole("button", { name: "Table" }).click();
  const row = page.getByRole("region", { name: "Points", exact: true }).getByRole("row", { name: /e45b7e5/ });
  await expect(row).toContainText("failed");
});

test("a workload that does not exist is a 404", async ({ page, request }) => {
  expect((await request.get("/distributed/workloads/99999-nothing")).status()).toBe(404);
  expect((await request.get("/distributed/workloads/nothing")).status()).toBe(404);
  await page.goto("/distributed/workloads/1?environment=nowhere&metric=nothing&from=zzz&pin=zzz&params=%7B");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("anom_mean");
});

const NAMES = [
  "mod::bench::x | y",
  "test_q1[5 GB (parquet)-tasks]",
  "日本/ベンチ ü",
  "100%",
  "<img src=x onerror=alert(1)>",
  '"onmouseover=alert(1)',
  "</script><script>alert(1)</script>",
];

test("odd and hostile names open on an address of their own, and are nothing but text", async ({ page, api }) => {
  const project = await api.createProject();
  const hostile = "<script>alert(1)</script>";
  await api.post(`/projects/${project}/runs`, {
    run: { key: "k1", startedAt: "2026-01-02T00:00:00Z" },
    commit: {
      sha: "a".repeat(40),
      committedAt: "2026-01-01T00:00:00Z",
      branch: "main",
      parents: [],
      subject: hostile,
      author: hostile,
    },
    environment: { name: `env ${hostile}`, facts: { os: hostile } },
    results: NAMES.map((workload) => ({
      workload,
      params: { text: hostile },
      outcome: "passed",
      metrics: { duration: [0.5, 0.7] },
    })),
  });
  page.on("dialog", (dialog) => {
    throw new Error(`a script ran: ${dialog.message()}`);
  });
  for (const name of NAMES) {
    await page.goto(`/${project}/workloads?name=${encodeURIComponent(name)}`);
    await expect(page.getByRole("heading", { level: 1 })).toContainText(name);
    await page.reload();
    await expect(page.getByRole("heading", { level: 1 })).toContainText(name);
    await expect(page.getByRole("img", { name: /^Duration of/ })).toBeVisible();
    await expect(page.locator("main")).not.toContainText(/NaN|undefined|Infinity/);
  }
  for (const path of [`/${project}/commits/aaaaaaa`, `/${project}/runs/k1`]) {
    await page.goto(path);
    await expect(page.locator("main")).toContainText(hostile);
  }
});

test("nothing scrolls sideways at 390 px", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openCharts(page, ANOM_MEAN);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(390);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`the charts are accessible (${colorScheme})`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await openCharts(page, `${ANOM_MEAN}&pin=c53d30c`);
    await expectAccessible(page);
  });
}

test("the table is accessible", async ({ page }) => {
  await page.goto(`${ANOM_MEAN}&table=1&metric=duration&from=880da5d`);
  await expect(page.getByRole("region", { name: "Points", exact: true })).toBeVisible();
  await expectAccessible(page);
});
