import AxeBuilder from "@axe-core/playwright";
import { test as base, expect, type Page } from "@playwright/test";
import { Api } from "./api";

type AxeResults = Awaited<ReturnType<AxeBuilder["analyze"]>>;

type Fixtures = {
  /** Faults of the page that this test expects: `test.use({ expectedFaults: [/404/] })`. */
  expectedFaults: RegExp[];
  /** Prepares data over HTTP with the admin token. */
  api: Api;
  watched: undefined;
};

/**
 * Playwright's test with what every test of ours holds besides: an error on the console, an uncaught one, a request that
 * fails or is answered with 5xx fails the test.
 */
export const test = base.extend<Fixtures>({
  expectedFaults: [[], { option: true }],
  api: async ({ request }, use) => {
    await use(new Api(request, process.env.TIDEMARK_ADMIN_TOKEN ?? ""));
  },
  watched: [
    async ({ page, expectedFaults }, use) => {
      const faults: string[] = [];
      watch(page, (fault) => faults.push(fault));
      await use(undefined);
      const unexpected = faults.filter((fault) => !expectedFaults.some((expected) => expected.test(fault)));
      expect(unexpected, "faults of the page").toEqual([]);
    },
    { auto: true },
  ],
});

function watch(page: Page, tell: (fault: string) => void): void {
  page.on("console", (message) => {
    if (message.type() === "error") tell(`console: ${message.text()} (${message.location().url})`);
  });
  page.on("pageerror", (error) => tell(`uncaught: ${error.message}`));
  page.on("requestfailed", (request) => {
    const why = request.failure()?.errorText ?? "";
    if (why !== "net::ERR_ABORTED") tell(`request: ${request.url()} ${why}`); // aborted: the page went elsewhere
  });
  page.on("response", (response) => {
    if (response.status() >= 500) tell(`answer: ${response.status()} ${response.url()}`);
  });
}

/** The page as it is now has no fault that axe finds (WCAG 2.2 A and AA). Each is told with the elements it concerns. */
export async function expectAccessible(page: Page): Promise<void> {
  await expectNothing(
    await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze(),
  );
}

/** The same of the contrast of texts alone: all that another theme changes. */
export async function expectContrast(page: Page): Promise<void> {
  await expectNothing(await new AxeBuilder({ page }).withRules(["color-contrast"]).analyze());
}

async function expectNothing({ violations }: AxeResults): Promise<void> {
  const faults = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help} at ${target.join(" ")} (${failureSummary ?? ""})`),
  );
  expect(faults).toEqual([]);
}

export { expect };
