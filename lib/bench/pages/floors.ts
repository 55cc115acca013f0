import type pg from "pg";
import { ANONYMOUS } from "@/lib/model/actor";
import { readOverview } from "@/lib/queries/overview";
import { readPoints } from "@/lib/queries/points";
import { overviewQuery } from "@/lib/urls/overview";
import { median } from "../table";
import { type Logged, logStatements, replay } from "./statementLog";

/** Statements of ours beside the least that Postgres can do for the same rows; milliseconds, medians. */
export type Floor = { name: string; ours: number; floor: number; ratio: number; limit: number };

type LongLine = {
  projectId: number;
  branchId: number;
  caseId: number;
  metricId: number;
  environmentId: number;
  seriesId: number;
  to: number;
};

/** Points of the series whose statement is compared with the read of its key. */
const POINTS = 5000;

/** The points of one series of 5,000 against a bare read of the index that holds them. */
export async function seriesFloor(raw: pg.Pool, line: LongLine, rounds: number): Promise<Floor> {
  const from = Math.max(0, line.to - POINTS + 1);
  const ours = await logStatements(() => readPoints(line.projectId, [{ ...line, from }]));
  const bare: Logged[] = [
    {
      text: `SELECT commit_id, run_id, median, lo, hi, n FROM points
             WHERE project_id = $1 AND series_id = $2 ORDER BY commit_id DESC LIMIT ${POINTS}`,
      values: [line.projectId, line.seriesId],
      after: [],
    },
  ];
  return { name: `series of ${line.to - from + 1} points`, limit: 3, ...(await beside(raw, ours, bare, rounds)) };
}

/** The statements of the overview against a read of the rows that they give, from one flat table. */
export async function overviewFloor(raw: pg.Pool, projectId: number, slug: string, rounds: number): Promise<Floor> {
  const read = () => readOverview(ANONYMOUS, slug, overviewQuery.parse({}));
  const { measured } = await read();
  if (!measured) throw new Error("The overview of the benchmark's project is empty.");
  const { health, costly, latest, troubles, freshness } = measured;
  const rows = [...health.rows, ...health.commits, ...costly, ...latest, ...troubles.items, freshness];
  await raw.query("DROP TABLE IF EXISTS bench_flat");
  await raw.query(
    "CREATE TABLE bench_flat (project_id int, place int, content jsonb, PRIMARY KEY (project_id, place))",
  );
  await raw.query(
    `INSERT INTO bench_flat SELECT $1::int + other, place, content::jsonb
     FROM unnest($2::text[]) WITH ORDINALITY AS r(content, place), generate_series(0, 20) AS other`,
    [projectId, rows.map((row) => JSON.stringify(row))],
  );
  await raw.query("VACUUM (ANALYZE) bench_flat");
  const flat: Logged[] = [
    { text: "SELECT content FROM bench_flat WHERE project_id = $1 ORDER BY place", values: [projectId], after: [] },
  ];
  const times = await beside(raw, await logStatements(read), flat, rounds);
  return { name: `overview, ${rows.length} rows`, limit: 2, ...times };
}

async function beside(raw: pg.Pool, ours: readonly Logged[], floor: readonly Logged[], rounds: number) {
  const times = { ours: [] as number[], floor: [] as number[] };
  for (let round = -1; round < rounds; round++) {
    const [a, b] = [await replay(raw, ours), await replay(raw, floor)];
    if (round < 0) continue; // the first of each fills the caches
    times.ours.push(a);
    times.floor.push(b);
  }
  const [mine, least] = [median(times.ours), median(times.floor)];
  return { ours: mine, floor: least, ratio: mine / least };
}
