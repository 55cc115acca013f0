import type pg from "pg";
import { copyIn } from "./copyIn";
import { SHAPE } from "./documents";

/** Tables of the shape of `runs`, `results` and `points`, with their primary keys and nothing else. */
export const BARE_TABLES = `
  drop table if exists bare_runs, bare_results, bare_points;
  create table bare_runs (project_id int, id int generated always as identity, key text, commit_id int, branch_id int,
    environment_id int, revision_id int, started_at timestamptz, finished_at timestamptz, url text, components jsonb,
    content_hash text, document text, received_at timestamptz default now(), primary key (project_id, id),
    unique (project_id, key));
  create table bare_results (project_id int, run_id int, case_id int, version text, outcome text, links jsonb,
    primary key (project_id, run_id, case_id, version));
  create table bare_points (project_id int, series_id int, commit_id int, run_id int, median float8, lo float8,
    hi float8, n int, samples float8[],
    primary key (project_id, series_id, commit_id, run_id) include (median, lo, hi, n));`;

/** The statements of an unnest transaction into them; the minimal route has the same. */
export const UNNEST = {
  run: `insert into bare_runs (project_id, key, commit_id, started_at, finished_at, url, components, document)
        values (1, $1, $2, $3, $4, $5, $6, $7) returning id`,
  results: `insert into bare_results (project_id, run_id, case_id, version, outcome, links)
            select 1, $1, r.case_id, '', r.outcome, r.links::jsonb
              from unnest($2::int[], $3::text[], $4::text[]) as r (case_id, outcome, links)`,
  points: `insert into bare_points (project_id, series_id, commit_id, run_id, median, lo, hi, n, samples)
           select 1, p.series_id, $1, $2, p.median, p.lo, p.hi, cardinality(p.samples::float8[]), p.samples::float8[]
             from unnest($3::int[], $4::float8[], $5::float8[], $6::float8[], $7::text[])
               as p (series_id, median, lo, hi, samples)`,
};

/** The rows of one document, made once: what is measured is the database alone. */
export type BareRows = {
  key: string;
  document: string;
  links: string[];
  medians: number[];
  lows: number[];
  highs: number[];
  samples: string[];
};

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
const SERIES = numbers(SHAPE.points);
const CASES = numbers(SHAPE.results);
const OUTCOMES = CASES.map(() => "passed");
const AT = "2026-01-01T00:00:00Z";

/** One document by unnest: three statements in a transaction. */
export async function storeByUnnest(client: pg.ClientBase, rows: BareRows, commitId: number): Promise<void> {
  await client.query("begin");
  const run = [rows.key, commitId, AT, AT, "https://ci.example", "{}", rows.document];
  const made = await client.query<{ id: number }>(UNNEST.run, run);
  const runId = made.rows[0]?.id;
  await client.query(UNNEST.results, [runId, CASES, OUTCOMES, rows.links]);
  const { medians, lows, highs, samples } = rows;
  await client.query(UNNEST.points, [commitId, runId, SERIES, medians, lows, highs, samples]);
  await client.query("commit");
}

const RUNS_COPY =
  "copy bare_runs (project_id, key, commit_id, started_at, finished_at, url, components, document) from stdin";
const RESULTS_COPY = "copy bare_results (project_id, run_id, case_id, version, outcome, links) from stdin";
const POINTS_COPY =
  "copy bare_points (project_id, series_id, commit_id, run_id, median, lo, hi, n, samples) from stdin";

const quote = (text: string) => text.replaceAll("\\", "\\\\").replaceAll("\t", "\\t").replaceAll("\n", "\\n");

/** One document by COPY: three of them in a transaction. The run's number is taken to be the commit's. */
export async function storeByCopy(client: pg.ClientBase, rows: BareRows, commitId: number): Promise<void> {
  await client.query("begin");
  const run = [1, rows.key, commitId, AT, AT, "https://ci.example", "{}", quote(rows.document)];
  await copyIn(client, RUNS_COPY, `${run.join("\t")}\n`);
  await copyIn(
    client,
    RESULTS_COPY,
    CASES.map((at) => `1\t${commitId}\t${at}\t\tpassed\t${quote(rows.links[at] ?? "")}\n`).join(""),
  );
  const point = (at: number) =>
    `1\t${at}\t${commitId}\t${commitId}\t${rows.medians[at]}\t${rows.lows[at]}\t${rows.highs[at]}\t3\t${rows.samples[at]}\n`;
  await copyIn(client, POINTS_COPY, SERIES.map(point).join(""));
  await client.query("commit");
}

type Sent = { run: { key: string }; results: { metrics: Record<string, number[]>; links: unknown }[] };

export function bareRows(body: Buffer): BareRows {
  const document = body.toString();
  const sent = JSON.parse(document) as Sent;
  const sorted = sent.results
    .flatMap(({ metrics }) => Object.values(metrics))
    .map((one) => [...one].sort((a, b) => a - b));
  return {
    key: sent.run.key,
    document,
    links: sent.results.map(({ links }) => JSON.stringify(links)),
    medians: sorted.map(([, middle = 0]) => middle),
    lows: sorted.map(([low = 0]) => low),
    highs: sorted.map(([, , high = 0]) => high),
    samples: sorted.map((samples) => `{${samples.join()}}`),
  };
}
