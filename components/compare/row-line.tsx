import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { classes } from "@/components/ui/classes";
import { Delta } from "@/components/ui/delta";
import { Cell, Row } from "@/components/ui/table";
import { formatChange, formatP } from "@/lib/format/change";
import { changeText, intervalText, rowScale, settleText, verdictTone } from "@/lib/format/comparison";
import { paramsLabel } from "@/lib/format/name";
import { formatScaled } from "@/lib/format/unit";
import { wayOf } from "@/lib/format/verdict";
import type { CompareRow, Comparison } from "@/lib/queries/compare";
import { caseUrl, trendUrl } from "./case-url";
import type { ForestAxis } from "./forest";
import { ForestCell } from "./forest-cell";
import { isLongName } from "./view-rows";

type Props = {
  comparison: Comparison;
  row: CompareRow;
  axis: ForestAxis;
  /** The metric's name for people. */
  metric: string;
  withEnvironment: boolean;
  withNoise: boolean;
};

/** One compared row. Its name leads to both distributions, the arrow at its end to the trend. */
export function RowLine({ row, metric, comparison, axis, withEnvironment, withNoise }: Props) {
  const { baseline, contender } = row;
  const scale = rowScale(row);
  const given = paramsLabel(row.params);
  const isLong = isLongName(row.workload);
  const failed = baseline.failed + contender.failed;
  return (
    <Row>
      <Cell
        className={classes(
          "max-sm:min-w-28 max-sm:py-1 max-sm:[overflow-wrap:anywhere]",
          isLong ? "min-w-48 py-1 [overflow-wrap:anywhere]" : "sm:whitespace-nowrap",
        )}
      >
        <Link
          href={caseUrl(comparison, row)}
          prefetch={false}
          title={isLong ? row.workload : undefined}
          className={classes("font-medium underline-offset-3 hover:underline", isLong && "line-clamp-3")}
        >
          {row.workload}
        </Link>
        {given && <span className="text-ink-3"> {given}</span>}
        {row.version && <span className="text-ink-3"> version {row.version}</span>}
        {failed > 0 && <span className="text-warn"> failed in {failed} more runs</span>}
        <span className="block text-label text-ink-3 sm:hidden">{metric}</span>
      </Cell>
      <Cell className="whitespace-nowrap text-ink-2 max-sm:hidden">{metric}</Cell>
      {withEnvironment && <Cell className="text-ink-2 max-md:hidden">{row.environment}</Cell>}
      <Cell numeric>
        <Delta tone={verdictTone(row.verdict)} way={wayOf(row.difference ?? 0)} text={changeText(row)} />
        {isTold(row) && <span className="block text-label text-ink-3">certain, but small</span>}
      </Cell>
      <Cell className="px-7 max-md:hidden">
        <ForestCell row={row} axis={axis} />
      </Cell>
      <Cell numeric className="text-ink-2 max-sm:hidden">
        {intervalText(row)}
      </Cell>
      <Cell numeric className="text-ink-2 max-lg:hidden">
        {formatScaled(baseline.value, scale)}
      </Cell>
      <Cell numeric className="font-medium max-lg:hidden">
        {formatScaled(contender.value, scale)}
      </Cell>
      <Cell className="text-ink-2 max-lg:hidden">{scale.unit}</Cell>
      <Cell numeric className="text-ink-2 max-md:hidden" title={`${baseline.samples} and ${contender.samples} samples`}>
        {baseline.runs === contender.runs ? baseline.runs : `${baseline.runs} / ${contender.runs}`}
      </Cell>
      {withNoise && (
        <Cell numeric className="text-ink-2 max-md:hidden">
          {noiseText(row)}
        </Cell>
      )}
      <Cell numeric className="text-ink-2">
        {row.exact ? "exact" : formatP(row.q)}
      </Cell>
      <Cell numeric className="text-ink-2 max-sm:hidden">
        {settleText(row)}
      </Cell>
      <Cell numeric>
        <Link
          href={trendUrl(comparison, row)}
          prefetch={false}
          aria-label={`Trend of ${metric} of ${row.workload}`}
          className="inline-flex size-6 items-center justify-center rounded-1 text-ink-3 hover:text-ink"
        >
          <ChevronRight className="size-4" strokeWidth={1.5} aria-hidden />
        </Link>
      </Cell>
    </Row>
  );
}

/** Certain, under the smallest effect, and not so small that it is shown as none. */
const isTold = ({ small, change }: CompareRow) => small && Math.abs(change ?? 1) >= SHOWN_AS_NONE;
const SHOWN_AS_NONE = 0.0005;

/** Relative where the change is. */
function noiseText({ noise, change }: CompareRow): string {
  if (noise === null || change === null) return "";
  return formatChange(noise).replace(/^\+/, "");
}
