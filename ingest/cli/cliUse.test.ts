import { describe, expect, test } from "vitest";
import { document, file, serve, spawnTidemark, testFolder, tidemark } from "./testing/cli";
import { startServer, storeAll } from "./testing/server";

testFolder();

describe("token", () => {
  test("create prints the secret alone on stdout", async () => {
    const { url, seen } = await serve(() => ({ status: 201, body: { id: 3, secret: "tm_abc" } }));
    const args = ["token", "create", "--name", "forks", "--scope", "ingest,read", "--no-default-branch", "--url", url];
    expect(await tidemark(args)).toMatchObject({ exit: 0, out: "tm_abc\n" });
    expect(seen[0]).toMatchObject({
      path: "/api/v1/projects/p/tokens",
      body: { name: "forks", scopes: ["ingest", "read"], defaultBranch: false },
    });
  });

  test("making a token is never repeated: nobody would know the secret of the first", async () => {
    const { url, seen } = await serve(() => ({ status: 503, headers: { "retry-after": "0" } }));
    expect(await tidemark(["token", "create", "--name", "x", "--url", url])).toMatchObject({ exit: 3 });
    expect(seen).toHaveLength(1);
  });

  test("list and revoke", async () => {
    const items = [
      { id: 3, name: "forks", scopes: ["ingest"], defaultBranch: false, lastUsedAt: null, revokedAt: null },
    ];
    const { url, seen } = await serve(({ method }) =>
      method === "GET" ? { status: 200, body: { items } } : { status: 204, body: "" },
    );
    expect((await tidemark(["token", "list", "--url", url])).out).toBe(
      "3\tforks\tingest; not for the default branch; never used\n",
    );
    expect(await tidemark(["token", "revoke", "3", "--url", url])).toMatchObject({ exit: 0, out: "revoked 3\n" });
    expect(seen[1]).toMatchObject({ method: "DELETE", path: "/api/v1/projects/p/tokens/3" });
  });
});

describe("wrong use ends with 2 and leaves stdout empty", () => {
  test.each([
    [[], "Usage"],
    [["backup"], "unknown command 'backup'"],
    [["push"], "Nothing to push"],
    [["push", "--spool", "results.json"], 'took "results.json" as its folder'],
    [["push", "absent.json"], "absent.json does not exist"],
    [["push", import.meta.dirname], "holds no .json"],
    [["push", "-", "--url", "localhost:3000"], "http"],
    [["push", "-", "--url", "http://me:secret@host"], "user or password"],
    [["push", "-", "--token-file", "absent"], "token file absent cannot be read"],
    [["push", "-", "--token", "tm_x"], "unknown option '--token'"],
    [["push", "-", "--retries", "many"], "whole number"],
    [["token", "create", "--name", "x", "--scope", "all"], '"all" is no scope'],
    [["token", "revoke", "x"], "no token id"],
  ])("%j", async (args, fault) => {
    expect(await tidemark(args)).toEqual({ exit: 2, out: "", err: expect.stringContaining(fault) });
  });

  test("no project", async () => {
    expect(await tidemark(["push", "-"], { env: { TIDEMARK_PROJECT: "" } })).toMatchObject({
      exit: 2,
      err: expect.stringContaining("--project SLUG"),
    });
  });

  test("with --json the fault is JSON on stdout too", async () => {
    const { exit, out } = await tidemark(["push", "absent.json", "--json"]);
    expect({ exit, out: JSON.parse(out) }).toMatchObject({ exit: 2, out: { error: { exit: 2, faults: [] } } });
  });

  test("help that was asked for is an answer: stdout, exit 0", async () => {
    for (const args of [["--help"], ["push", "--help"], ["help", "commits"]])
      expect(await tidemark(args)).toMatchObject({ exit: 0, out: expect.stringContaining("Usage: tidemark"), err: "" });
  });
});

describe("the process itself, started in any folder", () => {
  test("0: stored, with the run on stdout and the talk on stderr", async () => {
    const { url } = await serve(storeAll);
    const input = JSON.stringify(document("a"));
    const ended = await spawnTidemark(["push", "-"], { input, env: { TIDEMARK_URL: url } });
    expect(ended).toEqual({ exit: 0, out: "stored a  1 results, 3 samples\n", err: "1 stored\n" });
  });

  test("1: refused", async () => {
    const { url } = await serve(() => ({ status: 422, body: { detail: "Nothing was stored." } }));
    const ended = await spawnTidemark(["push", file("a.json", document("a")), "--url", url]);
    expect(ended).toMatchObject({ exit: 1, out: "" });
  });

  test("2: a command that does not exist", async () => {
    expect(await spawnTidemark(["backup"])).toEqual({ exit: 2, out: "", err: "error: unknown command 'backup'\n" });
  });

  test("3: no server", async () => {
    const { url, stop } = await startServer(storeAll);
    await stop();
    const args = ["push", file("a.json", document("a")), "--url", url, "--retries", "0"];
    expect(await spawnTidemark(args)).toMatchObject({ exit: 3, out: "" });
  });
});
