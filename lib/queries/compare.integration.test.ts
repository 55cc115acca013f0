import { describe, expect, test } from "vitest";
import { storeRuns } from "@/ingest/store/storeRuns";
import { day, newProject, result, runDocument } from "@/ingest/store/testing/documents";
import { changeSettings } from "@/lib/commands/settings";
import { stateExperiment } from "@/lib/commands/stateExperiment";
import { db, rows } from "@/lib/db/sql";
import { testDatabase } from "@/lib/db/testing/database";
import { Unauthorized } from "@/lib/errors";
import { ANONYMOUS, SYSTEM } from "@/lib/model/actor";
import { A, B, compare, experiment, noise, results, variant, verdicts } from "./testing/comparisons";

testDatabase();

describe("a comparison of variants", () => {
  test("a commit against itself, 40 workloads and five runs a side, calls nothing and states the rate it holds", async () => {
    const slug = await experiment(
      (run) => results(40, run),
      (run) => results(40, run + 50),
    );
    const { summary, gate, warnings, falseDiscoveryRate } = await compare(slug, A, B);
    expect(summary).toMatchObject({ total: 40, regressions: 0, improvements: 0, missing: 0, failed: 0 });
    expect(gate).toEqual({ answer: "pass", reasons: [] });
    expect(warnings).toEqual([]);
    expect(falseDiscoveryRate).toBe(0.05);
  });

  test("a regression of one workload is told with change, difference, interval, runs and samples; the gate fails", async () => {
    const slug = await experiment(
      (run) => results(10, run),
      (run) => [...results(9, run + 50), result("w10", { duration: [23, 23.1, 22.9].map((x) => x * noise(run)) })],
    );
    const { rows: found, gate } = await compare(slug, A, B);
    expect(found[0]).toMatchObject({
      workload: "w10",
      params: {},
      metric: "duration",
      environment: "10x-m6i.large",
      unit: "s",
      verdict: "regression",
      change: expect.closeTo(23 / 19 - 1, 1),
      difference: expect.closeTo(4, 0),
      baseline: { runs: 5, samples: 15, failed: 0 },
      contender: { runs: 5, samples: 15 },
    });
    expect(found[0]?.q).toBeLessThan(0.05);
    expect(gate.answer).toBe("fail");
  });

  test("what is on one side only is listed by kind, counted, and keeps the gate from passing", async () => {
    const others = (seed: number) => results(20, seed);
    const slug = await experiment(others, (run) => [
      ...others(run + 50).filter((_, w) => w !== 4 && w !== 5),
      { workload: "w6", outcome: "failed", error: "KilledWorker" },
      result("w21"),
    ]);
    const { oneSided, summary, gate } = await compare(slug, A, B);
    expect(oneSided.map(({ kind, workload, error }) => ({ kind, workload, error }))).toEqual([
      { kind: "failed", workload: "w6", error: "KilledWorker" },
      { kind: "missing", workload: "w5", error: null },
      { kind: "new", workload: "w21", error: null },
    ]);
    expect(summary).toMatchObject({ total: 18, missing: 1, failed: 1, new: 1, regressions: 0 });
    expect(gate).toMatchObject({ answer: "cannot tell", reasons: ["1 failed.", "1 missing on the contender."] });
  });

  test("a case that failed in some runs is compared by its good ones, and says how many failed", async () => {
    const slug = await experiment(
      (run) => results(3, run),
      (run) =>
        run === 0 ? [...results(2, 70), { workload: "w3", outcome: "failed", error: "x" }] : results(3, run + 50),
    );
    const { rows: found, oneSided } = await compare(slug, A, B);
    expect(oneSided).toEqual([]);
    expect(found.find(({ workload }) => workload === "w3")).toMatchObject({ contender: { runs: 4, failed: 1 } });
  });

  test("0 to 5 is a regression told as a difference, 0 to 0 unchanged", async () => {
    const slug = await experiment(
      () => [result("from zero", { spilled_memory: [0, 0] }), result("still zero", { spilled_memory: [0] })],
      () => [result("from zero", { spilled_memory: [5, 5] }), result("still zero", { spilled_memory: [0] })],
    );
    const { rows: found } = await compare(slug, A, B);
    expect(verdicts(found)).toEqual({ "from zero": "regression", "still zero": "unchanged" });
    expect(found[0]).toMatchObject({ change: null, difference: 5 });
  });

  test("another version of a workload is not compared, and is told once", async () => {
    const versioned = (version: string) => () => [{ ...result("w"), version }, result("v")];
    const slug = await experiment(versioned("1"), versioned("2"));
    const { rows: found, oneSided } = await compare(slug, A, B);
    expect(found.map(({ workload }) => workload)).toEqual(["v"]);
    expect(oneSided).toMatchObject([{ kind: "version", workload: "w", version: "1", otherVersion: "2" }]);
  });

  test("controls of an experiment are left out", async () => {
    const slug = await experiment(
      () => [result("w"), { ...result("pinned"), control: true }],
      () => [result("w"), { ...result("pinned"), control: true }],
    );
    expect((await compare(slug, A, B)).rows.map(({ workload }) => workload)).toEqual(["w"]);
  });

  test("sides that ran in control environments alone say why they have no rows", async () => {
    const slug = await experiment(
      () => [result("w")],
      () => [result("w")],
    );
    await changeSettings(SYSTEM, slug, { controlEnvironments: ["10x-m6i.large"] });
    const { rows: found, note, gate } = await compare(slug, A, B);
    expect(found).toEqual([]);
    expect(note).toContain("the settings name 10x-m6i.large as a control");
    expect(gate).toMatchObject({ answer: "cannot tell", reasons: [note] });
  });

  test("excluded runs count on no side", async () => {
    const slug = await experiment(
      () => [result("w")],
      () => [result("w")],
    );
    await rows(
      db(),
      `INSERT INTO exclusions (project_id, run_id, reason, excluded_by)
       SELECT u.project_id, u.id, 'slow disk', 'test' FROM runs u JOIN projects p ON p.id = u.project_id
       WHERE p.slug = $1 AND u.variant = 'a' AND u.key <> 'c0-a-0'`,
      [slug],
    );
    const { rows: found, baseline } = await compare(slug, A, B);
    expect(baseline.runs).toBe(1);
    expect(found).toMatchObject([{ baseline: { runs: 1 }, contender: { runs: 5 } }]);
  });

  test("sides that ran one after the other are told", async () => {
    const slug = await newProject();
    const late = variant("b", 5, (run) => results(3, run)).map((document) => ({
      ...document,
      run: { ...document.run, startedAt: day(100) },
    }));
    await storeRuns(SYSTEM, slug, [...variant("a", 5, (run) => results(3, run + 9)), ...late]);
    expect((await compare(slug, A, B)).warnings).toMatchObject([{ code: "not-interleaved", blocksGate: false }]);
  });

  test("changed facts and other environments are told and feed no gate", async () => {
    const slug = await newProject();
    const small = { facts: { instance: "m6i.large" } };
    const large = { facts: { instance: "m6i.xlarge" } };
    await storeRuns(SYSTEM, slug, [
      runDocument("c0", { key: "one", results: results(2, 1), ...small }),
      runDocument("c1", { key: "two", results: results(2, 2), ...large }),
      runDocument("c1", { key: "three", results: results(2, 2), environment: "laptop", ...large }),
    ]);
    const changed = await compare(slug, "run:one", "run:two");
    expect(changed.warnings).toMatchObject([{ code: "facts", text: expect.stringContaining("m6i.large, m6i.xlarge") }]);
    expect(changed.gate.answer).toBe("cannot tell");
    const elsewhere = await compare(slug, "run:one", "run:three");
    expect(elsewhere).toMatchObject({ warnings: [{ code: "environments" }], gate: { answer: "cannot tell" } });
    expect(elsewhere.rows).toHaveLength(2);
  });
});

