import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { XMLParser } from "fast-xml-parser";
import { afterAll, beforeAll, expect, test } from "vitest";
import { main } from "@/ingest/cli/main";
import { storeRuns } from "@/ingest/store/storeRuns";
import { newProject, sha } from "@/ingest/store/testing/documents";
import { changeSettings } from "@/lib/commands/settings";
import { testDatabase } from "@/lib/db/testing/database";
import { SYSTEM } from "@/lib/model/actor";
import type { Json } from "@/lib/model/words";
import { DEFAULT_POLICY } from "@/lib/release/policy";
import {
  analyseAll,
  commitAt,
  listCommits,
  near,
  passed,
  postRuns,
  runAt,
  stepped,
  tag,
} from "@/lib/report/testing/release";
import { GET as analysis } from "../analysis/route";
import { GET as compare } from "../compare/route";
import { GET as markdown } from "../releases/report/markdown/route";
import { GET as report } from "../releases/report/route";
import { GET as check } from "./route";

testDatabase();

const HANDLERS = {
  check,
  analysis,
  compare,
  "releases/report": report,
  "releases/report/markdown": markdown,
};

/** The endpoints that `check` and `report` ask, on a free port, as the server of Next would call them. */
const server = createServer(async (incoming, outgoing) => {
  const url = new URL(incoming.url ?? "", "http://127.0.0.1");
  const [, project = "", below] = /projects\/([^/]+)\/(.*)$/.exec(url.pathname) ?? [];
  const handler = HANDLERS[below as keyof typeof HANDLERS];
  const answer = await handler(new Request(url), { params: Promise.resolve({ project }) });
  outgoing.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "" });
  outgoing.end(await answer.text());
});

beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

async function tidemark(slug: string, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const said = { out: "", err: "" };
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const io = {
    env: { TIDEMARK_URL: url, TIDEMARK_PROJECT: slug },
    input: Readable.from([]),
    print: (line: string) => {
      said.out += `${line}\n`;
    },
    tell: (line: string) => {
      said.err += `${line}\n`;
    },
    isTerminal: false,
  };
  return { code: await main([...args, "--retries", "0"], io), ...said };
}

/** A release 1.0 before the place of a step and 1.1 behind it, of 60 commits. */
async function released(after: number): Promise<string> {
  const slug = await newProject();
  await listCommits(slug, 60);
  await postRuns(slug, 0, stepped(60, 40, 10, after));
  await tag(slug, { "1.0": commitAt(30), "1.1": commitAt(50) });
  return slug;
}

test("a release without a change passes with 0, one that got worse fails with 1; report prints both", async () => {
  const [same, worse] = [await released(10), await released(12)];
  await analyseAll(same);
  await analyseAll(worse);
  expect(await tidemark(same, "check", "1.1")).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^pass: 1\.1 against 1\.0\n/),
  });
  const failed = await tidemark(worse, "check", "1.1", "--format", "junit");
  expect(failed.code).toBe(1);
  const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: "" });
  expect(parser.parse(failed.out).testsuites).toMatchObject({
    failures: "3",
    tests: "4",
    testsuite: { testcase: expect.any(Array) },
  });
  const told = await tidemark(worse, "report", "1.1");
  expect(told).toMatchObject({ code: 0, out: expect.stringMatching(/^# 1\.1 against 1\.0: not ready/) });
});

test("while the analysis waits a release never passes: 4 at the limit", async () => {
  const slug = await released(10);
  const waiting = await tidemark(slug, "check", "1.1", "--wait", "0");
  expect(waiting.code).toBe(4);
  expect(waiting.err).toMatch(/^The analysis of \d+\u00a0sent bod(y|ies) is not done after 0 s/);
});

test("a first release has nothing to compare with: 4; an unknown one, or too little of a sha, is wrong use: 2", async () => {
  const slug = await released(10);
  await analyseAll(slug);
  expect(await tidemark(slug, "check", "1.0")).toMatchObject({
    code: 4,
    out: expect.stringContaining("nothing to compare"),
  });
  expect(await tidemark(slug, "check", "2.0")).toMatchObject({
    code: 2,
    out: "",
    err: expect.stringContaining("no release 2.0"),
  });
  expect((await tidemark(slug, "check", "commit:abc")).code).toBe(2);
  expect((await tidemark(slug, "report", "2.0")).code).toBe(2);
});

type Results = ReturnType<typeof passed>[];

/** Three runs of a pull request that leaves the default branch at the place 50, and three of that commit. */
async function pullRequest(slug: string, number: number, resultsOf: (run: number) => Results): Promise<void> {
  const base = (run: number): Results => [passed("join", near(10, run)), passed("steady", near(5, run))];
  const runs = [0, 1, 2].flatMap((run) => [
    runAt(commitAt(50), base(run), { key: `base-${number}-${run}`, parent: commitAt(49), day: 70 }),
    ofPull(
      number,
      runAt(sha(`pull ${number}`), resultsOf(run), {
        ...{ key: `pull-${number}-${run}`, parent: commitAt(50), branch: `pull-${number}`, day: 70 },
      }),
    ),
  ]);
  await storeRuns(SYSTEM, slug, runs);
}

/** The run, with the number of the pull request at its commit. */
function ofPull(number: number, run: Json): Json {
  if (!isObject(run) || !isObject(run.commit)) throw new Error("no run document");
  return { ...run, commit: { ...run.commit, pullRequest: number } };
}

const isObject = (json: Json | undefined): json is { [key: string]: Json } =>
  typeof json === "object" && json !== null && !Array.isArray(json);

test("a pull request is judged against its merge base, and what it did not measure never passes", async () => {
  const slug = await released(10);
  await pullRequest(slug, 7, (run) => [passed("join", near(10, run)), passed("steady", near(5, run))]);
  await pullRequest(slug, 8, (run) => [passed("join", near(13, run)), passed("steady", near(5, run))]);
  await pullRequest(slug, 9, (run) => [passed("join", near(10, run))]);
  await analyseAll(slug);
  const lenient = { ...DEFAULT_POLICY, cannotTell: "pass" as const };
  await changeSettings(SYSTEM, slug, { releasePolicy: lenient });
  expect(await tidemark(slug, "check", "pr:7")).toMatchObject({
    code: 0,
    out: expect.stringContaining("pass: #7 against base of #7"),
  });
  expect(await tidemark(slug, "check", "pr:8")).toMatchObject({
    code: 1,
    out: expect.stringMatching(/fail +Duration of join/),
  });
  const asTests = await tidemark(slug, "check", "pr:8", "--format", "junit");
  expect(asTests.out).toMatch(/<testcase classname="vm\.steady" name="Duration"\/>/);
  const missing = await tidemark(slug, "check", "pr:9");
  expect(missing).toMatchObject({
    code: 1,
    out: expect.stringContaining("steady in vm: was not measured at the candidate"),
  });
  await changeSettings(SYSTEM, slug, { releasePolicy: { ...lenient, missing: "cannot tell" } });
  expect((await tidemark(slug, "check", "pr:9")).code).toBe(4);
});
