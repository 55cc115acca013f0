import { afterEach, describe, expect, test } from "vitest";
import { Refused, ServerFailed } from "../exit";
import { type Reply, startServer } from "../testing/server";
import { createClient } from "./client";

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

/** A client of a server that gives `replies` in turn, the last one for ever; `waits` records what it would have slept. */
async function setUp(replies: Reply[], { retries = 5 } = {}) {
  const server = await startServer((_, index) => replies[Math.min(index, replies.length - 1)] as Reply);
  const waits: number[] = [];
  const told: string[] = [];
  const client = createClient({
    url: server.url,
    token: "tm_secret",
    retries,
    timeout: 20_000,
    tell: (line) => void told.push(line),
    sleep: async (milliseconds) => void waits.push(milliseconds),
    random: () => 0,
    now: Date.now,
  });
  open.push(client.close, server.stop);
  const post = () => client.call({ method: "POST", path: "/x", body: '{"a":1}' });
  return { ...server, client, post, waits, told };
}

const ok: Reply = { status: 201, body: { stored: [] } };

describe("call", () => {
  test("sends gzipped JSON with the token, and gives the parsed answer", async () => {
    const { post, seen } = await setUp([ok]);
    expect(await post()).toEqual({ stored: [] });
    expect(seen[0]).toMatchObject({ method: "POST", path: "/x", body: { a: 1 } });
    expect(seen[0]?.headers).toMatchObject({ authorization: "Bearer tm_secret", "content-encoding": "gzip" });
  });

  test.each([429, 502, 503, 504])("sends again after %i, waiting longer each time", async (status) => {
    const { post, seen, waits } = await setUp([{ status }, { status }, ok]);
    await post();
    expect(seen).toHaveLength(3);
    expect(waits).toEqual([500, 1000]);
  });

  test("waits as long as Retry-After says", async () => {
    const { post, waits } = await setUp([{ status: 503, headers: { "retry-after": "17" } }, ok]);
    await post();
    expect(waits).toEqual([17_000]);
  });

  test.each<Reply>(["cut", "cut in the answer"])("sends again when the connection was %s", async (reply) => {
    const { post, seen } = await setUp([reply, ok]);
    expect(await post()).toEqual({ stored: [] });
    expect(seen).toHaveLength(2);
  });

  test.each([400, 401, 403, 404, 409, 413, 422])("never sends again after %i", async (status) => {
    const { post, seen } = await setUp([{ status, body: { detail: "no" } }, ok]);
    await expect(post()).rejects.toBeInstanceOf(Refused);
    expect(seen).toHaveLength(1);
  });

  test("a 500 is told at once, and is no sign that the server is away", async () => {
    const { post, seen } = await setUp([{ status: 500 }, ok]);
    await expect(post()).rejects.toMatchObject({ exit: 3, isAway: false });
    expect(seen).toHaveLength(1);
  });

  test("gives up after the retries, and says how often it tried", async () => {
    const { post, seen } = await setUp([{ status: 503 }], { retries: 2 });
    await expect(post()).rejects.toThrow("after 3 attempts (answers 503)");
    expect(seen).toHaveLength(3);
  });

  test("says that nobody listens", async () => {
    const { post, stop } = await setUp([ok], { retries: 1 });
    await stop();
    await expect(post()).rejects.toThrow("after 2 attempts (connection refused)");
  });

  test("carries every fault of a refusal, with its path", async () => {
    const faults = [{ path: "$.run.key", message: "Is missing.", document: 2 }];
    const { post } = await setUp([{ status: 422, body: { title: "t", detail: "Nothing was stored.", faults } }]);
    await expect(post()).rejects.toMatchObject({ message: "Nothing was stored. (HTTP 422)", faults, exit: 1 });
  });

  test("what is no JSON does not pass for an answer", async () => {
    const { post } = await setUp([{ status: 200, body: "<html>sign in</html>" }]);
    await expect(post()).rejects.toBeInstanceOf(ServerFailed);
  });

  test("does not follow a redirect, which would lose the body, but says where it leads", async () => {
    const { post } = await setUp([{ status: 301, headers: { location: "https://perf.example/x" } }]);
    await expect(post()).rejects.toMatchObject({ exit: 2, message: expect.stringContaining("https://perf.example/x") });
  });

  test("no message holds the token", async () => {
    const { post, told } = await setUp([{ status: 503 }], { retries: 2 });
    const error = await post().catch((thrown: Error) => thrown);
    expect(`${told.join()} ${(error as Error).message}`).not.toContain("tm_secret");
  });
});
