import { beforeAll, expect, test } from "vitest";
import { main } from "@/ingest/cli/main";
import { startServer } from "@/ingest/cli/testing/server";
import { storeRuns } from "@/ingest/store/storeRuns";
import { day, newProject, result, runDocument } from "@/ingest/store/testing/documents";
import { compareFile } from "@/lib/compare";
import { makeFamily } from "@/lib/compare/testing/generate";
import { testDatabase } from "@/lib/db/testing/database";
import { SYSTEM } from "@/lib/model/actor";
import { seeded } from "@/lib/stats/random";
import { GET } from "./route";

testDatabase();

const RUNS = 5;
/** Names as workloads have them; the plan of an experiment is the default, so the file states it. */
const family = makeFamily(
  { workloads: 12, runs: RUNS, samples: 3, changed: 0.5, factor: 0.01, slowRun: false, history: 0 },
  seeded(6),
).map((row) => ({ ...row, environment: "10x-m6i.large" }));
const JUDGED = [
  "verdict",
  "change",
  "difference",
  "interval",
  "p",
  "q",
  "unchangedQ",
  "needsRuns",
  "small",
  "noise",
  "detectable",
];

let slug = "";
beforeAll(async () => {
  slug = await newProject();
  const documents = (["baseline", "contender"] as const).flatMap((variant, side) =>
    Array.from({ length: RUNS }, (_, run) =>
      runDocument("c0", {
        key: `${variant}-${run}`,
        started: day(2 * run + side),
        run: { experiment: "x", variant },
        results: [...new Set(family.map(({ workload }) => workload))].map((workload) => {
          const rows = family.filter((row) => row.workload === workload);
          return result(workload, Object.fromEntries(rows.map((row) => [row.metric, [...(row[variant][run] ?? [])]])));
        }),
      }),
    ),
  );
  await storeRuns(SYSTEM, slug, documents);
});

type Row = Record<string, unknown> & { workload: string; metric: string };
const judged = (rows: readonly Row[]) =>
  Object.fromEntries(
    rows.map((row) => [
      `${row.workload} ${row.metric}`,
      JUDGED.map((name) => {
        const value = row[name];
        const rounded = (x: unknown) => (typeof x === "number" ? Number(x.toPrecision(9)) : x);
        return Array.isArray(value) ? value.map(rounded) : rounded(value);
      }),
    ]),
  );

const get = async (query: string) => {
  const request = new Request(`http://x/api/v1/projects/${slug}/compare?${query}`);
  return (await GET(request, { params: Promise.resolve({ project: slug }) })).json();
};

test("a file, GET .../compare and tidemark compare on the server give the same rows", async () => {
  const sides = "baseline=experiment:x/baseline&contender=experiment:x/contender";
  const answered: { rows: Row[]; metrics: { name: string; smallestEffect: number }[] } = await get(
    `${sides}&limit=1000`,
  );
  const effects = new Map(answered.metrics.map(({ name, smallestEffect }) => [name, smallestEffect]));
  const rows = family.map((row) => ({ ...row, smallestEffect: effects.get(row.metric) }));
  const inFile = judged(compareFile([{ family: "x", plannedRuns: RUNS, rows }]));
  expect(judged(answered.rows)).toEqual(inFile);
  expect(Object.values(inFile).some(([verdict]) => verdict === "regression" || verdict === "improvement")).toBe(true);

  const parts = new Map<string, unknown>();
  for (let cursor: string | null = ""; cursor !== null; ) {
    const part: { next: string | null } = await get(`${sides}&limit=5${cursor && `&cursor=${cursor}`}`);
    parts.set(cursor, part);
    cursor = part.next;
  }
  const server = await startServer(({ path }) => ({
    status: 200,
    body: parts.get(new URL(path, "http://x").searchParams.get("cursor") ?? ""),
  }));
  try {
    let out = "";
    const io = {
      env: { TIDEMARK_PROJECT: slug, TIDEMARK_URL: server.url },
      input: [],
      print: (line: string) => {
        out += line;
      },
      tell: () => undefined,
      isTerminal: false,
    };
    const args = ["--baseline", "experiment:x/baseline", "--contender", "experiment:x/contender", "--json"];
    await main(["compare", ...args], io as unknown as Parameters<typeof main>[1]);
    const told: { rows: Row[] } = JSON.parse(out);
    expect(told.rows).toEqual(answered.rows);
  } finally {
    await server.stop();
  }
});
