"use client";
import Link from "next/link";
import type { ChartStore } from "@/components/charts/chart-store";
import { litKey } from "@/components/charts/flags";
import { classes } from "@/components/ui/classes";
import { Delta } from "@/components/ui/delta";
import { StatusDot } from "@/components/ui/status-dot";
import { Cell, Head, Row, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { formatChange, formatInterval, formatP } from "@/lib/format/change";
import { metricLabel } from "@/lib/format/name";
import { plural } from "@/lib/format/number";
import { formatDate, formatRange } from "@/lib/format/time";
import { formatDifference, formatValue, type Scale, scaleFor } from "@/lib/format/unit";
import { capitalised, dotOf, toneOf, wayOf } from "@/lib/format/verdict";
import type { SeriesChangepoint, SeriesRead } from "@/lib/queries/series";
import { diffUrl } from "@/lib/urls/repository";
import { shiftUrl } from "@/lib/urls/shift";
import type { ShownLine } from "./lines";

/** Paper has no room for every column. */
const ON_SCREEN = "print:hidden";

/** A changepoint and whose it is: its metric, or its line where several are listed. */
export type ListedChange = { read: SeriesRead; change: SeriesChangepoint; line?: ShownLine };

type Props = {
  project: { slug: string; repository: string | null };
  /** Newest first. */
  changes: readonly ListedChange[];
  store: ChartStore;
  onZoom: (change: SeriesChangepoint) => void;
};

/** The changepoints of the window. A row lights its flag while pointed at; its metric zooms the charts to it. */
export function Changepoints({ project, changes, store, onZoom }: Props) {
  const scales = new Map(changes.map(({ read }) => [read.metric, scaleOf(read, changes)]));
  return (
    <Table label="Changepoints" className="print:text-label [&_td]:whitespace-nowrap">
      <thead>
        <tr>
          <Head>Shift</Head>
          <Head>{changes[0]?.line ? "Line" : "Metric"}</Head>
          <Head numeric>Change</Head>
          <Head numeric>95 % interval</Head>
          <Head numeric>Before</Head>
          <Head numeric>After</Head>
          <Head numeric className={ON_SCREEN}>
            p
          </Head>
          <Head numeric className={ON_SCREEN}>
            Points
          </Head>
          <Head>Range of commits</Head>
          <Head className={ON_SCREEN}>First shifted</Head>
          <Head>Status</Head>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ read, change, line }) => (
          <ChangeRow
            key={`${read.metric} ${line?.key} ${change.sha}`}
            project={project}
            read={read}
            change={change}
            line={line}
            scale={scales.get(read.metric) ?? scaleFor([], read.unit)}
            store={store}
            onZoom={onZoom}
          />
        ))}
      </tbody>
    </Table>
  );
}

/** One scale per metric: the same column never mixes s and ms of one metric. */
function scaleOf(read: SeriesRead, changes: readonly ListedChange[]): Scale {
  const own = changes.filter((one) => one.read.metric === read.metric);
  return scaleFor(
    own.flatMap(({ change }) => [change.before, change.after]),
    read.unit,
  );
}

type RowProps = ListedChange & Omit<Props, "changes"> & { scale: Scale };

function ChangeRow({ project, read, change, line, scale, store, onZoom }: RowProps) {
  const key = litKey(line ? `${read.metric} ${line.key}` : read.metric, change.sha);
  const pointing = {
    onPointerEnter: () => store.set({ lit: key, line: line?.key ?? null }),
    onPointerLeave: () => store.set({ lit: null, line: null }),
  };
  const label = line?.label ?? metricLabel(read.metric, read.metricName);
  const text = change.change === null ? formatDifference(change.difference, scale) : formatChange(change.change);
  return (
    <Row {...pointing}>
      <Cell className="font-medium">
        {change.shift === null ? (
          ""
        ) : (
          <Link href={shiftUrl(project.slug, change.shift)} className="link" prefetch={false}>
            #{change.shift}
          </Link>
        )}
      </Cell>
      <Cell>
        <button
          type="button"
          className="hover:underline underline-offset-3"
          title="Zoom the charts to this changepoint"
          onClick={() => onZoom(change)}
        >
          {label}
        </button>
      </Cell>
      <Cell numeric>
        <Delta tone={toneOf(change.direction)} way={wayOf(change.difference)} text={text} />
      </Cell>
      <Cell numeric className="text-ink-2">
        {change.interval && change.change !== null ? formatInterval(...change.interval) : intervalOf(change, scale)}
      </Cell>
      <Cell numeric>{formatValue(change.before, scale)}</Cell>
      <Cell numeric className="font-medium">
        {formatValue(change.after, scale)}
      </Cell>
      <Cell numeric className={classes("text-ink-2", ON_SCREEN)}>
        {formatP(change.p)}
      </Cell>
      <Cell numeric className={classes("text-ink-2", ON_SCREEN)}>
        {change.pointsBefore} · {change.pointsAfter}
      </Cell>
      <Cell>
        <RangeLink repository={project.repository} change={change} />{" "}
        <span className="text-ink-3">{plural(change.commitsBetween + 1, "commit")}</span>
      </Cell>
      <Cell className={classes("text-ink-2", ON_SCREEN)}>
        <Time at={change.committedAt} />
      </Cell>
      <Cell>
        <Status change={change} />
      </Cell>
    </Row>
  );
}

function intervalOf({ interval }: SeriesChangepoint, scale: Scale): string {
  return interval
    ? `${formatDifference(interval[0], scale)} … ${formatDifference(interval[1], scale)}`
    : "cannot be told";
}

function RangeLink({ repository, change }: { repository: string | null; change: SeriesChangepoint }) {
  const url = diffUrl(repository, change.lastGood, change.firstShifted);
  const text = formatRange(change.lastGood, change.firstShifted);
  if (!url) return <span className="sha">{text}</span>;
  return (
    <a href={url} className="sha link" target="_blank" rel="noopener noreferrer nofollow">
      {text}
    </a>
  );
}

function Status({ change }: { change: SeriesChangepoint }) {
  const { byHand } = change;
  return (
    <>
      <Standing change={change} />
      {byHand && (
        <span className="text-ink-3" title={`${byHand.reason} (${byHand.actor}, ${formatDate(byHand.at)})`}>
          {" "}
          by hand
        </span>
      )}
    </>
  );
}

function Standing({ change }: { change: SeriesChangepoint }) {
  if (change.state === "provisional") {
    return <span className="text-ink-3">Provisional, {plural(change.needsPoints, "more point")}</span>;
  }
  if (!change.status) return null;
  return <StatusDot shape={dotOf(change.status)}>{capitalised(change.status)}</StatusDot>;
}
