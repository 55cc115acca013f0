import { segment } from "./query";

/** One commit: its runs, against the usual range. */
export function commitUrl(project: string, sha: string): string {
  return `/${segment(project)}/commits/${segment(sha)}`;
}
