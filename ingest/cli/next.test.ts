import { Readable } from "node:stream";
import { afterEach, expect, test } from "vitest";
import { main } from "./main";
import { startServer } from "./testing/server";

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

const SHA = "a".repeat(40);
const WANTED = {
  shift: 14,
  state: "measure",
  reason: "A run of this commit tells most about where the step lies.",
  commit: { sha: SHA },
  environment: "vm\tb",
  workloads: [{ workload: "map_futures" }, { workload: "evil\u001b[2J\nname" }],
  runs: 2,
  expectedRuns: 4.4,
  certainty: 0.312,
};
const DONE = { ...WANTED, state: "done", reason: "The step came with aaaaaaa: nothing more to measure.", commit: null };

async function next(args: readonly string[], body: object, status = 200) {
  const { url, seen, stop } = await startServer(() => ({ status, body }));
  open.push(stop);
  const lines = { out: "", err: "" };
  const exit = await main(["next", ...args], {
    env: { TIDEMARK_PROJECT: "p", TIDEMARK_URL: url },
    input: Readable.from([]),
    print: (line) => {
      lines.out += `${line}\n`;
    },
    tell: (line) => {
      lines.err += `${line}\n`;
    },
    isTerminal: false,
  });
  return { exit, path: seen[0]?.path, ...lines };
}

test("a line per shift: sha, runs, environment, shift, workloads; nothing of a name steers the terminal", async () => {
  const { exit, out, err, path } = await next([], { total: 1, items: [WANTED], next: null });
  expect(exit).toBe(0);
  expect(path).toBe("/api/v1/projects/p/next?limit=20");
  expect(out).toBe(`${SHA}\t2\tvm b\t#14\tmap_futures, evil [2J name\n`);
  expect(err).toContain("About 4\u00a0runs to a single commit. The likeliest one has 31 %.");
});

test("--shift asks for one shift, --environment for one environment, --json prints the answer as it is", async () => {
  const { exit, out, path } = await next(["--shift", "14", "--environment", "vm b", "--json"], WANTED);
  expect([exit, path]).toEqual([0, "/api/v1/projects/p/shifts/14/next?environment=vm+b"]);
  expect(JSON.parse(out)).toEqual(WANTED);
});

test("nothing to run ends with 4 and says why", async () => {
  const found = await next(["--shift", "14"], DONE);
  expect([found.exit, found.out]).toEqual([4, ""]);
  expect(found.err).toContain("nothing more to measure");
  const none = await next([], { total: 0, items: [], next: null });
  expect([none.exit, none.err]).toEqual([4, "No open shift wants runs.\n"]);
});

test("an unknown shift is wrong use (2), another answer a fault of the server (3)", async () => {
  expect((await next(["--shift", "99"], { status: 404, detail: "There is no shift #99." }, 404)).exit).toBe(2);
  expect((await next(["--shift", "0"], {})).exit).toBe(2);
  expect((await next([], { total: 0 })).exit).toBe(3);
});
