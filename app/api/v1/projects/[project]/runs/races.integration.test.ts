import fc from "fast-check";
import type pg from "pg";
import { beforeAll, describe, expect, test } from "vitest";
import { newProject, result, runDocument, sha, takeRequests } from "@/ingest/store/testing/documents";
import { createToken } from "@/lib/commands/createToken";
import { closePool, createPool } from "@/lib/db/pool";
import { db, rows } from "@/lib/db/sql";
import { testDatabase } from "@/lib/db/testing/database";
import { SYSTEM } from "@/lib/model/actor";
import { POST as postCommits } from "../commits/route";
import { POST as postRuns } from "./route";

testDatabase();

let token = "";
beforeAll(async () => {
  token = (await createToken(SYSTEM, null, { name: "t", scopes: ["ingest"], defaultBranch: true })).secret;
});

type Answer = {
  status: number;
  retryAfter: string | null;
  json: { stored?: { key: string }[]; unchanged?: { key: string }[]; detail?: string };
};

async function post(project: string, body: unknown, handler = postRuns): Promise<Answer> {
  const response = await handler(
    new Request("http://localhost/x", {
      method: "POST",
      body: JSON.stringify(body),
      headers: { authorization: `Bearer ${token}` },
    }),
    { params: Promise.resolve({ project }) },
  );
  const retryAfter = response.headers.get("retry-after");
  return { status: response.status, retryAfter, json: (await response.json()) as Answer["json"] };
}

const postAll = (project: string, bodies: unknown[]) => Promise.all(bodies.map((body) => post(project, body)));
const statuses = (answers: Answer[]) => answers.map(({ status }) => status).sort();
const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));

const NAMED = {
  branches: "name",
  commits: "sha",
  environments: "name",
  environment_revisions: "environment_id || facts_hash",
  workloads: "name",
  cases: "workload_id || '/' || params_hash",
  metrics: "name",
  series: "concat_ws('/', case_id, version, metric_id, environment_id, revision_id, trend)",
  runs: "key",
  points: "concat_ws('/', series_id, commit_id, run_id)",
};

/** Rows of every kind of name in a project. Fails when one stands twice, or a point has no series or run. */
async function rowsOf(project: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const [table, name] of Object.entries(NAMED)) {
    const [found] = await rows<{ count: number; names: number }>(
      db(),
      `select count(*) as count, count(distinct ${name}) as names from ${table}
        where project_id = (select id from projects where slug = $1)`,
      [project],
    );
    expect(found?.names, `${table} that stand twice`).toBe(found?.count);
    counts[table] = found?.count ?? 0;
  }
  const numbers = await rows<{ number: number }>(
    db(),
    "select number from workloads where project_id = (select id from projects where slug = $1) order by 1",
    [project],
  );
  expect(numbers.map(({ number }) => number)).toEqual(numbers.map((_, index) => index + 1));
  const orphans = await rows(
    db(),
    `select from points p where not exists (select from series s where s.project_id = p.project_id and s.id = p.series_id)
        or not exists (select from results r join series s on s.project_id = r.project_id and s.case_id = r.case_id
                        where r.project_id = p.project_id and r.run_id = p.run_id and s.id = p.series_id)`,
  );
  expect(orphans).toEqual([]);
  return counts;
}

describe("twenty posts at the same time", () => {
  test("of one document: one is 201, the others 200, one run with its points once", async () => {
    const project = await newProject();
    const document = runDocument("c1", { results: times(5, (index) => result(`w${index}`)) });
    expect(statuses(await postAll(project, Array(20).fill(document)))).toEqual([...Array(19).fill(200), 201]);
    expect(await rowsOf(project)).toMatchObject({ runs: 1, workloads: 5, series: 5, points: 5 });
    expect(await takeRequests(project)).toHaveLength(1);
  });

  test("of other content under one key: one is 201, the others 409 that name the run, and the first one's values stay", async () => {
    const project = await newProject();
    const answers = await postAll(
      project,
      times(20, (index) => runDocument("c1", { key: "k", results: [result("w", { duration: [index] })] })),
    );
    expect(statuses(answers)).toEqual([201, ...Array(19).fill(409)]);
    for (const { status, json } of answers) if (status === 409) expect(json.detail).toContain("Run k exists");
    const winner = answers.findIndex(({ status }) => status === 201);
    const kept = await rows(
      db(),
      "select median from points where project_id = (select id from projects where slug = $1)",
      [project],
    );
    expect(kept).toEqual([{ median: winner }]);
    expect(await rowsOf(project)).toMatchObject({ runs: 1, points: 1 });
  });

  test("of the same new names under other keys: each is 201, one row per name", async () => {
    const project = await newProject();
    const metrics = { duration: [1], peak_memory: [2], "tasks/s": { values: [3], unit: "1/s" } };
    const results = times(10, (index) => ({ ...result(`w${index}`, metrics), params: { size: 1 } }));
    const answers = await postAll(
      project,
      times(20, (index) => runDocument("c1", { key: `k${index}`, results, branch: "new/branch", environment: "new" })),
    );
    expect(statuses(answers)).toEqual(Array(20).fill(201));
    expect(await rowsOf(project)).toMatchObject({
      branches: 2, // and the default one, which is made for its lock
      commits: 1,
      environments: 1,
      environment_revisions: 1,
      workloads: 10,
      cases: 10,
      metrics: 3,
      series: 30,
      runs: 20,
      points: 600,
    });
  });

  test("of one new metric in other units and directions: one row, each stored in its unit or refused with the setting", async () => {
    const project = await newProject();
    const units = ["ms", "s", "min", "B"];
    const answers = await postAll(
      project,
      times(20, (index) => {
        const metric = { values: [60], unit: units[index % 4] ?? "s", better: index % 2 ? "lower" : "higher" };
        return runDocument("c1", { key: `k${index}`, results: [result("w", { delay: metric })] });
      }),
    );
    expect(new Set(statuses(answers))).toEqual(new Set([201, 422]));
    const stored = answers.filter(({ status }) => status === 201).length;
    expect(await rowsOf(project)).toMatchObject({ metrics: 1, runs: stored, points: stored });
  });

  test("with names new and old, in any order, from workloads that an alias joins meanwhile: each is 201", async () => {
    const project = await newProject();
    await post(project, runDocument("c0", { results: [result("old")] }));
    const alias = rows(
      db(),
      `insert into workload_aliases (project_id, name, workload_id, created_by)
       select p.id, 'renamed', w.id, 'test' from projects p join workloads w on w.project_id = p.id and w.name = 'old'
        where p.slug = $1`,
      [project],
    );
    const bodies = times(20, (index) =>
      runDocument(`c${index}`, {
        key: `k${index}`,
        facts: { instance: `m${index % 3}` },
        results: [result(index % 2 ? "renamed" : "old"), result(`new${index % 5}`)],
      }),
    );
    const [answers] = await Promise.all([postAll(project, bodies), alias]);
    expect(statuses(answers)).toEqual(Array(20).fill(201));
    expect(await rowsOf(project)).toMatchObject({ environments: 1, environment_revisions: 4, runs: 21 });
  });
});

