import Link from "next/link";
import { Delta } from "@/components/ui/delta";
import { Cell, Head, Row, Table } from "@/components/ui/table";
import { formatChange } from "@/lib/format/change";
import { formatCount } from "@/lib/format/number";
import { wayOf } from "@/lib/format/verdict";
import { netOfAccepted } from "@/lib/release/decide";
import { caseName } from "@/lib/release/judge";
import type { ReportFigures, ReportRow } from "@/lib/release/types";
import { rowCells } from "@/lib/release/words";
import { shiftUrl } from "@/lib/urls/shift";
import { workloadUrl } from "@/lib/urls/workload";

const TONES = {
  regression: "worse",
  improvement: "better",
  rose: "up",
  fell: "down",
  unchanged: "same",
  "cannot tell": "unsure",
  new: "same",
} as const;

type Props = {
  label: string;
  slug: string;
  figures: ReportFigures;
  rows: readonly ReportRow[];
  /** Numbers of the shifts that are accepted: a row says what is left without them. */
  accepted: ReadonlySet<number>;
  /** Where all rows are shown; null: here. */
  urlOfAll: string | null;
};

/** Rows that are shown before they are asked for. */
const MOST = 60;

/** Rows of a report: both values, the change with its interval, and the shifts that explain it. */
export function RowsTable({ label, slug, figures, rows, accepted, urlOfAll }: Props) {
  const shown = urlOfAll === null ? rows : rows.slice(0, MOST);
  const several = new Set(figures.rows.map(({ environment }) => environment)).size > 1;
  const pin = [figures.baseline, figures.candidate].flatMap((side) => side?.sha ?? []);
  return (
    <>
      <Table label={label} className="print:text-label">
        <thead>
          <tr>
            <Head>Workload</Head>
            <Head className="max-sm:hidden">Metric</Head>
            <Head numeric className="max-sm:hidden">
              {figures.baseline?.label}
            </Head>
            <Head numeric className="max-sm:hidden">
              {figures.candidate.label}
            </Head>
            <Head numeric>Change</Head>
            <Head numeric className="max-sm:hidden">
              95&nbsp;% interval
            </Head>
            <Head>Shift</Head>
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <ReportLine
              key={`${row.workload} ${JSON.stringify(row.params)} ${row.metric} ${row.environment}`}
              {...{ slug, pin, row, accepted, several }}
            />
          ))}
        </tbody>
      </Table>
      {urlOfAll !== null && shown.length < rows.length && (
        <p className="mt-2">
          <Link href={urlOfAll} scroll={false} prefetch={false} className="link">
            Show all {formatCount(rows.length)}
          </Link>
        </p>
      )}
    </>
  );
}

type LineProps = { slug: string; pin: string[]; row: ReportRow; accepted: ReadonlySet<number>; several: boolean };

function ReportLine({ slug, pin, row, accepted, several }: LineProps) {
  const cells = rowCells(row);
  const net = netOfAccepted(row, accepted);
  const trend = workloadUrl(
    slug,
    { number: row.workloadNumber, name: row.workload },
    {
      params: JSON.stringify(row.params) === "{}" ? null : JSON.stringify(row.params),
      environment: [row.environment],
      pin,
    },
  );
  const shifts = [...new Set(row.steps.flatMap(({ shift }) => shift ?? []))];
  return (
    <Row className="break-inside-avoid">
      <Cell className="py-1">
        <Link href={trend} prefetch={false} className="font-medium hover:underline">
          {caseName(row.workload, row.params)}
        </Link>
        {several && <span className="text-ink-3 max-sm:hidden"> {row.environment}</span>}
        <span className="block text-label text-ink-3 sm:hidden">
          {cells.metric}, {row.environment}: {cells.baseline} to {cells.candidate}
        </span>
      </Cell>
      <Cell className="text-ink-2 max-sm:hidden">{cells.metric}</Cell>
      <Cell numeric className="max-sm:hidden">
        {cells.baseline}
      </Cell>
      <Cell numeric className="py-1 font-medium max-sm:hidden">
        {cells.candidate}
        {cells.own && <span className="block text-label font-normal text-ink-3">{cells.own}</span>}
      </Cell>
      <Cell numeric>
        <Delta tone={TONES[row.verdict]} way={wayOf(row.difference ?? 0)} text={cells.change} />
        {net !== null && <span className="block text-label text-ink-3">{formatChange(net)} net of accepted</span>}
      </Cell>
      <Cell numeric className="text-ink-2 max-sm:hidden">
        {cells.interval}
      </Cell>
      <Cell className="whitespace-nowrap">
        {shifts.length === 0 ? (
          <span className="text-ink-3">no shift</span>
        ) : (
          shifts.map((number, i) => (
            <span key={number}>
              {i > 0 && ", "}
              <Link href={shiftUrl(slug, number)} prefetch={false} className="link">
                #{number}
              </Link>
            </span>
          ))
        )}
      </Cell>
    </Row>
  );
}
