import Link from "next/link";
import { PageHead, Section } from "@/components/frame/page-head";
import { buttonClasses } from "@/components/ui/button";
import { Cell, Head, Row, Table } from "@/components/ui/table";
import { formatChange } from "@/lib/format/change";
import { metricLabel, paramsLabel } from "@/lib/format/name";
import { plural } from "@/lib/format/number";
import { formatDate, formatTime, shortSha } from "@/lib/format/time";
import { formatScaled, formatValue, scaleFor } from "@/lib/format/unit";
import type { RunMetric, RunRead, RunResult } from "@/lib/queries/run";
import { apiUrl } from "@/lib/urls/api";
import { commitUrl } from "@/lib/urls/commit";
import { workloadUrl } from "@/lib/urls/workload";
import { Facts, factsText } from "./facts";

/** One run: where and when, and everything it measured. No verdicts: one run proves nothing. */
export function RunPage({ run }: { run: RunRead }) {
  const { slug } = run.project;
  const count = (outcome: string) => run.results.filter((result) => result.outcome === outcome).length;
  const [failed, skipped] = [count("failed"), count("skipped")];
  return (
    <>
      <PageHead
        path="Run"
        title={run.key}
        sentence={
          <>
            <b>{plural(count("passed"), "result")} passed</b>
            {failed > 0 && <b className="text-warn">, {failed} failed</b>}
            {skipped > 0 && `, ${skipped} skipped`} in {run.environment} at{" "}
            <span className="sha">{shortSha(run.sha)}</span>
            {run.committedAt && ` of ${formatDate(run.committedAt)}`}.
            {run.experiment !== null && " It belongs to an experiment, so it is on no trend."}
            {run.excluded !== null && ` It is left out of all statistics: ${run.excluded}`}
          </>
        }
      >
        <a href={apiUrl.run(slug, run.key)} className={buttonClasses("outline")}>
          Document as sent
        </a>
      </PageHead>
      <Facts
        items={[
          {
            name: "Commit",
            value: (
              <>
                <Link href={commitUrl(slug, run.sha)} className="sha link" prefetch={false}>
                  {shortSha(run.sha)}
                </Link>{" "}
                <span className="text-ink-2">{run.subject}</span>
              </>
            ),
          },
          { name: "Branch", value: run.branch },
          { name: "Environment", value: run.environment },
          { name: "Facts", value: factsText(run.facts) },
          { name: "Experiment", value: run.experiment },
          { name: "Variant", value: run.variant },
          { name: "Started", value: run.startedAt && `${formatTime(run.startedAt)} UTC` },
          { name: "Finished", value: run.finishedAt && `${formatTime(run.finishedAt)} UTC` },
          { name: "Received", value: `${formatTime(run.receivedAt)} UTC` },
          { name: "Components", value: factsText(run.components) },
          { name: "Tags", value: factsText(run.tags) },
          { name: "Job", value: run.url && <ExternalLink href={run.url} text={run.url} /> },
        ]}
      />
      <Section title="Results" note={String(run.results.length)}>
        <Table label="Results">
          <thead>
            <tr>
              <Head>Workload</Head>
              <Head>Metric</Head>
              <Head numeric>Median</Head>
              <Head numeric className="max-sm:hidden">
                Smallest … largest
              </Head>
              <Head numeric>n</Head>
              <Head numeric className="max-sm:hidden">
                Level now
              </Head>
              <Head numeric>Against it</Head>
            </tr>
          </thead>
          <tbody>
            {run.results.map((result) => (
              <ResultRows
                key={JSON.stringify([result.workload, result.params, result.version])}
                slug={slug}
                run={run}
                result={result}
              />
            ))}
          </tbody>
        </Table>
      </Section>
    </>
  );
}

type RowsProps = { slug: string; run: RunRead; result: RunResult };

function ResultRows({ slug, run, result }: RowsProps) {
  const name = <ResultName slug={slug} run={run} result={result} />;
  if (result.metrics.length === 0) {
    return (
      <Row>
        <Cell className="py-1 align-top">{name}</Cell>
        <Cell colSpan={6} className={result.outcome === "failed" ? "py-1 text-warn" : "py-1 text-ink-3"}>
          {result.outcome}
          {result.error && (
            <span className="block whitespace-pre-wrap text-ink-2 [overflow-wrap:anywhere]">{result.error}</span>
          )}
        </Cell>
      </Row>
    );
  }
  return result.metrics.map((metric, i) => (
    <Row key={metric.metric}>
      <Cell>{i === 0 && name}</Cell>
      <MetricCells metric={metric} />
    </Row>
  ));
}

function ResultName({ slug, run, result }: RowsProps) {
  const { workload, workloadNumber, params, version, sentName, failedRepeats, control } = result;
  const given = paramsLabel(params);
  const notes = [
    given,
    version && `version ${version}`,
    sentName && `sent as ${sentName}`,
    failedRepeats > 0 && plural(failedRepeats, "failed repeat"),
    control && "control",
  ].filter(Boolean);
  const url = workloadUrl(
    slug,
    { number: workloadNumber, name: workload },
    { environment: [run.environment], params: given ? JSON.stringify(params) : null },
  );
  return (
    <>
      <Link href={url} className="font-medium hover:underline underline-offset-3" prefetch={false}>
        {workload}
      </Link>
      {notes.length > 0 && <span className="block text-label text-ink-3">{notes.join(", ")}</span>}
      {Object.entries(result.links).map(([name, href]) =>
        typeof href === "string" ? (
          <span key={name} className="block text-label">
            <ExternalLink href={href} text={name} />
          </span>
        ) : null,
      )}
    </>
  );
}

function MetricCells({ metric }: { metric: RunMetric }) {
  const { value, min, max, n, unit, sentUnit, level } = metric;
  const scale = scaleFor([value, level], unit);
  const [least, most] = [formatScaled(min, scale), formatScaled(max, scale)];
  return (
    <>
      <Cell className="text-ink-2">
        {metricLabel(metric.metric, metric.metricName)}
        {sentUnit && <span className="text-ink-3"> sent in {sentUnit}</span>}
      </Cell>
      <Cell numeric className="font-medium" title={metric.samples.slice(0, 50).join(", ")}>
        {formatValue(value, scale)}
      </Cell>
      <Cell numeric className="text-ink-3 max-sm:hidden">
        {least === most ? "" : `${least} … ${most}`}
      </Cell>
      <Cell numeric className="text-ink-2">
        {n}
      </Cell>
      <Cell numeric className="text-ink-2 max-sm:hidden">
        {level === null ? "" : formatValue(level, scale)}
      </Cell>
      <Cell numeric className="text-ink-2">
        {level ? formatChange(value / level - 1) : ""}
      </Cell>
    </>
  );
}

/** A client's link: followed only where it is http(s), else shown as the text that it is. */
function ExternalLink({ href, text }: { href: string; text: string }) {
  if (!/^https?:\/\//i.test(href)) return <>{text}</>;
  return (
    <a href={href} className="link" target="_blank" rel="noopener noreferrer nofollow">
      {text}
    </a>
  );
}
