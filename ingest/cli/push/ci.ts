import type { Environment } from "../http/settings";

/** What a CI system says of the job that runs now. */
export type CiJob = {
  /** Unique per job and attempt: "gha-6211-1". */
  key: string | null;
  branch: string | null;
  pullRequest: number | null;
};

/** A CI system: how it is known, and the parts that make its job unique. Two jobs of a matrix differ by `job`. */
type System = { known: string; prefix: string; parts: readonly string[]; branch: readonly string[]; pull: string };

const SYSTEMS: readonly System[] = [
  {
    known: "GITHUB_RUN_ID",
    prefix: "gha",
    parts: ["GITHUB_RUN_ID", "GITHUB_RUN_ATTEMPT"],
    branch: ["GITHUB_HEAD_REF"],
    pull: "GITHUB_REF",
  },
  // A retried GitLab job has a new CI_JOB_ID, so it holds the attempt.
  {
    known: "GITLAB_CI",
    prefix: "gitlab",
    parts: ["CI_JOB_ID"],
    branch: ["CI_COMMIT_BRANCH", "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME"],
    pull: "CI_MERGE_REQUEST_IID",
  },
  {
    known: "BUILDKITE_BUILD_NUMBER",
    prefix: "buildkite",
    parts: ["BUILDKITE_BUILD_NUMBER", "BUILDKITE_JOB_ID", "BUILDKITE_RETRY_COUNT"],
    branch: ["BUILDKITE_BRANCH"],
    pull: "BUILDKITE_PULL_REQUEST",
  },
  {
    known: "CIRCLE_BUILD_NUM",
    prefix: "circle",
    parts: ["CIRCLE_BUILD_NUM"],
    branch: ["CIRCLE_BRANCH"],
    pull: "CIRCLE_PR_NUMBER",
  },
  {
    known: "BUILD_BUILDID",
    prefix: "azure",
    parts: ["BUILD_BUILDID", "SYSTEM_JOBATTEMPT"],
    branch: ["BUILD_SOURCEBRANCHNAME"],
    pull: "SYSTEM_PULLREQUEST_PULLREQUESTNUMBER",
  },
  // Jenkins: BUILD_ID counts per job, so the job's name belongs to it.
  {
    known: "BUILD_ID",
    prefix: "build",
    parts: ["JOB_NAME", "BUILD_ID"],
    branch: ["CHANGE_BRANCH", "BRANCH_NAME"],
    pull: "CHANGE_ID",
  },
];

/** What the variables of the CI system at hand say; all null outside of CI. */
export function readCiJob(env: Environment): CiJob {
  const system = SYSTEMS.find(({ known }) => env[known]);
  if (!system) return { key: null, branch: null, pullRequest: null };
  const parts = system.parts.flatMap((name) => env[name] || []);
  const branch = system.branch.map((name) => env[name]).find(Boolean) ?? githubBranch(env);
  return {
    key: [system.prefix, ...parts].join("-"),
    branch: branch || null,
    pullRequest: readPullRequest(env[system.pull]),
  };
}

function githubBranch(env: Environment): string | undefined {
  return env.GITHUB_REF_TYPE === "branch" && !env.GITHUB_REF?.startsWith("refs/pull/")
    ? env.GITHUB_REF_NAME
    : undefined;
}

/** "refs/pull/7280/merge" or "7280"; null for anything else ("false" where Buildkite has none). */
function readPullRequest(value: string | undefined): number | null {
  const match = /^(?:refs\/pull\/)?(\d+)(?:\/|$)/.exec(value ?? "");
  return match ? Number(match[1]) : null;
}
