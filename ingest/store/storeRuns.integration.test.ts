import { describe, expect, test } from "vitest";
import { db, row, rows } from "@/lib/db/sql";
import { testDatabase } from "@/lib/db/testing/database";
import type { TidemarkError } from "@/lib/errors";
import { countRows, day, newProject, pointsOf, result, runDocument, takeRequests } from "./testing/documents";
import { paths, refusal, store } from "./testing/refusal";

testDatabase();

describe("the key", () => {
  test("the same document twice is stored once", async () => {
    const slug = await newProject();
    const document = runDocument("c1");
    expect(await store(slug, document)).toEqual({
      stored: [{ key: "k-c1-10x-m6i.large", results: 1, samples: 1 }],
      unchanged: [],
    });
    const counts = await countRows();
    const reordered = {
      results: document.results,
      environment: document.environment,
      commit: document.commit,
      run: document.run,
    };
    expect(await store(slug, reordered)).toEqual({ stored: [], unchanged: [{ key: "k-c1-10x-m6i.large" }] });
    expect(await countRows()).toEqual(counts);
    expect(await pointsOf(slug)).toEqual([[10]]);
  });

  test("another document under the same key is refused with the run's name, and changes nothing", async () => {
    const slug = await newProject();
    await store(slug, runDocument("c1", { key: "k" }));
    const error = await refusal(slug, runDocument("c1", { key: "k", results: [result("w", { duration: [11] })] }));
    expect(error.status).toBe(409);
    expect(error.message).toContain("Run k exists with other content. Send a new key");
    expect(await pointsOf(slug)).toEqual([[10]]);
    await store(slug, runDocument("c1", { environment: "other", key: "k2" }));
    expect(await pointsOf(slug)).toEqual([[10], [10]]);
  });

  test("twenty simultaneous posts of one document store it once", async () => {
    const slug = await newProject();
    const document = runDocument("c1");
    const answers = await Promise.all(Array.from({ length: 20 }, () => store(slug, document)));
    expect(answers.filter(({ stored }) => stored.length)).toHaveLength(1);
    expect(answers.filter(({ unchanged }) => unchanged.length)).toHaveLength(19);
    expect(await pointsOf(slug)).toEqual([[10]]);
    expect(await takeRequests(slug)).toHaveLength(1);
  });

  test("of simultaneous documents with one key one is stored, the others are conflicts", async () => {
    const slug = await newProject();
    const posts = Array.from({ length: 10 }, (_, index) =>
      store(slug, runDocument("c1", { key: "k", results: [result("w", { duration: [index] })] })),
    );
    const ends = await Promise.allSettled(posts);
    expect(ends.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const end of ends) if (end.status === "rejected") expect((end.reason as TidemarkError).status).toBe(409);
  });

  test("one body may hold a document twice, but not two documents of one key", async () => {
    const slug = await newProject();
    const document = runDocument("c1", { key: "k" });
    expect(await store(slug, [document, document])).toMatchObject({
      stored: [{ key: "k" }],
      unchanged: [{ key: "k" }],
    });
    const error = await refusal(slug, [runDocument("c2", { key: "k2" }), runDocument("c3", { key: "k2" })]);
    expect(error.status).toBe(409);
    expect(error.faults).toMatchObject([{ document: 1, path: "$.run.key" }]);
  });
});

test("simultaneous bodies that share documents store each once", async () => {
  const slug = await newProject();
  const sent = Array.from({ length: 30 }, (_, index) => runDocument(`c${index}`, { at: day(index) }));
  const bodies = Array.from({ length: 12 }, (_, turn) => [...sent.slice(turn * 2), ...sent.slice(0, turn)].reverse());
  const answers = await Promise.all(bodies.map((body) => store(slug, body)));
  expect(answers.flatMap(({ stored }) => stored)).toHaveLength(30);
  expect(await pointsOf(slug)).toHaveLength(30);
});

