import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { migrate } from "./migrate";
import { db, rows } from "./sql";
import { testDatabase } from "./testing/database";

const database = testDatabase();
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "tidemark-migrations-"));
  cpSync("prisma/migrations", folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function addMigration(name: string, sql: string): void {
  mkdirSync(path.join(folder, name), { recursive: true });
  writeFileSync(path.join(folder, name, "migration.sql"), sql);
}

const tableExists = async (name: string) => {
  const [found] = await rows<{ exists: boolean }>(db(), "SELECT to_regclass($1) IS NOT NULL AS exists", [name]);
  return found?.exists;
};

test("a migrated database needs nothing more", async () => {
  expect(await migrate(database.url())).toEqual([]);
});

test("the queue of the job library stands ready", async () => {
  await rows(db(), "SELECT graphile_worker.add_job('nothing', '{}'::json)");
});

test("what is recorded is what Prisma's own command records: name, sha256 of the file, one step", async () => {
  const applied = await rows<{ migration_name: string; checksum: string; applied_steps_count: number }>(
    db(),
    "SELECT migration_name, checksum, applied_steps_count FROM _prisma_migrations WHERE finished_at IS NOT NULL",
  );
  expect(applied[0]).toMatchObject({ migration_name: "20261125000000_initial", applied_steps_count: 1 });
  expect(applied[0]?.checksum).toMatch(/^[0-9a-f]{64}$/);
});

test("two processes that start at once apply a new migration once", async () => {
  addMigration("99990101000000_once", "CREATE TABLE made_once (id int)");
  const applied = await Promise.all([migrate(database.url(), folder), migrate(database.url(), folder)]);
  expect(applied.flat()).toEqual(["99990101000000_once"]);
  await rows(db(), "DROP TABLE made_once");
  await rows(db(), "DELETE FROM _prisma_migrations WHERE migration_name LIKE '9999%'");
});

test("a migration that fails leaves no trace, and its error names it", async () => {
  addMigration("99990102000000_broken", "CREATE TABLE half (id int); SELECT 1 / 0;");
  await expect(migrate(database.url(), folder)).rejects.toThrow(/99990102000000_broken failed.*division by zero/);
  expect(await tableExists("half")).toBe(false);
});

test("a migration that was edited after it was applied is refused", async () => {
  addMigration("20261125000000_initial", "SELECT 1");
  await expect(migrate(database.url(), folder)).rejects.toThrow(/20261125000000_initial was edited/);
});

test("a database of a newer version is refused", async () => {
  rmSync(path.join(folder, "20261125000000_initial"), { recursive: true });
  await expect(migrate(database.url(), folder)).rejects.toThrow(/newer version/);
});
