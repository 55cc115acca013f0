import Link from "next/link";
import { PageHead, Section } from "@/components/frame/page-head";
import { Facts } from "@/components/run/facts";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/state";
import { Cell, Head, Row, Table } from "@/components/ui/table";
import { formatChange } from "@/lib/format/change";
import { metricLabel, paramsLabel } from "@/lib/format/name";
import { plural } from "@/lib/format/number";
import { formatTime, shortSha } from "@/lib/format/time";
import { formatScaled, formatValue, scaleFor } from "@/lib/format/unit";
import type { CommitMeasurement, CommitRead, CommitRun } from "@/lib/queries/commit";
import { commitUrl } from "@/lib/urls/commit";
import { pullRequestUrl, sourceUrl } from "@/lib/urls/repository";
import { runUrl } from "@/lib/urls/run";
import { workloadUrl } from "@/lib/urls/workload";

/** One commit: its place, its runs, and what they measured against the level of the time. */
export function CommitPage({ commit }: { commit: CommitRead }) {
  const { project, sha, runs, measurements } = commit;
  const source = sourceUrl(project.repository, sha);
  return (
    <>
      <PageHead
        path={<span className="sha">{sha}</span>}
        title={commit.subject ?? `Commit ${shortSha(sha)}`}
        sentence={runs.length > 0 ? <RunsSentence runs={runs} /> : "No run was sent for this commit."}
      >
        {source && (
          <ButtonLink href={source} external>
            Source
          </ButtonLink>
        )}
      </PageHead>
      <Facts items={factsOf(commit)} />
      {runs.length > 0 ? (
        <Runs slug={project.slug} runs={runs} />
      ) : (
        <EmptyState title="Not measured">
          {commit.committedAt === null
            ? "It is known only as the parent of another commit: no earlier commits known."
            : "It lies on the line, but nothing was run here."}
        </EmptyState>
      )}
      {measurements.length > 0 && <Measurements slug={project.slug} sha={sha} measurements={measurements} />}
    </>
  );
}

function RunsSentence({ runs }: { runs: CommitRun[] }) {
  const failed = runs.reduce((sum, run) => sum + run.failed, 0);
  const environments = [...new Set(runs.map(({ environment }) => environment))];
  return (
    <>
      <b>{plural(runs.length, "run")}</b> in {environments.join(", ")}
      {failed > 0 ? <b className="text-warn">, {plural(failed, "result")} failed</b> : ", nothing failed"}.
    </>
  );
}

function factsOf(commit: CommitRead) {
  const { project, previous, next, parents, pullRequest, branches, tags } = commit;
  const link = (sha: string) => (
    <Link key={sha} href={commitUrl(project.slug, sha)} className="sha link" prefetch={false}>
      {shortSha(sha)}
    </Link>
  );
  const pull = pullRequest === null ? null : pullRequestUrl(project.repository, pullRequest);
  return [
    { name: "Committed", value: commit.committedAt && `${formatTime(commit.committedAt)} UTC` },
    { name: "Author", value: commit.author },
    {
      name: "Pull request",
      value: pull ? (
        <a href={pull} className="link" target="_blank" rel="noopener noreferrer nofollow">
          #{pullRequest}
        </a>
      ) : (
        pullRequest !== null && `#${pullRequest}`
      ),
    },
    { name: "Releases", value: tags.join(", ") },
    {
      name: "Branches",
      value: branches.map(({ name, position }) => (position === null ? `${name} (off its line)` : name)).join(", "),
    },
    { name: "Parents", value: parents.length > 0 && <span className="flex gap-2">{parents.map(link)}</span> },
    { name: "Before it", value: previous && link(previous) },
    { name: "After it", value: next && link(next) },
  ].filter(({ value }) => value !== false);
}

