import { history, passed } from "./support/documents";
import { expect, expectAccessible, test } from "./support/test";

const LIST = "/distributed/workloads";

/** Names that broke other tools. */
const ODD = [
  "a b",
  "mod::bench::x | y",
  "test_q1[5 GB (parquet)-tasks]",
  "日本/ベンチ ü",
  "100%",
  "`BTreeSet`",
  "<b>x</b>",
  "<img src=x onerror=alert(1)>",
];

test("a row has the level and the change of every metric, and opens the workload", async ({ page }) => {
  await page.goto(`${LIST}?since=2022.9.2`);
  await expect(page.getByRole("heading", { level: 1, name: "Workloads" })).toBeVisible();
  await expect(page.getByText("10 of 10 take longer")).toBeVisible();
  const row = page.getByRole("row", { name: /^map_futures/ });
  await expect(row.getByRole("link", { name: /^Duration of map_futures: 2\.\d\d\ss, \+1\d\d\s%$/ })).toBeVisible();
  await expect(row.getByRole("link", { name: /^Peak memory of map_futures: \d{3}\sMiB/ })).toBeVisible();
  await row.getByRole("link", { name: "map_futures", exact: true }).click();
  await expect(page).toHaveURL(/\/distributed\/workloads\/\d+-map-futures$/);
});

test("the filter narrows the list while typing, and the address keeps it over reload and back", async ({ page }) => {
  await page.goto(LIST);
  await expect(page.getByRole("row")).toHaveCount(11);
  await page.keyboard.press("/");
  await page.keyboard.type("dataframe");
  await expect(page.getByRole("row")).toHaveCount(3);
  await expect(page).toHaveURL(`${LIST}?filter=dataframe`);
  await page.reload();
  await expect(page.getByRole("searchbox")).toHaveValue("dataframe");
  await expect(page.getByRole("row")).toHaveCount(3);
  await page.getByRole("link", { name: "dataframe_groupby", exact: true }).click();
  await expect(page).toHaveURL(/-dataframe-groupby$/);
  await page.goBack();
  await expect(page.getByRole("row")).toHaveCount(3);
});

test("a filter without a match says how many rows it hides, and shows them", async ({ page }) => {
  await page.goto(`${LIST}?filter=nothing+like+this`);
  await expect(page.getByText("0 of 10\u00a0rows match")).toBeVisible();
  await page.getByRole("link", { name: "Show 10" }).click();
  await expect(page.getByRole("row")).toHaveCount(11);
  await expect(page.getByRole("searchbox")).toHaveValue("");
});

test("heads sort by the change of their metric, both ways, and the address says so", async ({ page }) => {
  await page.goto(LIST);
  const first = page.getByRole("row").nth(1);
  await expect(first).toContainText("map_futures");
  await page.getByRole("columnheader", { name: "Duration" }).getByRole("link").click();
  await expect(page).toHaveURL(`${LIST}?order=up`);
  await expect(first).not.toContainText("map_futures");
  await page.getByRole("columnheader", { name: "Workload" }).getByRole("link").click();
  await expect(page).toHaveURL(`${LIST}?sort=name`);
  await expect(first).toContainText("anom_mean");
  await page.getByRole("columnheader", { name: "Peak memory" }).getByRole("link").click();
  await expect(page).toHaveURL(`${LIST}?metric=peak_memory`);
  await expect(page.getByRole("columnheader", { name: "Peak memory" })).toHaveAttribute("aria-sort", "descending");
  await page.goBack();
  await expect(first).toContainText("anom_mean");
});

test("the release that changes are against is chosen from a menu", async ({ page }) => {
  await page.goto(LIST);
  await page.getByRole("button", { name: /^Since/ }).click();
  await page.getByRole("menuitem", { name: "2023.9.0" }).click();
  await expect(page).toHaveURL(`${LIST}?since=2023.9.0`);
  await expect(page.getByText("the level at 2023.9.0")).toBeVisible();
});

test("the API and the CSV have the rows of the page", async ({ page, api }) => {
  await page.goto(LIST);
  const answer = (await api.get("/projects/distributed/workloads?limit=4")) as {
    total: number;
    items: unknown[];
    next: string;
  };
  expect(answer.total).toBe(10);
  expect(answer.items).toHaveLength(4);
  const rest = (await api.get(`/projects/distributed/workloads?limit=100&cursor=${answer.next}`)) as typeof answer;
  expect(rest.items).toHaveLength(6);
  expect(rest.next).toBeNull();
  const href = await page.getByRole("link", { name: "The same as CSV" }).getAttribute("href");
  const csv = await (await page.request.get(href ?? "")).text();
  expect(csv.trim().split("\r\n")).toHaveLength(1 + 10 * 5);
});

test("a phone shows one metric at a time", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(LIST);
  await expect(page.getByRole("columnheader", { name: "Duration" })).toBeVisible();
  await expect(page.getByRole("columnheader", { name: "Peak memory" })).toBeHidden();
  await page.getByRole("navigation", { name: "Metric" }).getByRole("link", { name: "Peak memory" }).click();
  await expect(page.getByRole("columnheader", { name: "Peak memory" })).toBeVisible();
  await expect(page.getByRole("columnheader", { name: "Duration" })).toBeHidden();
});

