import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readCiJob } from "./ci";
import { buildKey } from "./key";

describe("buildKey", () => {
  test("holds CI job, attempt, environment and content", () => {
    const job = readCiJob({ GITHUB_RUN_ID: "6211", GITHUB_RUN_ATTEMPT: "2" }).key;
    expect(buildKey(job, "10x-m6i.large", { a: 1 })).toMatch(/^gha-6211-2-10x-m6i\.large-[0-9a-f]{12}$/);
  });

  test("is the same for the same content, whatever the order of its fields", () => {
    expect(buildKey(null, "e", { a: 1, b: { c: 2, d: 3 } })).toBe(buildKey(null, "e", { b: { d: 3, c: 2 }, a: 1 }));
  });

  test("differs by attempt, environment and content", () => {
    const keys = [
      buildKey("gha-1-1", "e", { a: 1 }),
      buildKey("gha-1-2", "e", { a: 1 }),
      buildKey("gha-1-1", "f", { a: 1 }),
      buildKey("gha-1-1", "e", { a: 2 }),
    ];
    expect(new Set(keys).size).toBe(4);
  });

  test("is a key that the server takes, whatever the names", () => {
    fc.assert(
      fc.property(fc.option(fc.string({ maxLength: 300 })), fc.option(fc.string({ maxLength: 300 })), (job, name) => {
        expect(buildKey(job, name, {})).toMatch(/^[A-Za-z0-9._:+-]{1,200}$/);
      }),
    );
  });
});

describe("readCiJob", () => {
  test.each([
    [{ GITHUB_RUN_ID: "7", GITHUB_RUN_ATTEMPT: "1" }, "gha-7-1"],
    [{ GITLAB_CI: "true", CI_JOB_ID: "99" }, "gitlab-99"],
    [{ BUILDKITE_BUILD_NUMBER: "5", BUILDKITE_JOB_ID: "ab", BUILDKITE_RETRY_COUNT: "0" }, "buildkite-5-ab-0"],
    [{ BUILD_ID: "12", JOB_NAME: "bench/main" }, "build-bench/main-12"],
    [{}, null],
  ])("%o is job %s", (env, key) => {
    expect(readCiJob(env).key).toBe(key);
  });

  test("knows branch and pull request of a job for a pull request", () => {
    const github = { GITHUB_RUN_ID: "7", GITHUB_HEAD_REF: "feature/x", GITHUB_REF: "refs/pull/7280/merge" };
    expect(readCiJob(github)).toMatchObject({ branch: "feature/x", pullRequest: 7280 });
    const gitlab = { GITLAB_CI: "true", CI_MERGE_REQUEST_SOURCE_BRANCH_NAME: "fix", CI_MERGE_REQUEST_IID: "12" };
    expect(readCiJob(gitlab)).toMatchObject({ branch: "fix", pullRequest: 12 });
  });

  test("a push to a branch is no pull request, a tag is no branch", () => {
    const push = { GITHUB_RUN_ID: "7", GITHUB_REF: "refs/heads/12", GITHUB_REF_NAME: "12", GITHUB_REF_TYPE: "branch" };
    expect(readCiJob(push)).toMatchObject({ branch: "12", pullRequest: null });
    const tag = { GITHUB_RUN_ID: "7", GITHUB_REF: "refs/tags/v1", GITHUB_REF_NAME: "v1", GITHUB_REF_TYPE: "tag" };
    expect(readCiJob(tag)).toMatchObject({ branch: null, pullRequest: null });
  });
});
