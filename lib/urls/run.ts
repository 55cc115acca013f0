import { flag, grammar, type Selection, segment } from "./query";

/** all: every result, also where there are hundreds. values: the table in words below the matrix. */
const params = { all: flag, values: flag } as const;

export type RunSelection = Selection<typeof params>;
export const runQuery = grammar(params);

/** One run: everything it measured. */
export function runUrl(project: string, key: string, selection: Partial<RunSelection> = {}): string {
  return `/${segment(project)}/runs/${segment(key)}${runQuery.build(selection)}`;
}
