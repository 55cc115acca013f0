import { beforeAll, expect, test } from "vitest";
import { storeRuns } from "@/ingest/store/storeRuns";
import { newProject, result, runDocument } from "@/ingest/store/testing/documents";
import { testDatabase } from "@/lib/db/testing/database";
import { SYSTEM } from "@/lib/model/actor";
import { GET } from "./route";
import { GET as GET_SIDES } from "./sides/route";

testDatabase();

let slug = "";
beforeAll(async () => {
  slug = await newProject();
  const sides = [
    ["a", 10],
    ["b", 13],
  ] as const;
  const documents = sides.flatMap(([variant, level]) =>
    [0, 1, 2, 3, 4].map((run) =>
      runDocument("c0", {
        key: `${variant}-${run}`,
        run: { experiment: "x", variant },
        results: [
          result("=1+1", { duration: [level * (1 + 0.01 * Math.sin(run * 7))] }),
          result("w", { duration: [5 * (1 + 0.01 * Math.sin(run * 5 + level))] }),
        ],
      }),
    ),
  );
  await storeRuns(SYSTEM, slug, documents);
});

const SIDES = "baseline=experiment:x/a&contender=experiment:x/b";
const get = (query: string, project = slug) =>
  GET(new Request(`http://x/api/v1/projects/${project}/compare?${query}`), { params: Promise.resolve({ project }) });

test("the answer has the fields that scripts rely on", async () => {
  const response = await get(`${SIDES}&limit=1`);
  expect(response.status).toBe(200);
  const answer = await response.json();
  expect(answer).toMatchObject({
    baseline: { side: "experiment:x/a", runs: 5 },
    contender: { side: "experiment:x/b" },
    summary: { regressions: 1, improvements: 0, unchanged: 1, inconclusive: 0, missing: 0 },
    gate: { answer: "fail" },
    total: 2,
    next: expect.any(String),
  });
  expect(answer.rows).toHaveLength(1);
  expect(Object.keys(answer.rows[0])).toEqual(
    expect.arrayContaining(
      "workload params metric environment verdict change difference interval p q baseline contender needsRuns".split(
        " ",
      ),
    ),
  );
  expect(answer.rows[0].contender).toMatchObject({ value: expect.any(Number), runs: 5, samples: 5 });
});

test("as CSV all rows are there, and no cell is a formula", async () => {
  const response = await get(`${SIDES}&format=csv`);
  expect(response.headers.get("content-type")).toContain("text/csv");
  const lines = (await response.text()).trimEnd().split("\r\n");
  expect(lines).toHaveLength(3);
  expect(lines[1]).toMatch(/^'=1\+1,\{\}|^"?'=1\+1/);
});

test("a side left out, a filter misspelt, a side that is none are 422; one that does not exist is 404", async () => {
  const statuses = await Promise.all(
    [
      "baseline=experiment:x/a",
      `${SIDES}&metrics=duration`,
      `${SIDES}&cursor=nonsense`,
      "baseline=x&contender=experiment:x/b",
      "baseline=release:none&contender=experiment:x/b",
    ].map(async (query) => (await get(query)).status),
  );
  expect(statuses).toEqual([422, 422, 422, 422, 404]);
});

test("a private project's sides are not told to strangers", async () => {
  const hidden = await newProject("private");
  expect((await get(SIDES, hidden)).status).toBe(404);
  const response = await GET_SIDES(new Request(`http://x/api/v1/projects/${hidden}/compare/sides`), {
    params: Promise.resolve({ project: hidden }),
  });
  expect(response.status).toBe(404);
});
