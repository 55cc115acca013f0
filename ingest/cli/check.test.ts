import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterEach, expect, test } from "vitest";
import { answer, HOSTILE, reason } from "./check/testing/answer";
import { main } from "./main";
import { type Reply, type Seen, startServer } from "./testing/server";

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

async function run(
  args: readonly string[],
  reply: (seen: Seen, index: number) => Reply,
  env: Record<string, string> = {},
) {
  const { url, seen, stop } = await startServer(reply);
  open.push(stop);
  const lines = { out: "", err: "" };
  const exit = await main([...args, "--retries", "0"], {
    env: { TIDEMARK_PROJECT: "p", TIDEMARK_URL: url, ...env },
    input: Readable.from([]),
    print: (line) => {
      lines.out += `${line}\n`;
    },
    tell: (line) => {
      lines.err += `${line}\n`;
    },
    isTerminal: false,
  });
  return { exit, paths: seen.map(({ path }) => path), url, ...lines };
}

const gate = (body: object) => (): Reply => ({ status: 200, body });
const fails = answer({ answer: "fail", reasons: [reason()] });

function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), "tidemark-check-"));
  open.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test("pass ends with 0, fail with 1, cannot tell with 4", async () => {
  expect(await run(["check", "1.1"], gate(answer()))).toMatchObject({
    exit: 0,
    out: expect.stringMatching(/^pass: 1\.1/),
  });
  expect(await run(["check", "1.1"], gate(fails))).toMatchObject({
    exit: 1,
    out: expect.stringMatching(/^fail: 1\.1/),
  });
  expect((await run(["check", "1.1"], gate(answer({ answer: "cannot tell" })))).exit).toBe(4);
});

test("a workload that is missing fails, or cannot be told: what the server says of it is the exit code", async () => {
  const missing = (weight: "fail" | "cannot tell") =>
    answer({ answer: weight, reasons: [reason({ kind: "missing", weight, text: "join in vm: was not measured" })] });
  expect(await run(["check", "1.1"], gate(missing("fail")))).toMatchObject({
    exit: 1,
    out: expect.stringContaining("was not measured"),
  });
  expect((await run(["check", "1.1"], gate(missing("cannot tell")))).exit).toBe(4);
});

test("wrong use ends with 2: what the server does not know or refuses, and what no option takes", async () => {
  const problem = (status: number) => (): Reply => ({ status, body: { status, detail: "There is no release 9." } });
  const unknown = await run(["check", "9"], problem(404));
  expect(unknown).toMatchObject({ exit: 2, out: "", err: expect.stringContaining("There is no release 9.") });
  expect((await run(["check", "commit:abc"], problem(422))).exit).toBe(2);
  for (const args of [["--json"], ["--format", "json"], ["--format=json"]]) {
    const { out } = await run(["check", "9", ...args], problem(404));
    expect(JSON.parse(out)).toMatchObject({ error: { exit: 2, status: 404 } });
  }
  expect((await run(["check"], gate(answer()))).exit).toBe(2);
  expect((await run(["check", "1.1", "--format", "xml"], gate(answer()))).exit).toBe(2);
  expect((await run(["check", "1.1", "--wait", "soon"], gate(answer()))).exit).toBe(2);
  expect((await run(["check", "1.1", "--json", "--format", "junit"], gate(answer()))).exit).toBe(2);
});

test("a server that fails, is away, or answers something else ends with 3", async () => {
  expect((await run(["check", "1.1"], () => ({ status: 500 }))).exit).toBe(3);
  expect((await run(["check", "1.1"], () => "cut")).exit).toBe(3);
  expect((await run(["check", "1.1"], gate({ answer: "perhaps" }))).exit).toBe(3);
  expect((await run(["check", "1.1"], gate({ ...answer(), answer: "toString" }))).exit).toBe(3);
});

test("candidate, --against and --environment are asked for as they are written", async () => {
  const { paths } = await run(["check", "branch:a&b", "--against", "1.0", "--environment", "vm b"], gate(answer()));
  expect(paths).toEqual(["/api/v1/projects/p/check?candidate=branch%3Aa%26b&against=1.0&environment=vm+b"]);
});

test("what is not analysed is waited for: progress on stderr, the answer of afterwards on stdout", async () => {
  const { exit, out, err, paths } = await run(["check", "1.1"], ({ path }, index) => {
    if (path.endsWith("/analysis")) return { status: 200, body: { pending: 0 } };
    return { status: 200, body: index === 0 ? answer({ answer: "cannot tell", waits: 2 }) : fails };
  });
  expect([exit, paths.length, out.split("\n")[0]]).toEqual([1, 3, "fail: 1.1 against 1.0"]);
  expect(err).toBe("Waiting for the analysis of 2\u00a0sent bodies, for at most 300 s.\nAnalysed.\n");
});

test("--wait 0 takes the answer as it is: the server cannot tell", async () => {
  const waiting = answer({ answer: "cannot tell", waits: 2 });
  const { exit, paths, err } = await run(["check", "1.1", "--wait", "0"], gate(waiting));
  expect([exit, paths.length]).toEqual([4, 1]);
  expect(err).toContain("not done after 0 s");
  expect((await run(["check", "1.1", "--wait", "0", "--quiet"], gate(waiting))).err).toBe("");
});

