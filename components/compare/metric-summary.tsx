import Link from "next/link";
import { classes } from "@/components/ui/classes";
import { Delta } from "@/components/ui/delta";
import { Cell, Head, Row, Table } from "@/components/ui/table";
import type { Summary, Verdict } from "@/lib/compare";
import { formatChange, formatInterval } from "@/lib/format/change";
import { metricLabel } from "@/lib/format/name";
import { formatCount } from "@/lib/format/number";
import { toneOfChange, wayOf } from "@/lib/format/verdict";
import type { CompareMetric, CompareRow, Comparison } from "@/lib/queries/compare";
import { type CompareSelection, compareUrl, VERDICT_ORDER } from "@/lib/urls/compare";
import { rowKey } from "./view-rows";

/** Squares up to here; beyond, the numbers alone. */
const MOST_SQUARES = 40;

/** A line per metric: a square per row, how many of each verdict, and the mean of all ratios. */
export function MetricSummary({ comparison, selection }: { comparison: Comparison; selection: CompareSelection }) {
  const { metrics, summary, rows } = comparison;
  const lines = metrics.flatMap((metric) => {
    const overall = summary.metrics.find((one) => one.metric === metric.name);
    return overall ? [{ metric, overall, rows: rows.filter((row) => row.metric === metric.name) }] : [];
  });
  const most = Math.max(...lines.map((line) => line.rows.length));
  const isOpen = comparison.looks?.open ?? false;
  return (
    <div className="min-w-0">
      <Table label="Metrics">
        <thead>
          <tr>
            <Head>Metric</Head>
            {most <= MOST_SQUARES && <Head className="max-sm:hidden">{most} rows, worst first</Head>}
            <Head numeric>Worse</Head>
            <Head numeric>Better</Head>
            <Head numeric className={restOf(most <= MOST_SQUARES)}>
              Unchanged
            </Head>
            <Head numeric className={restOf(most <= MOST_SQUARES)}>
              {isOpen ? "Open" : "Cannot be told"}
            </Head>
            <Head numeric>Overall</Head>
            <Head numeric className="max-sm:hidden">
              95 % interval
            </Head>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <Line
              key={line.metric.name}
              {...line}
              withSquares={most <= MOST_SQUARES}
              isOpen={isOpen}
              urlOf={(workload) => compareUrl(comparison.project.slug, { ...selection, workload, page: 1 })}
            />
          ))}
        </tbody>
      </Table>
      <p className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-label text-ink-3">
        {(["regression", "improvement", "unchanged", "inconclusive"] as const).map((verdict) => (
          <span key={verdict} className="inline-flex items-center gap-1.5">
            <Square verdict={verdict} /> {isOpen && verdict === "inconclusive" ? "open" : verdict}
          </span>
        ))}
        <span>
          Overall is the geometric mean of the ratios, every row weighing the same. It never hides a row: a regression
          counts whatever the mean says.
        </span>
      </p>
    </div>
  );
}

/** Where squares show them, only where there is room. */
const restOf = (withSquares: boolean) => (withSquares ? "max-md:hidden lg:max-[1500px]:hidden" : "max-md:hidden");

type LineProps = {
  metric: CompareMetric;
  overall: Summary["metrics"][number];
  rows: CompareRow[];
  withSquares: boolean;
  /** Before its plan an experiment has intervals and no verdict. */
  isOpen: boolean;
  /** The page with one workload alone. */
  urlOf: (workload: string) => string;
};

function Line({ metric, overall, rows, withSquares, isOpen, urlOf }: LineProps) {
  const count = (...verdicts: Verdict[]) => rows.filter(({ verdict }) => verdicts.includes(verdict)).length;
  const { change, interval } = overall;
  const isCertain = interval !== null && (interval[0] > 0 || interval[1] < 0);
  const tone =
    change === null || !isCertain || isOpen
      ? "same"
      : toneOfChange(1, 1 + change, metric.better, metric.smallestEffect);
  return (
    <Row>
      <Cell className="font-medium">{metricLabel(metric.name, metric.displayName)}</Cell>
      {withSquares && (
        <Cell className="max-sm:hidden">
          <Squares rows={rows} urlOf={urlOf} />
        </Cell>
      )}
      <Count count={count("regression")} />
      <Count count={count("improvement")} />
      <Count count={count("unchanged")} className={restOf(withSquares)} />
      <Count count={count("inconclusive", "rose", "fell")} className={restOf(withSquares)} />
      <Cell numeric>
        <Delta tone={tone} way={wayOf(change ?? 0)} text={formatChange(change)} />
      </Cell>
      <Cell numeric className="text-ink-2 max-sm:hidden">
        {interval ? formatInterval(...interval) : ""}
      </Cell>
    </Row>
  );
}

function Count({ count, className }: { count: number; className?: string }) {
  return (
    <Cell numeric className={classes(count === 0 && "text-ink-3", className)}>
      {formatCount(count)}
    </Cell>
  );
}

/** A pointer's short cut: the rows below say the same, and can be filtered by name. */
function Squares({ rows, urlOf }: Pick<LineProps, "rows" | "urlOf">) {
  const inOrder = rows.toSorted((a, b) => VERDICT_ORDER.indexOf(a.verdict) - VERDICT_ORDER.indexOf(b.verdict));
  return (
    <span className="inline-flex flex-wrap" aria-hidden="true">
      {inOrder.map((row) => (
        <Link
          key={rowKey(row)}
          href={urlOf(row.workload)}
          prefetch={false}
          scroll={false}
          tabIndex={-1}
          title={`${row.workload}: ${row.verdict}`}
          className="inline-flex px-px py-1 hover:opacity-70"
        >
          <Square verdict={row.verdict} />
        </Link>
      ))}
    </span>
  );
}

const SQUARE: Record<Verdict, string> = {
  regression: "bg-worse-mark",
  improvement: "border-2 border-better-mark",
  rose: "bg-ink-2",
  fell: "border-2 border-ink-2",
  unchanged: "bg-surface-2",
  inconclusive: "hatched border border-line-strong",
};

function Square({ verdict }: { verdict: Verdict }) {
  return <span className={classes("inline-block size-3 rounded-[2px]", SQUARE[verdict])} />;
}