test("any mix of posts at once (same, other content, shared names, arrays, commit lists) gives 201, 200 or 409, and one row per name", async () => {
  const name = fc.constantFrom("a", "b", "c", "d");
  const document = fc
    .record({
      key: fc.constantFrom("k0", "k1", "k2", "k3", "k4"),
      commit: name,
      parent: name,
      branch: fc.constantFrom("main", "dev"),
      environment: fc.constantFrom("e1", "e2"),
      facts: fc.record({ instance: fc.constantFrom("m", "n") }),
      results: fc.uniqueArray(fc.record({ workload: name, value: fc.constantFrom(1, 2) }), {
        minLength: 1,
        selector: ({ workload }) => workload,
      }),
    })
    .map(({ key, commit, parent, results, ...rest }) =>
      runDocument(commit, {
        ...rest,
        key,
        parents: parent > commit ? [parent] : [],
        results: results.map(({ workload, value }) => result(workload, { duration: [value], [workload]: [value] })),
      }),
    );
  const list = fc.shuffledSubarray(["a", "b", "c", "d"], { minLength: 2 }).map((names) => ({
    branch: "main",
    commits: [...names]
      .sort()
      .reverse()
      .map((one, index) => ({
        sha: sha(one),
        committedAt: `2026-01-0${index + 1}T00:00:00Z`,
        parents: [],
      })),
  }));
  const body = fc.oneof(
    { weight: 6, arbitrary: document },
    { weight: 2, arbitrary: fc.uniqueArray(document, { minLength: 1, maxLength: 4, selector: ({ run }) => run.key }) },
    { weight: 1, arbitrary: list },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(body, { minLength: 8, maxLength: 24 }), async (bodies) => {
      const project = await newProject();
      const answers = await Promise.all(
        bodies.map((one) => post(project, one, "commits" in one ? postCommits : postRuns)),
      );
      for (const { status, json } of answers) expect([200, 201, 409], JSON.stringify(json)).toContain(status);
      const stored = answers.flatMap(({ json }) => json.stored ?? []).map(({ key }) => key);
      expect(new Set(stored).size, "keys stored").toBe(stored.length);
      const counts = await rowsOf(project);
      expect(counts.runs).toBe(stored.length);
      const again = await Promise.all(
        bodies.map((one) => post(project, one, "commits" in one ? postCommits : postRuns)),
      );
      for (const [index, { status }] of again.entries())
        if (answers[index]?.status !== 409 && !("commits" in (bodies[index] ?? {}))) expect(status).toBe(200);
      for (const { status } of again) expect([200, 201, 409]).toContain(status);
      // What was refused as a whole for one of its keys may be stored now only if nothing of it is there.
      expect((await rowsOf(project)).runs).toBeGreaterThanOrEqual(counts.runs ?? 0);
    }),
    { seed: 4, numRuns: 25 },
  );
});

describe("with fewer connections than posts", () => {
  const globals = globalThis as { tidemarkPool?: pg.Pool };

  /** Runs `work` with a pool of one connection. */
  async function withOne(timeout: number, work: (pool: pg.Pool) => Promise<void>) {
    await closePool();
    const own = createPool(process.env.DATABASE_URL ?? "", 1, { connectionTimeoutMillis: timeout });
    globals.tidemarkPool = own;
    try {
      await work(own);
    } finally {
      await closePool();
    }
  }

  test("they wait for one", async () => {
    const project = await newProject();
    await withOne(30_000, async () => {
      const bodies = times(30, (index) => runDocument("c1", { key: `k${index}` }));
      expect(statuses(await postAll(project, bodies))).toEqual(Array(30).fill(201));
    });
    expect(await rowsOf(project)).toMatchObject({ runs: 30 });
  });

  test("when none comes in time it is 503 and says when to come back, never 500", async () => {
    const project = await newProject();
    await withOne(50, async (own) => {
      const held = await own.connect();
      const answers = await postAll(
        project,
        times(5, (index) => runDocument("c1", { key: `k${index}` })),
      );
      held.release();
      expect(statuses(answers)).toEqual(Array(5).fill(503));
      for (const { retryAfter } of answers) expect(Number(retryAfter)).toBeGreaterThan(0);
      expect((await post(project, runDocument("c1"))).status, "as soon as there is one").toBe(201);
    });
    expect(await rowsOf(project)).toMatchObject({ runs: 1 });
  });
});
