import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, inject } from "vitest";
import { closePool } from "../pool";
import { closePrisma } from "../prisma";

/** Sessions end a moment after their client has said goodbye. */
const GOODBYE_MILLISECONDS = 3_000;

/**
 * Gives the test file a database of its own: a clone of the migrated one. DATABASE_URL names it while the tests run, so
 * `db()`, `transaction`, `prisma()` and route handlers use it. After the last test the pools of this process are closed
 * and it is dropped; a connection that is still open then fails the file. Call it once, at the top of the file.
 */
export function testDatabase(): { url(): string } {
  const name = `test_${randomBytes(6).toString("hex")}`;
  const template = new URL(inject("templateUrl"));
  const own = new URL(template);
  own.pathname = `/${name}`;

  beforeAll(async () => {
    await onServer(template, (client) =>
      client.query(`CREATE DATABASE ${name} TEMPLATE ${template.pathname.slice(1)}`),
    );
    process.env.DATABASE_URL = own.href;
  });

  afterAll(async () => {
    await Promise.all([closePool(), closePrisma()]);
    const leaked = await onServer(template, async (client) => {
      const left = await sessionsLeft(client, name);
      await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
      return left;
    });
    if (leaked.length > 0)
      throw new Error(
        `This file leaks ${leaked.length} connection(s). Close them. Their last statements: ${leaked.join(" | ")}`,
      );
  });

  return { url: () => own.href };
}

async function onServer<T>(template: URL, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const server = new URL(template);
  server.pathname = "/postgres";
  const client = new pg.Client({ connectionString: server.href });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function sessionsLeft(client: pg.Client, database: string): Promise<string[]> {
  for (const end = Date.now() + GOODBYE_MILLISECONDS; ; ) {
    const { rows } = await client.query<{ query: string }>("SELECT query FROM pg_stat_activity WHERE datname = $1", [
      database,
    ]);
    if (rows.length === 0 || Date.now() > end) return rows.map(({ query }) => query || "(none)");
    await client.query("SELECT pg_sleep(0.05)");
  }
}
