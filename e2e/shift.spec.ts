import type { APIRequestContext } from "@playwright/test";
import { history, passed } from "./support/documents";
import { expect, expectAccessible, test } from "./support/test";

/** The big shift of the demo: queuing of root tasks became the default. */
async function bigShift(request: APIRequestContext): Promise<number> {
  const answer = await request.get("/api/v1/projects/distributed/shifts?filter=c53d30c");
  const { items } = (await answer.json()) as { items: { number: number; changepoints: unknown[] }[] };
  const [largest] = items.toSorted((a, b) => b.changepoints.length - a.changepoints.length);
  if (!largest) throw new Error("no shift ends at c53d30c");
  return largest.number;
}

test("the page tells what moved, between which commits, and since which release", async ({ page, request }) => {
  const number = await bigShift(request);
  await page.goto(`/distributed/shifts/${number}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    /^Duration of map_futures \+1\d\d\s% and \d+ more worse; peak memory of anom_mean −\d/,
  );
  await expect(page.getByText("Mixed").first()).toBeVisible();
  await expect(page.getByText(/series got worse and \d+ better/)).toBeVisible();
  await expect(page.getByText("2022.11.0").first()).toBeVisible();
  await expect(page).toHaveTitle(new RegExp(`^#${number} Duration of map_futures`));
  const range = page.getByRole("region", { name: "Commits in the range" });
  await expect(range.getByRole("row").first()).toContainText("c53d30c");
  await expect(range.getByRole("row").first()).toContainText("first shifted");
  await expect(range.getByRole("row").last()).toContainText("fad7f65");
  await expect(range.getByRole("row").last()).toContainText("last good");
  await expect(page.getByText("Any of these 7 can be the cause.")).toBeVisible();
  await expect(page.getByRole("link", { name: "Diff", exact: true })).toHaveAttribute(
    "href",
    /^https:\/\/github\.com\/dask\/distributed\/compare\/fad7f65[0-9a-f]{33}\.\.\.c53d30c[0-9a-f]{33}$/,
  );
});

test("charts show the step; the table lists what moved with it, in both environments", async ({ page, request }) => {
  await page.goto(`/distributed/shifts/${await bigShift(request)}?environment=vm-b`);
  await expect(page.getByRole("img", { name: /^Duration of map_futures in vm-b: from/ })).toBeVisible();
  await expect(page.getByRole("img", { name: /^Peak memory of anom_mean in vm-b: from/ })).toBeVisible();
  const table = page.getByRole("region", { name: "Series that moved" });
  await expect(table.getByRole("columnheader", { name: "vm-a" })).toBeVisible();
  const all = await table.getByRole("row").count();
  await page
    .getByRole("navigation", { name: "Direction" })
    .getByRole("link", { name: /^Better/ })
    .click();
  await expect(page).toHaveURL(/show=better/);
  await expect.poll(() => table.getByRole("row").count()).toBeLessThan(all);
  await page.getByRole("navigation", { name: "Environment" }).getByRole("link", { name: "vm-a" }).click();
  await expect(page).toHaveURL(/environment=vm-a/);
  await expect(table.getByRole("columnheader", { name: "vm-b" })).toBeVisible();
});

test("a shift is copied as link, as Markdown and as image; each button answers Copied and becomes itself again", async ({
  page,
  request,
  context,
  baseURL,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const number = await bigShift(request);
  await page.goto(`/distributed/shifts/${number}`);
  const copied = page.getByRole("button", { name: "Copied" });
  const press = async (name: string) => {
    await page.getByRole("button", { name }).click();
    await expect(copied).toBeVisible();
    await expect(page.getByRole("button", { name })).toBeVisible();
    await expect(copied).toHaveCount(0);
  };
  await press("Copy link");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${baseURL}/distributed/shifts/${number}`);
  await press("Copy Markdown");
  const markdown = await page.evaluate(() => navigator.clipboard.readText());
  expect(markdown).toContain(`### [#${number}](${baseURL}/distributed/shifts/${number}) Duration of map_futures +1`);
  expect(markdown).toContain(
    "| workload | metric | environment | before | after | change | 95 % interval | p | points |",
  );
  expect(markdown).toContain("[`fad7f65..c53d30c`](https://github.com/dask/distributed/compare/");
  expect(markdown).toBe(await (await request.get(`/api/v1/projects/distributed/shifts/${number}/markdown`)).text());
  await press("Copy image");
  const size = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    const image = await createImageBitmap((await item?.getType("image/png")) as Blob);
    return [image.width, image.height];
  });
  expect(size).toEqual([1200, 630]);
});

