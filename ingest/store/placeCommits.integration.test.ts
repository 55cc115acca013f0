import fc from "fast-check";
import { expect, test } from "vitest";
import { db, rows } from "@/lib/db/sql";
import { testDatabase } from "@/lib/db/testing/database";
import { SYSTEM } from "@/lib/model/actor";
import { storeCommits } from "./storeCommits";
import { storeRuns } from "./storeRuns";
import { day, lineOf, newProject, pointsOf, result, runDocument, sha, takeRequests } from "./testing/documents";

testDatabase();

const store = (slug: string, sent: unknown) => storeRuns(SYSTEM, slug, sent);
const names = (count: number, prefix = "c") => Array.from({ length: count }, (_, index) => `${prefix}${index}`);

const listOf = (commits: string[], branch = "main", first: string[] = []) => ({
  branch,
  commits: commits.map((name, index) => ({
    sha: sha(name),
    committedAt: day(index),
    parents: index ? [sha(commits[index - 1] ?? "")] : first.map(sha),
  })),
});

const needsEverything = async (slug: string) => (await takeRequests(slug)).some(({ everything }) => everything);

test("dates that fall along the chain: the points stand in the order of the graph", async () => {
  const slug = await newProject();
  const chain = names(6);
  for (const [index, name] of chain.entries())
    await store(
      slug,
      runDocument(name, {
        parents: chain.slice(index - 1, index),
        at: day(100 - index),
        results: [result("w", { duration: [index] })],
      }),
    );
  expect(await lineOf(slug, chain)).toBe("c0 c1 c2 c3 c4 c5");
  expect(await pointsOf(slug)).toEqual([[0], [1], [2], [3], [4], [5]]);
});

test("commits of another branch change nothing on the default branch, and see it as their past", async () => {
  const slug = await newProject();
  const main = names(30);
  for (const [index, name] of main.entries())
    await store(slug, runDocument(name, { parents: main.slice(index - 1, index), at: day(index) }));
  const before = await pointsOf(slug);
  expect(await needsEverything(slug)).toBe(false);
  const feature = names(10, "f");
  for (const [index, name] of feature.entries())
    await store(
      slug,
      runDocument(name, {
        branch: "feature/x",
        parents: [feature[index - 1] ?? "c15"],
        at: day(50 + index),
        results: [result("w", { duration: [20] })],
      }),
    );
  expect(await pointsOf(slug)).toEqual(before);
  expect(await needsEverything(slug)).toBe(false);
  expect(await lineOf(slug, [...main, ...feature], "feature/x")).toBe([...main.slice(0, 16), ...feature].join(" "));
});

test("a merged side branch stays off the line, also when its runs were sent for the default branch", async () => {
  for (const branch of ["side", "main"]) {
    const slug = await newProject();
    const sent = [
      runDocument("m1", { at: day(1) }),
      runDocument("s1", { parents: ["m1"], at: day(2), branch, results: [result("w", { duration: [20] })] }),
      runDocument("s2", { parents: ["s1"], at: day(3), branch, results: [result("w", { duration: [20] })] }),
      runDocument("m2", { parents: ["m1"], at: day(4) }),
      runDocument("m3", { parents: ["m2", "s2"], at: day(5) }),
    ];
    for (const document of sent) await store(slug, document);
    expect(await lineOf(slug, ["m1", "m2", "m3", "s1", "s2"])).toBe("m1 m2 m3");
    expect(await pointsOf(slug)).toEqual([[10], [10], [10]]);
    expect(await needsEverything(slug)).toBe(branch === "main");
  }
});

test("a late result of a listed commit lands between its neighbours, and moves nothing", async () => {
  const slug = await newProject();
  const chain = names(61);
  await storeCommits(SYSTEM, slug, listOf(chain));
  for (let index = 0; index <= 60; index += 10)
    await store(slug, runDocument(`c${index}`, { at: day(index), results: [result("w", { duration: [index] })] }));
  await takeRequests(slug);
  await store(slug, runDocument("c35", { at: day(35), started: day(90), results: [result("w", { duration: [35] })] }));
  expect(await lineOf(slug, chain)).toBe(chain.join(" "));
  expect((await pointsOf(slug)).flat()).toEqual([0, 10, 20, 30, 35, 40, 50, 60]);
  expect(await takeRequests(slug)).toMatchObject([{ everything: false, series: [expect.any(Number)] }]);
});

test("without parents the dates decide, and a late one goes between", async () => {
  const slug = await newProject();
  for (const index of [1, 2, 4]) await store(slug, runDocument(`c${index}`, { at: day(index) }));
  expect(await needsEverything(slug)).toBe(false);
  await store(slug, runDocument("c3", { at: day(3) }));
  expect(await lineOf(slug, names(5))).toBe("c1 c2 c3 c4");
});

test("a commit list puts commits in order that were measured before it came", async () => {
  const slug = await newProject();
  for (const [index, name] of ["c3", "c1", "c2"].entries()) await store(slug, runDocument(name, { at: day(index) }));
  expect(await lineOf(slug, names(5))).toBe("c3 c1 c2");
  await takeRequests(slug);
  await storeCommits(SYSTEM, slug, listOf(names(5)));
  expect(await lineOf(slug, names(5))).toBe("c0 c1 c2 c3 c4");
  expect(await needsEverything(slug)).toBe(true);
});

