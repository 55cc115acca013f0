import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { startPostgres } from "@/lib/start/postgres";
import { migrate } from "../migrate";

declare module "vitest" {
  export interface ProvidedContext {
    /** Connection string of the migrated database that `testDatabase()` clones. */
    templateUrl: string;
  }
}

/** One server for all test files, with one migrated database that nobody connects to: each file clones it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "tidemark-test-"));
  const server = await startPostgres({ folder, fast: true });
  await migrate(server.url);
  project.provide("templateUrl", server.url);
  return async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
