import { repositoryUrl } from "./absolute";
import { segment } from "./query";

/** Where a host of repositories keeps its pages, behind the address of the repository. */
type Forge = {
  compare(base: string, head: string): string;
  pullRequest(number: number): string;
  commit(sha: string): string;
  issue(number: number): string;
  /** The form for a new issue, with {title} and {body}. */
  newIssue: string;
};

const GITHUB: Forge = {
  compare: (base, head) => `/compare/${base}...${head}`,
  pullRequest: (number) => `/pull/${number}`,
  commit: (sha) => `/commit/${sha}`,
  issue: (number) => `/issues/${number}`,
  newIssue: "/issues/new?title={title}&body={body}",
};

const GITLAB: Forge = {
  compare: (base, head) => `/-/compare/${base}...${head}`,
  pullRequest: (number) => `/-/merge_requests/${number}`,
  commit: (sha) => `/-/commit/${sha}`,
  issue: (number) => `/-/issues/${number}`,
  newIssue: "/-/issues/new?issue[title]={title}&issue[description]={body}",
};

/** Bitbucket names what is compared before what it is compared with. */
const BITBUCKET: Forge = {
  compare: (base, head) => `/branches/compare/${head}..${base}`,
  pullRequest: (number) => `/pull-requests/${number}`,
  commit: (sha) => `/commits/${sha}`,
  issue: (number) => `/issues/${number}`,
  newIssue: "/issues/new?title={title}&content={body}",
};

/** Gitea, and Forgejo, which comes from it. */
const GITEA: Forge = { ...GITHUB, pullRequest: (number) => `/pulls/${number}` };

const BY_HOST: readonly (readonly [RegExp, Forge])[] = [
  [/gitlab/, GITLAB],
  [/bitbucket/, BITBUCKET],
  [/gitea|forgejo|codeberg/, GITEA],
];

/** By the host's name; one that tells nothing is addressed as GitHub is. */
function forgeOf(home: string): Forge {
  const host = /^https?:\/\/([^/]*)/i.exec(home)?.[1]?.toLowerCase() ?? "";
  return BY_HOST.find(([pattern]) => pattern.test(host))?.[1] ?? GITHUB;
}

/** The difference between two commits at the repository's host; null where the project names no http(s) address. */
export function diffUrl(repository: string | null, base: string, head: string): string | null {
  const home = repositoryUrl(repository);
  return home && home + forgeOf(home).compare(segment(base), segment(head));
}

/** A pull (or merge) request at the repository's host. */
export function pullRequestUrl(repository: string | null, number: number): string | null {
  const home = repositoryUrl(repository);
  return home && home + forgeOf(home).pullRequest(number);
}

/** A commit at the repository's host. */
export function sourceUrl(repository: string | null, sha: string): string | null {
  const home = repositoryUrl(repository);
  return home && home + forgeOf(home).commit(segment(sha));
}

/** An issue at the repository's host. */
export function numberedIssueUrl(repository: string | null, number: number): string | null {
  const home = repositoryUrl(repository);
  return home && home + forgeOf(home).issue(number);
}

/** The template of a new issue's address at the repository's host; null where the project names no http(s) address. */
export function newIssueTemplate(repository: string | null): string | null {
  const home = repositoryUrl(repository);
  return home && home + forgeOf(home).newIssue;
}