test("the list has no fault that axe finds", async ({ page }) => {
  await page.goto(LIST);
  await expect(page.getByRole("row")).toHaveCount(11);
  await expectAccessible(page);
});

for (const name of ODD)
  test(`the name ${name} opens from the list, by its address, back and forward, and is shown as sent`, async ({
    page,
    api,
  }) => {
    const project = await api.createProject();
    await api.postRuns(
      project,
      history("odd", 2, () => ODD.map((odd) => passed(odd, [10]))),
    );
    await page.goto(`/${project}/workloads`);
    const link = page.getByRole("link", { name, exact: true });
    const title = page.getByRole("heading", { level: 1 });
    await link.click();
    await expect(page).toHaveURL(/\/workloads\/\d+[a-z0-9-]*$/);
    await expect(title).toContainText(name);
    const address = page.url();
    await page.goBack();
    await expect(link).toBeVisible();
    await page.goForward();
    await expect(title).toContainText(name);
    await page.goto(address);
    await expect(title).toContainText(name);
    await page.goto(`/${project}/workloads?name=${encodeURIComponent(name)}`);
    await expect(page).toHaveURL(address);
  });

test("a workload that fails is marked in its row, and the filter finds it", async ({ page, api }) => {
  const project = await api.createProject();
  const results = (place: number) => [
    passed("steady", [10]),
    place < 2 ? passed("broken", [5]) : { workload: "broken", outcome: "failed", error: "KilledWorker" },
  ];
  await api.postRuns(project, history("failing", 3, results));
  await page.goto(`/${project}/workloads`);
  await expect(page.getByRole("row", { name: /^broken/ })).toContainText("failing");
  await page.getByRole("link", { name: "Failing 1" }).click();
  await expect(page.getByRole("row")).toHaveCount(2);
  await page.getByRole("link", { name: "Shifted 0" }).click();
  await expect(page.getByText("No metric shifted in this window.")).toBeVisible();
});

test("a metric of which more is better turns verdict and order", async ({ page, api }) => {
  const project = await api.createProject();
  const results = (place: number) => {
    const value = (place < 20 ? 100 : 70) + (place % 3) * 0.2;
    const metrics = { throughput: { values: [value, value], unit: "ops/s", better: "higher" } };
    return [{ workload: "w", outcome: "passed", metrics }];
  };
  await api.postRuns(project, history("higher", 40, results));
  await page.goto(`/${project}/workloads`);
  await expect(page.getByText("1 of 1 has a worse throughput")).toBeVisible();
  await page.goto(`/${project}`);
  await expect(page.getByRole("region", { name: "Regressions, by cost" })).toContainText(
    /Throughput of w.*\u2212(29|30)\.\d\s%/,
  );
});

test("a list of hundreds holds what is in sight, reads the rest as it is scrolled, and comes back where it was", async ({
  page,
  api,
}) => {
  const project = await api.createProject();
  const names = Array.from({ length: 300 }, (_, at) => `w${String(at).padStart(3, "0")}`);
  await api.postRuns(
    project,
    history("many", 2, () => names.map((name) => passed(name, [10]))),
  );
  await page.goto(`/${project}/workloads?sort=name`);
  const table = page.getByRole("table");
  await expect(table).toHaveAttribute("aria-rowcount", "301");
  await expect(page.getByRole("link", { name: "w000", exact: true })).toBeVisible();
  expect(await page.getByRole("row").count()).toBeLessThan(100);
  await page.keyboard.press("End");
  const last = page.getByRole("link", { name: "w299", exact: true });
  await expect(last).toBeVisible();
  await expect(page.getByRole("row", { name: /^w299/ })).toHaveAttribute("aria-rowindex", "301");
  expect(await page.getByRole("row").count()).toBeLessThan(100);
  await expectAccessible(page);
  await last.click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("w299");
  await page.goBack();
  await expect(last).toBeInViewport();
});

test("columns are chosen from a menu, with noise and certainty when asked for, and the address keeps it", async ({
  page,
}) => {
  await page.goto(LIST);
  await page.getByRole("button", { name: /^Columns/ }).click();
  await page.getByRole("menuitem", { name: "Peak memory" }).click();
  await expect(page).toHaveURL(`${LIST}?hide=peak_memory`);
  await expect(page.getByRole("columnheader", { name: "Peak memory" })).toBeHidden();
  await page.getByRole("button", { name: /^Columns/ }).click();
  await page.getByRole("menuitem", { name: "Noise and certainty" }).click();
  await expect(page).toHaveURL(`${LIST}?hide=peak_memory&detail=1`);
  await page.reload();
  await expect(page.getByRole("button", { name: /^Columns/ })).toHaveText(/4 of 5, noise/);
  const row = page.getByRole("row", { name: /^map_futures/ });
  await expect(
    row.getByRole("link", { name: /^Duration of map_futures: .*, noise \d+\.\d\s%, confirmed, p </ }),
  ).toBeVisible();
});
