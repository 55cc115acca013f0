import { describe, expect, test } from "vitest";
import { issueLabel, issueUrl } from "./linkedIssue";

const GITHUB = "https://github.com/dask/distributed";
const GITLAB = "https://gitlab.example.org/group/part/app";

describe("what somebody typed as an issue", () => {
  test.each([
    ["#7280", GITHUB, `${GITHUB}/issues/7280`],
    ["#7280", `${GITHUB}.git`, `${GITHUB}/issues/7280`],
    ["#12", GITLAB, `${GITLAB}/-/issues/12`],
    ["!12", GITLAB, `${GITLAB}/-/merge_requests/12`],
    ["!12", GITHUB, `${GITHUB}/pull/12`],
    [" https://jira.example/browse/X-1 ", null, "https://jira.example/browse/X-1"],
  ])("%s in %s is %s", (text, repository, url) => {
    expect(issueUrl(text, repository)).toBe(url);
  });

  test.each([
    ["#1", null],
    ["7280", GITHUB],
    ["javascript:alert(1)", GITHUB],
    ["data:text/html,x", GITHUB],
    ["ftp://example.org/1", GITHUB],
    ["//example.org/1", GITHUB],
    ["https://user:secret@example.org/1", GITHUB],
    ["https://", GITHUB],
    ["#1 and more", GITHUB],
    ["", GITHUB],
  ])("%j is none", (text, repository) => {
    expect(issueUrl(text, repository)).toBeNull();
  });
});

test.each([
  [`${GITHUB}/issues/7280`, "dask/distributed#7280"],
  [`${GITHUB}/pull/7280`, "dask/distributed#7280"],
  [`${GITLAB}/-/merge_requests/12`, "group/part/app!12"],
  ["https://jira.example/browse/X-1", "jira.example/browse/X-1"],
])("%s is shown as %s", (url, label) => {
  expect(issueLabel(url)).toBe(label);
});
