// The least that a trend page can be: one read, one chart. Measured beside the app, never shipped.
import pg from "pg";
import { Trend } from "./chart.js";

export const dynamic = "force-dynamic";

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });

export default async function Page() {
  const { rows } = await pool.query(
    `SELECT b.position AS x, p.median AS y
     FROM projects o
     JOIN workloads w ON w.project_id = o.id AND w.name = $2
     JOIN cases k ON k.project_id = o.id AND k.workload_id = w.id
     JOIN series s ON s.project_id = o.id AND s.case_id = k.id
     JOIN points p ON p.project_id = o.id AND p.series_id = s.id
     JOIN branch_commits b ON b.project_id = o.id AND b.commit_id = p.commit_id
     WHERE o.slug = $1 ORDER BY b.position`,
    [process.env.BENCH_PROJECT, process.env.BENCH_WORKLOAD],
  );
  return (
    <main>
      <h1>Duration of {process.env.BENCH_WORKLOAD}</h1>
      <Trend points={rows} />
    </main>
  );
}
