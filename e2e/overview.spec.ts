import { history, passed } from "./support/documents";
import { expect, expectAccessible, test } from "./support/test";

const DEMO = "/distributed";

test.describe("the overview of the demo", () => {
  test("shows the big shift of March 2023 first among those that cost time, with its range", async ({ page }) => {
    await page.goto(DEMO);
    const shifts = page.getByRole("region", { name: "Regressions, by cost" });
    const big = shifts.getByRole("row").filter({ hasText: "8ae6c9f..5839d0e" });
    await expect(big).toContainText("16 Mar 2023");
    await expect(big).toContainText("tree_reduction");
    await expect(big).toContainText("more");
    await expect(big).toContainText(/\+\d+(\.\d)?\s%/);
    await big.getByRole("link").click();
    await expect(page).toHaveURL(/\/distributed\/shifts\/\d+$/);
  });

  test("says in its title and sentence what is new, what is open and what it costs", async ({ page }) => {
    await page.goto(DEMO);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(
      /Quiet since #\d+: \d+\smeasured commits without a shift/,
    );
    const count = await page
      .getByRole("navigation", { name: "Pages" })
      .getByRole("link", { name: /^Shifts/ })
      .textContent();
    const open = count?.match(/\d+/)?.[0] ?? "none";
    await expect(page.getByText(`${open}\u00a0shifts are open`)).toBeVisible();
    await expect(page.getByText("to a pass of 10 workloads")).toBeVisible();
  });

  test("tells the failure of the history with its text, and how new the data are", async ({ page }) => {
    await page.goto(DEMO);
    const state = page.getByRole("complementary", { name: "State of the data" });
    await expect(state).toContainText("dataframe_shuffle failed in both runs of e45b7e5, 27 Mar 2023");
    await expect(state).toContainText("CancelledError");
    await expect(state).toContainText("045dc64 16 Feb 2024");
    await expect(state).toContainText("none pending");
    await expect(state).toContainText("After 2024.2.0");
  });

  test("a strip is walked by keyboard and opens the trend at its commit", async ({ page }) => {
    await page.goto(DEMO);
    const strip = page.getByRole("button", { name: /^Duration of anom_mean over 60 measured commits/ });
    await strip.focus();
    await page.keyboard.press("End");
    await expect(page.getByRole("status")).toContainText("045dc64, 16 Feb 2024");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/distributed\/workloads\/\d+-anom-mean\?.*pin=045dc64/);
  });

  test("environment and list are in the address, and survive reload and back", async ({ page }) => {
    await page.goto(DEMO);
    await page.getByRole("button", { name: /^Environment/ }).click();
    await page.getByRole("menuitem", { name: "vm-a" }).click();
    await expect(page).toHaveURL(`${DEMO}?environment=vm-a`);
    await page.getByRole("link", { name: "Latest" }).click();
    await expect(page).toHaveURL(`${DEMO}?environment=vm-a&shifts=latest`);
    await expect(page.getByRole("region", { name: "Latest shifts" })).toBeVisible();
    await page.reload();
    await expect(page.getByRole("button", { name: /^Environment/ })).toHaveText(/vm-a/);
    await page.goBack();
    await expect(page.getByRole("region", { name: "Regressions, by cost" })).toBeVisible();
  });

  test("has no fault that axe finds, light and dark", async ({ page }) => {
    await page.goto(DEMO);
    await expect(page.getByRole("heading", { name: "Health" })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Theme" }).click();
    await page.getByRole("menuitem", { name: "Dark" }).click();
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    await expect(page.getByRole("menu")).toBeHidden();
    await expectAccessible(page);
  });
});

test("a chosen theme comes with the next page, without a flash of the other", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto(DEMO);
  const remembered = page.waitForResponse(/\/api\/theme$/);
  await page.getByRole("button", { name: "Theme" }).click();
  await page.getByRole("menuitem", { name: "Dark" }).click();
  await remembered;
  const html = await (await page.request.get(DEMO)).text();
  expect(html).toMatch(/<html[^>]*data-theme="dark"/);
  await page.reload();
  await expect(page.locator("body")).toHaveCSS("background-color", "rgb(13, 15, 18)");
});

