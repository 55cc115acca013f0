import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("./", import.meta.url));
const shared = { resolve: { alias: { "@/": root } } };

/** `*.test.ts` needs nothing but Node; `*.integration.test.ts` needs the Postgres that the test runner starts. */
export default defineConfig({
  ...shared,
  test: {
    projects: [
      {
        ...shared,
        test: {
          name: "unit",
          include: ["{lib,ingest,components,app,docs}/**/*.test.{ts,tsx}"],
          exclude: ["**/*.integration.test.ts", "node_modules/**", ".next/**"],
          testTimeout: 60_000,
        },
      },
      {
        ...shared,
        test: {
          name: "integration",
          include: ["{lib,ingest,app,prisma}/**/*.integration.test.ts"],
          exclude: ["node_modules/**", ".next/**"],
          globalSetup: ["./lib/db/testing/global.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
