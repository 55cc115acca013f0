import { expect, expectAccessible, test } from "./support/test";

const DOCS = "/api/docs";

test("every endpoint of the document is on the page, with a command that names this server", async ({
  page,
  request,
}) => {
  const served = await (await request.get("/api/v1/openapi.json")).json();
  const operations = Object.values<Record<string, { operationId: string }>>(served.paths).flatMap((path) =>
    Object.values(path),
  );
  await page.goto(DOCS);
  const shown = await page.locator("article h3:visible").evaluateAll((heads) => heads.map(({ id }) => id));
  expect(shown).toEqual(expect.arrayContaining(operations.map(({ operationId }) => operationId)));
  const { origin } = new URL(page.url());
  await expect(page.getByRole("article", { name: "Does it work?" })).toContainText(`${origin}/api/v1/health`);
});

test("an address with an anchor shows its endpoint, with fields, answers and errors", async ({ page }) => {
  await page.goto(`${DOCS}#storeRuns`);
  const article = page.getByRole("article", { name: "Send what a run measured" });
  await expect(article.getByRole("heading", { level: 3 })).toBeInViewport();
  await expect(article).toContainText("scope ingest");
  await expect(article.getByRole("row", { name: /^key needed/ })).toContainText("Makes it safe to send again");
  await expect(article).toContainText("A key is known, with another document.");
  await article.getByText("Example: a fault").click();
  await expect(article.getByText('"code": "invalid"')).toBeVisible();
});

test("the filter finds endpoints by a field, and the address keeps it over reload", async ({ page }) => {
  await page.goto(DOCS);
  // What is typed before the page is alive changes nothing: a long page, so it is typed again.
  await expect(async () => {
    await page.getByRole("searchbox", { name: "Filter endpoints" }).fill("");
    await page.getByRole("searchbox", { name: "Filter endpoints" }).fill("needsRuns");
    await expect(page).toHaveURL(`${DOCS}?filter=needsRuns`, { timeout: 2_000 });
  }).toPass();
  await expect(page.getByRole("article", { name: "Does it work?" })).toHaveCount(0);
  await expect(page.getByRole("article", { name: "Compare two sides" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("searchbox")).toHaveValue("needsRuns");
  await page.getByRole("link", { name: /^Show \d+$/ }).click();
  await expect(page.getByRole("article", { name: "Does it work?" })).toBeVisible();
});

test("a named part of an answer is one click away", async ({ page }) => {
  await page.goto(`${DOCS}?filter=samples`);
  const article = page.getByRole("article", { name: "The history of one line" });
  await article.getByText("Fields of the answer").click();
  await article.getByRole("link", { name: "Changepoint" }).click();
  await expect(page).toHaveURL(/#schema-Changepoint$/);
  await expect(page.getByRole("heading", { name: "Changepoint", exact: true })).toBeInViewport();
});

test("the command is copied as it stands", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(DOCS);
  const article = page.getByRole("article", { name: "Does it work?" });
  await expect(async () => {
    await article.getByRole("button", { name: /^Cop/ }).click();
    await expect(article.getByText("Copied")).toBeVisible({ timeout: 1_000 });
  }).toPass();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toMatch(/^curl -sS \\\n {2}'http:.*\/api\/v1\/health'$/);
});

test("the keys of a project lead to it", async ({ page }) => {
  await page.goto("/distributed");
  await page.keyboard.press("?");
  await page.getByRole("dialog").getByRole("link", { name: "the HTTP API" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "HTTP API" })).toBeVisible();
});

test("nothing is asked of another server", async ({ page, baseURL }) => {
  const strangers: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(baseURL ?? "")) strangers.push(request.url());
  });
  await page.goto(DOCS, { waitUntil: "networkidle" });
  expect(strangers).toEqual([]);
});

for (const colorScheme of ["light", "dark"] as const)
  test(`it is accessible, ${colorScheme}, on a desk and on a phone`, async ({ page }) => {
    test.slow(); // axe walks a page of some thousand elements, twice
    await page.emulateMedia({ colorScheme });
    await page.goto(`${DOCS}?filter=POST+project`);
    await expectAccessible(page);
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByText("Contents", { exact: true }).click();
    await expect(page.getByRole("navigation", { name: "Endpoints" })).toBeVisible();
    await expectAccessible(page);
  });

test("nothing is wider than a phone, whatever is opened", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(DOCS);
  const wider = await page.evaluate(() => {
    for (const fold of document.querySelectorAll("details")) fold.open = true;
    return document.documentElement.scrollWidth - window.innerWidth;
  });
  expect(wider).toBeLessThanOrEqual(0);
});
