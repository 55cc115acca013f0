import { flag, grammar, type Selection, segment } from "./query";

/** all: every series, also where there are hundreds. */
const params = { all: flag } as const;

export type CommitSelection = Selection<typeof params>;
export const commitQuery = grammar(params);

/** One commit: its runs, against the usual range. */
export function commitUrl(project: string, sha: string, selection: Partial<CommitSelection> = {}): string {
  return `/${segment(project)}/commits/${segment(sha)}${commitQuery.build(selection)}`;
}
