import { history, passed } from "./support/documents";
import { expect, expectAccessible, test } from "./support/test";

/** Fixed noise of about one per cent. */
const noise = (k: number) => 1 + 0.01 * Math.sin(12.9898 * (k + 1) + 4.1 * Math.cos(7.3 * k));
const STEP = 20;

test("a shift says what else could have moved it: controls that moved along, components that changed, an event there", async ({
  page,
  api,
}) => {
  const project = await api.createProject({ repository: "https://github.com/dask/dask" });
  const documents = history("moved", 40, (place) => {
    const slower = place < STEP ? 1 : 1.2;
    return [
      passed("work", [10 * slower * noise(place)]),
      passed("pinned", [5 * slower * noise(place + 50)], { control: true }),
    ];
  }).map((document, place) => ({
    ...document,
    components: { pandas: place < STEP ? "2.2.3" : "2.3.0", python: "3.12.1" },
  }));
  const at = (documents[STEP] as { commit?: { sha: string } } | undefined)?.commit?.sha ?? "";
  await api.postRuns(project, documents);
  await api.post(`/projects/${project}/events`, { text: "New VM type", commit: at });
  await page.goto(`/${project}/shifts/1`);
  const section = page.locator("section").filter({ has: page.getByRole("heading", { name: "Not the code?" }) });
  await expect(section).toContainText(
    /Environment, not code: the controls moved along \(duration \+\d+\.\d\s% in 10x-m6i\.large\)/,
  );
  await expect(section.getByRole("listitem").filter({ hasText: "pandas" })).toContainText("2.2.3 → 2.3.0");
  await expect(section).toContainText("Event: New VM type");
  await expect(section).not.toContainText("python");
  await expectAccessible(page);

  // The other way on: what drifts has a page of its own, beside the queue.
  await page.goto(`/${project}/shifts`);
  await page.getByRole("navigation", { name: "Pages about shifts" }).getByRole("link", { name: "Drift" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Drift" })).toBeVisible();
  await expect(page.getByText("No series drifts")).toBeVisible();
  await expectAccessible(page);
});
