import type { CompareRow, Comparison } from "@/lib/queries/compare";
import type { CompareSelection } from "@/lib/urls/compare";

/** Rows of a page of the views that are not folded. */
export const PAGE_ROWS = 100;

/** One page of the rows that pass the filters, the verdict's included. */
export function pageOfRows(
  rows: readonly CompareRow[],
  { verdict, page }: Pick<CompareSelection, "verdict" | "page">,
): { rows: CompareRow[]; first: number; total: number } {
  const all = rows.filter((row) => verdict === null || row.verdict === verdict);
  const first = Math.min(page - 1, Math.max(0, Math.ceil(all.length / PAGE_ROWS) - 1)) * PAGE_ROWS;
  return { rows: all.slice(first, first + PAGE_ROWS), first, total: all.length };
}

/** What tells a row from all others. */
export const rowKey = (row: Pick<CompareRow, "workloadNumber" | "params" | "version" | "metric" | "environment">) =>
  `${row.workloadNumber} ${JSON.stringify(row.params)} ${row.version} ${row.metric} ${row.environment}`;

/** "no-queuing" of "scheduling / no-queuing": the experiment stands above. */
export const shortLabel = (label: string) => label.split(" / ").at(-1) ?? label;

/** Characters of a name from which it wraps, up to three lines; its whole is its title. */
const LONG_NAME = 34;
export const isLongName = (name: string) => name.length > LONG_NAME;

/** What the views of rows need of a comparison. */
export type ShownComparison = Pick<
  Comparison,
  "project" | "baseline" | "contender" | "metrics" | "environments" | "rows"
>;

/** Do rows lie in several environments? */
export const hasEnvironments = ({ environments }: Pick<Comparison, "environments">) => environments.length > 1;
