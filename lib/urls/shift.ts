import { flag, grammar, type Selection, segment, text, texts } from "./query";

/** environment: whose series the charts show; metric: the charts to open besides the largest; table: as a table. */
const params = { environment: text, metric: texts, table: flag } as const;

export type ShiftSelection = Selection<typeof params>;
export const shiftQuery = grammar(params);

/** The permalink that goes into issues. */
export function shiftUrl(project: string, number: number, selection: Partial<ShiftSelection> = {}): string {
  return `/${segment(project)}/shifts/${number}${shiftQuery.build(selection)}`;
}
