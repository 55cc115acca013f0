import { describe, expect, test } from "vitest";
import { ISSUE_URL_LENGTH, newIssueUrl } from "./issue";
import { diffUrl, pullRequestUrl, sourceUrl } from "./repository";

const [A, B] = ["a".repeat(40), "b".repeat(40)];

describe("pages of a repository's host", () => {
  test.each([
    ["https://github.com/dask/distributed.git", `/compare/${A}...${B}`, "/pull/7", `/commit/${B}`],
    ["https://gitlab.com/group/sub/project", `/-/compare/${A}...${B}`, "/-/merge_requests/7", `/-/commit/${B}`],
    ["https://gitlab.example.org/p/q/", `/-/compare/${A}...${B}`, "/-/merge_requests/7", `/-/commit/${B}`],
    ["https://bitbucket.org/team/p", `/branches/compare/${B}..${A}`, "/pull-requests/7", `/commits/${B}`],
    ["https://codeberg.org/team/p", `/compare/${A}...${B}`, "/pulls/7", `/commit/${B}`],
    ["https://gitea.example.org/team/p", `/compare/${A}...${B}`, "/pulls/7", `/commit/${B}`],
    ["https://git.example.org/gitlab-mirror/p", `/compare/${A}...${B}`, "/pull/7", `/commit/${B}`],
  ])("%s", (repository, diff, pull, source) => {
    const home = repository.replace(/(\.git|\/)$/, "");
    expect(diffUrl(repository, A, B)).toBe(home + diff);
    expect(pullRequestUrl(repository, 7)).toBe(home + pull);
    expect(sourceUrl(repository, B)).toBe(home + source);
  });

  test("no address, or none of http(s): no link", () => {
    for (const repository of [null, "", "git@github.com:a/b", "javascript:alert(1)"]) {
      expect(diffUrl(repository, A, B)).toBeNull();
      expect(newIssueUrl(null, repository, { title: "t", url: "u", bodies: ["b"] })).toBeNull();
    }
  });
});

describe("the form for a new issue", () => {
  const text = { title: "+18 % & more", url: "https://perf.example/p/shifts/1", bodies: ["# long\n| a |", "short"] };

  test("is filled in as each host wants it, whatever the text holds", () => {
    const github = new URL(newIssueUrl(null, "https://github.com/a/b", text) ?? "");
    expect(github.pathname).toBe("/a/b/issues/new");
    expect(github.searchParams.get("title")).toBe(text.title);
    expect(github.searchParams.get("body")).toBe(text.bodies[0]);
    const gitlab = new URL(newIssueUrl(null, "https://gitlab.com/a/b", text) ?? "");
    expect(gitlab.searchParams.get("issue[title]")).toBe(text.title);
    expect(gitlab.searchParams.get("issue[description]")).toBe(text.bodies[0]);
    const bitbucket = new URL(newIssueUrl(null, "https://bitbucket.org/a/b", text) ?? "");
    expect(bitbucket.searchParams.get("content")).toBe(text.bodies[0]);
  });

  test("a template of the project's own goes before that of the host", () => {
    const template = "https://jira.example/create?summary={title}&description={body}&link={url}&x={y}";
    expect(newIssueUrl(template, "https://github.com/a/b", { ...text, bodies: ["b c"] })).toBe(
      "https://jira.example/create?summary=%2B18%20%25%20%26%20more&description=b%20c&link=https%3A%2F%2Fperf.example%2Fp%2Fshifts%2F1&x={y}",
    );
    expect(newIssueUrl("javascript:alert({title})", "https://github.com/a/b", text)).toBeNull();
  });

  test("a body that makes the address too long gives way to the next shorter one, in the end to the link", () => {
    const long = "ü".repeat(ISSUE_URL_LENGTH);
    const bodyOf = (bodies: string[]) =>
      new URL(newIssueUrl(null, "https://github.com/a/b", { ...text, bodies }) ?? "").searchParams.get("body");
    expect(bodyOf([long, "short"])).toBe("short");
    expect(bodyOf([long])).toBe(text.url);
    const huge = newIssueUrl(null, "https://github.com/a/b", { ...text, title: long, bodies: [long] }) ?? "";
    expect(huge.length).toBeLessThanOrEqual(ISSUE_URL_LENGTH);
  });

  test("half a character in a name breaks nothing", () => {
    expect(newIssueUrl(null, "https://github.com/a/b", { ...text, title: "\ud800" })).toContain("%EF%BF%BD");
  });
});