test("simultaneous posts with new names make one row per name, and numbers without gaps", async () => {
  const slug = await newProject();
  const names = ["e", "c", "a", "d", "b"];
  const posts = Array.from({ length: 20 }, (_, index) => {
    const turned = [...names.slice(index % 5), ...names.slice(0, index % 5)];
    const results = turned.map((name) => result(`w-${name}`, { duration: [1], [`m-${name}`]: [2] }));
    return store(slug, runDocument(`c${index % 3}`, { key: `k${index}`, environment: turned[0], results }));
  });
  await Promise.all(posts);
  const workloads = await rows<{ name: string; number: number }>(
    db(),
    "select name, number from workloads w where project_id = (select id from projects where slug = $1) order by number",
    [slug],
  );
  expect(workloads.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5]);
  expect(workloads.map(({ name }) => name).sort()).toEqual(names.map((name) => `w-${name}`).sort());
  expect(await pointsOf(slug)).toHaveLength(100);
});

describe("outcomes", () => {
  test("passed, failed and skipped are kept beside each other, and none is a zero", async () => {
    const slug = await newProject();
    await store(
      slug,
      runDocument("c1", {
        results: [
          { ...result("a"), failedRepeats: 1 },
          { workload: "b", outcome: "failed", error: "KilledWorker after 3 retries" },
          { workload: "c", outcome: "skipped" },
        ],
      }),
    );
    const found = await rows(
      db(),
      `select outcome, error, failed_repeats from results
        where project_id = (select id from projects where slug = $1) order by case_id`,
      [slug],
    );
    expect(found).toEqual([
      { outcome: "passed", error: null, failed_repeats: 1 },
      { outcome: "failed", error: "KilledWorker after 3 retries", failed_repeats: 0 },
      { outcome: "skipped", error: null, failed_repeats: 0 },
    ]);
    expect(await pointsOf(slug)).toEqual([[10]]);
  });

  test("a failed result keeps its good repeats; a passed one without metrics and a skipped one with some are refused", async () => {
    const slug = await newProject();
    await store(slug, runDocument("c1", { results: [{ ...result(), outcome: "failed", failedRepeats: 2 }] }));
    expect(await pointsOf(slug)).toEqual([[10]]);
    const none = { workload: "w", outcome: "passed" };
    expect(paths(await refusal(slug, runDocument("c2", { results: [none] })))).toEqual(["$.results[0].metrics"]);
    const skipped = { ...result(), outcome: "skipped" };
    expect(paths(await refusal(slug, runDocument("c2", { results: [skipped] })))).toEqual(["$.results[0].metrics"]);
  });

  test("experiments and controls feed no trend", async () => {
    const slug = await newProject();
    await store(slug, runDocument("c1", { run: { experiment: "stealing", variant: "baseline" } }));
    await store(slug, runDocument("c1", { key: "k2", results: [{ ...result(), control: true }] }));
    expect(await pointsOf(slug)).toEqual([]);
    expect((await takeRequests(slug)).flatMap(({ series }) => series)).toEqual([]);
    const stored = await row(
      db(),
      "select count(*) as n from points where project_id = (select id from projects where slug = $1)",
      [slug],
    );
    expect(stored).toEqual({ n: 2 });
  });
});

test("names are kept as they were sent, whatever they hold", async () => {
  const slug = await newProject();
  const names = [
    "a b",
    "mod::bench::x | y",
    "test_q1[5 GB (parquet)-tasks]",
    "日本/ベンチ ü",
    "100%",
    "`BTreeSet`",
    "<b>x</b>",
    "</script><script>alert(1)</script>",
    '=HYPERLINK("http://x")',
    "'; drop table runs; --",
    "{1,2}",
    "constructor",
    "😀",
  ];
  await store(
    slug,
    runDocument("c1", {
      key: "k",
      branch: "feature/<img>",
      environment: '"onmouseover=alert(1)',
      results: names.map((name) => result(name)),
    }),
  );
  const found = await rows<{ name: string }>(
    db(),
    "select name from workloads where project_id = (select id from projects where slug = $1)",
    [slug],
  );
  expect(found.map(({ name }) => name).sort()).toEqual([...names].sort());
});

test("a document of 70,000 values is stored whole, also when the planner knows of other projects only", async () => {
  await store(await newProject(), runDocument("c1"));
  await rows(db(), "analyze");
  const slug = await newProject();
  const metrics = Object.fromEntries(Array.from({ length: 7 }, (_, index) => [`m${index}`, [index, index + 0.5]]));
  const results = Array.from({ length: 5000 }, (_, index) => result(`w${index}`, metrics));
  expect(await store(slug, runDocument("c1", { results }))).toMatchObject({
    stored: [{ results: 5000, samples: 70_000 }],
  });
  const count = await row(
    db(),
    "select sum(n)::int as samples, count(*) as points from points where project_id = (select id from projects where slug = $1)",
    [slug],
  );
  expect(count).toEqual({ samples: 70_000, points: 35_000 });
});

