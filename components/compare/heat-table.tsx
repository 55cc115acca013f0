import Link from "next/link";
import { classes } from "@/components/ui/classes";
import { Delta } from "@/components/ui/delta";
import { Cell, Head, Row, Table } from "@/components/ui/table";
import { changeText, verdictTone } from "@/lib/format/comparison";
import { metricInSentence, metricLabel, paramsLabel } from "@/lib/format/name";
import { NBSP } from "@/lib/format/number";
import { wayOf } from "@/lib/format/verdict";
import type { Better } from "@/lib/model/words";
import type { CompareRow } from "@/lib/queries/compare";
import type { CompareSelection } from "@/lib/urls/compare";
import { caseUrl } from "./case-url";
import { chanceStep, chancesOf, chanceText, THRESHOLDS } from "./chances";
import { Pager } from "./pager";
import { hasEnvironments, isLongName, pageOfRows, rowKey, type ShownComparison, shortLabel } from "./view-rows";

type Props = { comparison: ShownComparison; selection: CompareSelection };
type Threshold = { side: "less" | "more"; by: number };

const COLUMNS: Threshold[] = [
  ...THRESHOLDS.toReversed().map((by) => ({ side: "less" as const, by })),
  ...THRESHOLDS.map((by) => ({ side: "more" as const, by })),
];

/** The chance that contender / baseline - 1 passes each threshold, a row per case and metric. */
export function HeatTable({ comparison, selection }: Props) {
  const { rows, first, total } = pageOfRows(comparison.rows, selection);
  const metrics = new Map(comparison.metrics.map((metric) => [metric.name, metric]));
  const [from, to] = [comparison.baseline, comparison.contender].map(({ label }) => shortLabel(label));
  return (
    <>
      <p className="mb-2 text-label text-pretty text-ink-3">
        Chance in % that {to} is less, or more, than {from} by over so much. Empty: under 1.
      </p>
      <Table label="Chances of a change">
        <Heads withEnvironment={hasEnvironments(comparison)} />
        <tbody>
          {rows.map((row) => {
            const metric = metrics.get(row.metric);
            return (
              <Row key={rowKey(row)}>
                <NameCell row={row} comparison={comparison} metric={metricLabel(row.metric, metric?.displayName)} />
                <Cell numeric className="max-sm:hidden">
                  <Delta tone={verdictTone(row.verdict)} way={wayOf(row.difference ?? 0)} text={changeText(row)} />
                </Cell>
                <Chances row={row} better={metric?.better ?? "unknown"} />
              </Row>
            );
          })}
        </tbody>
      </Table>
      <Pager project={comparison.project.slug} selection={selection} first={first} shown={rows.length} total={total} />
      <p className="mt-3 max-w-[110ch] text-label text-ink-3">
        Each cell: the probability that contender / baseline − 1 lies beyond the threshold above it, from the same noise
        as the interval of the row. Per row, without the correction for many rows: verdicts hold the false-discovery
        rate, these do not. Filled: worse. Framed: better. Coloured from 50{NBSP}%, stronger from 80{NBSP}% and 95{NBSP}
        %.
      </p>
    </>
  );
}

/** A phone has room for so many thresholds a side. */
const PHONE_THRESHOLDS = 3;
const onPhone = ({ by }: Threshold) => (by === 0.05 || by === 0.3 ? "max-sm:hidden" : undefined);

const keyOf = ({ side, by }: Threshold) => `${side} ${by}`;

function Heads({ withEnvironment }: { withEnvironment: boolean }) {
  return (
    <thead>
      <tr>
        <Head rowSpan={2}>Workload</Head>
        <Head rowSpan={2} className="max-sm:hidden">
          Metric
        </Head>
        {withEnvironment && (
          <Head rowSpan={2} className="max-md:hidden">
            Environment
          </Head>
        )}
        <Head rowSpan={2} numeric className="max-sm:hidden">
          Change
        </Head>
        {(["less", "more"] as const).map((side) => (
          <Span key={side} text={`${side} by more than`} />
        ))}
      </tr>
      <tr>
        {COLUMNS.map((column) => (
          <Head key={keyOf(column)} className={classes("relative w-14 text-center!", onPhone(column))}>
            <span className="sr-only">{column.side} by more than </span>
            {column.by === 0 ? "0" : `${Math.round(column.by * 100)}\u00a0%`}
          </Head>
        ))}
      </tr>
    </thead>
  );
}

