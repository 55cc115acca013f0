import Link from "next/link";
import { classes } from "@/components/ui/classes";
import { Delta } from "@/components/ui/delta";
import { Segmented } from "@/components/ui/segmented";
import { changeText, rowScale, verdictTone } from "@/lib/format/comparison";
import { metricInSentence, metricLabel, paramsLabel } from "@/lib/format/name";
import { formatScaled, formatValue, type Scale, scaleFor } from "@/lib/format/unit";
import { wayOf } from "@/lib/format/verdict";
import type { CompareRow } from "@/lib/queries/compare";
import { type CompareSelection, compareUrl } from "@/lib/urls/compare";
import { caseUrl } from "./case-url";
import { Pager } from "./pager";
import { pageOfRows, rowKey, type ShownComparison, shortLabel } from "./view-rows";

type Props = { comparison: ShownComparison; selection: CompareSelection };

/** The values themselves as bars from 0: per workload both sides, or per side all workloads on one scale. */
export function Bars({ comparison, selection }: Props) {
  const metric = comparison.metrics.find(({ name }) => name === selection.metric) ?? comparison.metrics[0];
  if (!metric) return null;
  const all = comparison.rows.filter((row) => row.metric === metric.name);
  const { rows, first, total } = pageOfRows(all, selection);
  const to = (by: CompareSelection["by"]) => compareUrl(comparison.project.slug, { ...selection, by, page: 1 });
  const what = metricInSentence(metricLabel(metric.name, metric.displayName));
  return (
    <section aria-label="Bars">
      <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2">
        <Segmented
          label="Bars"
          items={[
            { key: "workload", label: "By workload", href: to("workload"), current: selection.by === "workload" },
            { key: "variant", label: "By variant", href: to("variant"), current: selection.by === "variant" },
          ]}
        />
        <Sides comparison={comparison} />
        <span className="text-label text-ink-3">
          {selection.by === "workload"
            ? `Mean ${what} of the runs; each workload on a scale of its own, from 0`
            : `Mean ${what} of the runs; all bars on one scale, from 0`}
          {selection.metric === null && comparison.metrics.length > 1 && "; choose another metric above"}
        </span>
      </div>
      {selection.by === "workload" ? (
        <ByWorkload rows={rows} comparison={comparison} />
      ) : (
        <ByVariant rows={rows} comparison={comparison} scale={scaleFor(all.flatMap(valuesOf), metric.unit)} />
      )}
      <Pager project={comparison.project.slug} selection={selection} first={first} shown={rows.length} total={total} />
    </section>
  );
}

const valuesOf = ({ baseline, contender }: CompareRow) => [baseline.value, contender.value];
const FILL = { baseline: "bg-point", contender: "bg-level" } as const;
const SIDES = ["baseline", "contender"] as const;

function Sides({ comparison }: { comparison: ShownComparison }) {
  return (
    <span className="inline-flex items-center gap-3 text-label text-ink-2">
      {SIDES.map((side) => (
        <span key={side} className="inline-flex items-center gap-1.5">
          <span className={classes("inline-block h-2.5 w-4 rounded-[2px]", FILL[side])} />
          {shortLabel(comparison[side].label)}
        </span>
      ))}
    </span>
  );
}

function ByWorkload({ rows, comparison }: { rows: readonly CompareRow[]; comparison: ShownComparison }) {
  return (
    <ul className="grid grid-cols-[minmax(120px,240px)_minmax(0,1fr)_auto] gap-x-4 max-sm:grid-cols-[minmax(0,1fr)_auto]">
      {rows.map((row) => {
        const scale = rowScale(row);
        const largest = Math.max(...valuesOf(row).map((value) => value ?? 0));
        return (
          <li
            key={rowKey(row)}
            className="col-span-full grid grid-cols-subgrid items-center border-b border-grid py-1.5 max-sm:py-2"
          >
            <Name row={row} comparison={comparison} />
            <div className="flex min-w-0 flex-col gap-[3px] max-sm:order-last max-sm:col-span-2">
              {SIDES.map((side) => (
                <Bar
                  key={side}
                  value={row[side].value}
                  largest={largest}
                  side={side}
                  text={formatValue(row[side].value, scale)}
                />
              ))}
            </div>
            <Change row={row} />
          </li>
        );
      })}
    </ul>
  );
}

function ByVariant({
  rows,
  comparison,
  scale,
}: {
  rows: readonly CompareRow[];
  comparison: ShownComparison;
  scale: Scale;
}) {
  const largest = Math.max(...rows.flatMap(valuesOf).map((value) => value ?? 0));
  return (
    <div className="grid grid-cols-2 gap-x-8 gap-y-6 max-md:grid-cols-1">
      {SIDES.map((side) => (
        <section key={side} aria-label={comparison[side].label} className="min-w-0">
          <h3 className="mb-1.5 flex justify-between gap-2 border-b border-line pb-1.5 font-medium">
            {comparison[side].label} <span className="font-normal text-ink-3">{scale.unit}</span>
          </h3>
          <ul>
            {rows.map((row) => (
              <li
                key={rowKey(row)}
                className="grid h-(--row) grid-cols-[minmax(0,2fr)_minmax(0,3fr)] items-center gap-3"
              >
                <Name row={row} comparison={comparison} />
                <Bar
                  value={row[side].value}
                  largest={largest}
                  side={side}
                  text={formatScaled(row[side].value, scale)}
                />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function Name({ row, comparison }: { row: CompareRow; comparison: ShownComparison }) {
  const given = paramsLabel(row.params);
  return (
    <span className="min-w-0 truncate" title={`${row.workload} ${given}`}>
      <Link href={caseUrl(comparison, row)} prefetch={false} className="font-medium underline-offset-3 hover:underline">
        {row.workload}
      </Link>
      {given && <span className="text-ink-3"> {given}</span>}
      {comparison.environments.length > 1 && <span className="text-ink-3"> {row.environment}</span>}
    </span>
  );
}

type BarProps = { value: number | null; largest: number; side: "baseline" | "contender"; text: string };

/** From 0, with its value at its end. */
function Bar({ value, largest, side, text }: BarProps) {
  const share = value !== null && value > 0 && largest > 0 ? value / largest : 0;
  return (
    <span className="flex min-w-0 items-center gap-2">
      <span
        className={classes("h-2 min-w-px shrink rounded-r-[2px]", FILL[side])}
        style={{ width: `calc((100% - 80px) * ${share.toFixed(4)})` }}
      />
      <span className="text-label leading-3.5 whitespace-nowrap text-ink-2">{text}</span>
    </span>
  );
}

function Change({ row }: { row: CompareRow }) {
  return (
    <span className="min-w-20 text-right">
      <Delta tone={verdictTone(row.verdict)} way={wayOf(row.difference ?? 0)} text={changeText(row)} />
      {(row.verdict === "inconclusive" || row.verdict === "unchanged") && (
        <span className="block text-label text-ink-3">
          {row.open ? "open" : row.verdict === "inconclusive" ? "cannot be told" : "unchanged"}
        </span>
      )}
    </span>
  );
}
