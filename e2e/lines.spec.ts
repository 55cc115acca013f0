import type { Page } from "@playwright/test";
import { Api } from "./support/api";
import { history, shaOf } from "./support/documents";
import { expect, expectAccessible, test } from "./support/test";

const SIZES = [1, 2, 5, 10, 20, 5000];
const FORMATS = ["csv", "parquet", "arrow", "json", "orc"];
const COMMITS = 60;

/** Noise that repeats, so that a test sees the same each time. */
const noise = (i: number) => [0.4, -1.3, 0.9, -0.2, 1.6, -0.8, 0.1, -1.1, 1.2, -0.6, 0.7][(i * 7) % 11] ?? 0;

/** 29 sets of parameters at 60 commits; arrow with size 1 does not exist, numpy changes once, dask with every commit. */
const documents = history("lines", COMMITS, (place) =>
  SIZES.flatMap((size, s) =>
    FORMATS.filter((format) => format !== "arrow" || size !== 1).map((format, f) => ({
      workload: "scan",
      params: { size, format },
      outcome: "passed",
      metrics: { duration: [(10 + 2 * s + f) * (1 + noise(place + s) / 200) * (place >= 40 && s === 0 ? 1.3 : 1)] },
    })),
  ),
).map((document, place) => ({
  ...document,
  components: { numpy: place < 25 ? "1.26.0" : "2.0.0", dask: shaOf(`dask ${place}`) },
}));

let project = "";

test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ playwright, baseURL }) => {
  const api = new Api(await playwright.request.newContext({ baseURL }), process.env.TIDEMARK_ADMIN_TOKEN ?? "");
  project = await api.createProject();
  await api.postRuns(project, documents);
});

const only = (size: number, format: string) => `params=${encodeURIComponent(JSON.stringify({ size, format }))}`;
const legend = (page: Page) => page.getByTestId("legend");

test("many sets of parameters: one line at first, then all that share a format in one chart, then each for itself", async ({
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.goto(`/${project}/workloads/1?${only(1, "csv")}`);
  await expect(page.getByRole("img", { name: /^Duration of scan/ })).toBeVisible();
  await page.getByRole("button", { name: /^format/ }).click();
  await expect(page.getByRole("menuitem", { name: /arrow/ })).toContainText("size=2");
  await page.getByRole("menuitem", { name: "All 4 together" }).click();
  await expect(page.getByRole("img", { name: /^Duration of 4\slines/ })).toBeVisible();
  await expect(legend(page).getByRole("listitem")).toHaveCount(4);
  const [chart, beside] = [await page.getByTestId("chart-duration").boundingBox(), await legend(page).boundingBox()];
  expect(beside?.x).toBeGreaterThanOrEqual((chart?.x ?? 0) + (chart?.width ?? 0));
  await page.getByRole("button", { name: /^size/ }).click();
  await page.getByRole("menuitem", { name: "All 29 combinations" }).click();
  await expect(page.getByTestId("small-chart")).toHaveCount(29);
  await expect(page.getByRole("img", { name: /^size=1, format=csv/ })).toBeVisible();
  await expect(page.getByRole("img", { name: /^size=5000, format=orc/ })).toHaveCount(0);
  await page.getByText("size=5000, format=orc").scrollIntoViewIfNeeded();
  await expect(page.getByRole("img", { name: /^size=5000, format=orc/ })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("img", { name: /^Duration of 4\slines/ })).toBeVisible();
});

test("the legend tells the values at the crosshair, nearest first, shows one line alone and keeps it in the address", async ({
  page,
}) => {
  await page.goto(`/${project}/workloads/1?${only(2, "csv")}&with=${encodeURIComponent('{"size":2}')}`);
  const chart = page.getByTestId("chart-duration");
  await expect(legend(page).getByRole("listitem")).toHaveText([/csv/, /arrow|json|orc|parquet/, /./, /./, /./]);
  const box = await chart.boundingBox();
  if (!box) throw new Error("the chart has no place");
  await page.mouse.move(box.x + box.width / 2, box.y + 24);
  await expect(legend(page).getByRole("listitem").first()).toContainText("orc");
  await page.mouse.move(box.x + box.width / 2, box.y + box.height - 8);
  await expect(legend(page).getByRole("listitem").first()).toContainText("csv");
  await legend(page)
    .getByRole("button", { name: /^format=json/ })
    .click();
  await expect(page).toHaveURL(/hide=size%3D2,\+format%3Dcsv\+in\+10x-m6i.large/);
  await expect(page.getByRole("img", { name: /^Duration of 1\sline.*json/ })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("img", { name: /^Duration of 1\sline.*json/ })).toBeVisible();
  await page.getByRole("button", { name: "Show all 5" }).click();
  await expect(page.getByRole("img", { name: /^Duration of 5\slines/ })).toBeVisible();
  await legend(page).getByRole("button", { name: "Hide format=orc" }).click();
  await expect(page.getByRole("img", { name: /^Duration of 4\slines/ })).toBeVisible();
  await expectAccessible(page);
});

test("many lines as a table, and small charts, have no fault; a pinned commit is told for eight of them", async ({
  page,
}) => {
  await page.goto(`/${project}/workloads/1?with=%7B%7D&table=1`);
  await expect(page.getByRole("region", { name: "Lines" }).getByRole("row")).toHaveCount(30);
  await expect(page.getByText(/29 of 29 lines read/)).toBeVisible();
  await page.getByRole("button", { name: "Table" }).click();
  await expect(page.getByRole("img", { name: /^size=/ }).first()).toBeVisible();
  await expectAccessible(page);
  const box = await page.getByTestId("small-chart").first().boundingBox();
  if (!box) throw new Error("the chart has no place");
  await page.mouse.click(box.x + box.width / 2, box.y + 60);
  await expect(page.getByRole("region", { name: "Pinned commit" }).getByRole("term")).toHaveCount(8);
});

test("where a component changed is marked and said; what changes with every commit is named instead", async ({
  page,
}) => {
  await page.goto(`/${project}/workloads/1?${only(1, "csv")}`);
  await expect(
    page.getByRole("img", { name: /^Component changes: numpy 1.26.0 → 2.0.0 at [0-9a-f]{7}/ }),
  ).toBeVisible();
  await expect(page.getByText("1 component change, without dask")).toBeVisible();
  await page.getByRole("button", { name: /^Show/ }).click();
  await page.getByRole("menuitem", { name: "Component changes" }).click();
  await expect(page).toHaveURL(/without=components/);
  await expect(page.getByRole("img", { name: /^Component changes/ })).toHaveCount(0);
});

test("every sample is read when it is asked for", async ({ page }) => {
  await page.goto(`/${project}/workloads/1?${only(1, "csv")}`);
  const read = page.waitForResponse((response) => /\/series\?.*samples=1/.test(response.url()));
  await page.getByRole("button", { name: /^Show/ }).click();
  await page.getByRole("menuitem", { name: "Every sample" }).click();
  expect((await read).status()).toBe(200);
  await expect(page).toHaveURL(/samples=1/);
  await expect(page.getByRole("img", { name: /^Duration of scan/ })).toBeVisible();
});