test("the palette jumps to a workload by keyboard alone, and '?' lists the keys", async ({ page }) => {
  await page.goto(DEMO);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type("tree");
  const palette = page.getByRole("dialog", { name: "Jump to" });
  await expect(palette.getByRole("option", { name: "tree_reduction", exact: true })).toHaveAttribute(
    "aria-selected",
    "true",
  );
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/distributed\/workloads\/\d+-tree-reduction$/);
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keys" })).toContainText(
    "Jump to a workload, shift, release, commit or page",
  );
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
});

test("on a phone nothing runs out of the page", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  for (const path of [DEMO, `${DEMO}/workloads`]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    const beyond = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(beyond, path).toBeLessThanOrEqual(0);
  }
});

test("a project without runs says which command sends the first one, and then shows it", async ({ page, api }) => {
  const project = await api.createProject();
  await page.goto(`/${project}`);
  await expect(page.getByText("No runs yet")).toBeVisible();
  await expect(page.getByText(`tidemark push runs.ndjson --project ${project}`)).toBeVisible();
  await api.postRuns(
    project,
    history("first", 1, () => [passed("w", [10])]),
  );
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/No shift in 1\smeasured commit/);
  await expect(page.getByRole("row", { name: /^w / })).toContainText("10.0\u00a0s");
});

test("what fails or is missing at the newest commit comes up to the sentence", async ({ page, api }) => {
  const project = await api.createProject();
  const results = (place: number) => [
    passed("steady", [10]),
    place < 4
      ? passed("broken", [5])
      : { workload: "broken", outcome: "failed", error: "KilledWorker <b>after</b> 3 retries" },
    ...(place < 3 ? [passed("gone", [7])] : []),
  ];
  await api.postRuns(project, history("troubles", 5, results));
  await page.goto(`/${project}`);
  await expect(page.getByText("broken fails at the newest commit.")).toBeVisible();
  await expect(page.getByText("gone is missing from it.")).toBeVisible();
  const state = page.getByRole("complementary", { name: "State of the data" });
  await expect(state).toContainText("KilledWorker <b>after</b> 3 retries");
  await expect(state).toContainText("gone is missing in the last 2\u00a0measured commits");
});

test("who comes back sees what is new since the last visit", async ({ page, api, context, baseURL }) => {
  const project = await api.createProject();
  const level = (place: number) => (place < 20 ? 10 : 13) + ((place * 7) % 5) * 0.02;
  await api.postRuns(
    project,
    history("visits", 40, (place) => [passed("w", [level(place)])]),
  );
  const title = page.getByRole("heading", { level: 1 });
  await page.goto(`/${project}`);
  await expect(title).toHaveText(/Quiet since #1: 19\smeasured commits without a shift/);
  const before = Date.now() - 24 * 3600 * 1000;
  await context.addCookies([{ name: `looked-${project}`, value: `.${before}`, url: baseURL ?? "" }]);
  await page.reload();
  await expect(title).toHaveText(/^1\snew shift since you looked on \d+ \w+ \d{4}, \+(29|30)\.\d\s%$/);
});

test("a metric and an environment that stopped reporting are told beside the shifts", async ({ page, api }) => {
  const project = await api.createProject();
  const memory = { values: [1e9], unit: "B" };
  await api.postRuns(
    project,
    history("silent", 8, (place) => [
      { workload: "w", outcome: "passed", metrics: { duration: [10], ...(place < 6 ? { peak_memory: memory } : {}) } },
    ]),
  );
  await page.goto(`/${project}`);
  await expect(page.getByText("1\u00a0metric stopped reporting.")).toBeVisible();
  const state = page.getByRole("complementary", { name: "State of the data" });
  await expect(state).toContainText("w goes on without peak memory for the last 2\u00a0measured commits");
});

test.describe("a project that does not exist", () => {
  test.use({ expectedFaults: [/404/] });
  test("is the page 404, which leads back", async ({ page }) => {
    const response = await page.goto("/no-such-project");
    expect(response?.status()).toBe(404);
    await expect(page.getByText("There is no such page")).toBeVisible();
    await expect(page.getByRole("link", { name: "All projects" })).toBeVisible();
  });
});
