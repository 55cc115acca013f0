import Link from "next/link";
import { Fragment } from "react";
import type { AxisCommit } from "@/components/charts/chart-store";
import { Cell, Head, Row, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { formatCount } from "@/lib/format/number";
import { shortSha } from "@/lib/format/time";
import { formatScaled } from "@/lib/format/unit";
import { commitUrl } from "@/lib/urls/commit";
import { pullRequestUrl } from "@/lib/urls/repository";
import type { ShownLine } from "./lines";
import type { PinnedLine } from "./pin-card";

/** Rows shown at once; the CSV has all. */
const MOST_ROWS = 400;

/** A metric, or one of several lines of a metric. */
export type TableLine = PinnedLine & { line?: ShownLine };

type Props = {
  project: { slug: string; repository: string | null };
  commits: readonly AxisCommit[];
  lines: readonly TableLine[];
  csvOf: (line: TableLine) => string;
};

/** The points of the charts as a table, newest first: median, spread, runs and n of each metric at each commit. */
export function PointsTable({ project, commits, lines, csvOf }: Props) {
  const rows = commits.toReversed().slice(0, MOST_ROWS);
  return (
    <>
      <Table label="Points" className="[&_td]:whitespace-nowrap">
        <thead>
          <tr>
            <Head>Commit</Head>
            <Head>Date</Head>
            <Head>Pull request</Head>
            {lines.map(({ label, scale }) => (
              <Fragment key={label}>
                <Head numeric>
                  {label}
                  {scale.unit && `, ${scale.unit}`}
                </Head>
                <Head numeric>smallest … largest</Head>
              </Fragment>
            ))}
            <Head numeric>Runs · n</Head>
          </tr>
        </thead>
        <tbody>
          {rows.map((commit) => (
            <Row key={commit.sha}>
              <Cell>
                <Link href={commitUrl(project.slug, commit.sha)} className="sha link" prefetch={false}>
                  {shortSha(commit.sha)}
                </Link>
              </Cell>
              <Cell className="text-ink-2">
                <Time at={commit.committedAt} />
              </Cell>
              <Cell>
                <PullRequest repository={project.repository} number={commit.pullRequest} />
              </Cell>
              {lines.map((line) => (
                <Values key={line.label} line={line} sha={commit.sha} />
              ))}
              <Cell numeric className="text-ink-2">
                {runsOf(lines, commit.sha)}
              </Cell>
            </Row>
          ))}
        </tbody>
      </Table>
      <p className="mt-3 text-label text-ink-3">
        {formatCount(rows.length)} of {formatCount(commits.length)} commits. Each value is the median of a commit’s
        runs; beside it the smallest and largest sample. All as CSV:{" "}
        {lines.map((line, i) => (
          <span key={line.label}>
            {i > 0 && ", "}
            <a href={csvOf(line)} className="link" download>
              {line.label}
            </a>
          </span>
        ))}
        .
      </p>
    </>
  );
}

function PullRequest({ repository, number }: { repository: string | null; number: number | null }) {
  if (number === null) return null;
  const url = pullRequestUrl(repository, number);
  if (!url) return <>#{number}</>;
  return (
    <a href={url} className="link" target="_blank" rel="noopener noreferrer nofollow">
      #{number}
    </a>
  );
}

function Values({ line: { points, scale, read }, sha }: { line: PinnedLine; sha: string }) {
  const point = points.get(sha);
  if (!point) {
    const failure = read.failures.find((one) => one.sha === sha);
    return (
      <Cell numeric colSpan={2} className={failure ? "text-warn" : "text-ink-3"}>
        {failure?.outcome ?? (read.leftOut.some((one) => one.sha === sha) ? "left out" : "not measured")}
      </Cell>
    );
  }
  const [least, most] = [formatScaled(point.min, scale), formatScaled(point.max, scale)];
  const spread = least === most ? "" : `${least} … ${most}`;
  return (
    <>
      <Cell numeric className="font-medium">
        {formatScaled(point.value, scale)}
      </Cell>
      <Cell numeric className="text-ink-3">
        {spread}
      </Cell>
    </>
  );
}

function runsOf(lines: readonly PinnedLine[], sha: string): string {
  const point = lines.find(({ points }) => points.has(sha))?.points.get(sha);
  return point ? `${point.runs} · ${point.n}` : "";
}
