import { Marked } from "marked";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type Github, github } from "../testing/github";
import { member, message } from "../testing/message";
import { comment, type GithubTarget, issueText, sendGithub } from "./github";

let hub: Github;
beforeEach(async () => {
  vi.stubEnv("TIDEMARK_NOTIFY_ALLOW", "127.0.0.1");
  hub = await github();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await hub.close();
});

const TOKEN = "ghp_verysecret";
const to = (reference: string | null = null, target: Partial<GithubTarget> = {}) => ({
  target: { repository: "acme/perf", api: hub.url, labels: ["performance"], pullRequests: true, ...target },
  ...{ secret: TOKEN, reference },
});
const made = () => hub.issues.filter(({ number }) => number !== 41);
const asked = () => hub.received.map(({ method, path }) => `${method} ${path.replace(/\?.*/, "")}`);

describe("one issue per shift", () => {
  test("it is made when the shift is confirmed, with its labels and the token in the one header", async () => {
    expect(await sendGithub([message()], to())).toEqual({ status: 200, reference: "acme/perf#101", note: null });
    expect(made()).toMatchObject([
      { number: 101, labels: ["performance"], state: "open", title: expect.stringContaining("Regression #6 in Dask") },
    ]);
    for (const { headers, path, body } of hub.received) {
      expect(headers.authorization).toBe(`Bearer ${TOKEN}`);
      expect(path + body + JSON.stringify({ ...headers, authorization: "" })).not.toContain(TOKEN);
    }
  });
  test("it is commented and closed when the shift is over, by the reason that it has", async () => {
    await sendGithub([message()], to());
    const over = message({ kind: "resolved", id: "tidemark-dask-8" }, { because: "Recovered by #9." });
    await sendGithub([over], to("acme/perf#101"));
    expect(made()).toMatchObject([{ state: "closed", state_reason: "completed" }]);
    expect(made()[0]?.comments.map(({ body }) => body)).toEqual([expect.stringContaining("Recovered by &#35;")]);
    await sendGithub([message({ kind: "withdrawn", id: "tidemark-dask-9" })], to("acme/perf#101"));
    expect(made()).toMatchObject([{ state: "closed", state_reason: "not_planned" }]);
  });
  test("it is opened again when the shift is back", async () => {
    await sendGithub([message()], to());
    await sendGithub([message({ kind: "resolved", id: "tidemark-dask-8" })], to("acme/perf#101"));
    await sendGithub([message({ id: "tidemark-dask-9" }, { because: "It is back." })], to("acme/perf#101"));
    expect(made()).toMatchObject([{ state: "open", comments: [{}, { body: expect.stringContaining("It is back.") }] }]);
  });
  test("a lost answer makes no second issue, and no comment that says the same again", async () => {
    hub.next({ method: "POST", path: /\/issues$/, how: "cut" });
    await expect(sendGithub([message()], to())).rejects.toThrow("could not be reached");
    expect(await sendGithub([message()], to())).toMatchObject({ reference: "acme/perf#101" });
    expect(made()).toMatchObject([{ number: 101, comments: [] }]);
  });
  test("a lost answer to a comment makes no second comment", async () => {
    await sendGithub([message()], to());
    const over = message({ kind: "resolved", id: "tidemark-dask-8" });
    hub.next({ method: "POST", path: /comments$/, how: "cut" });
    await expect(sendGithub([over], to("acme/perf#101"))).rejects.toThrow("could not be reached");
    await sendGithub([over], to("acme/perf#101"));
    expect(made()).toMatchObject([{ state: "closed", comments: [{}] }]);
    expect(made()[0]?.comments).toHaveLength(1);
  });
  test("an older issue of the shift is found among many", async () => {
    await sendGithub([message()], to());
    for (let more = 1; more <= 70; more++)
      hub.issues.push({
        number: 1000 + more,
        title: "",
        body: "x",
        state: "open",
        labels: ["performance"],
        comments: [],
      });
    await sendGithub([message({ id: "tidemark-dask-9" })], to());
    expect(made()).toHaveLength(71);
    expect(hub.issues.find(({ number }) => number === 101)?.comments).toHaveLength(1);
  });
  test("a list that cannot be read makes no issue: it is tried again", async () => {
    hub.next({ method: "GET", path: /labels=/, how: 200, body: "[{" });
    await expect(sendGithub([message()], to())).rejects.toMatchObject({ canRetry: true });
    expect(made()).toEqual([]);
  });
  test("the issue of another repository, where the route went before, is left alone", async () => {
    await sendGithub([message()], to("acme/old#41"));
    expect(made()).toHaveLength(1);
    expect(hub.issues.find(({ number }) => number === 41)?.comments).toEqual([]);
  });
  test("the end of a shift that has no issue makes none, and says so", async () => {
    const over = message({ kind: "resolved" });
    expect(await sendGithub([over], to())).toMatchObject({ note: "There is no issue of this shift to close." });
    expect(made()).toEqual([]);
  });
  test("a test makes an issue of its own each", async () => {
    for (const id of ["tidemark-dask-8", "tidemark-dask-9"])
      await sendGithub([message({ kind: "test", id, image: null }, { shift: 0, members: [] })], to());
    expect(made().map(({ title }) => title)).toEqual([
      expect.stringMatching(/^Test in/),
      expect.stringMatching(/^Test in/),
    ]);
  });
});

