import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { storeRuns } from "@/ingest/store/storeRuns";
import { result } from "@/ingest/store/testing/documents";
import { createProject } from "@/lib/commands/createProject";
import { stateExperiment } from "@/lib/commands/stateExperiment";
import { testDatabase } from "@/lib/db/testing/database";
import { NotFound } from "@/lib/errors";
import { ANONYMOUS, SYSTEM } from "@/lib/model/actor";
import { isNamedCopy, readFloor } from "./compareFloor";
import { readMatrix, readMatrixPart } from "./compareMatrix";
import { A, ASKED, B, compare, experiment, variant } from "./testing/comparisons";

testDatabase();

test("a variant is a copy by its name: the other's with a word for it, or that word alone", () => {
  expect(["base-copy", "BASE_again", "base aa", "aa"].filter((name) => isNamedCopy(name, "base"))).toHaveLength(4);
  expect(["base-2", "copybase", "basecopy", "base", "copy-of"].filter((name) => isNamedCopy(name, "base"))).toEqual([]);
});

test("an experiment without a copy or a history has no floor, and says what would show one; a copy of other code is none", async () => {
  const slug = await experiment(
    () => [result("w")],
    () => [result("w")],
    2,
  );
  const asked = { baseline: A, contender: B, environment: null };
  expect(await readFloor(ANONYMOUS, slug, asked)).toMatchObject({
    source: null,
    floor: null,
    note: expect.stringContaining("-copy"),
  });
  await stateExperiment(SYSTEM, slug, { name: "try", plannedRuns: 2, copies: { b: "a" } });
  expect(await readFloor(ANONYMOUS, slug, asked)).toMatchObject({ source: "copy", copy: B });
  await storeRuns(
    SYSTEM,
    slug,
    variant("b", 1, () => [result("w")], "c9"),
  );
  expect((await readFloor(ANONYMOUS, slug, asked)).note).toContain("b ran other commits than a");
});

describe("the demo's experiment", () => {
  beforeAll(async () => {
    await createProject(SYSTEM, { slug: "demo", name: "demo", defaultBranch: "main", visibility: "public" });
    const text = gunzipSync(readFileSync("prisma/seed/runs.ndjson.gz")).toString("utf8");
    const documents = text.split("\n").filter((line) => line.includes('"experiment":"scheduling"'));
    expect(documents).toHaveLength(20);
    await storeRuns(
      SYSTEM,
      "demo",
      documents.map((line) => JSON.parse(line)),
    );
  });

  test("baseline against its copy shows nothing", async () => {
    const { summary } = await compare("demo", "experiment:scheduling/baseline", "experiment:scheduling/baseline-copy");
    expect(summary).toMatchObject({ total: 50, regressions: 0, improvements: 0 });
  });

  test("has a copy of the baseline: its floor is what the two show, all calls being false", async () => {
    const asked = {
      baseline: "experiment:scheduling/baseline",
      contender: "experiment:scheduling/no-queuing",
      environment: null,
    };
    const { source, copy, floor } = await readFloor(ANONYMOUS, "demo", asked);
    expect({ source, copy }).toEqual({ source: "copy", copy: "experiment:scheduling/baseline-copy" });
    expect(floor).toMatchObject({
      comparisons: 1,
      runs: { baseline: 5, contender: 5 },
      rows: 50,
      calls: 0,
      withCall: 0,
    });
    for (const { change, covered, detectable } of floor?.metrics ?? []) {
      expect(change?.[0]).toBeLessThan(0.02);
      expect(change?.[1]).toBeGreaterThan(-0.02);
      expect(covered).toBeGreaterThan(0.8);
      expect(detectable).toBeGreaterThan(0);
    }
  });

  test("is a matrix of three variants against the baseline, whose q counts all cells", async () => {
    const asked = { ...ASKED, experiment: "scheduling", baseline: null };
    const { baseline, variants, comparisons, rows: found } = await readMatrix(ANONYMOUS, "demo", asked);
    expect(baseline.side).toBe("experiment:scheduling/baseline");
    expect(variants).toHaveLength(3);
    expect(comparisons).toBe(150);
    expect(found).toHaveLength(50);
    for (const { cells } of found)
      expect(cells.map(({ variant: name }) => name)).toEqual(variants.map((one) => one.variant));
    const pair = await compare("demo", "experiment:scheduling/baseline", "experiment:scheduling/no-queuing");
    for (const row of pair.rows) {
      const cell = found
        .find((one) => one.workload === row.workload && one.metric === row.metric)
        ?.cells.find((one) => one.variant === "no-queuing");
      // The same estimate: the variants lend each other no noise and no runs.
      expect(cell).toMatchObject({ change: row.change, interval: row.interval, p: row.p, baseline: row.baseline });
    }
    const copy = variants.find((one) => one.variant === "baseline-copy");
    expect(copy?.summary).toMatchObject({ total: 50, regressions: 0, improvements: 0 });
  });

  test("comes in parts, filtered without another verdict; what is not there is not found", async () => {
    const asked = { ...ASKED, experiment: "scheduling", baseline: "no-queuing" };
    const all = await readMatrix(ANONYMOUS, "demo", asked);
    const part = await readMatrixPart(ANONYMOUS, "demo", { ...asked, metric: "duration", sort: "name", limit: 4 });
    expect(part).toMatchObject({ total: 10, next: expect.any(String), comparisons: 150 });
    expect(part.rows).toHaveLength(4);
    for (const row of part.rows) expect(all.rows).toContainEqual(row);
    for (const wrong of [{ experiment: "none" }, { baseline: "none" }, { environment: "moon" }])
      await expect(readMatrix(ANONYMOUS, "demo", { ...asked, ...wrong })).rejects.toThrow(NotFound);
  });

  test("without queuing anom_mean needs a fifth more memory, and many tasks run a third faster", async () => {
    const { rows: found } = await compare("demo", "experiment:scheduling/baseline", "experiment:scheduling/no-queuing");
    const of = (workload: string, metric: string) =>
      found.find((one) => one.workload === workload && one.metric === metric);
    expect(of("anom_mean", "peak_memory")).toMatchObject({ verdict: "regression", change: expect.closeTo(0.2, 1) });
    expect(of("many_tiny_tasks", "duration")).toMatchObject({
      verdict: "improvement",
      change: expect.closeTo(-0.35, 1),
    });
  });
});
