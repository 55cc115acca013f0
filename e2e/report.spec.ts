import { history, passed, shaOf } from "./support/documents";
import { signedIn } from "./support/people";
import { expect, expectAccessible, test } from "./support/test";

test("a report goes from draft over a waiver to frozen and signed, and says who did it", async ({ api, browser }) => {
  test.slow(); // prepares a project and signs somebody in
  const project = await api.createProject();
  await api.postRuns(
    project,
    history(project, 60, (place) => [
      passed("join", [(place < 40 ? 10 : 12) * (1 + (place % 5) / 500)]),
      passed("scan", [5 * (1 + (place % 7) / 700)]),
    ]),
  );
  const tags = { "v1.0": 30, "release/v1.1": 50 };
  await api.post(`/projects/${project}/releases`, {
    releases: Object.entries(tags).map(([tag, place]) => ({ tag, sha: shaOf(`${project} ${place}`) })),
  });
  await api.untilAnalysed(project);
  const { page, context } = await signedIn(browser, "Ada Lovelace");

  await page.goto(`/${project}/releases`);
  await page.getByRole("link", { name: "release/v1.1" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("release/v1.1 against v1.0: not ready");
  await expect(page).toHaveURL(new RegExp(`/${project}/releases/release/v1.1$`));
  await expect(page.getByText("1 undecided regression.")).toBeVisible();
  await expect(page.getByRole("region", { name: "What got worse" }).getByRole("row")).toHaveCount(2);
  const signOff = page.getByRole("button", { name: "Sign off" });
  await expect(signOff).toBeDisabled();
  await expect(signOff).toHaveAccessibleDescription("A draft still moves: freeze it first.");
  await expectAccessible(page);

  await page.getByRole("button", { name: "Waive #1" }).click();
  await page.getByLabel("Reason").fill("The next release makes it optional");
  await page.getByLabel("Who answers for it").fill("grace@example.org");
  await page.getByLabel("Last day it holds (UTC)").fill("2199-12-31");
  await page.getByRole("button", { name: "Waive #1" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("release/v1.1 against v1.0: ready with 1 waiver");
  await expect(page.getByText("The next release makes it optional").first()).toBeVisible();

  await page.getByRole("button", { name: "Freeze" }).click();
  await expect(page.getByRole("region", { name: "Changed since this report was frozen" })).toBeVisible();
  await signOff.click();
  await expect(page.getByText(/^Signed off by Ada Lovelace,/)).toBeVisible();
  await expect(page.getByRole("region", { name: "History" }).getByRole("listitem")).toHaveCount(3);
  await expectAccessible(page);
  await page.goto(`/${project}/releases?state=signed`);
  await expect(page.getByRole("table").getByRole("row")).toHaveCount(2);
  await context.close();
});

test("the demo's release report agrees with its shift, and leaves as Markdown", async ({ page, request, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/distributed/releases/2022.11.0");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("2022.11.0 against 2022.10.2: not ready");
  const worse = page.getByRole("region", { name: "What got worse" }).first();
  const shift = worse.getByRole("heading", { level: 3 }).first();
  await expect(shift).toContainText("Duration of map_futures");
  const answer = await request.get("/api/v1/projects/distributed/releases/report?candidate=2022.11.0");
  const { figures } = (await answer.json()) as { figures: { rows: { verdict: string }[] } };
  const count = figures.rows.filter(({ verdict }) => verdict === "regression").length;
  await expect(page.getByRole("region", { name: "What got worse" }).getByRole("row")).toHaveCount(count + 1);
  await page.getByRole("button", { name: "Markdown" }).click();
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  const markdown = await page.evaluate(() => navigator.clipboard.readText());
  expect(markdown).toMatch(/^# 2022\.11\.0 against 2022\.10\.2: not ready/);
  expect((await request.get("/distributed/releases/9.9")).status()).toBe(404);
});

test("a project without releases names the command that sends them", async ({ page, api }) => {
  const project = await api.createProject();
  await page.goto(`/${project}/releases`);
  await expect(page.getByText(`tidemark -- releases path/to/checkout --project ${project}`)).toBeVisible();
});
