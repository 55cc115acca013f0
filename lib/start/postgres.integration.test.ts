import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type EmbeddedPostgres, startPostgres } from "./postgres";
import { identify, isAlive } from "./processes";

let folder: string;
let servers: EmbeddedPostgres[] = [];

const start = async () => {
  const server = await startPostgres({ folder, fast: true, settings: { shared_buffers: "16MB" } });
  servers.push(server);
  return server;
};

const ask = async (url: string, text: string): Promise<unknown> => {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query({ text, rowMode: "array" })).rows[0]?.[0];
  } finally {
    await client.end();
  }
};

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "tidemark-postgres-"));
});
afterEach(async () => {
  for (const server of servers) await server.stop();
  servers = [];
  rmSync(folder, { recursive: true, force: true });
});

test("a second start finds what the first one stored, under the same password", async () => {
  const first = await start();
  await ask(first.url, "CREATE TABLE kept AS SELECT 42 AS x");
  await first.stop();
  const second = await start();
  expect(new URL(second.url).password).toBe(new URL(first.url).password);
  expect(await ask(second.url, "SELECT x FROM kept")).toBe(42);
});

test("nobody gets in without the password, which only its owner can read", async () => {
  const { url, home } = await start();
  const without = new URL(url);
  without.password = "guess";
  await expect(ask(without.href, "SELECT 1")).rejects.toThrow(/password authentication failed/);
  expect(statSync(path.join(home, "password")).mode & 0o777).toBe(0o600);
});

test("a server whose launcher died is ended, and its database goes on", async () => {
  const left = await start();
  await ask(left.url, "CREATE TABLE kept AS SELECT 1 AS x");
  const id = identify(left.pid);
  const next = await start();
  expect(id && isAlive(id)).toBe(false);
  expect(await ask(next.url, "SELECT x FROM kept")).toBe(1);
});

test("after kill -9 the server recovers what was committed", async () => {
  const first = await startPostgres({ folder, settings: { shared_buffers: "16MB" } });
  await ask(first.url, "CREATE TABLE kept AS SELECT 7 AS x");
  process.kill(first.pid, "SIGKILL");
  await first.ended;
  const next = await start();
  expect(await ask(next.url, "SELECT x FROM kept")).toBe(7);
});

test("the mark of a crashed server whose number belongs to another program by now is no obstacle", async () => {
  const first = await start();
  await first.stop();
  const other = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
  writeFileSync(path.join(first.home, "data", "postmaster.pid"), `${other.pid}\n`);
  await start();
  expect(other.exitCode).toBeNull();
  other.kill();
});

test("an initialisation that was cut short is begun again", async () => {
  const half = path.join(folder, "postgres", "data.half");
  mkdirSync(half, { recursive: true });
  writeFileSync(path.join(half, "PG_VERSION"), "18");
  await start();
  expect(existsSync(half)).toBe(false);
});

test("a folder that holds files but no complete database is left alone", async () => {
  const data = path.join(folder, "postgres", "data");
  mkdirSync(data, { recursive: true });
  writeFileSync(path.join(data, "base"), "somebody's history");
  await expect(start()).rejects.toThrow(/holds files but no complete database/);
  expect(readFileSync(path.join(data, "base"), "utf8")).toBe("somebody's history");
});

test("a database of another major version is left alone", async () => {
  const data = path.join(folder, "postgres", "data");
  mkdirSync(data, { recursive: true });
  writeFileSync(path.join(data, "PG_VERSION"), "17\n");
  await expect(start()).rejects.toThrow(/PostgreSQL 17, and this Tidemark brings 18/);
});
