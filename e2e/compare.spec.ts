import type { Page } from "@playwright/test";
import type { Api, RunDocument } from "./support/api";
import { history, passed, shaOf } from "./support/documents";
import { expect, expectAccessible, test } from "./support/test";

const DEMO = "/distributed/compare?baseline=experiment:scheduling/baseline&contender=experiment:scheduling/";

/** Fixed noise of about one per cent. */
const noise = (k: number) => 1 + 0.01 * Math.sin(12.9898 * (k + 1) + 4.1 * Math.cos(7.3 * k));

/** An experiment of two variants, run by turns: `resultsOf` says what a run of one measured. */
async function experiment(
  api: Api,
  resultsOf: (variant: "a" | "b", run: number) => Record<string, unknown>[],
): Promise<string> {
  const project = await api.createProject();
  const documents = (["a", "b"] as const).flatMap((variant, offset) =>
    [0, 1, 2, 3, 4].map((run): RunDocument => {
      const startedAt = new Date(Date.UTC(2026, 0, 1 + 2 * run + offset)).toISOString();
      const head = { key: `${variant}-${run}`, startedAt, experiment: "try", variant };
      return {
        run: head,
        commit: { sha: shaOf("c0"), committedAt: "2026-01-01T00:00:00Z", branch: "main", parents: [] },
        environment: { name: "10x-m6i.large", facts: { instance: "m6i.large" } },
        results: resultsOf(variant, run),
      };
    }),
  );
  await api.postRuns(project, documents);
  return project;
}

const many = (count: number, seed: number) =>
  Array.from({ length: count }, (_, w) =>
    passed(
      `w${w + 1}`,
      [0, 1, 2].map((s) => (10 + w) * noise(seed * 97 + w * 13 + s)),
    ),
  );

/** A run of the experiment "try", so many days after the first of January, of the first `count` workloads. */
function runOf(variant: "a" | "b", place: number, days: number, count: number): RunDocument {
  const startedAt = new Date(Date.UTC(2026, 0, 1 + days)).toISOString();
  const head = { key: `${variant}-${place}`, startedAt, experiment: "try", variant };
  return {
    run: head,
    commit: { sha: shaOf("c0"), committedAt: "2026-01-01T00:00:00Z", branch: "main", parents: [] },
    environment: { name: "10x-m6i.large", facts: { instance: "m6i.large" } },
    results: many(count, place + (variant === "a" ? 0 : 50)),
  };
}

const SIDES = "baseline=experiment:try/a&contender=experiment:try/b";
const table = (page: Page) => page.getByRole("region", { name: "Compared rows" });

