import { createHash } from "node:crypto";
import type pg from "pg";
import { pool } from "./pool";

/** Something that runs SQL: the pool, or the connection of a transaction. */
export type Db = Pick<pg.ClientBase, "query"> | pg.Pool;

/** Runs one statement and gives its rows. Every value is a parameter. */
export async function rows<Row extends object>(db: Db, text: string, values: unknown[] = []): Promise<Row[]> {
  return (await db.query<Row & pg.QueryResultRow>(text, values)).rows;
}

/**
 * The same for statements that are run again and again by ingestion: each connection keeps their plan, which takes longer
 * to make than many of them take to run. `text` must be one of few constants: a connection never forgets one.
 */
export async function prepared<Row extends object>(db: Db, text: string, values: unknown[] = []): Promise<Row[]> {
  return (await db.query<Row & pg.QueryResultRow>({ name: nameOf(text), text, values })).rows;
}

/** The same for a statement whose rows nobody asks for: how many it has written. */
export async function affected(db: Db, text: string, values: unknown[] = []): Promise<number> {
  return (await db.query({ name: nameOf(text), text, values })).rowCount ?? 0;
}

const names = new Map<string, string>();

function nameOf(text: string): string {
  const known = names.get(text);
  if (known) return known;
  const name = createHash("sha1").update(text).digest("hex");
  names.set(text, name);
  return name;
}

/** The first row, or null. */
export async function row<Row extends object>(db: Db, text: string, values: unknown[] = []): Promise<Row | null> {
  return (await rows<Row>(db, text, values))[0] ?? null;
}

/** The pool of this process as a `Db`. */
export const db = (): Db => pool();

const RETRIABLE = new Set(["40001", "40P01"]); // serialization failure, deadlock

/**
 * Runs `work` in one transaction: all of it or nothing. A deadlock or serialization failure is tried again, `attempts`
 * times in all, so `work` must have no effect outside the database.
 */
export async function transaction<T>(work: (tx: Db) => Promise<T>, attempts = 3): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(work);
    } catch (error) {
      if (attempt >= attempts || !RETRIABLE.has((error as { code?: string }).code ?? "")) throw error;
    }
  }
}

async function once<T>(work: (tx: Db) => Promise<T>): Promise<T> {
  const client = await pool().connect();
  let broken: Error | undefined;
  // A connection that ends while no statement runs on it says so here; unheard, it would end the process.
  const onError = (fault: Error) => {
    broken = fault;
  };
  client.on("error", onError);
  try {
    await client.query("BEGIN");
    const result = await work(client);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch((fault: Error) => {
      broken = fault; // a connection that cannot roll back must not return to the pool
    });
    throw error;
  } finally {
    client.off("error", onError);
    client.release(broken);
  }
}
