import { Badge } from "@/components/ui/badge";
import { classes } from "@/components/ui/classes";
import { Cell, Head, Row, Table } from "@/components/ui/table";
import { formatChange } from "@/lib/format/change";
import { metricLabel } from "@/lib/format/name";
import { formatQuantity } from "@/lib/format/unit";
import type { RunMetric, RunRead, RunResult } from "@/lib/queries/run";
import { RangeBullet } from "./range-bullet";
import { ResultName } from "./result-name";
import { isUnusual, standingOf, zText } from "./usual";

type Column = { name: string; label: string };

/** Metrics of a run in the order in which its results name them. */
export function metricsOf(results: readonly RunResult[]): Column[] {
  const found = new Map<string, string>();
  for (const { metrics } of results)
    for (const { metric, metricName } of metrics) found.set(metric, metricLabel(metric, metricName));
  return [...found].map(([name, label]) => ({ name, label }));
}

/** A row per result, a column per metric: the value, where it lies against its usual range, and how far off when outside. */
export function RunMatrix({ run, results }: { run: RunRead; results: readonly RunResult[] }) {
  const columns = metricsOf(results);
  return (
    <Table label="Results">
      <thead>
        <tr>
          <Head>Workload</Head>
          {columns.map(({ name, label }) => (
            <Head key={name} className="pl-6">
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

function ResultRow({ run, result, columns }: { run: RunRead; result: RunResult; columns: Column[] }) {
  const { outcome, error, metrics } = result;
  return (
    <Row className={classes(outcome === "failed" && "bg-warn-soft")}>
      <Cell className="h-8">
        <ResultName run={run} result={result} />
      </Cell>
      {metrics.length === 0 ? (
        <Cell colSpan={Math.max(1, columns.length)} className="pl-6">
          <Badge tone={outcome === "failed" ? "warn" : "unsure"}>{outcome === "failed" ? "Failed" : "Skipped"}</Badge>
          {error && <span className="sha ml-2 whitespace-pre-wrap [overflow-wrap:anywhere]">{error}</span>}
        </Cell>
      ) : (
        columns.map(({ name }) => <Value key={name} metric={metrics.find(({ metric }) => metric === name)} />)
      )}
    </Row>
  );
}

function Value({ metric }: { metric: RunMetric | undefined }) {
  if (!metric) return <Cell className="pl-6 text-ink-3">not measured</Cell>;
  const { value, usual, unit, samples } = metric;
  const standing = standingOf(value, usual);
  const isOff = isUnusual(value, usual);
  return (
    <Cell className="relative pl-6 whitespace-nowrap" title={titleOf(metric)}>
      <span className={classes("inline-block min-w-16 text-right", isOff && "font-medium")}>
        {formatQuantity(value, unit)}
      </span>
      {usual && <RangeBullet value={value} usual={usual} className="mx-2" />}
      {isOff && usual && (
        <span className="text-label text-ink-3">
          <span className="sr-only">outside the usual range, </span>
          {usual.level === 0 ? formatQuantity(value - usual.level, unit) : formatChange(value / usual.level - 1)}
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
