import { describe, expect, test } from "vitest";
import { db, rows } from "@/lib/db/sql";
import { testDatabase } from "@/lib/db/testing/database";
import { day, newProject, pointsOf, result, runDocument, takeRequests } from "./testing/documents";
import { paths, refusal, store } from "./testing/refusal";

testDatabase();

describe("units", () => {
  test("units of one dimension become one series; the unit as sent is kept", async () => {
    const slug = await newProject();
    await store(
      slug,
      runDocument("c1", { at: day(1), results: [result("w", { duration: { values: [1], unit: "s" } })] }),
    );
    await store(
      slug,
      runDocument("c2", { at: day(2), results: [result("w", { duration: { values: [900], unit: "ms" } })] }),
    );
    expect(await pointsOf(slug)).toEqual([[1], [0.9]]);
    const units = await rows(
      db(),
      "select units from results where project_id = (select id from projects where slug = $1) order by run_id",
      [slug],
    );
    expect(units).toEqual([{ units: { duration: "s" } }, { units: { duration: "ms" } }]);
  });

  test("another dimension, an unknown unit and a wrong case are refused with the metric's unit", async () => {
    const slug = await newProject();
    await store(slug, runDocument("c1"));
    for (const unit of ["B", "furlong", "S"]) {
      const error = await refusal(
        slug,
        runDocument("c2", { results: [result("w", { duration: { values: [1], unit } })] }),
      );
      expect(error.status).toBe(422);
      expect(paths(error)).toEqual(["$.results[0].metrics.duration.unit"]);
      expect(error.message).toContain("'duration' is kept in 's'");
    }
  });

  test("an unknown unit of a new metric is refused with near ones", async () => {
    const error = await refusal(
      await newProject(),
      runDocument("c1", { results: [result("w", { x: { values: [1], unit: "KB" } })] }),
    );
    expect(error.message).toContain("There is no unit 'KB'. Near: 'kB', 'KiB'");
  });

  test("a plain list is in the usual unit of such a name, whichever unit came first", async () => {
    const slug = await newProject();
    await store(
      slug,
      runDocument("c1", { at: day(1), results: [result("w", { duration: { values: [900], unit: "ms" } })] }),
    );
    await store(slug, runDocument("c2", { at: day(2), results: [result("w", { duration: [1] })] }));
    expect(await pointsOf(slug)).toEqual([[900], [1000]]);
  });

  test("names tell units and directions of new metrics", async () => {
    const slug = await newProject();
    await store(
      slug,
      runDocument("c1", {
        results: [result("w", { duration: [1], peak_memory: [2], hits: [3], rate: { values: [4], unit: "tx/s" } })],
      }),
    );
    const metrics = await rows(
      db(),
      `select name, unit, better, smallest_effect from metrics where project_id = (select id from projects where slug = $1) order by 1`,
      [slug],
    );
    expect(metrics).toEqual([
      { name: "duration", unit: "s", better: "lower", smallest_effect: 0.05 },
      { name: "hits", unit: "", better: "unknown", smallest_effect: 0.05 },
      { name: "peak_memory", unit: "B", better: "lower", smallest_effect: 0.03 },
      { name: "rate", unit: "tx/s", better: "unknown", smallest_effect: 0.05 },
    ]);
  });

  test("a direction is proposed once; a later conflict names the setting", async () => {
    const slug = await newProject();
    const sent = (name: string, better?: string) =>
      runDocument(name, { results: [result("w", { throughput: { values: [1], ...(better ? { better } : {}) } })] });
    await store(slug, sent("c1"));
    await takeRequests(slug);
    await store(slug, sent("c2", "higher"));
    expect(await takeRequests(slug)).toMatchObject([{ everything: true }]);
    const error = await refusal(slug, sent("c3", "lower"));
    expect(error.status).toBe(422);
    expect(error.message).toContain("The setting 'better' of the metric 'throughput' is 'higher'");
    await store(slug, sent("c3", "unknown"));
  });

  test("negative times and values that overflow are refused with their place", async () => {
    const slug = await newProject();
    const bad = {
      duration: { values: [1, -1], unit: "ms" },
      peak_memory: [-1],
      temperature: { values: [-5], unit: "°C" },
    };
    expect(paths(await refusal(slug, runDocument("c1", { results: [result("w", bad)] })))).toEqual([
      "$.results[0].metrics.duration.values[1]",
      "$.results[0].metrics.peak_memory[0]",
    ]);
    await store(slug, runDocument("c1", { results: [result("w", { duration: { values: [1], unit: "ms" } })] }));
    const huge = runDocument("c2", { results: [result("w", { duration: { values: [1e308], unit: "d" } })] });
    expect(paths(await refusal(slug, huge))).toEqual(["$.results[0].metrics.duration.values[0]"]);
    await store(
      slug,
      runDocument("c2", {
        results: [result("w", { duration: { values: [5e-324, 1e300], unit: "ms" }, x: [1.7e308, 1.7e308] })],
      }),
    );
  });
});

describe("what is refused", () => {
  test("text with NUL or half a character, anywhere", async () => {
    const slug = await newProject();
    const error = await refusal(
      slug,
      runDocument("c1", { results: [{ ...result("a\0b"), error: "x\ud800" }], commit: { author: "\0" } }),
    );
    expect(paths(error)).toEqual(["$.commit.author", "$.results[0].workload", "$.results[0].error"]);
  });

  test("unknown fields, twice the same workload and params, links that are no links", async () => {
    const slug = await newProject();
    const sent = { ...runDocument("c1", { results: [{ ...result(), unti: "s" }] }), extra: 1 };
    expect(paths(await refusal(slug, sent))).toEqual(["$.results[0].unti", "$.extra"]);
    const twice = [
      { ...result(), params: { a: 1, b: 2 } },
      { ...result(), params: { b: 2.0, a: 1 } },
    ];
    expect(paths(await refusal(slug, runDocument("c1", { results: twice })))).toEqual(["$.results[1]"]);
    for (const url of ["javascript:alert(1)", "data:text/html,x", "//example.org", "https://a b"])
      expect(paths(await refusal(slug, runDocument("c1", { run: { url } })))).toEqual(["$.run.url"]);
  });

  test("times without a zone, of no calendar, or of another age", async () => {
    const slug = await newProject();
    for (const at of [
      "2026-11-24T10:00:00",
      "2026-13-01T00:00:00Z",
      "yesterday",
      "0000-01-01T00:00:00Z",
      "9999-12-31T23:59:59Z",
    ])
      expect(paths(await refusal(slug, runDocument("c1", { at, started: day(1) })))).toEqual(["$.commit.committedAt"]);
    await store(slug, runDocument("c1", { at: "2026-11-24T10:00:00.123456+23:59" }));
  });

  test("one refused document of several refuses all, and the fault says which", async () => {
    const error = await refusal(await newProject(), [runDocument("c1"), { ...runDocument("c2"), results: [] }]);
    expect(error.faults).toMatchObject([{ document: 1, path: "$.results" }]);
  });
});