describe("the pull request of a range of one commit", () => {
  const single = () => message({}, { commits: 1, pullRequest: 41 });
  const comments = () => hub.issues.find(({ number }) => number === 41)?.comments ?? [];
  test("is commented once, also when the answer is lost", async () => {
    hub.next({ method: "POST", path: /41\/comments$/, how: "cut" });
    await expect(sendGithub([single()], to())).rejects.toThrow();
    expect(await sendGithub([single()], to())).toMatchObject({ note: null });
    expect(comments()).toHaveLength(1);
    expect(made()).toHaveLength(1);
  });
  test("is left alone where the route does not ask for it, and at the end of a shift", async () => {
    await sendGithub([single()], to(null, { pullRequests: false }));
    await sendGithub([message({ kind: "resolved" }, { pullRequest: 41 })], to("acme/perf#101"));
    expect(comments()).toEqual([]);
  });
  test("that takes no comment keeps no issue from being made, and the log says so", async () => {
    hub.next({ method: "POST", path: /41\/comments$/, how: 403, body: '{"message":"locked"}' });
    const { reference, note } = await sendGithub([single()], to());
    expect([reference, note]).toEqual(["acme/perf#101", expect.stringContaining("GitHub answered 403")]);
  });
});

test("what may pass is told apart from what does not", async () => {
  const refused = async (how: number, body?: string) => {
    hub.next({ method: "GET", path: /labels=/, how, ...(body ? { body } : {}) });
    return sendGithub([message()], to()).catch(({ status, canRetry }) => [status, canRetry]);
  };
  expect(await refused(401)).toEqual([401, false]);
  expect(await refused(404)).toEqual([404, false]);
  expect(await refused(403)).toEqual([403, false]);
  expect(await refused(403, '{"message":"You have exceeded a secondary rate limit"}')).toEqual([403, true]);
  expect(await refused(502)).toEqual([502, true]);
  expect(asked().every((one) => one === "GET /repos/acme/perf/issues")).toBe(true);
});

const html = (markdown: string) => new Marked({ gfm: true }).parse(markdown, { async: false });
const HOSTILE = [
  "<img src=x onerror=alert(1)>",
  "</script><script>alert(1)</script>",
  '"onmouseover=alert(1)',
  "[x](javascript:alert(1))",
  "![x](https://evil.example/a.png)",
  '=HYPERLINK("http://x")',
  "@everyone and @dask/maintainers fixes #1 and GH-2, closes dask/dask#3",
  "https://evil.example and www.evil.example and a@b.example",
  "--> <b>out of the mark</b> <!--",
  "**bold** `code` ~~gone~~ | a | b |",
  "a\n\n# b\n\n- c",
];

test.each(HOSTILE)("%s in every name is inert in issue and comment", (text) => {
  const names = { workload: text, params: text, metric: text, metricName: text, environment: text };
  const hostile = message({}, { title: text, projectName: text, because: text, members: [member(names)] });
  for (const markdown of [issueText(hostile), comment(hostile)]) {
    const rendered = html(markdown);
    const links = [...rendered.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, link]) => link);
    for (const link of links) expect(link).toMatch(/^https:\/\/perf\.example\//);
    const tags = rendered.replace(/<!-- [\w:/-]+ -->/g, "").match(/<\/?[a-z!][a-z0-9]*/gi) ?? [];
    for (const tag of tags) expect(tag).toMatch(/^<\/?(p|ul|li|a|img|strong)$/);
    const shown = rendered.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
    expect(shown.replace(/<!-- .*? -->|<[^>]*>/g, "").replaceAll("&quot;", '"')).not.toMatch(/(^|[^\w&])[@#]\w|GH-\d/);
  }
});

test("the text of an issue stays below what GitHub takes", () => {
  const long = member({ workload: "`|*".repeat(170), params: "<&".repeat(2000), environment: "#".repeat(500) });
  const text = issueText(message({}, { members: [long, long, long, long, long], because: "@".repeat(4000) }));
  expect(text.length).toBeLessThan(65_536);
});
