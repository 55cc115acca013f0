import { grammar, oneOf, type Selection, segment, text } from "./query";

const params = { environment: text, branch: text, shifts: oneOf(["cost", "latest"], "cost") } as const;

/** What the overview shows: null means the environment with the newest run, and the default branch. shifts: how they are listed. */
export type OverviewSelection = Selection<typeof params>;
export const overviewQuery = grammar(params);

export function overviewUrl(project: string, selection: Partial<OverviewSelection> = {}): string {
  return `/${segment(project)}${overviewQuery.build(selection)}`;
}