test("a dry run says what it would create, and creates nothing", async () => {
  const slug = await newProject();
  const before = await countRows();
  expect(await store(slug, runDocument("c1", { parents: ["c0"] }), true)).toEqual({
    stored: [{ key: "k-c1-10x-m6i.large", results: 1, samples: 1 }],
    unchanged: [],
    created: { branches: 0, cases: 1, commits: 2, environments: 1, metrics: 1, series: 1, workloads: 1 },
  });
  expect(await countRows()).toEqual(before);
});

test("what is sent under an alias lands in the workload; the name as sent is kept", async () => {
  const slug = await newProject();
  await store(slug, runDocument("c1", { at: day(1), results: [result("new/name")] }));
  await rows(
    db(),
    `insert into workload_aliases (project_id, name, workload_id, created_by)
     select project_id, 'old/name', id, 'test' from workloads where name = 'new/name'`,
  );
  await store(slug, runDocument("c2", { at: day(2), results: [result("old/name")] }));
  const found = await rows(
    db(),
    `select s.id, count(*) as points from points pt join series s on s.project_id = pt.project_id and s.id = pt.series_id
      where pt.project_id = (select id from projects where slug = $1) group by 1`,
    [slug],
  );
  expect(found).toMatchObject([{ points: 2 }]);
  const names = await rows(
    db(),
    "select sent_name from results where project_id = (select id from projects where slug = $1) order by run_id",
    [slug],
  );
  expect(names).toEqual([{ sent_name: null }, { sent_name: "old/name" }]);
  const both = runDocument("c3", { results: [result("new/name"), result("old/name")] });
  expect((await refusal(slug, both)).message).toContain("'old/name' is another name of the workload of $.results[0]");
});

describe("environments", () => {
  const groups = (slug: string) =>
    rows<{ facts: unknown; lowest: boolean }>(
      db(),
      `select facts, dense_rank() over (order by facts_group) as group from environment_revisions
        where project_id = (select id from projects where slug = $1) order by id`,
      [slug],
    );

  test("a fact that changes starts another group; one that is only added does not", async () => {
    const slug = await newProject();
    await store(slug, runDocument("c1", { facts: { instance: "m6i" } }));
    await store(slug, runDocument("c2", { facts: { instance: "m6i", workers: 10 } }));
    await store(slug, runDocument("c3", { facts: { instance: "m7i", workers: 10 } }));
    expect(await groups(slug)).toEqual([
      { facts: { instance: "m6i" }, group: 1 },
      { facts: { instance: "m6i", workers: 10 }, group: 1 },
      { facts: { instance: "m7i", workers: 10 }, group: 2 },
    ]);
  });

  test("facts that the setting calls notes do not count", async () => {
    const slug = await newProject();
    await rows(
      db(),
      `insert into settings (project_id, key, value) select id, 'notes', '["host"]' from projects where slug = $1`,
      [slug],
    );
    await store(slug, runDocument("c1", { facts: { instance: "m6i", host: "a" } }));
    await store(slug, runDocument("c2", { facts: { instance: "m6i", host: "b" } }));
    expect(await groups(slug)).toEqual([{ facts: { instance: "m6i" }, group: 1 }]);
  });
});

test("a commit is described by the run with the newest start, field by field, in any order of arrival", async () => {
  const sent = [
    runDocument("c", { key: "a", started: day(1), parents: ["p1"], commit: { author: "first", subject: "s1" } }),
    runDocument("c", { key: "b", started: day(2), commit: { author: "second" } }),
    runDocument("c", { key: "c", started: day(3), commit: { pullRequest: 7 } }),
  ];
  const orders = [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ];
  for (const order of orders) {
    const slug = await newProject();
    for (const index of order) await store(slug, sent[index]);
    const commit = await row(
      db(),
      `select author, subject, pull_request, cardinality(parents) as parents from commits
        where project_id = (select id from projects where slug = $1) and committed_at is not null`,
      [slug],
    );
    expect(commit, `arrival ${order}`).toEqual({ author: "second", subject: "s1", pull_request: 7, parents: 1 });
  }
});
