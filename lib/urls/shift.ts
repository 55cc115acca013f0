import { flag, grammar, oneOf, type Selection, segment, text } from "./query";

/** environment: whose series the charts show; show: which of the series the table lists; all: without its limit. */
const params = { environment: text, show: oneOf(["all", "worse", "better"], "all"), all: flag } as const;

export type ShiftSelection = Selection<typeof params>;
export const shiftQuery = grammar(params);

/** The permalink that goes into issues. */
export function shiftUrl(project: string, number: number, selection: Partial<ShiftSelection> = {}): string {
  return `/${segment(project)}/shifts/${number}${shiftQuery.build(selection)}`;
}
