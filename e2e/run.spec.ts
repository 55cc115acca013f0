import { history, passed, shaOf } from "./support/documents";
import { signIn } from "./support/signIn";
import { expect, expectAccessible, test } from "./support/test";

test("a run tells outcomes, values against their usual range, and what changed since the run before", async ({
  page,
}) => {
  await page.goto("/distributed/runs/vm-b-e45b7e57319c-1");
  await expect(page.getByText("9 of 10 results passed")).toBeVisible();
  await expect(page.getByText(/\d+ of 45\svalues/)).toBeVisible();
  const results = page.getByRole("region", { name: "Results" });
  await expect(results.getByRole("row", { name: /dataframe_shuffle Failed CancelledError/ })).toBeVisible();
  await expect(results.getByRole("row", { name: /dataframe_groupby/ })).toContainText(
    /outside the usual range, \+\d+\s%/,
  );
  await expect(page.getByText(/Changed since the run before/)).toContainText(/dask 0cbc46a → 9146709/);
  await expectAccessible(page);
  await page.getByRole("link", { name: "Other run of this commit" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("vm-b-e45b7e57319c-2");
});

test("the document as sent is one click away, and a run compares with the run before", async ({ page }) => {
  await page.goto("/distributed/runs/vm-b-e45b7e57319c-1");
  await expect(page.getByRole("link", { name: "Document" })).toHaveAttribute(
    "href",
    /\/api\/v1\/.*vm-b-e45b7e57319c-1/,
  );
  await page.getByRole("link", { name: "Compare with the run before" }).click();
  await expect(page).toHaveURL(/compare\?baseline=run:.*&contender=run:vm-b-e45b7e57319c-1/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText(/1 failed/);
});

test("a run of an experiment says that it is on no trend", async ({ page }) => {
  await page.goto("/distributed/runs/vm-b-scheduling-baseline-52279792a56c-1");
  await expect(page.getByText("It belongs to an experiment, so it is on no trend.")).toBeVisible();
  await expect(page.getByText("scheduling / baseline")).toBeVisible();
});

test("only http(s) links are links", async ({ page, api }) => {
  const project = await api.createProject();
  const links = { cluster: "https://example.com/cluster" };
  await api.postRuns(
    project,
    history("r", 1, () => [passed("w", [1, 2, 3], { links })]),
  );
  await page.goto(`/${project}/runs/r-0`);
  await expect(page.getByRole("link", { name: "cluster" }).first()).toHaveAttribute("href", links.cluster);
  for (const link of await page.getByRole("main").getByRole("link").all())
    expect(await link.getAttribute("href")).toMatch(/^(\/|https?:)/);
});

test("a commit shows its runs, its place, its shifts and its neighbours", async ({ page }) => {
  await page.goto("/distributed/commits/e45b7e5");
  await expect(page.getByText(/main: 575 of 1,030/)).toBeVisible();
  await expect(page.getByText("2023.4.0")).toBeVisible();
  await expect(page.getByRole("region", { name: "Runs" }).getByRole("link")).toHaveCount(2);
  await expect(page.getByRole("region", { name: "Shifts" }).getByRole("link").first()).toBeVisible();
  await expect(page.getByRole("region", { name: "Measured here" }).getByRole("row")).toHaveCount(46);
  await expectAccessible(page);
  await page.getByRole("link", { name: /Next commit on the line/ }).click();
  await expect(page).toHaveURL(/commits\/4b9892e8803/);
});

test("a commit that was never measured says so and leads to the nearest ones", async ({ page, api }) => {
  const project = await api.createProject();
  await api.postCommits(
    project,
    ["m 0", "m 1", "m 2"].map((word, k) => ({
      sha: shaOf(word),
      committedAt: new Date(Date.UTC(2026, 0, 1 + k)).toISOString(),
      parents: k === 0 ? [] : [shaOf(`m ${k - 1}`)],
      subject: "Never <b>measured</b>",
    })),
  );
  await api.postRuns(
    project,
    history("m", 1, () => [passed("w", [10])]),
  );
  await page.goto(`/${project}/commits/${shaOf("m 1")}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Never <b>measured</b>");
  await expect(page.getByText("Not measured")).toBeVisible();
  await page.getByRole("link", { name: /Nearest measured before/ }).click();
  await expect(page).toHaveURL(new RegExp(shaOf("m 0")));
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("run and commit are no wider than the screen", async ({ page }) => {
    for (const path of ["runs/vm-b-e45b7e57319c-1", "commits/e45b7e5"]) {
      await page.goto(`/distributed/${path}`);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(390);
    }
  });
});

test("every value of a run and of a commit stands in words, with its distance in sds", async ({ page }) => {
  await page.goto("/distributed/runs/vm-b-e45b7e57319c-1");
  await page.getByText("All values as a table").click();
  const values = page.getByRole("region", { name: "All values" });
  await expect(values.getByRole("row", { name: /dataframe_groupby Duration/ })).toContainText(/far above z \+\d+\.\d/);
  await expect(values.getByRole("row", { name: /anom_mean Duration/ })).toContainText(/as usual z/);
  await page.goto("/distributed/commits/e45b7e5");
  const measured = page.getByRole("region", { name: "Measured here" });
  await expect(measured.getByRole("row", { name: /dataframe_groupby Duration/ })).toContainText("far above");
});

test("the project's own links are filled in for the run, and for the commit where they need no more", async ({
  page,
  api,
  request,
}) => {
  const project = await api.createProject();
  await api.postRuns(
    project,
    history("r", 1, () => [passed("w", [1, 2, 3])]),
  );
  const linkTemplates = [
    { name: "Dashboard", url: "https://example.com/d?run={key}&c={sha}" },
    { name: "Build", url: "https://example.com/build/{sha}" },
  ];
  const changed = await request.patch(`/api/v1/projects/${project}/settings`, {
    headers: { authorization: `Bearer ${process.env.TIDEMARK_ADMIN_TOKEN}` },
    data: { linkTemplates },
  });
  expect(changed.status()).toBe(200);
  const sha = shaOf("r 0");
  await page.goto(`/${project}/runs/r-0`);
  await expect(page.getByRole("link", { name: "Dashboard" })).toHaveAttribute("href", /\?run=r-0&c=[0-9a-f]+$/);
  await page.goto(`/${project}/commits/${sha}`);
  await expect(page.getByRole("link", { name: "Build" })).toHaveAttribute("href", `https://example.com/build/${sha}`);
  await expect(page.getByRole("link", { name: "Dashboard" })).toHaveCount(0);
});

test.describe("links of a project", () => {
  test.use({ expectedFaults: [/422/] });

  test("an admin states the project's links, sees what the newest run makes of them, and is refused what is not http(s)", async ({
    page,
    api,
  }) => {
    const project = await api.createProject();
    await api.postRuns(
      project,
      history("l", 2, () => [passed("array/sum", [1, 2, 3])]),
    );
    await signIn(page, "admin");
    await page.goto(`/${project}/settings`);
    await page.getByLabel("Name").last().fill("Source");
    const address = page.getByLabel("Address");
    await address.fill("javascript:alert({sha})");
    await expect(page.getByText("An address begins with http:// or https:// and its host.")).toBeVisible();
    await page.getByRole("button", { name: "Save links" }).click();
    await expect(page.getByText(/Must be an address that begins with/)).toBeVisible();
    await address.fill("https://example.com/{workloadPath}.py?at={shaa}");
    await expect(page.getByText("{shaa} is no placeholder.")).toBeVisible();
    await address.fill("https://example.com/{workloadPath}.py");
    await expect(page.getByRole("link", { name: "https://example.com/array/sum.py" })).toBeVisible();
    await page.getByRole("button", { name: "Add a link" }).click();
    await page.getByLabel("Name").last().fill("Dashboard");
    await page.getByLabel("Address").last().fill("https://example.com/d?run={key}&w={workload}");
    await page.getByRole("button", { name: "Save links" }).click();
    await expect(page.getByText("Saved.")).toBeVisible();
    await expectAccessible(page);
    await page.goto(`/${project}/workloads/1`);
    await expect(page.getByRole("link", { name: "Source" })).toHaveAttribute(
      "href",
      "https://example.com/array/sum.py",
    );
    await page.goto(`/${project}/runs/l-1`);
    await expect(page.getByRole("link", { name: "Dashboard" }).first()).toHaveAttribute(
      "href",
      "https://example.com/d?run=l-1&w=array%2Fsum",
    );
    await page.getByRole("link", { name: /^Previous run in 10x-m6i.large/ }).click();
    await expect(page).toHaveURL(/runs\/l-0$/);
    await expect(page.getByRole("link", { name: /^Next run in/ })).toBeVisible();
  });
});
