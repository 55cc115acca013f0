import { beforeAll, expect, test } from "vitest";
import { main } from "@/ingest/cli/main";
import { startServer } from "@/ingest/cli/testing/server";
import { storeReleases } from "@/ingest/store/storeReleases";
import { storeRuns } from "@/ingest/store/storeRuns";
import { day, newProject, result, runDocument, sha } from "@/ingest/store/testing/documents";
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

const get = async (query: string, project = slug) => {
  const request = new Request(`http://x/api/v1/projects/${project}/compare?${query}`);
  return (await GET(request, { params: Promise.resolve({ project }) })).json();
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
  const told = await byCommand(
    slug,
    ["--baseline", "experiment:x/baseline", "--contender", "experiment:x/contender"],
    (path) => parts.get(new URL(path, "http://x").searchParams.get("cursor") ?? ""),
  );
  expect(told.rows).toEqual(answered.rows);
});

/** What `tidemark compare --json` prints, the server answering with what `answerOf` says. */
async function byCommand(
  project: string,
  args: string[],
  answerOf: (path: string) => unknown,
): Promise<{ rows: Row[] }> {
  const server = await startServer(({ path }) => ({ status: 200, body: answerOf(path) }));
  try {
    let out = "";
    const io = {
      env: { TIDEMARK_PROJECT: project, TIDEMARK_URL: server.url },
      input: [],
      print: (line: string) => {
        out += line;
      },
      tell: () => undefined,
      isTerminal: false,
    };
    await main(["compare", ...args, "--json"], io as unknown as Parameters<typeof main>[1]);
    return JSON.parse(out);
  } finally {
    await server.stop();
  }
}

/** c0 to c5 on main with a tag each on c1 and c4, and a pull request that leaves at c4; a run each, c3 and later in two environments. */
async function kinds(): Promise<string> {
  const project = await newProject();
  const results = (place: number) =>
    ["a", "b"].map((name, w) => result(name, { duration: [10 + w + 0.01 * ((place * 7 + w) % 5)] }));
  const line = Array.from({ length: 6 }, (_, place) =>
    ["vm-a", ...(place > 2 ? ["vm-b"] : [])].map((environment) =>
      runDocument(`c${place}`, {
        key: `c${place}-${environment}`,
        parents: place === 0 ? [] : [`c${place - 1}`],
        at: day(place),
        environment,
        results: results(place),
      }),
    ),
  ).flat();
  const pull = runDocument("f", {
    key: "pull",
    parents: ["c4"],
    at: day(7),
    branch: "feature",
    environment: "vm-a",
    commit: { pullRequest: 7 },
    results: results(9),
  });
  await storeRuns(SYSTEM, project, [...line, pull]);
  await storeReleases(SYSTEM, project, {
    releases: [
      { tag: "v1", sha: sha("c1") },
      { tag: "v2", sha: sha("c4") },
    ],
  });
  return project;
}

test("each kind of side gives the command what it gives GET .../compare, and has rows", async () => {
  const project = await kinds();
  const sides: [string | null, string][] = [
    ["release:v1", "release:v2"],
    [`commit:${sha("c0")}`, `commit:${sha("c5").slice(0, 10)}`],
    ["release:v1", "branch:main"],
    [null, "pr:7"],
    ["base", "pr:7"],
    ["pr:7/base", "pr:7"],
    ["run:c0-vm-a", "run:pull"],
    ["env:vm-b", "env:vm-b@release:v2"],
  ];
  for (const [baseline, contender] of sides) {
    const query = new URLSearchParams({ ...(baseline === null ? {} : { baseline }), contender, limit: "1000" });
    const answered: { rows: Row[] } = await get(String(query), project);
    expect(answered.rows, String(query)).toHaveLength(2);
    const asked: URLSearchParams[] = [];
    const args = [...(baseline === null ? [] : ["--baseline", baseline]), "--contender", contender];
    const told = await byCommand(project, args, (path) => {
      asked.push(new URL(path, "http://x").searchParams);
      return answered;
    });
    expect(told.rows).toEqual(answered.rows);
    expect(await get(String(asked[0]), project)).toEqual(answered);
  }
});
