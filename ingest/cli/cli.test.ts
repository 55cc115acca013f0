import { readdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { document, file, openRepository, ownFolder, serve, testFolder, tidemark } from "./testing/cli";
import { type Reply, startServer, storeAll } from "./testing/server";

testFolder();

describe("push", () => {
  test("sends files, folders and standard input, and prints a line for each run on stdout", async () => {
    const { url, seen } = await serve(storeAll);
    file("results/b.ndjson.gz", gzipSync(`${JSON.stringify(document("b1"))}\n${JSON.stringify(document("b2"))}\n`));
    file("results/deep/c.json", [document("c")]);
    file("results/readme.txt", "no result");
    const one = file("a.json", document("a"));
    const input = JSON.stringify(document("d"));
    const ended = await tidemark(["push", one, "results", "-", "--url", url], {
      input,
      env: { TIDEMARK_TOKEN: "t0ken" },
    });
    expect(ended.out.split("\n").filter(Boolean)).toEqual(
      ["a", "b1", "b2", "c", "d"].map((key) => `stored ${key}  1 results, 3 samples`),
    );
    expect(ended).toMatchObject({ exit: 0, err: "5 stored\n" });
    expect(seen[0]).toMatchObject({ path: "/api/v1/projects/p/runs", headers: { authorization: "Bearer t0ken" } });
  });

  test("a refusal prints every fault with its path and ends with 1; the other documents are stored", async () => {
    const faults = [
      { path: "$.results", message: "Must hold at least one result.", document: 0 },
      { path: "$.run.url", message: "Must be a link.", document: 0 },
    ];
    const refusal: Reply = { status: 422, body: { detail: "Nothing was stored.", faults } };
    const { url } = await serve((seen, index) => (index === 0 ? refusal : storeAll(seen)));
    const path = file("x.ndjson", `${JSON.stringify(document("bad"))}\n${JSON.stringify(document("good"))}`);
    const { exit, out, err } = await tidemark(["push", path, "--url", url]);
    expect({ exit, out }).toEqual({ exit: 1, out: "stored good  1 results, 3 samples\n" });
    expect(err).toContain(`${path}, line 1 (run bad)`);
    expect(err).toContain("  $.results: Must hold at least one result.\n  $.run.url: Must be a link.");
  });

  test("another document under a known key ends with 1", async () => {
    const { url } = await serve(() => ({ status: 409, body: { detail: "Run a exists with other content." } }));
    const ended = await tidemark(["push", file("a.json", document("a")), "--url", url]);
    expect(ended).toMatchObject({ exit: 1, err: expect.stringContaining("Run a exists with other content.") });
  });

  test("a wrong token ends with 2 and says where tokens come from", async () => {
    const { url } = await serve(() => ({ status: 401, body: { detail: "Unknown token." } }));
    const ended = await tidemark(["push", file("a.json", document("a")), "--url", url]);
    expect(ended).toMatchObject({ exit: 2, err: expect.stringMatching(/Unknown token.*TIDEMARK_TOKEN/) });
  });

  test("a server that fails now and then is asked again", async () => {
    const again = { "retry-after": "0" };
    const { url, seen } = await serve((one, index) =>
      index < 2 ? { status: 503, headers: again } : index === 2 ? { status: 429, headers: again } : storeAll(one),
    );
    const ended = await tidemark(["push", file("a.json", document("a")), "--url", url]);
    expect(ended).toMatchObject({ exit: 0, out: expect.stringContaining("stored a") });
    expect(seen).toHaveLength(4);
  });

  test("without a server it ends with 3; with a spool the documents wait and go first the next time", async () => {
    const path = file("a.ndjson", `${JSON.stringify(document("a"))}\n${JSON.stringify(document("b"))}`);
    const gone = await startServer(storeAll);
    await gone.stop();
    const lost = await tidemark(["push", path, "--url", gone.url, "--retries", "0"]);
    expect(lost).toMatchObject({ exit: 3, out: "", err: expect.stringMatching(/connection refused[\s\S]*2 NOT sent/) });

    const kept = await tidemark(["push", path, "--url", gone.url, "--retries", "0", "--spool=wait"]);
    expect(kept).toMatchObject({ exit: 3, err: expect.stringMatching(/2 kept on disk[\s\S]*lies in wait\/127/) });

    // The server comes back, here under another address, to which the spool is moved.
    const { url, seen } = await serve(storeAll);
    const [before = ""] = readdirSync(join(ownFolder(), "wait"));
    renameSync(
      join(ownFolder(), "wait", before),
      join(ownFolder(), "wait", url.replace("http://", "").replace(":", "_")),
    );
    const next = await tidemark(["push", file("c.json", document("c")), "--url", url, "--spool=wait"]);
    expect(next.out.split("\n").map((line) => line.split("  ")[0])).toEqual(["stored a", "stored b", "stored c", ""]);
    expect(next.exit).toBe(0);
    expect(seen).toHaveLength(2);
    const empty = await tidemark(["push", "--flush", "--url", url, "--spool=wait"]);
    expect(empty).toMatchObject({ exit: 0, err: "0 stored\n" });
  });

  test("fills commit and key from the checkout, the same each time, and says so", async () => {
    const { url, seen } = await serve(storeAll);
    const repository = openRepository();
    const sha = repository.commit({ message: "work (#5)" });
    const path = file("a.json", { environment: { name: "e 1" }, results: [] });
    const env = { GITHUB_RUN_ID: "62", GITHUB_RUN_ATTEMPT: "3" };
    const first = await tidemark(["push", path, "--url", url], { cwd: repository.folder, env });
    await tidemark(["push", path, "--url", url], { cwd: repository.folder, env });
    expect(first.err).toContain(`commit taken from the checkout`);
    expect(seen[0]?.body).toMatchObject({
      run: { key: expect.stringMatching(/^gha-62-3-e_1-[0-9a-f]{12}$/) },
      commit: { sha, branch: "main", parents: [], author: "Ada", subject: "work (#5)", pullRequest: 5 },
    });
    expect(seen[1]?.body).toEqual(seen[0]?.body);
  });

  test("a document that names all it needs is sent as it was written", async () => {
    const { url, seen } = await serve(storeAll);
    await tidemark(["push", "-", "--url", url], { input: JSON.stringify(document("k")), cwd: openRepository().folder });
    expect(seen[0]?.body).toEqual(document("k"));
  });

  test("without commit and checkout nothing is sent", async () => {
    const { url, seen } = await serve(storeAll);
    const ended = await tidemark(["push", file("a.json", { run: { key: "k" } }), "--url", url]);
    expect(ended).toMatchObject({ exit: 2, err: expect.stringContaining("no commit.sha") });
    expect(seen).toEqual([]);
  });

  test("--dry-run asks only, and keeps nothing", async () => {
    const { url, seen } = await serve(storeAll);
    const ended = await tidemark(["push", file("a.json", document("a")), "--url", url, "--dry-run"]);
    expect(ended).toMatchObject({ exit: 0, out: expect.stringContaining("would store a") });
    expect(seen[0]?.path).toBe("/api/v1/projects/p/runs?dryRun=1");
  });

  test("--json is one JSON value on stdout, also when something was refused", async () => {
    const { url } = await serve((seen, index) => (index === 0 ? storeAll(seen) : { status: 409, body: {} }));
    const path = file("a.json", document("a"));
    const good = await tidemark(["push", path, "--url", url, "--json", "--quiet"]);
    expect(JSON.parse(good.out)).toMatchObject({ stored: [{ key: "a", results: 1, samples: 3 }], refused: [] });
    expect(good.err).toBe("");
    const bad = await tidemark(["push", path, "--url", url, "--json"]);
    expect(JSON.parse(bad.out)).toMatchObject({ stored: [], refused: [{ key: "a", status: 409 }] });
    expect(bad.exit).toBe(1);
  });

  test("a file that is no JSON ends with 2, and the files beside it are sent", async () => {
    const { url } = await serve(storeAll);
    const args = ["push", file("a.json", "nonsense"), file("b.json", document("b")), "--url", url];
    const ended = await tidemark(args);
    expect(ended).toMatchObject({ exit: 2, out: expect.stringContaining("stored b") });
    expect(ended.err).toMatch(/a\.json, line 1: .*not JSON/);
  });
});

describe("commits and releases", () => {
  test("sends the first-parent line in parts, oldest first", async () => {
    const { url, seen } = await serve(() => ({ status: 200, body: {} }));
    const repository = openRepository();
    repository.commit();
    const head = repository.commit({ day: 2 });
    const ended = await tidemark(["commits", repository.folder, "--url", url, "--json"]);
    expect(JSON.parse(ended.out)).toEqual({ branch: "main", sent: 2, head });
    expect(seen).toMatchObject([
      { path: "/api/v1/projects/p/commits", body: { branch: "main", commits: [{}, { sha: head }] } },
    ]);
  });

  test("--dry-run prints what would be sent, without a server", async () => {
    const repository = openRepository();
    const sha = repository.commit();
    repository.git("tag", "v1");
    const commits = await tidemark(["commits", "--dry-run"], { cwd: repository.folder });
    expect(JSON.parse(commits.out)).toMatchObject({ branch: "main", commits: [{ sha }] });
    const releases = await tidemark(["releases", "--dry-run"], { cwd: repository.folder });
    expect(JSON.parse(releases.out)).toMatchObject({ releases: [{ tag: "v1", sha }] });
  });

  test("releases come from a JSON file too", async () => {
    const { url, seen } = await serve(() => ({ status: 200, body: {} }));
    const body = { releases: [{ tag: "v1", sha: "abcdef1" }] };
    const ended = await tidemark(["releases", file("r.json", body), "--url", url]);
    expect(ended).toMatchObject({ exit: 0, out: "sent 1 releases\n" });
    expect(seen[0]).toMatchObject({ path: "/api/v1/projects/p/releases", body });
  });

  test("a folder that is no repository ends with 2", async () => {
    expect(await tidemark(["commits"])).toMatchObject({
      exit: 2,
      err: expect.stringContaining("not a git repository"),
    });
  });
});

describe("detect", () => {
  const step = {
    name: "step",
    values: [...Array(30).keys()].map((i) => (i < 15 ? 10 : 20) + (i % 3) / 10),
    better: "lower",
  };

  test("needs no server, and prints the changepoints of every series as JSON", async () => {
    const quiet = { name: "quiet", values: [1, null, [1, 1.1], [[1], [1.1]]] };
    const { exit, out, err } = await tidemark(["detect", file("s.json.gz", gzipSync(JSON.stringify([step, quiet])))]);
    expect({ exit, err }).toEqual({ exit: 0, err: "" });
    expect(JSON.parse(out)).toMatchObject({ step: [{ index: 15, state: "confirmed" }], quiet: [] });
  });

  test("reads standard input", async () => {
    const ended = await tidemark(["detect", "-"], { input: JSON.stringify([step]) });
    expect(Object.keys(JSON.parse(ended.out))).toEqual(["step"]);
  });

  test.each([
    ["nonsense", "not JSON"],
    ['[{"name":"a","values":[NaN]}]', "NaN"],
    ['[{"name":"a","values":["1"]}]', "$[0].values[0]: is not a finite number"],
    ['[{"values":[1]}]', "$[0].name"],
    ["{}", "is not an array"],
    ["", "empty"],
  ])("%s ends with 2 and names the fault", async (input, fault) => {
    const ended = await tidemark(["detect", "-"], { input });
    expect(ended).toMatchObject({ exit: 2, out: "", err: expect.stringContaining(fault) });
  });

  test("an absent file, or none named, ends with 2", async () => {
    expect(await tidemark(["detect", "absent.json"])).toMatchObject({
      exit: 2,
      err: expect.stringContaining("absent.json"),
    });
    expect(await tidemark(["detect"])).toMatchObject({
      exit: 2,
      err: expect.stringContaining("missing required argument"),
    });
  });
});
