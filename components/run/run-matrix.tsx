import { Badge } from "@/components/ui/badge";
import { classes } from "@/components/ui/classes";
import { Cell, Head, Row, Table } from "@/components/ui/table";
import { formatChange } from "@/lib/format/change";
import { metricLabel } from "@/lib/format/name";
import { formatDifference, formatQuantity, formatValue, type Scale, scaleFor } from "@/lib/format/unit";
import type { RunMetric, RunResult } from "@/lib/queries/run";
import { RangeBullet } from "./range-bullet";
import { ResultName, type RunPlace } from "./result-name";
import { isUnusual, standingOf, zText } from "./usual";

type Column = { name: string; label: string };
/** With the unit that all its values are shown in. */
type ScaledColumn = Column & { scale: Scale };

/** Metrics of a run in the order in which its results name them. */
export function metricsOf(results: readonly RunResult[]): Column[] {
  const found = new Map<string, string>();
  for (const { metrics } of results)
    for (const { metric, metricName } of metrics) found.set(metric, metricLabel(metric, metricName));
  return [...found].map(([name, label]) => ({ name, label }));
}

/** A row per result, a column per metric: the value, where it lies against its usual range, and how far off when outside. */
export function RunMatrix({ run, results }: { run: RunPlace; results: readonly RunResult[] }) {
  const columns = metricsOf(results).map((column): ScaledColumn => {
    const own = results.flatMap(({ metrics }) => metrics.filter(({ metric }) => metric === column.name));
    const scale = scaleFor(
      own.map(({ value }) => value),
      own[0]?.unit ?? "",
    );
    return { ...column, scale };
  });
  return (
    <Table label="Results">
      <thead>
        <tr>
          <Head>Workload</Head>
          {columns.map(({ name, label }) => (
            <Head key={name} className="max-w-56 truncate pl-6" title={label}>
              {label}
            </Head>
          ))}
        </tr>
      </thead>
      <tbody>
        {results.map((result) => (
          <ResultRow
            key={JSON.stringify([result.workload, result.params, result.version])}
            run={run}
            result={result}
            columns={columns}
          />
        ))}
      </tbody>
    </Table>
  );
}

function ResultRow({ run, result, columns }: { run: RunPlace; result: RunResult; columns: ScaledColumn[] }) {
  const { outcome, error, metrics } = result;
  return (
    <Row className={classes(outcome === "failed" && "bg-warn-soft")}>
      <Cell className="h-8">
        <ResultName run={run} result={result} />
      </Cell>
      {metrics.length === 0 ? (
        <Cell colSpan={Math.max(1, columns.length)} className="pl-6">
          <div className="flex items-start gap-2">
            <Badge tone={outcome === "failed" ? "warn" : "unsure"}>{outcome === "failed" ? "Failed" : "Skipped"}</Badge>
            {error && (
              <span className="sha line-clamp-2 min-w-0 whitespace-pre-wrap [overflow-wrap:anywhere]" title={error}>
                {error}
              </span>
            )}
          </div>
        </Cell>
      ) : (
        columns.map(({ name, scale }) => (
          <Value key={name} metric={metrics.find(({ metric }) => metric === name)} scale={scale} />
        ))
      )}
    </Row>
  );
}

function Value({ metric, scale }: { metric: RunMetric | undefined; scale: Scale }) {
  if (!metric) return <Cell className="pl-6 text-ink-3">not measured</Cell>;
  const { value, usual, samples } = metric;
  const standing = standingOf(value, usual);
  const isOff = isUnusual(value, usual);
  return (
    <Cell className="relative pl-6 whitespace-nowrap" title={titleOf(metric)}>
      <span className={classes("inline-block min-w-16 text-right", isOff && "font-medium")}>
        {formatValue(value, scale)}
      </span>
      {usual && <RangeBullet value={value} usual={usual} className="mx-2" />}
      {isOff && usual && (
        <span className="text-label text-ink-3">
          <span className="sr-only">outside the usual range, </span>
          {usual.level === 0 ? formatDifference(value, scale) : formatChange(value / usual.level - 1)}
          {standing?.word.startsWith("far") && <span className="sr-only">, {standing.word}</span>}
        </span>
      )}
      {!usual && samples.length > 1 && <span className="text-label text-ink-3"> n {samples.length}</span>}
    </Cell>
  );
}

function titleOf({ value, usual, unit, n, min, max }: RunMetric): string {
  const spread = n > 1 ? `n ${n}, ${formatQuantity(min, unit)} to ${formatQuantity(max, unit)}` : "n 1";
  if (!usual) return spread;
  const standing = standingOf(value, usual);
  const words = [standing?.word, zText(standing?.z ?? null)].filter(Boolean).join(", ");
  return `${words}; ${spread}; usual ${formatQuantity(usual.lo, unit)} to ${formatQuantity(usual.hi, unit)}, level ${formatQuantity(usual.level, unit)}`;
}
