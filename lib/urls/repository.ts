import { repositoryUrl } from "./absolute";
import { segment } from "./query";

/** GitLab keeps its own pages under "/-/"; everything else is addressed as GitHub is. */
const isGitLab = (repository: string) => /^https?:\/\/[^/]*gitlab/i.test(repository);

/** The difference between two commits at the repository's host; null where the project names no http(s) address. */
export function diffUrl(repository: string | null, base: string, head: string): string | null {
  const home = repositoryUrl(repository);
  return home && `${home}${isGitLab(home) ? "/-" : ""}/compare/${segment(base)}...${segment(head)}`;
}

/** A pull (or merge) request at the repository's host. */
export function pullRequestUrl(repository: string | null, number: number): string | null {
  const home = repositoryUrl(repository);
  return home && `${home}${isGitLab(home) ? "/-/merge_requests" : "/pull"}/${number}`;
}

/** A commit at the repository's host. */
export function sourceUrl(repository: string | null, sha: string): string | null {
  const home = repositoryUrl(repository);
  return home && `${home}${isGitLab(home) ? "/-" : ""}/commit/${segment(sha)}`;
}
