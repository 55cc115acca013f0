import pg from "pg";
import { config } from "../config";

const INT8 = 20;
const NUMERIC = 1700;
const TIMESTAMPTZ = 1184;

/** Values leave the database as JSON has them: counts as numbers (all far below 2^53), times as ISO strings in UTC. */
const parsers: Record<number, (text: string) => unknown> = {
  [INT8]: Number,
  [NUMERIC]: Number,
  [TIMESTAMPTZ]: (text) => new Date(text).toISOString(),
};

const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: "text" | "binary") =>
    parsers[oid] ?? pg.types.getTypeParser(oid, format ?? "text")) as typeof pg.types.getTypeParser,
};

/**
 * A pool with an error handler of its own: without one, a restart of the server would end this process. Statements that
 * are given to a connection at once (`Promise.all`) are sent at once, and answered in their order.
 */
export function createPool(connectionString: string, max: number, options: pg.PoolConfig = {}): pg.Pool {
  const usual = { types, connectionTimeoutMillis: 10_000, allowExitOnIdle: true, pipeline: true };
  const pool = new pg.Pool({ connectionString, max, ...usual, ...options });
  pool.on("error", () => undefined); // the broken connection is dropped; the next query opens another
  return pool;
}

const globals = globalThis as { tidemarkPool?: pg.Pool };

/** The pool of this process, opened at first use. Kept on globalThis: Next loads modules more than once. */
export function pool(): pg.Pool {
  globals.tidemarkPool ??= createPool(config.databaseUrl(), config.poolSize());
  return globals.tidemarkPool;
}

/**
 * The same connections for a library that wants times as Date: with ISO strings its comparisons would be wrong in
 * silence. It may not close them.
 */
export function poolWithDates(): { connect(): Promise<DateClient>; end(): Promise<void> } {
  const connect = async (): Promise<DateClient> => {
    const client = await pool().connect();
    const query = (text: string, values: unknown[]) => client.query({ text, values, types: pg.types });
    return { query, release: () => client.release() };
  };
  return { connect, end: async () => undefined };
}

type DateClient = { query(text: string, values: unknown[]): Promise<pg.QueryResult>; release(): void };

/** Closes the pool of this process; for CLI, worker and tests. */
export async function closePool(): Promise<void> {
  const open = globals.tidemarkPool;
  globals.tidemarkPool = undefined;
  await open?.end();
}