function Runs({ slug, runs }: { slug: string; runs: CommitRun[] }) {
  return (
    <Section title="Runs" note={String(runs.length)}>
      <Table label="Runs">
        <thead>
          <tr>
            <Head>Run</Head>
            <Head>Environment</Head>
            <Head className="max-sm:hidden">Experiment</Head>
            <Head className="max-sm:hidden">Started</Head>
            <Head numeric>Passed</Head>
            <Head numeric>Failed</Head>
            <Head numeric>Skipped</Head>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <Row key={run.key}>
              <Cell className="[overflow-wrap:anywhere]">
                <Link href={runUrl(slug, run.key)} className="link font-medium" prefetch={false}>
                  {run.key}
                </Link>
                {run.excluded && <span className="text-ink-3"> excluded</span>}
              </Cell>
              <Cell>{run.environment}</Cell>
              <Cell className="text-ink-2 max-sm:hidden">
                {[run.experiment, run.variant].filter(Boolean).join(" / ")}
              </Cell>
              <Cell className="text-ink-2 max-sm:hidden">{run.startedAt ? formatTime(run.startedAt) : ""}</Cell>
              <Cell numeric>{run.passed}</Cell>
              <Cell numeric className={run.failed > 0 ? "text-warn" : undefined}>
                {run.failed}
              </Cell>
              <Cell numeric>{run.skipped}</Cell>
            </Row>
          ))}
        </tbody>
      </Table>
    </Section>
  );
}

type MeasurementsProps = { slug: string; sha: string; measurements: CommitMeasurement[] };

function Measurements({ slug, sha, measurements }: MeasurementsProps) {
  return (
    <Section
      title="Measured here"
      note={`${plural(measurements.length, "series", "series")}, against the level of that time`}
    >
      <Table label="Measured here">
        <thead>
          <tr>
            <Head>Workload</Head>
            <Head>Metric</Head>
            <Head>Environment</Head>
            <Head numeric>Median of runs</Head>
            <Head numeric className="max-sm:hidden">
              Smallest … largest
            </Head>
            <Head numeric className="max-sm:hidden">
              Runs · n
            </Head>
            <Head numeric className="max-sm:hidden">
              Level
            </Head>
            <Head numeric>Against it</Head>
          </tr>
        </thead>
        <tbody>
          {measurements.map((one) => (
            <MeasurementRow
              key={JSON.stringify([one.workload, one.params, one.metric, one.environment])}
              slug={slug}
              sha={sha}
              one={one}
            />
          ))}
        </tbody>
      </Table>
      <p className="mt-3 text-label text-ink-3">Experiments and controls are left out. Times are UTC.</p>
    </Section>
  );
}

function MeasurementRow({ slug, sha, one }: { slug: string; sha: string; one: CommitMeasurement }) {
  const given = paramsLabel(one.params);
  const url = workloadUrl(
    slug,
    { number: one.workloadNumber, name: one.workload },
    {
      environment: [one.environment],
      metric: [one.metric],
      params: given ? JSON.stringify(one.params) : null,
      pin: [sha.slice(0, 10)],
    },
  );
  const scale = scaleFor([one.value, one.level], one.unit);
  const [least, most] = [formatScaled(one.min, scale), formatScaled(one.max, scale)];
  return (
    <Row>
      <Cell>
        <Link href={url} className="font-medium hover:underline underline-offset-3" prefetch={false}>
          {one.workload}
        </Link>
        {given && <span className="text-ink-3"> {given}</span>}
      </Cell>
      <Cell className="text-ink-2">{metricLabel(one.metric, one.metricName)}</Cell>
      <Cell className="text-ink-2">{one.environment}</Cell>
      <Cell numeric className="font-medium">
        {formatValue(one.value, scale)}
      </Cell>
      <Cell numeric className="text-ink-3 max-sm:hidden">
        {least === most ? "" : `${least} … ${most}`}
      </Cell>
      <Cell numeric className="text-ink-2 max-sm:hidden">
        {one.runs} · {one.n}
      </Cell>
      <Cell numeric className="text-ink-2 max-sm:hidden">
        {one.level === null ? "" : formatValue(one.level, scale)}
      </Cell>
      <Cell numeric className="text-ink-2">
        {one.level ? formatChange(one.value / one.level - 1) : ""}
      </Cell>
    </Row>
  );
}
