import { expect, test } from "vitest";
import { storeRuns } from "@/ingest/store/storeRuns";
import { day, newProject, result, runDocument } from "@/ingest/store/testing/documents";
import { addEvent } from "@/lib/commands/events";
import { changeSettings } from "@/lib/commands/settings";
import { db, row } from "@/lib/db/sql";
import { testDatabase } from "@/lib/db/testing/database";
import { ANONYMOUS, SYSTEM } from "@/lib/model/actor";
import { readLinkPreview } from "./linkPreview";
import { readPlacedEvents } from "./story";
import { readWorkload } from "./workload";

testDatabase();

/** Sizes 1, 5 and 10 in csv on "large", size 5 in parquet on "small" only. */
async function sized(): Promise<string> {
  const slug = await newProject();
  const scan = (size: number, format: string) => ({
    ...result("query/scan", { duration: [size] }),
    params: { size, format },
    links: { cluster: `https://cluster.example/${size}` },
  });
  await storeRuns(SYSTEM, slug, [
    runDocument("c0", {
      key: "large",
      at: day(0),
      environment: "large",
      results: [scan(1, "csv"), scan(5, "csv"), scan(10, "csv")],
    }),
    runDocument("c0", {
      key: "small",
      at: day(0),
      environment: "small",
      results: [scan(5, "csv"), scan(5, "parquet")],
    }),
  ]);
  return slug;
}

const asked = (params: object | null, cases: string[] = [], environments: string[] = []) => ({
  params: params && JSON.stringify(params),
  environment: "large",
  branch: null,
  beside: { cases, environments },
});

const linesOf = async (slug: string, ask: ReturnType<typeof asked>) =>
  (await readWorkload(ANONYMOUS, slug, 1, ask)).lines.map(({ params, environment }) => {
    const { size, format } = params as { size: number; format: string };
    return `${size} ${format} ${environment}`;
  });

test("cases are offered in the order of their values, each with the environments it was measured in", async () => {
  const head = await readWorkload(ANONYMOUS, await sized(), 1, asked(null));
  expect(head.cases.map(({ params, environments }) => [(params as { size: number }).size, environments])).toEqual([
    [1, ["large"]],
    [5, ["large", "small"]],
    [5, ["small"]],
    [10, ["large"]],
  ]);
  expect(head.newest?.links).toEqual({ cluster: "https://cluster.example/1" });
});

test("lines are the chosen one, then the cases that hold what was asked for, where they were measured", async () => {
  const slug = await sized();
  expect(await linesOf(slug, asked({ size: 5, format: "csv" }))).toEqual(["5 csv large"]);
  expect(await linesOf(slug, asked({ size: 5, format: "csv" }, ['{"format":"csv"}']))).toEqual([
    "5 csv large",
    "1 csv large",
    "10 csv large",
  ]);
  expect(await linesOf(slug, asked({ size: 5, format: "csv" }, ["{}"], ["small", "nowhere"]))).toEqual([
    "5 csv large",
    "5 csv small",
    "1 csv large",
    "5 parquet small",
    "10 csv large",
  ]);
  expect(await linesOf(slug, asked({ size: 5, format: "csv" }, ["not JSON", "[]"]))).toEqual(["5 csv large"]);
});

test("links that name a workload are filled in on its page, and shown with the newest run before they are kept", async () => {
  const slug = await sized();
  const url = "https://code.example/{workloadPath}.py?size={params.size}";
  await changeSettings(SYSTEM, slug, {
    linkTemplates: [
      { name: "Source", url },
      { name: "Run", url: "https://x.example/{key}" },
    ],
  });
  const head = await readWorkload(ANONYMOUS, slug, 1, asked({ size: 5, format: "csv" }));
  expect(head.links).toEqual([{ name: "Source", href: "https://code.example/query/scan.py?size=5" }]);
  expect(await readLinkPreview(SYSTEM, slug)).toMatchObject({
    run: "small",
    workload: "query/scan",
    values: { environment: "small", key: "small", params: { size: 5, format: "csv" } },
  });
  await expect(readLinkPreview(ANONYMOUS, slug)).rejects.toThrow();
});

test("events of a stretch are placed, those of a time at the first commit since, with what they concern", async () => {
  const slug = await sized();
  await addEvent(SYSTEM, slug, { text: "New VM", border: false, at: day(0), environment: "large" });
  await addEvent(SYSTEM, slug, { text: "Later", border: true, at: day(9) });
  const found = await row<{ project: number; branch: number }>(
    db(),
    `SELECT p.id AS project, b.id AS branch FROM projects p JOIN branches b ON b.project_id = p.id AND b.name = p.default_branch
     WHERE p.slug = $1`,
    [slug],
  );
  expect(await readPlacedEvents(found?.project ?? 0, found?.branch ?? 0, { from: 0, to: 10 })).toEqual([
    { text: "New VM", border: false, position: 0, environment: "large", workload: null, metric: null },
  ]);
});
