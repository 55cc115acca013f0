import { Cell, Head, Row, Table } from "@/components/ui/table";
import { formatChange } from "@/lib/format/change";
import { metricLabel } from "@/lib/format/name";
import { formatScaled, formatValue, scaleFor } from "@/lib/format/unit";
import type { RunMetric, RunRead, RunResult } from "@/lib/queries/run";
import { ResultName } from "./result-name";
import { StandingCell } from "./standing-cell";

/** Samples that a cell's title lists. */
const LISTED_SAMPLES = 50;

/** Everything that was measured, a row per value: the exact figures behind the matrix. */
export function RunTable({ run, results }: { run: RunRead; results: readonly RunResult[] }) {
  return (
    <Table label="All values">
      <thead>
        <tr>
          <Head>Workload</Head>
          <Head>Metric</Head>
          <Head numeric>Median</Head>
          <Head numeric>Smallest … largest</Head>
          <Head numeric>n</Head>
          <Head numeric>Usual range</Head>
          <Head numeric>Against its level</Head>
          <Head>In words</Head>
        </tr>
      </thead>
      <tbody>
        {results.map((result) => (
          <Values key={JSON.stringify([result.workload, result.params, result.version])} run={run} result={result} />
        ))}
      </tbody>
    </Table>
  );
}

function Values({ run, result }: { run: RunRead; result: RunResult }) {
  const name = <ResultName run={run} result={result} />;
  if (result.metrics.length === 0)
    return (
      <Row>
        <Cell className="py-1 align-top">{name}</Cell>
        <Cell colSpan={7} className={result.outcome === "failed" ? "py-1 text-warn" : "py-1 text-ink-3"}>
          {result.outcome}
          {result.error && (
            <span className="block whitespace-pre-wrap text-ink-2 [overflow-wrap:anywhere]">{result.error}</span>
          )}
        </Cell>
      </Row>
    );
  return result.metrics.map((metric, i) => (
    <Row key={metric.metric}>
      <Cell>{i === 0 && name}</Cell>
      <MetricCells metric={metric} />
    </Row>
  ));
}

function MetricCells({ metric }: { metric: RunMetric }) {
  const { value, min, max, n, unit, sentUnit, usual } = metric;
  const scale = scaleFor([value, usual?.level ?? null], unit);
  const range = (lo: number, hi: number) => {
    const [least, most] = [formatScaled(lo, scale), formatScaled(hi, scale)];
    return least === most ? least : `${least} … ${most}`;
  };
  return (
    <>
      <Cell className="text-ink-2">
        {metricLabel(metric.metric, metric.metricName)}
        {sentUnit && <span className="text-ink-3"> sent in {sentUnit}</span>}
      </Cell>
      <Cell numeric className="font-medium" title={metric.samples.slice(0, LISTED_SAMPLES).join(", ")}>
        {formatValue(value, scale)}
      </Cell>
      <Cell numeric className="text-ink-3">
        {n > 1 ? range(min, max) : ""}
      </Cell>
      <Cell numeric className="text-ink-2">
        {n}
      </Cell>
      <Cell numeric className="text-ink-2">
        {usual ? range(usual.lo, usual.hi) : ""}
      </Cell>
      <Cell numeric className="text-ink-2">
        {usual?.level ? formatChange(value / usual.level - 1) : ""}
      </Cell>
      <StandingCell value={value} usual={usual} />
    </>
  );
}
