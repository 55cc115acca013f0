import pg from "pg";
import { pool } from "@/lib/db/pool";

/** One statement of a read, with the places of those whose answers it waited for. */
export type Logged = { text: string; values: unknown[]; after: number[] };

type Open = { text: string; values: unknown[]; begun: number; ended: number };

/** Runs `read` and gives the statements that it sent through the pool of this process, in their order. */
export async function logStatements(read: () => Promise<unknown>): Promise<Logged[]> {
  const log: Open[] = [];
  let clock = 0;
  const target = pool();
  const query = target.query.bind(target) as (text: string, values: unknown[]) => Promise<pg.QueryResult>;
  const watched = async (text: string, values: unknown[]): Promise<pg.QueryResult> => {
    const one: Open = { text, values, begun: clock++, ended: Number.POSITIVE_INFINITY };
    log.push(one);
    const result = await query(text, values);
    one.ended = clock++;
    return result;
  };
  target.query = watched as typeof target.query;
  try {
    await read();
  } finally {
    target.query = query as typeof target.query;
  }
  return log.map(({ text, values, begun }) => ({
    text,
    values,
    after: log.flatMap(({ ended }, place) => (ended < begun ? [place] : [])),
  }));
}

/** Values as Postgres sends them: what a reader makes of them is no part of the statement. */
const RAW: pg.CustomTypesConfig = {
  getTypeParser: (() => (text: unknown) => text) as pg.CustomTypesConfig["getTypeParser"],
};

/** A pool that sends the statements as the app does and leaves the answers as they are. */
export const rawPool = (connectionString: string): pg.Pool =>
  new pg.Pool({ connectionString, max: 10, types: RAW, pipeline: true } as pg.PoolConfig);

/** Sends logged statements again, each as soon as those that it waited for are answered. Gives the milliseconds. */
export async function replay(on: pg.Pool, statements: readonly Logged[]): Promise<number> {
  const since = performance.now();
  const sent: Promise<unknown>[] = [];
  for (const { text, values, after } of statements) {
    const before = after.map((place) => sent[place]);
    sent.push(before.length ? Promise.all(before).then(() => on.query(text, values)) : on.query(text, values));
  }
  await Promise.all(sent);
  return performance.now() - since;
}