test("--json and --format json print the server's answer, in which nothing is a command to a CI system", async () => {
  const odd = answer({ reasons: [reason({ text: HOSTILE.replace("\ud800", "") })] });
  for (const args of [["--json"], ["--format", "json"]]) {
    const { out, err } = await run(["check", "1.1", ...args], gate(odd));
    expect(JSON.parse(out)).toEqual(odd);
    expect(out).not.toContain("##");
    expect(err).toBe("pass: 1.1 against 1.0\n");
  }
});

/** A server that knows the answer of the gate, and the rows behind it. */
const behind =
  (body: object, rows: object[]) =>
  ({ path }: Seen): Reply => {
    if (path.includes("/check?")) return { status: 200, body };
    if (path.includes("/report?")) return { status: 200, body: { figures: { rows } } };
    const isFirst = !path.includes("cursor=");
    return {
      status: 200,
      body: { rows: isFirst ? rows : [row("second", "improvement")], next: isFirst ? "c2" : null },
    };
  };
const row = (workload: string, verdict: string) => ({
  workload,
  verdict,
  params: {},
  metric: "duration",
  environment: "vm",
});
const namesOf = (xml: string) => [...xml.matchAll(/classname="vm\.(\w+)"/g)].map(([, name]) => name);

test("--format junit prints XML: every reason, and every row of the report that is fine and that the policy looks at", async () => {
  const policed = { ...fails, policy: { ...fails.policy, workloads: ["join", "fine*"] } };
  const rows = [
    row("join", "regression"),
    row("fine", "unchanged"),
    row("other", "unchanged"),
    row("fine2", "cannot tell"),
  ];
  const { exit, out, paths } = await run(["check", "release:1.1", "--format", "junit"], behind(policed, rows));
  expect([exit, out.startsWith('<?xml version="1.0" encoding="UTF-8"?>')]).toEqual([1, true]);
  expect(namesOf(out)).toEqual(["join", "fine"]);
  expect(paths[1]).toBe("/api/v1/projects/p/releases/report?candidate=1.1");
});

test("--format junit of a comparison reads all parts of its rows", async () => {
  const check = answer({
    by: "comparison",
    candidate: { name: "pr:7", label: "#7", sha: null },
    against: { name: "pr:7/base", label: "base of #7", sha: null },
  });
  const { exit, out, paths } = await run(
    ["check", "pr:7", "--format", "junit"],
    behind(check, [row("first", "unchanged"), row("open", "inconclusive")]),
  );
  expect([exit, namesOf(out)]).toEqual([0, ["first", "second"]]);
  expect(paths.slice(1)).toEqual([
    "/api/v1/projects/p/compare?baseline=pr%3A7%2Fbase&contender=pr%3A7&limit=1000",
    "/api/v1/projects/p/compare?baseline=pr%3A7%2Fbase&contender=pr%3A7&limit=1000&cursor=c2",
  ]);
  expect((await run(["check", "pr:7", "--format", "junit"], behind(check, [{}]))).exit).toBe(3);
});

test("--format github adds the summary to the file of GITHUB_STEP_SUMMARY; annotations stay on stdout", async () => {
  const file = join(scratch(), "summary.md");
  writeFileSync(file, "before\n");
  const { exit, out, url } = await run(["check", "1.1", "--format", "github"], gate(fails), {
    GITHUB_STEP_SUMMARY: file,
  });
  expect(exit).toBe(1);
  expect(out).toMatch(/^::error title=[^\n]*\n$/);
  expect(readFileSync(file, "utf8")).toMatch(/^before\n## Tidemark: fail: 1\.1 against 1\.0\n/);
  expect(readFileSync(file, "utf8")).toContain(`${url}/p/shifts/14`);
});

test("--format github without that file, or with one that cannot be written, prints the summary", async () => {
  const plain = await run(["check", "1.1", "--format", "github"], gate(fails));
  expect(plain.out).toMatch(/^::error .*\n## Tidemark: fail/);
  const odd = await run(["check", "1.1", "--format", "github"], gate(fails), { GITHUB_STEP_SUMMARY: scratch() });
  expect([odd.exit, odd.out.includes("## Tidemark: fail")]).toEqual([1, true]);
  expect(odd.err).toContain("cannot be written");
});

test("report prints Markdown as the server wrote it, or JSON; what is no Markdown is no report", async () => {
  const markdown = (): Reply => ({
    status: 200,
    body: "# 1.1\n\nready\n",
    headers: { "content-type": "text/markdown; charset=utf-8" },
  });
  const { exit, out, paths } = await run(["report", "release:1.1", "--against", "1.0", "--number", "2"], markdown);
  expect([exit, out]).toEqual([0, "# 1.1\n\nready\n"]);
  expect(paths).toEqual(["/api/v1/projects/p/releases/report/markdown?candidate=1.1&against=1.0&report=2"]);
  const json = await run(["report", "1.1", "--json"], gate({ number: 1 }));
  expect([json.out, json.paths]).toEqual(['{"number":1}\n', ["/api/v1/projects/p/releases/report?candidate=1.1"]]);
  expect((await run(["report", "1.1"], gate({}))).exit).toBe(3);
  expect((await run(["report", "9"], () => ({ status: 404, body: { detail: "There is no release 9." } }))).exit).toBe(
    2,
  );
  expect((await run(["report", "1.1", "--json", "--format", "markdown"], markdown)).exit).toBe(2);
});