test("Open issue leads to the repository's form, with title, picture and link in it", async ({
  page,
  request,
  baseURL,
}) => {
  const number = await bigShift(request);
  await page.goto(`/distributed/shifts/${number}`);
  const href = (await page.getByRole("link", { name: "Open issue" }).first().getAttribute("href")) ?? "";
  const form = new URL(href);
  expect(form.origin + form.pathname).toBe("https://github.com/dask/distributed/issues/new");
  expect(form.searchParams.get("title")).toContain("Duration of map_futures");
  expect(form.searchParams.get("body")).toContain(`${baseURL}/distributed/shifts/${number}`);
  expect(href.length).toBeLessThan(8_000);
});

test("the page unfurls: title, description, address and a picture that is there, all absolute", async ({
  page,
  request,
}) => {
  const number = await bigShift(request);
  await page.goto(`/distributed/shifts/${number}`);
  const meta = (property: string) => page.locator(`meta[property="${property}"]`).getAttribute("content");
  expect(await meta("og:title")).toContain(`#${number} Duration of map_futures`);
  expect(await meta("og:description")).toContain("fad7f65..c53d30c");
  expect(await meta("og:url")).toMatch(new RegExp(`^https?://.+/distributed/shifts/${number}$`));
  await expect(page.locator('meta[name="twitter:card"]')).toHaveAttribute("content", "summary_large_image");
  const image = await request.get((await meta("og:image")) ?? "");
  expect([image.status(), image.headers()["content-type"]]).toEqual([200, "image/png"]);
  const bytes = await image.body();
  expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([1200, 630]);
  expect(bytes.length).toBeGreaterThan(40_000); // without its typeface the build would draw lines and no words
  for (const type of ["application/atom+xml", "application/feed+json"]) {
    const feed = await page.locator(`link[rel="alternate"][type="${type}"]`).getAttribute("href");
    expect((await request.get(feed ?? "")).status()).toBe(200);
  }
});

test("what did not move is named, with the smallest change that it would have shown", async ({ page, request }) => {
  await page.goto(`/distributed/shifts/${await bigShift(request)}`);
  await expect(page.getByText(/would have shown a change as small as is worth telling/)).toBeVisible();
  const table = page.getByRole("region", { name: "Series that did not move", exact: true });
  await expect(table.getByRole("row").nth(1)).toContainText(/\d\s% or more$/);
  await page.locator("summary", { hasText: /^Show \d+ more$/ }).click();
  await expect(page.getByRole("region", { name: "More series that did not move" })).toBeVisible();
});

