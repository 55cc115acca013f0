import { createHash, randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { Logger, runMigrations } from "graphile-worker";
import pg from "pg";

/** The schema of the database cannot be brought to that of this Tidemark. The text names the way out. */
export class MigrationFault extends Error {}

type Migration = { name: string; sql: string; checksum: string };
type Applied = { migration_name: string; checksum: string; finished: boolean };

const OLDEST_POSTGRES = 150_000;
/** One number for all processes that migrate this database; it has no other meaning. */
const LOCK = 7_430_125;

/** Prisma's own table, so that `prisma migrate deploy` can go on where ours stopped, and the other way round. */
const PRISMA_TABLE = `
  CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id varchar(36) PRIMARY KEY,
    checksum varchar(64) NOT NULL,
    finished_at timestamptz,
    migration_name varchar(255) NOT NULL,
    logs text,
    rolled_back_at timestamptz,
    started_at timestamptz NOT NULL DEFAULT now(),
    applied_steps_count integer NOT NULL DEFAULT 0
  )`;

/**
 * Brings the database to the newest schema: prisma/migrations in order, each in a transaction of its own, then the
 * tables of the job queue. Several processes may call it at once: they take turns. Returns the names it applied.
 * Throws MigrationFault (too old a server, an edited or unknown migration, one that failed) and pg's connection errors.
 */
export async function migrate(databaseUrl: string, folder = "prisma/migrations"): Promise<string[]> {
  const lock = await open(databaseUrl);
  try {
    await checkServer(lock);
    await lock.query("BEGIN");
    await lock.query("SELECT pg_advisory_xact_lock($1)", [LOCK]); // let go at ROLLBACK, also behind pgbouncer
    const applied = await applyAll(databaseUrl, readMigrations(folder));
    await runMigrations({ connectionString: databaseUrl, logger: new Logger(() => () => undefined) });
    await lock.query("ROLLBACK");
    return applied;
  } finally {
    await lock.end();
  }
}

async function open(databaseUrl: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  client.on("error", () => undefined); // the query under way fails with it
  await client.connect();
  return client;
}

async function checkServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ number: string; version: string }>(
    "SELECT current_setting('server_version_num') AS number, current_setting('server_version') AS version",
  );
  if (Number(rows[0]?.number) < OLDEST_POSTGRES)
    throw new MigrationFault(
      `The server runs PostgreSQL ${rows[0]?.version}: Tidemark needs 15 or newer. Update it, or leave DATABASE_URL unset to use the embedded one.`,
    );
}

const checksum = (sql: string) => createHash("sha256").update(sql).digest("hex");

function readMigrations(folder: string): Migration[] {
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return names
    .map(({ name }) => ({ name, sql: readFileSync(path.join(folder, name, "migration.sql"), "utf8") }))
    .map((file) => ({ ...file, checksum: checksum(file.sql) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function applyAll(databaseUrl: string, migrations: Migration[]): Promise<string[]> {
  const client = await open(databaseUrl);
  try {
    await client.query(PRISMA_TABLE);
    const { rows } = await client.query<Applied>(
      `SELECT migration_name, checksum, finished_at IS NOT NULL AS finished
       FROM _prisma_migrations WHERE rolled_back_at IS NULL`,
    );
    const pending = findPending(migrations, rows);
    for (const migration of pending) await apply(client, migration);
    return pending.map(({ name }) => name);
  } finally {
    await client.end();
  }
}

function findPending(migrations: Migration[], applied: Applied[]): Migration[] {
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const { migration_name: name, checksum: sum, finished } of applied) {
    const migration = known.get(name);
    if (!migration)
      throw new MigrationFault(
        `The database holds the migration ${name}, which this Tidemark does not know: it was used by a newer version. Start that version.`,
      );
    if (!finished)
      throw new MigrationFault(
        `The migration ${name} failed half-way outside Tidemark: put the backup back, or mend it with \`prisma migrate resolve\`.`,
      );
    // A checkout on Windows may have other line ends than the one that applied it.
    if (sum !== migration.checksum && sum !== checksum(migration.sql.replaceAll("\r\n", "\n")))
      throw new MigrationFault(
        `The migration ${name} was edited after this database applied it: restore the file from Git, and put the change into a new migration.`,
      );
  }
  const done = new Set(applied.map((each) => each.migration_name));
  return migrations.filter(({ name }) => !done.has(name));
}

async function apply(client: pg.Client, { name, sql, checksum: sum }: Migration): Promise<void> {
  try {
    await client.query("BEGIN");
    await client.query(sql);
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), sum, name],
    );
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    const said = error instanceof Error ? error.message : String(error);
    throw new MigrationFault(
      `The migration ${name} failed and was undone (${said}): the database is as it was. Mend what it names, then start again.`,
    );
  }
}