test("from two empty pickers to an answer, and back", async ({ page }) => {
  await page.goto("/distributed/compare");
  await expect(page).toHaveTitle(/Compare/);
  await expect(page.getByRole("link", { name: /2024\.1\.1.*2024\.2\.0/ })).toBeVisible();
  await page.getByRole("button", { name: /Baseline/ }).click();
  await page.getByPlaceholder("Release, branch, experiment, commit, run").fill("scheduling/baseline");
  await expect(page.getByRole("option", { name: /baseline-copy/ })).toBeVisible();
  await page.getByRole("option", { name: /scheduling \/ baseline 5227979/ }).click();
  await expect(page).toHaveURL(/baseline=experiment:scheduling\/baseline$/);
  await page.getByRole("button", { name: /Contender/ }).click();
  await page.getByPlaceholder("Release, branch, experiment, commit, run").fill("no-queuing");
  await expect(page.getByRole("option", { name: /scheduling \/ no-queuing/ })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("improved");
  await expect(page).toHaveURL(/contender=experiment:scheduling\/no-queuing$/);
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Compare");
});

test("the demo without queuing: mixed, anom_mean's memory among the worse, filters in the address", async ({
  page,
}) => {
  await page.goto(`${DEMO}no-queuing`);
  const title = page.getByRole("heading", { level: 1 });
  await expect(title).toContainText(/\d+ of 50 improved, \d+ regressed/);
  await expect(title).toContainText("Mixed");
  await expect(table(page).getByRole("row", { name: /anom_mean Peak memory \+20\.0/ })).toBeVisible();
  await page.getByRole("link", { name: /^Worse/ }).click();
  await expect(page).toHaveURL(/verdict=regression/);
  await expect(table(page)).not.toContainText("Improvement");
  await page.getByRole("link", { name: /^All 50/ }).click();
  await page.getByRole("link", { name: /Show all \d+ unchanged/ }).click();
  await expect(page).toHaveURL(/show=unchanged/);
  await expect(page.getByRole("link", { name: /Show all \d+ unchanged/ })).toHaveCount(0);
  await expectAccessible(page);
});

test("a row leads to the trend with both commits pinned", async ({ page }) => {
  await page.goto("/distributed/compare?baseline=release:2023.7.1&contender=release:2024.2.0");
  await table(page).getByRole("link", { name: "Trend of" }).first().click();
  await expect(page).toHaveURL(/\/workloads\/\d+-.*pin=5227979.*pin=880da5d/);
});

test("the demo's baseline against its copy calls nothing and says what to expect", async ({ page }) => {
  await page.goto(`${DEMO}baseline-copy`);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("None of 50 moved");
  await expect(page.getByText(/at most 5 of 100 such comparisons/)).toBeVisible();
  await expect(table(page)).not.toContainText("Regression");
});

test("a base without data is told; the nearest measured commit is offered and taken only on request", async ({
  page,
  api,
}) => {
  const project = await api.createProject();
  await api.postCommits(
    project,
    ["x 0", "x 1", "x 2"].map((word, k) => ({
      sha: shaOf(word),
      committedAt: new Date(Date.UTC(2026, 0, 1 + k)).toISOString(),
      parents: k === 0 ? [] : [shaOf(`x ${k - 1}`)],
    })),
  );
  const [first, , last] = history("x", 3, () => [passed("w", [10])]);
  await api.postRuns(project, [first, last] as RunDocument[]);
  const side = (word: string) => `commit:${shaOf(word)}`;
  await page.goto(`/${project}/compare?baseline=${side("x 1")}&contender=${side("x 2")}`);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Cannot be told");
  await expect(page.getByText(/1 commit before it\. Nothing was compared/)).toBeVisible();
  await page.getByRole("link", { name: /as baseline, 1\scommit before/ }).click();
  await expect(page).toHaveURL(new RegExp(`baseline=commit:${shaOf("x 0")}`));
  await expect(page.getByRole("heading", { level: 1 })).toContainText("of 1");
});

test("missing, failed and new have a list of their own and stand in the headline", async ({ page, api }) => {
  const project = await experiment(api, (variant, run) =>
    variant === "a"
      ? many(20, run)
      : [
          ...many(20, run + 50).filter((_, w) => w !== 4 && w !== 5),
          { workload: "w6", outcome: "failed", error: "KilledWorker <b>" },
          passed("w21", [3]),
        ],
  );
  await page.goto(`/${project}/compare?${SIDES}`);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("1 missing, 1 failed, 1 new");
  const list = page.getByRole("region", { name: "On one side only" });
  await expect(list.getByRole("row", { name: /Missing w5/ })).toBeVisible();
  await expect(list.getByRole("row", { name: /Failed w6/ })).toContainText("KilledWorker <b>");
  await expect(list.getByRole("row", { name: /New w21/ })).toBeVisible();
});

test("zeros: a rise from 0 is told in the metric's unit", async ({ page, api }) => {
  const zeros = (value: number) => ({ workload: "w", outcome: "passed", metrics: { spilled_memory: [value, value] } });
  const project = await experiment(api, (variant) => [zeros(variant === "a" ? 0 : 5 * 2 ** 20)]);
  await page.goto(`/${project}/compare?${SIDES}`);
  await expect(table(page).getByRole("row", { name: /w Spilled memory/ })).toContainText("+5.00 MiB");
  await expect(page.getByRole("main")).not.toContainText(/NaN|Infinity|undefined/);
});

test("a side that does not exist is told on the page, and another can be chosen", async ({ page }) => {
  await page.goto("/distributed/compare?baseline=release:nope&contender=branch:main");
  await expect(page.getByRole("alert").filter({ hasText: "There is no release nope" })).toBeVisible();
  await expect(page.getByRole("button", { name: /Baseline nope/ })).toBeVisible();
});

test("hostile and odd names are text, in rows, sides and addresses", async ({ page, api }) => {
  const odd = "<img src=x onerror=alert(1)> 日本/ü 100% `a|b`";
  const project = await experiment(api, (_, run) => [
    passed(odd, [10 * noise(run)]),
    passed("plain", [5 * noise(run)]),
  ]);
  await page.goto(`/${project}/compare?${SIDES}&show=unchanged&show=inconclusive`);
  await expect(table(page).getByRole("link", { name: odd, exact: true })).toBeVisible();
  await page.getByRole("searchbox", { name: "Filter workloads" }).fill("日本");
  await expect(page).toHaveURL(/workload=/);
  await expect(table(page).getByRole("link", { name: "plain", exact: true })).toHaveCount(0);
});

test("two metrics together: quadrants have names, arrow keys walk the cases, Enter opens one", async ({ page }) => {
  await page.goto(`${DEMO}no-queuing`);
  const scatter = page.getByRole("region", { name: "Two metrics together" });
  await expect(scatter.getByText("faster but hungrier", { exact: true })).toBeVisible();
  await expect(scatter.getByRole("link")).toHaveCount(10);
  const first = scatter.getByRole("link", { name: /^anom_mean: duration −10\.2.*peak memory \+20\.0/ });
  await first.focus();
  await expect(scatter.getByText(/^anom_mean: duration/)).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await expect(first).not.toBeFocused();
  await expect(scatter.getByRole("link").and(page.locator(":focus"))).toBeVisible();
  await scatter.getByRole("button", { name: /^Up/ }).click();
  await page.getByRole("menuitem", { name: "Average memory" }).click();
  await expect(page).toHaveURL(/up=average_memory/);
  await expect(scatter.getByText(/Change of average memory/)).toBeVisible();
});

test("the heat map gives the chance of each threshold, from the same noise as the interval", async ({ page }) => {
  await page.goto(`${DEMO}no-queuing`);
  await page.getByRole("link", { name: "Heat map" }).click();
  await expect(page).toHaveURL(/view=heat/);
  const chances = page.getByRole("region", { name: "Chances of a change" });
  const row = chances.getByRole("row", { name: /anom_mean Peak memory/ });
  await expect(row).toContainText(/>\s99/);
  await expect(chances.getByRole("columnheader", { name: /more by more than 10/ })).toBeVisible();
  await expect(page.getByText(/without the correction for many rows/)).toBeVisible();
  await expectAccessible(page);
});

test("bars show the values of one metric, by workload and by variant", async ({ page }) => {
  await page.goto(`${DEMO}no-queuing&view=bars`);
  const bars = page.getByRole("region", { name: "Bars" });
  await expect(bars.getByRole("listitem").filter({ hasText: "many_tiny_tasks" })).toContainText(/3\.93\ss.*2\.56\ss/);
  await bars.getByRole("link", { name: "By variant" }).click();
  await expect(page).toHaveURL(/by=variant/);
  await expect(page.getByRole("region", { name: "scheduling / no-queuing" }).getByRole("listitem")).toHaveCount(10);
  await expectAccessible(page);
});

test("the rows leave as CSV, JSON, Markdown and picture", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(`${DEMO}no-queuing`);
  await page.getByRole("button", { name: "Markdown" }).click();
  const markdown = await page.evaluate(() => navigator.clipboard.readText());
  expect(markdown).toContain("of 50 improved");
  expect(markdown).toMatch(/\| regression \| anom/);
  await page.getByRole("button", { name: "Export" }).click();
  const [picture] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: /PNG/ }).click(),
  ]);
  expect(picture.suggestedFilename()).toBe("distributed-scheduling-baseline-scheduling-no-queuing.png");
  await page.getByRole("button", { name: "Export" }).click();
  const [csv] = await Promise.all([page.waitForEvent("download"), page.getByRole("menuitem", { name: /CSV/ }).click()]);
  expect(await csv.failure()).toBeNull();
});

