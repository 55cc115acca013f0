import { execFileSync } from "node:child_process";
import { defineConfig } from "@playwright/test";
import { findBrowser } from "./lib/start/browser";

/** The workers load this file too: what is chosen here once reaches them through the environment. */
process.env.TIDEMARK_E2E_URL ??= `http://127.0.0.1:${freePort()}`;
process.env.TIDEMARK_ADMIN_TOKEN ??= "e2e-admin-token";

function freePort(): string {
  const script =
    "const s = require('net').createServer().listen(0, '127.0.0.1', () => { console.log(s.address().port); s.close(); })";
  return execFileSync(process.execPath, ["-e", script], { encoding: "utf8" }).trim();
}

/** As root in a container; none of them changes what a page does. */
const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results/e2e",
  globalSetup: "./e2e/support/server.ts",
  workers: 2,
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 15_000 }, // two cores, which other work may share: what is right appears, however late
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ? [["line"], ["json"]] : [["list"]],
  use: {
    baseURL: process.env.TIDEMARK_E2E_URL,
    trace: "retain-on-failure",
    timezoneId: "UTC",
    locale: "en-GB",
    contextOptions: { reducedMotion: "reduce" },
    launchOptions: { executablePath: findBrowser() ?? undefined, args: flags },
  },
});