test.describe("words of strangers", () => {
  // A picture that is opened by itself is sandboxed: Chromium says so to whoever looks into it with a script.
  test.use({ expectedFaults: [/Blocked script execution in .*\.svg/] });

  test("pictures, feed and badge show words of strangers as words; a narrowed shift says so on its old page", async ({
    page,
    api,
    request,
  }) => {
    const hostile = "<img src=x onerror=alert(1)>|`@everyone`";
    const project = await api.createProject();
    const at = (place: number) => (place < 20 ? 10 : 12) * (1 + ((place * 7) % 5) / 400);
    const documents = history(project, 40, (place) => [passed(hostile, [at(place)])]);
    const commits = documents.map(({ commit }) => {
      const { branch: _, ...listed } = commit as Record<string, unknown>;
      return { ...listed, subject: hostile };
    });
    await api.postCommits(project, commits);
    const isLate = (place: number) => place > 17 && place < 21;
    await api.postRuns(
      project,
      documents.filter((_, place) => !isLate(place)),
    );
    await page.goto(`/${project}/shifts/1`);
    await expect(page.getByText("Any of these 4 can be the cause.")).toBeVisible();
    await expect(page.getByRole("heading", { level: 1 })).toContainText(hostile);
    await api.postRuns(
      project,
      documents.filter((_, place) => isLate(place)),
    );
    await page.reload();
    await expect(page.getByText(/Narrowed on /).first()).toBeVisible();
    await expect(page.getByText(/^Only [0-9a-f]{7} lies in the range\./)).toBeVisible();
    const base = `/api/v1/projects/${project}`;
    const chart = `${base}/series/image.svg?workload=${encodeURIComponent(hostile)}&metric=duration`;
    for (const address of [
      `${base}/shifts/1/image.svg`,
      chart,
      `${base}/badge.svg?workload=${encodeURIComponent(hostile)}`,
    ]) {
      await page.goto(address);
      await expect(page.locator("svg title").first()).toContainText("<img src=x onerror=alert(1)>");
      await expect(page.locator("img, script, a")).toHaveCount(0);
    }
    expect(await (await request.get(`${base}/shifts/feed.atom`)).text()).not.toContain("<img src=x");
    expect(await (await request.get(`${base}/shifts/1/markdown`)).text()).not.toMatch(/(?<!`)@everyone/);
  });
});

test("every shift of the list has its page, a number without one is a 404", async ({ page, request }) => {
  const answer = await request.get("/api/v1/projects/distributed/shifts?status=all");
  const { items } = (await answer.json()) as { items: { number: number }[] };
  for (const { number } of items) {
    expect((await request.get(`/distributed/shifts/${number}`)).status()).toBe(200);
  }
  for (const nothing of ["99999", "0", "x"]) {
    expect((await request.get(`/distributed/shifts/${nothing}`)).status()).toBe(404);
  }
  await page.goto("/distributed/shifts/1");
  await expect(page.locator("main")).not.toContainText(/NaN|undefined|Infinity/);
});

test("on a phone: two charts, the range, the list; nothing scrolls sideways", async ({ page, request }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/distributed/shifts/${await bigShift(request)}`);
  await expect(page.getByRole("img", { name: /^Duration of map_futures/ })).toBeVisible();
  await expect(page.locator("figure:visible")).toHaveCount(2);
  for (const part of [
    page.getByRole("button", { name: "Markdown", exact: true }),
    page.getByRole("button", { name: "Link", exact: true }),
    page.getByRole("link", { name: "Open issue" }).last(),
  ]) {
    await expect(part).toBeInViewport();
    expect((await part.boundingBox())?.height).toBe(36);
  }
  await expect(page.getByRole("heading", { name: "Range", exact: true })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`the page is accessible (${colorScheme})`, async ({ page, request }) => {
    await page.emulateMedia({ colorScheme });
    await page.goto(`/distributed/shifts/${await bigShift(request)}`);
    await expect(page.getByRole("img", { name: /^Duration of map_futures/ })).toBeVisible();
    await expectAccessible(page);
  });
}

test("an open shift says which commit to run next, how often, and what is still to be expected", async ({
  page,
  request,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const number = await bigShift(request);
  const answer = await request.get(`/api/v1/projects/distributed/shifts/${number}/next`);
  const next = (await answer.json()) as { commit: { sha: string }; environment: string };
  await page.goto(`/distributed/shifts/${number}`);
  const section = page.getByRole("region", { name: "Where to measure next" });
  await expect(section).toContainText(
    new RegExp(
      `Run ${next.commit.sha.slice(0, 7)} (once|\\d+ times) on ${next.environment}: about \\d+\\sruns? to one`,
    ),
  );
  await section.getByText(/cases? to run, and the command/).click();
  await expect(section.getByRole("listitem").filter({ hasText: "map_futures" })).toBeVisible();
  await section.getByRole("button", { name: "Copy command" }).click();
  await expect(section.getByRole("button", { name: "Copied" })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    `git checkout ${next.commit.sha}\ntidemark next --project distributed --shift ${number}`,
  );
  await expectAccessible(page);
});