describe("an experiment whose runs arrive", () => {
  const faster = (seed: number) => results(9, seed, 0.8);

  test("has intervals and no verdict before its planned runs, five where nothing was stated; the gate cannot tell", async () => {
    const slug = await experiment(
      (run) => results(9, run),
      (run) => faster(run + 50),
      4,
    );
    const { rows: found, summary, looks, gate } = await compare(slug, A, B);
    expect(looks).toMatchObject({ experiment: "try", planned: 5, statedAt: null, open: true, look: 0, rate: 0 });
    expect(summary).toMatchObject({ total: 9, inconclusive: 9, open: 9, improvements: 0 });
    for (const row of found) expect(row).toMatchObject({ open: true, verdict: "inconclusive", q: null, needsRuns: 1 });
    expect(found[0]?.interval?.[1]).toBeLessThan(-0.1);
    expect(gate).toMatchObject({
      answer: "cannot tell",
      reasons: ["try plans 5 runs a side before a verdict; so far 4 and 4 in 10x-m6i.large."],
    });
  });

  test("is judged when its plan is met, and each further look spends less of the error", async () => {
    const slug = await newProject();
    const stated = await stateExperiment(SYSTEM, slug, { name: "try", plannedRuns: 3, copies: {} });
    expect(stated.created).toBe(true);
    await storeRuns(SYSTEM, slug, [
      ...variant("a", 3, (run) => results(9, run)),
      ...variant("b", 3, (run) => faster(run + 50)),
    ]);
    const first = await compare(slug, A, B);
    expect(first.looks).toMatchObject({ planned: 3, before: 0, open: false, look: 1 });
    expect(first.summary.improvements).toBe(9);
    await storeRuns(SYSTEM, slug, [
      ...variant("a", 4, (run) => results(9, run)),
      ...variant("b", 5, (run) => faster(run + 50)),
    ]);
    const second = await compare(slug, A, B);
    expect(second.looks).toMatchObject({ look: 2, environments: [{ baseline: 4, contender: 5, look: 2 }] });
    expect(second.looks?.rate).toBeLessThan(first.looks?.rate ?? 0);
  });

  test("with a plan that was changed after runs came says so", async () => {
    const slug = await experiment(
      (run) => results(2, run),
      (run) => results(2, run + 50),
      2,
    );
    await stateExperiment(SYSTEM, slug, { name: "try", plannedRuns: 2, copies: {} });
    const { warnings, looks } = await compare(slug, A, B);
    expect(looks).toMatchObject({ before: 4, look: 1 });
    expect(warnings).toMatchObject([{ code: "plan-late", blocksGate: false }]);
    expect((await stateExperiment(SYSTEM, slug, { name: "try", plannedRuns: 2, copies: {} })).created).toBe(false);
    await expect(stateExperiment(ANONYMOUS, slug, { name: "try", plannedRuns: 9, copies: {} })).rejects.toThrow(
      Unauthorized,
    );
  });
});