/** Over all thresholds of a side, of which a phone shows fewer. */
function Span({ text }: { text: string }) {
  const look = "px-2 text-center text-label font-normal text-ink-3";
  return (
    <>
      <th scope="colgroup" colSpan={THRESHOLDS.length} className={classes(look, "max-sm:hidden")}>
        {text}
      </th>
      <th scope="colgroup" colSpan={PHONE_THRESHOLDS} className={classes(look, "px-0 sm:hidden")}>
        {text}
      </th>
    </>
  );
}

function NameCell({ row, comparison, metric }: { row: CompareRow; comparison: ShownComparison; metric: string }) {
  const given = paramsLabel(row.params);
  const isLong = isLongName(row.workload);
  return (
    <>
      <Cell className="min-w-28 [overflow-wrap:anywhere] max-sm:py-1">
        <Link
          href={caseUrl(comparison, row)}
          prefetch={false}
          title={isLong ? row.workload : undefined}
          className={classes("font-medium underline-offset-3 hover:underline", isLong && "line-clamp-3")}
        >
          {row.workload}
        </Link>
        {given && <span className="text-ink-3"> {given}</span>}
        <span className="block text-label text-ink-3 sm:hidden">{metricInSentence(metric)}</span>
      </Cell>
      <Cell className="whitespace-nowrap text-ink-2 max-sm:hidden">{metric}</Cell>
      {hasEnvironments(comparison) && <Cell className="text-ink-2 max-md:hidden">{row.environment}</Cell>}
    </>
  );
}

/** Filled worse, framed better; grey where nobody said which way is good. */
const LOOK = {
  worse: ["", "bg-heat-w1", "bg-heat-w2", "bg-heat-w3 text-bg font-medium"],
  better: [
    "",
    "border border-heat-b2",
    "border-2 border-heat-b2",
    "border-2 border-heat-b3 bg-better-soft font-medium",
  ],
  none: ["", "bg-surface-2", "bg-surface-2 font-medium", "bg-ink-3 text-bg font-medium"],
} as const;

function Chances({ row, better }: { row: CompareRow; better: Better }) {
  const chances = chancesOf(row);
  const all = chances && [...chances.less, ...chances.more];
  return COLUMNS.map((column, i) => (
    <Chance key={keyOf(column)} column={column} chance={all?.[i] ?? null} exact={row.exact} better={better} />
  ));
}

type ChanceProps = { column: Threshold; chance: number | null; exact: boolean; better: Better };

function Chance({ column, chance, exact, better }: ChanceProps) {
  const { side, by } = column;
  const look = better === "unknown" ? "none" : (better === "lower") === (side === "more") ? "worse" : "better";
  const step = chance === null ? 0 : chanceStep(chance);
  const isHardly = chance !== null && chance < 0.01; // most cells: they are left to those that say something
  return (
    <Cell
      className={classes(
        "px-0! text-center",
        onPhone(column),
        by === 0 && side === "more" && "border-l border-l-line-strong",
      )}
    >
      <span
        className={classes(
          "relative mx-px flex h-[calc(var(--row)-4px)] min-w-9 items-center justify-center rounded-[2px] text-label whitespace-nowrap max-sm:min-w-[30px]",
          step === 0 ? "text-ink-3" : LOOK[look][step],
        )}
      >
        {chance === null ? "–" : <span className={isHardly ? "sr-only" : undefined}>{chanceText(chance, exact)}</span>}
      </span>
    </Cell>
  );
}
