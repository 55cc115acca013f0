import { MOST_LINES_TOGETHER, type SeriesShape, seriesShape } from "@/lib/chart/seriesShapes";
import { differingLabel, paramsLabel } from "@/lib/format/name";
import type { WorkloadLine, WorkloadRead } from "@/lib/queries/workload";

/** A line of the page: what it is called among the others, and how it is drawn. */
export type ShownLine = WorkloadLine & {
  /** Names it in the address, whatever else is drawn. */
  key: string;
  /** What sets it apart from the others. */
  label: string;
  shape: SeriesShape;
  isHidden: boolean;
};

/** The lines that are drawn together, in order; those that the legend turned off (`hidden`, by key) are marked. */
export function shownLines({ lines }: Pick<WorkloadRead, "lines">, hidden: readonly string[]): ShownLine[] {
  const sets = lines.map(({ params }) => params);
  const places = new Set(lines.map(({ environment }) => environment));
  const hasCases = new Set(sets.map((params) => JSON.stringify(params))).size > 1;
  return lines.map((line, i) => {
    const given = hasCases ? differingLabel(line.params, sets) || "no parameters" : "";
    const where = places.size > 1 ? line.environment : "";
    const key = keyOf(line);
    return {
      ...line,
      key,
      label: [given, where].filter(Boolean).join(" · ") || line.environment,
      shape: seriesShape(i),
      isHidden: hidden.includes(key),
    };
  });
}

/** "size=5 in vm-b". */
export const keyOf = ({ params, environment }: WorkloadLine): string =>
  [paramsLabel(params), environment].filter(Boolean).join(" in ");

/** How the lines of a page are drawn: one with all that belongs to it, some in one chart, many in a small chart each. */
export type LinesView = "one" | "together" | "apart";

export const linesView = ({ lines }: Pick<WorkloadRead, "lines">): LinesView =>
  lines.length <= 1 ? "one" : lines.length <= MOST_LINES_TOGETHER ? "together" : "apart";
