import type pg from "pg";
import { median } from "../table";
import { type Logged, logStatements, replay } from "./statementLog";
import type { Target } from "./targets";

/** What one page costs, in milliseconds: over HTTP to its last byte, its read alone, and the statements of that read alone. */
export type ServerTime = {
  name: string;
  statements: number;
  kilobytes: number;
  http: number;
  read: number;
  sql: number;
  /** Of the same rounds: http over sql, both medians. */
  ratio: number;
  /** The goal: at most twice the statements, and 10 ms. */
  isWithin: boolean;
};

/** Answers before which nothing is counted: they compile what is measured. */
const WARM_UP = 3;

/** Measures each target in turn, its three ways one after another in each round. */
export async function serverTimes(
  url: string,
  raw: pg.Pool,
  targets: readonly Target[],
  rounds: number,
): Promise<ServerTime[]> {
  const found: ServerTime[] = [];
  for (const target of targets) {
    const statements = await logStatements(target.read);
    for (let round = 0; round < WARM_UP; round++) {
      await get(url + target.path);
      await target.read();
      await replay(raw, statements);
    }
    const times = { http: [] as number[], read: [] as number[], sql: [] as number[] };
    let bytes = 0;
    for (let round = 0; round < rounds; round++) {
      const answer = await get(url + target.path);
      bytes = answer.bytes;
      times.http.push(answer.milliseconds);
      times.read.push(await timed(target.read));
      times.sql.push(await replay(raw, statements));
    }
    found.push(told(target.name, statements, bytes, times));
  }
  return found;
}

function told(
  name: string,
  statements: readonly Logged[],
  bytes: number,
  times: { http: number[]; read: number[]; sql: number[] },
): ServerTime {
  const [http, read, sql] = [median(times.http), median(times.read), median(times.sql)];
  return {
    name,
    statements: statements.length,
    kilobytes: bytes / 1024,
    http,
    read,
    sql,
    ratio: http / sql,
    isWithin: http <= 2 * sql + 10,
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const since = performance.now();
  await work();
  return performance.now() - since;
}

/** One answer to its last byte; anything but 200 ends the benchmark. */
async function get(address: string): Promise<{ milliseconds: number; bytes: number }> {
  const since = performance.now();
  const response = await fetch(address);
  const body = await response.arrayBuffer();
  const milliseconds = performance.now() - since;
  if (response.status !== 200)
    throw new Error(`${response.status} ${address}: ${Buffer.from(body).toString().slice(0, 500)}`);
  return { milliseconds, bytes: body.byteLength };
}