test("a long list comes in parts, in any order; the same again changes nothing", async () => {
  const all = names(9);
  const parts = [
    listOf(all.slice(0, 3)),
    listOf(all.slice(3, 6), "main", ["c2"]),
    listOf(all.slice(6), "main", ["c5"]),
  ];
  for (const order of [
    [0, 1, 2],
    [2, 1, 0],
    [1, 2, 0, 1],
  ]) {
    const slug = await newProject();
    for (const index of order) await storeCommits(SYSTEM, slug, parts[index]);
    expect(await lineOf(slug, all), `parts ${order}`).toBe(all.join(" "));
    expect(await storeCommits(SYSTEM, slug, parts[2])).toMatchObject({ created: 0, head: sha("c8") });
    expect(await lineOf(slug, all)).toBe(all.join(" "));
  }
});

test("rewritten history: the newest list's line is followed, what fell off keeps its row", async () => {
  const slug = await newProject();
  await storeCommits(SYSTEM, slug, listOf(["a", "b", "c"]));
  await store(slug, runDocument("c", { parents: ["b"] }));
  await storeCommits(SYSTEM, slug, listOf(["b2", "c2"], "main", ["a"]));
  expect(await lineOf(slug, ["a", "b", "c", "b2", "c2"])).toBe("a b2 c2");
  const off = await rows<{ sha: string }>(
    db(),
    `select c.sha from branch_commits bc join commits c on c.project_id = bc.project_id and c.id = bc.commit_id
      where bc.project_id = (select id from projects where slug = $1) and bc.position is null`,
    [slug],
  );
  expect(off.map((commit) => commit.sha).sort()).toEqual([sha("b"), sha("c")].sort());
});

test("a list of 5,000 commits is stored in one call", async () => {
  const slug = await newProject();
  const chain = names(5000);
  expect(await storeCommits(SYSTEM, slug, listOf(chain))).toMatchObject({ commits: 5000, created: 5000 });
  expect((await lineOf(slug, chain)).split(" ")).toHaveLength(5000);
});

/** A history with a side branch, merges, gaps without parents and dates of every kind. */
const history = [
  runDocument("m1", { parents: ["m0"], at: day(1) }),
  runDocument("m2", { parents: ["m1"], at: day(9) }),
  runDocument("s1", { parents: ["m1"], at: day(2) }),
  runDocument("s2", { parents: ["s1"], at: day(3), branch: "feature/x" }),
  runDocument("m3", { parents: ["m2", "s2"], at: day(5) }),
  runDocument("m4", { parents: ["m3"], at: day(6) }),
  runDocument("x9", { at: day(4) }),
  runDocument("y20", { parents: ["y19"], at: day(20) }),
  runDocument("y19", { parents: ["m4"], at: day(19), branch: "feature/x" }),
  runDocument("m4", { parents: ["m3"], key: "again", at: day(6), started: day(40) }),
  runDocument("z1", { parents: ["y20"], at: day(7) }),
  runDocument("f1", { parents: ["m2"], at: day(30), branch: "feature/x" }),
];
const all = ["m0", "m1", "m2", "m3", "m4", "s1", "s2", "x9", "y19", "y20", "z1", "f1"];

test("any order of arrival, one by one or in bodies, gives the same lines", async () => {
  const whole = await newProject();
  await store(whole, history);
  const expected = { main: await lineOf(whole, all), feature: await lineOf(whole, all, "feature/x") };
  const shuffled = fc.shuffledSubarray(history, { minLength: history.length });
  await fc.assert(
    fc.asyncProperty(shuffled, fc.integer({ min: 1, max: 4 }), async (sent, size) => {
      const slug = await newProject();
      for (let done = 0; done < sent.length; done += size) await store(slug, sent.slice(done, done + size));
      expect({ main: await lineOf(slug, all), feature: await lineOf(slug, all, "feature/x") }).toEqual(expected);
    }),
    { numRuns: 25 },
  );
});

test("runs and a commit list in any order of arrival give the same line", async () => {
  const list = listOf(["m0", "m1", "m2", "m3"]);
  const expected = "x9 m0 m1 m2 m3 m4 y19 y20 z1";
  const sent = fc.shuffledSubarray([list, ...history], { minLength: history.length + 1 });
  await fc.assert(
    fc.asyncProperty(sent, async (order) => {
      const slug = await newProject();
      for (const one of order) await ("commits" in one ? storeCommits(SYSTEM, slug, one) : store(slug, one));
      expect(await lineOf(slug, all)).toBe(expected);
    }),
    { numRuns: 20 },
  );
});

test("simultaneous posts of a chain end in its order", async () => {
  const slug = await newProject();
  const chain = names(20);
  const sent = chain.map((name, index) =>
    runDocument(name, { parents: chain.slice(index - 1, index), at: day(index) }),
  );
  await Promise.all(sent.map((document) => store(slug, document)));
  expect(await lineOf(slug, chain)).toBe(chain.join(" "));
});
