import { numberedIssueUrl, pullRequestUrl } from "./repository";

/**
 * The address that somebody means by "https://github.com/dask/distributed/issues/7280", "#7280" or, at GitLab, "!12"
 * (a merge request). Short forms are those of `repository`. null: no http(s) address, or a short form without a repository.
 */
export function issueUrl(text: string, repository: string | null): string | null {
  const typed = text.trim();
  const short = /^([#!])(\d{1,9})$/.exec(typed);
  if (short) {
    const number = Number(short[2]);
    return short[1] === "#" ? numberedIssueUrl(repository, number) : pullRequestUrl(repository, number);
  }
  if (!/^https?:\/\/[^\s/]/i.test(typed) || !URL.canParse(typed)) return null;
  const url = new URL(typed);
  return url.username || url.password ? null : url.href;
}

/** What stands for an address in a list: "dask/distributed#7280", or the address without its scheme. */
export function issueLabel(url: string): string {
  const found = /^https?:\/\/[^/]+\/(.+?)(?:\/-)?\/(issues|pull|pulls|merge_requests)\/(\d+)\/?$/i.exec(url);
  if (!found) return url.replace(/^https?:\/\//i, "").replace(/\/$/, "");
  const [, path = "", kind, number] = found;
  return `${path}${kind === "merge_requests" ? "!" : "#"}${number}`;
}