test("one row at ten times leaves the axis as an arrow with its number, and the others stay apart", async ({
  page,
  api,
}) => {
  const factor = [10, 1.3, 0.8, 1.2, 0.9];
  const project = await experiment(api, (variant, run) =>
    factor.map((by, w) =>
      passed(
        `w${w}`,
        [0, 1, 2].map(
          (s) => (variant === "a" ? 10 : 10 * by) * noise(run * 31 + w * 7 + s + (variant === "a" ? 0 : 500)),
        ),
      ),
    ),
  );
  await page.goto(`/${project}/compare?${SIDES}`);
  const drawn = table(page).locator("svg text", { hasText: /\+\d{3}/ });
  await expect(drawn).toHaveCount(1);
});

test("a row leads to every sample by run, its histogram, quantiles and the history around", async ({ page }) => {
  test.slow(); // several pages, each looked over by axe
  await page.goto(`${DEMO}no-queuing`);
  await table(page).getByRole("link", { name: "anom_mean", exact: true }).first().click();
  await expect(page).toHaveURL(/\/compare\/\d+-anom-mean\?/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText(/anom_mean: peak memory \+20\.0/);
  const samples = page.getByRole("region", { name: "Samples by run" });
  await expect(samples.getByRole("row", { name: /vm-b-scheduling-no-queuing/ })).toHaveCount(5);
  await expect(
    page.getByRole("region", { name: "Differences of quantiles" }).getByRole("row", { name: /^median/ }),
  ).toBeVisible();
  await expect(
    page.getByRole("img", { name: /Peak memory of anom_mean .*marked: both sides at 5227979/ }),
  ).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Histogram" }).click();
  await expect(page).toHaveURL(/draw=histogram/);
  await expect(page.getByRole("img", { name: /no-queuing: samples in MiB/ })).toBeVisible();
  await page.getByRole("button", { name: /^Metric/ }).click();
  await page.getByRole("menuitem", { name: "Duration" }).click();
  await expect(page).toHaveURL(/metric=duration/);
});

test("an experiment says what is planned and open, and the page follows its runs", async ({ page, api }) => {
  const project = await api.createProject();
  const run = (variant: "a" | "b", place: number) => runOf(variant, place, 2 * place + (variant === "a" ? 0 : 1), 4);
  await api.postRuns(project, [run("a", 0), run("b", 0), run("a", 1), run("b", 1)]);
  await page.goto(`/${project}/compare?${SIDES}`);
  const plan = page.getByRole("region", { name: "Planned runs" });
  await expect(plan).toContainText(/baseline 2 of 5.*contender 2 of 5/);
  await expect(plan).toContainText(/Until then intervals only: 4\srows open/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    "Open4 wait for their runs: intervals only, no verdict yet",
  );
  await api.postRuns(project, [run("b", 2)]);
  await expect(plan).toContainText("contender 3 of 5", { timeout: 20_000 });
  await api.postRuns(project, [run("a", 2), run("a", 3), run("b", 3), run("a", 4), run("b", 4)]);
  await expect(plan).toContainText("Look 1", { timeout: 20_000 });
  await expectAccessible(page);
});

test("all variants of an experiment stand in one table, the multiplicity counted", async ({ page }) => {
  await page.goto(`${DEMO}no-queuing`);
  await page.getByRole("link", { name: "All variants" }).click();
  await expect(page).toHaveURL(/\/compare\/matrix\?experiment=scheduling/);
  await expect(page.getByText(/All 150 comparisons are one family/)).toBeVisible();
  const variants = page.getByRole("region", { name: "Variants" });
  await expect(variants.getByRole("row", { name: /anom_mean Peak memory/ })).toContainText(/regression\s*\+18/);
  await expect(page.getByText("Looks for further runs")).toBeVisible();
  await page.getByRole("button", { name: /^Sort/ }).click();
  await page.getByRole("menuitem", { name: "name" }).click();
  await expect(page).toHaveURL(/sort=name/);
  await page.getByRole("searchbox", { name: "Filter workloads" }).fill("matmul");
  await expect(variants.getByRole("row")).toHaveCount(6); // five metrics and the heads
  await expect(page).toHaveURL(/workload=matmul/);
  await expectAccessible(page);
});

test("the noise floor is told: the A/A copy, and what these runs could show", async ({ page }) => {
  await page.goto(`${DEMO}no-queuing`);
  await expect(
    page.getByText(/A\/A check: the baseline against its own copy scheduling\/baseline-copy, 0 of 50/),
  ).toBeVisible({
    timeout: 20_000,
  });
  await expect(
    page.getByRole("region", { name: "What no change looks like" }).getByRole("row", { name: /^Duration 10/ }),
  ).toBeVisible();
});

test("sides that ran one after the other are warned of", async ({ page, api }) => {
  const project = await api.createProject();
  const runs = (["a", "b"] as const).flatMap((variant, side) =>
    [0, 1, 2].map((place) => runOf(variant, place, 30 * side + place, 2)),
  );
  await api.postRuns(project, runs);
  await page.goto(`/${project}/compare?${SIDES}`);
  await expect(page.getByText(/ran one after the other in 10x-m6i\.large, not mixed in time/)).toBeVisible();
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("verdict, change and q fit, and nothing is wider than the screen", async ({ page }) => {
    await page.goto(`${DEMO}no-queuing`);
    await expect(page.getByRole("heading", { level: 1 })).toContainText("improved");
    await expect(
      table(page)
        .getByRole("row", { name: /anom_mean/ })
        .first(),
    ).toContainText("+20.0");
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await expectAccessible(page);
  });
});
