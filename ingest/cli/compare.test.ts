import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { main } from "./main";
import { type Reply, type Seen, startServer } from "./testing/server";

let folder = "";
const open: (() => unknown)[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tidemark-compare-"));
});
afterEach(async () => {
  for (const close of open.splice(0)) await close();
  rmSync(folder, { recursive: true, force: true });
});

async function tidemark(args: readonly string[], env: Record<string, string> = {}) {
  const lines = { out: "", err: "" };
  const io = {
    env: { TIDEMARK_PROJECT: "p", ...env },
    input: Readable.from([]),
    print: (line: string) => {
      lines.out += `${line}\n`;
    },
    tell: (line: string) => {
      lines.err += `${line}\n`;
    },
    isTerminal: false,
  };
  return { exit: await main(args, io), ...lines };
}

/** Runs around a level, each with three samples. */
const runsAt = (level: number, phase = 0) =>
  [0, 1, 2, 3, 4].map((run) => [0, 1, 2].map((sample) => level * (1 + 0.004 * Math.sin(7 * run + 3 * sample + phase))));

const rowOf = (workload: string, baseline: number, contender: number) => ({
  workload,
  metric: "duration",
  better: "lower",
  baseline: runsAt(baseline),
  contender: runsAt(contender, 1),
});

function file(content: unknown): string {
  const path = join(folder, "runs.json");
  writeFileSync(path, JSON.stringify(content));
  return path;
}

describe("tidemark compare FILE", () => {
  test("prints the verdicts in the order of the rows, and ends with 1 for a regression", async () => {
    const { exit, out, err } = await tidemark(["compare", file([rowOf("slower", 10, 12), rowOf("same", 10, 10)])]);
    expect(JSON.parse(out)).toMatchObject([
      { workload: "slower", metric: "duration", verdict: "regression", change: expect.closeTo(0.2, 1) },
      { workload: "same", verdict: "unchanged" },
    ]);
    expect(err).toContain("1 of 2 regressed; 1 unchanged");
    expect(exit).toBe(1);
  });

  test("ends with 0 when nothing got worse", async () => {
    expect((await tidemark(["compare", file([rowOf("faster", 10, 8), rowOf("same", 10, 10)])])).exit).toBe(0);
  });

  test("cannot tell (4) when no row can be judged", async () => {
    const one = { workload: "w", metric: "duration", better: "lower", baseline: [[10]], contender: [[11]] };
    expect((await tidemark(["compare", file([one])])).exit).toBe(4);
  });

  test("prints a table for people, and Markdown", async () => {
    const path = file([rowOf("slower", 10, 12), rowOf("same", 10, 10)]);
    expect((await tidemark(["compare", path, "--table"])).out).toMatch(/^1 of 2 regressed[\s\S]*slower +/);
    expect((await tidemark(["compare", path, "--markdown"])).out).toContain("slower");
  });

  test("with planned runs there is no verdict before they are there", async () => {
    const path = file([rowOf("slower", 10, 12)]);
    const early = await tidemark(["compare", path, "--planned-runs", "6"]);
    expect(JSON.parse(early.out)).toMatchObject([{ verdict: "inconclusive", open: true, needsRuns: 1 }]);
    expect(early).toMatchObject({ exit: 4, err: expect.stringContaining("1 wait for their runs") });
    expect((await tidemark(["compare", path, "--planned-runs", "5"])).exit).toBe(1);
    expect((await tidemark(["compare", path, "--planned-runs", "none"])).exit).toBe(2);
  });

  test("several families are a calculation: 0, whatever was found", async () => {
    const { exit, out } = await tidemark(["compare", file([{ family: "a", rows: [rowOf("slower", 10, 12)] }])]);
    expect(JSON.parse(out)).toMatchObject([{ family: "a", verdict: "regression" }]);
    expect(exit).toBe(0);
  });

  test("a wrong document is wrong use, told with its path", async () => {
    const { exit, err } = await tidemark(["compare", file([{ workload: "w" }])]);
    expect(exit).toBe(2);
    expect(err).toContain("$[0].metric");
  });

  test("neither a file nor two sides is wrong use", async () => {
    expect((await tidemark(["compare", "--baseline", "branch:main"])).exit).toBe(2);
  });
});

const ANSWER = {
  baseline: { label: "2026.10.0", sha: "a".repeat(40), runs: 5 },
  contender: { label: "main", sha: "b".repeat(40), runs: 5 },
  summary: {
    total: 2,
    regressions: 1,
    improvements: 0,
    unchanged: 1,
    inconclusive: 0,
    rose: 0,
    fell: 0,
    missing: 0,
    metrics: [{ metric: "duration", pairs: 2, leftOut: 0, change: 0.1, interval: [0.05, 0.15] }],
  },
  gate: { answer: "fail", reasons: ["1 regression."] },
  warnings: [],
  note: null,
  next: "more",
  rows: [row("slow <b>|\u001b", "regression", 0.2)],
};

function row(workload: string, verdict: string, change: number) {
  const side = { value: 10, runs: 5, samples: 5 };
  return {
    workload,
    params: {},
    metric: "duration",
    environment: "vm-b",
    unit: "s",
    verdict,
    change,
    difference: 2,
    interval: [0.18, 0.22],
    p: 1e-9,
    q: 1e-8,
    needsRuns: null,
    baseline: side,
    contender: { ...side, value: 12 },
  };
}

/** A server that answers in two parts. */
async function server(answer: object = ANSWER) {
  const reply = ({ path }: Seen): Reply =>
    path.includes("cursor=")
      ? { status: 200, body: { ...answer, next: null, rows: [row("same", "unchanged", 0)] } }
      : { status: 200, body: answer };
  const started = await startServer(reply);
  open.push(started.stop);
  return started;
}

const SIDES = ["compare", "--baseline", "release:2026.10.0", "--contender", "branch:main"];

describe("tidemark compare --baseline --contender", () => {
  test("asks for all parts, prints sentence and called rows, and ends with the gate's answer", async () => {
    const { url, seen } = await server();
    const { exit, out } = await tidemark([...SIDES, "--environment", "vm-b"], { TIDEMARK_URL: url });
    expect(exit).toBe(1);
    expect(seen[0]?.path).toContain("baseline=release%3A2026.10.0&contender=branch%3Amain&environment=vm-b");
    expect(seen).toHaveLength(2);
    expect(out).toContain("1 of 2 regressed; 1 unchanged");
    expect(out).toMatch(/regression {2}slow/);
    expect(out).not.toContain("same");
    expect(out).not.toContain("\u001b");
  });

  test("--json gives the whole answer with the rows of all parts", async () => {
    const { url } = await server();
    const { out } = await tidemark([...SIDES, "--json"], { TIDEMARK_URL: url });
    expect(JSON.parse(out)).toMatchObject({ next: null, rows: [{ verdict: "regression" }, { workload: "same" }] });
  });

  test("--markdown holds nothing that the names could inject", async () => {
    const { url } = await server();
    const { out } = await tidemark([...SIDES, "--markdown"], { TIDEMARK_URL: url });
    expect(out).toContain("**1 of 2 regressed; 1 unchanged**");
    expect(out).toContain("slow &lt;b&gt;\\|");
  });

  test("a gate that cannot tell ends with 4 and says why", async () => {
    const { url } = await server({ ...ANSWER, next: null, gate: { answer: "cannot tell", reasons: ["2 missing."] } });
    const { exit, err } = await tidemark(SIDES, { TIDEMARK_URL: url });
    expect(exit).toBe(4);
    expect(err).toContain("2 missing.");
  });
});
