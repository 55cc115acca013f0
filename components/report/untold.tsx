import Link from "next/link";
import { Cell, Head, Row, Table } from "@/components/ui/table";
import { formatChange, formatInterval } from "@/lib/format/change";
import { metricLabel } from "@/lib/format/name";
import { formatCount, plural } from "@/lib/format/number";
import { shortSha } from "@/lib/format/time";
import { caseName } from "@/lib/release/judge";
import type { ReportRead } from "@/lib/release/read";
import type { PlanItem, ReportFigures, ReportRow } from "@/lib/release/types";
import { hoursText, rowCells, rowInWords, untoldSentence, whyText } from "@/lib/release/words";
import { apiUrl } from "@/lib/urls/api";
import { workloadUrl } from "@/lib/urls/workload";
import { Part } from "./part";

/** Rows that are shown before they are asked for. */
const FEW = 8;

/** What cannot be told, why, and the runs that would settle it. */
export function Untold({ report, all, urlOfAll }: { report: ReportRead; all: boolean; urlOfAll: string }) {
  const { figures, project } = report;
  const rows = figures.rows.filter(({ verdict }) => verdict === "cannot tell").toSorted((a, b) => width(b) - width(a));
  const shown = all ? rows : rows.slice(0, FEW);
  return (
    <Part title="What cannot be told">
      <p className="mb-3 max-w-[72ch] text-pretty text-ink-2">
        {rows.length > 0 && `${plural(rows.length, "series", "series")}: `}
        {untoldSentence(rows)}
      </p>
      {rows.length > 0 && <UntoldRows figures={figures} rows={shown} />}
      {rows.length > shown.length && (
        <p className="mt-2 print:hidden">
          <Link href={urlOfAll} scroll={false} prefetch={false} className="link">
            Show all {formatCount(rows.length)}
          </Link>
        </p>
      )}
      {rows.length > shown.length && (
        <p className="mt-2 hidden text-ink-3 print:block">
          The widest {formatCount(shown.length)} of {formatCount(rows.length)}; the page has the others, and so have its
          CSV and JSON.
        </p>
      )}
      <Plan slug={project.slug} figures={figures} />
    </Part>
  );
}

/** Without an interval nothing is known at all: those first. */
const width = ({ interval }: ReportRow) => (interval ? interval[1] - interval[0] : Number.POSITIVE_INFINITY);

function UntoldRows({ figures, rows }: { figures: ReportFigures; rows: readonly ReportRow[] }) {
  return (
    <Table label="What cannot be told" className="print:text-label">
      <thead>
        <tr>
          <Head>Workload</Head>
          <Head className="max-sm:hidden">Why</Head>
          <Head numeric className="max-sm:hidden">
            95&nbsp;% interval
          </Head>
          <Head numeric>Runs to settle</Head>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row
            key={`${row.workload} ${JSON.stringify(row.params)} ${row.metric} ${row.environment}`}
            className="break-inside-avoid"
          >
            <Cell className="py-1 align-top">
              <span className="font-medium">{caseName(row.workload, row.params)}</span>
              <span className="block text-label text-ink-3">
                {metricLabel(row.metric, row.metricName)}, {row.environment}
              </span>
              <span className="block text-ink-2 sm:hidden">{whyText(row, figures)}</span>
            </Cell>
            <Cell className="py-1 align-top text-ink-2 max-sm:hidden">{whyText(row, figures)}</Cell>
            <Cell numeric className="py-1 align-top text-ink-2 max-sm:hidden">
              {rowCells(row).interval}
            </Cell>
            <Cell numeric className="py-1 align-top">
              {row.why === "noise" || row.why === "provisional" ? (row.needsRuns ?? "over 50") : "–"}
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

/** What must still be measured, per environment and commit, as a scheduler gets it too. */
function Plan({ slug, figures }: { slug: string; figures: ReportFigures }) {
  if (figures.plan.length === 0) return null;
  const known = figures.plan.flatMap(({ hours }) => hours ?? []);
  const total = known.reduce((sum, hours) => sum + hours, 0);
  return (
    <>
      <h3 className="mt-4 mb-1 text-base font-medium">
        Runs that would settle it{" "}
        {known.length > 0 && <span className="font-normal text-ink-3">{hoursText(total)} in all</span>}
      </h3>
      <ul className="list-disc pl-5 text-ink-2">
        {figures.plan.map((item) => (
          <li key={`${item.environment} ${item.side}`}>
            <PlanLine item={item} />
          </li>
        ))}
      </ul>
      <p className="mt-1 text-label text-ink-3 print:hidden">
        For a scheduler:{" "}
        <a className="link" href={apiUrl.plan(slug, { tag: figures.candidate.name, against: null })}>
          the same as JSON
        </a>
      </p>
    </>
  );
}

const NAMED = 4;

function PlanLine({ item }: { item: PlanItem }) {
  const names = item.cases.slice(0, NAMED).map(({ workload, params }) => caseName(workload, params));
  const rest = item.cases.length - names.length;
  return (
    <>
      {item.environment} at <span className="sha">{shortSha(item.sha)}</span> ({item.side}):{" "}
      {item.runs === 1 ? "1 run" : `up to ${plural(item.runs, "run")}`} of {names.join(", ")}
      {rest > 0 && ` and ${plural(rest, "more case")}`}
      {item.hours !== null && `, ${hoursText(item.hours)}`}
    </>
  );
}

/** Sums of small steps that no step shows. */
export function Drifts({ slug, figures }: { slug: string; figures: ReportFigures }) {
  const rows = figures.rows.filter(({ drift }) => drift !== null);
  if (rows.length === 0) return null;
  return (
    <Part title="Drift that no single step shows">
      <ul className="list-disc pl-5 text-ink-2">
        {rows.map((row) => (
          <li key={rowInWords(row)}>
            <Link
              href={workloadUrl(
                slug,
                { number: row.workloadNumber, name: row.workload },
                { environment: [row.environment] },
              )}
              prefetch={false}
              className="link"
            >
              {rowInWords(row)}
            </Link>{" "}
            {row.drift && row.drift.change !== null && (
              <>
                {formatChange(row.drift.change)} [{formatInterval(...row.drift.interval)}]
              </>
            )}
          </li>
        ))}
      </ul>
    </Part>
  );
}
