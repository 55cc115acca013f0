// The least that a route can do with such a document: parse, validate, store. Measured beside the app, never shipped.
import pg from "pg";
import { z } from "zod";
import { UNNEST } from "./statements.mjs";

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });

const Document = z.object({
  run: z.object({ key: z.string(), startedAt: z.string(), finishedAt: z.string(), url: z.string() }),
  commit: z.object({
    sha: z.string(),
    committedAt: z.string(),
    branch: z.string(),
    parents: z.array(z.string()),
    author: z.string(),
    subject: z.string(),
  }),
  environment: z.object({ name: z.string(), facts: z.record(z.string(), z.union([z.string(), z.number()])) }),
  components: z.record(z.string(), z.string()),
  results: z.array(
    z.object({
      workload: z.string(),
      params: z.record(z.string(), z.union([z.string(), z.number()])),
      outcome: z.enum(["passed", "failed", "skipped"]),
      metrics: z.record(z.string(), z.array(z.number()).min(1)),
      links: z.record(z.string(), z.string()),
    }),
  ),
});

let commits = 0;

export async function POST(request) {
  const text = await request.text();
  const { run, components, results } = Document.parse(JSON.parse(text));
  const samples = results.flatMap(({ metrics }) => Object.values(metrics));
  const sorted = samples.map((values) => Float64Array.from(values).sort());
  const commitId = ++commits;
  const client = await pool.connect();
  try {
    await client.query("begin");
    const made = await client.query(UNNEST.run, [
      run.key,
      commitId,
      run.startedAt,
      run.finishedAt,
      run.url,
      JSON.stringify(components),
      text,
    ]);
    const runId = made.rows[0].id;
    await client.query(UNNEST.results, [
      runId,
      results.map((_, index) => index),
      results.map(({ outcome }) => outcome),
      results.map(({ links }) => JSON.stringify(links)),
    ]);
    await client.query(UNNEST.points, [
      commitId,
      runId,
      samples.map((_, index) => index),
      sorted.map((values) => values[values.length >> 1]),
      sorted.map((values) => values[0]),
      sorted.map((values) => values[values.length - 1]),
      samples.map((values) => `{${values.join()}}`),
    ]);
    await client.query("commit");
  } finally {
    client.release();
  }
  return Response.json({ stored: [{ key: run.key }] }, { status: 201 });
}
