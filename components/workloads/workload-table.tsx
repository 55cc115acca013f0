"use client";
import { type CSSProperties, useMemo, useRef } from "react";
import { Button } from "@/components/ui/button";
import { classes } from "@/components/ui/classes";
import { ErrorState } from "@/components/ui/state";
import { Head, Table } from "@/components/ui/table";
import { metricLabel, paramsLabel } from "@/lib/format/name";
import { formatCount } from "@/lib/format/number";
import type { WorkloadList } from "@/lib/queries/workloads";
import { type WorkloadsSelection, workloadsUrl } from "@/lib/urls/workloads";
import { useRows, useShownLines } from "./use-lines";
import { lineCount, linesBetween } from "./window";
import { WaitingLine, WorkloadLine } from "./workload-line";

type Props = { list: WorkloadList; selection: WorkloadsSelection };

/** Every line has this height, so that a list of thousands knows where each of them stands. */
const LINE_PX = 44;
/** Room that a cell takes at least, without and with noise and certainty. */
const CELL_PX = 204;
const DETAIL_PX = 76;
/** Of the column of names, which takes what the first names need; the cells share the rest. */
const NAME_PX = { least: 136, most: 336, letter: 7.4, air: 20 };

/**
 * A row per case, a column per metric; below `md` only the metric that is chosen. Only the lines in sight are in the
 * page; the others are room above and below, and are read when they come into sight.
 */
export function WorkloadTable({ list, selection }: Props) {
  const body = useRef<HTMLTableSectionElement>(null);
  const columns = useMemo(
    () => list.metrics.map((_, at) => at).filter((at) => !selection.hide.includes(list.metrics[at]?.name ?? "")),
    [list, selection],
  );
  const count = lineCount(list.total, list.groups);
  const shown = useShownLines(body, LINE_PX, count, list.rows.length);
  const lines = linesBetween(shown.from, shown.till, list.total, list.groups);
  const indexes = lines.flatMap((line) => (line.kind === "row" ? [line.index] : []));
  const rows = useRows(list, selection, indexes[0] ?? 0, (indexes.at(-1) ?? -1) + 1);
  const name = nameWidth(list);
  const least = name + columns.length * (CELL_PX + (selection.detail ? DETAIL_PX : 0));
  return (
    <>
      <Table
        label="Workloads"
        className="table-fixed md:min-w-(--least)"
        style={{ "--least": `${least}px`, "--name": `${name}px` } as CSSProperties}
        rowCount={count + 1}
      >
        <Columns list={list} columns={columns} />
        <Heads list={list} selection={selection} columns={columns} />
        <tbody ref={body}>
          <Room lines={shown.from} />
          {lines.map((line, at) => {
            const place = shown.from + at + 2; // the heads are the first row of the table
            if (line.kind === "group")
              return <GroupHead key={`group ${line.prefix}`} {...line} place={place} span={columns.length + 1} />;
            const found = rows.at(line.index);
            const common = { place, columns, chosen: list.metric };
            return found ? (
              <WorkloadLine key={line.index} {...common} {...found} list={list} selection={selection} />
            ) : (
              <WaitingLine key={line.index} {...common} />
            );
          })}
          <Room lines={count - shown.till} />
        </tbody>
      </Table>
      {rows.error && (
        <ErrorState title="Some rows could not be read" actions={<Button onClick={rows.retry}>Try again</Button>}>
          {rows.error.message} The rows that are shown are right.
        </ErrorState>
      )}
    </>
  );
}

/** The height of lines that are not in the page. */
function Room({ lines }: { lines: number }) {
  return lines > 0 ? <tr style={{ height: lines * LINE_PX }} /> : null;
}

function nameWidth({ rows }: WorkloadList): number {
  const lengths = rows.map(({ workload, params }) =>
    Math.max((workload.displayName ?? workload.name).length, paramsLabel(params).length),
  );
  const { least, most, letter, air } = NAME_PX;
  return Math.min(most, Math.max(least, Math.ceil(Math.max(0, ...lengths) * letter) + air));
}

function Columns({ list, columns }: { list: WorkloadList; columns: readonly number[] }) {
  return (
    <colgroup>
      <col className="w-[min(var(--name),42vw)]" />
      {columns.map((at) => (
        <col key={list.metrics[at]?.name} className={at === list.metric ? undefined : "max-md:hidden"} />
      ))}
    </colgroup>
  );
}

function Heads({ list, selection, columns }: Props & { columns: readonly number[] }) {
  const { metrics, metric: chosen } = list;
  return (
    <thead>
      <tr aria-rowindex={1}>
        <Head sort={{ href: sortUrl(list, selection, null), way: wayOf(selection, null, null) }}>Workload</Head>
        {columns.map((at) => (
          <Head
            key={metrics[at]?.name}
            className={classes("truncate font-normal", at !== chosen && "max-md:hidden")}
            title={metricLabel(metrics[at]?.name ?? "", metrics[at]?.displayName)}
            sort={{ href: sortUrl(list, selection, at), way: wayOf(selection, at, chosen) }}
          >
            {metricLabel(metrics[at]?.name ?? "", metrics[at]?.displayName)}
          </Head>
        ))}
      </tr>
    </thead>
  );
}

type GroupProps = { prefix: string; size: number; place: number; span: number };

function GroupHead({ prefix, size, place, span }: GroupProps) {
  return (
    <tr aria-rowindex={place}>
      <th
        colSpan={span}
        scope="colgroup"
        className="h-11 truncate border-b border-line pb-1.5 text-left align-bottom font-semibold"
        title={prefix || undefined}
      >
        {prefix || "Others"} <span className="font-normal text-ink-3">{formatCount(size)}</span>
      </th>
    </tr>
  );
}

/** Head of a column: sorts by its change; once more turns the order. null: by name. */
function sortUrl(
  { project, metrics, metric: chosen }: WorkloadList,
  selection: WorkloadsSelection,
  index: number | null,
): string {
  const base = { ...selection, name: null };
  if (index === null) {
    const turned = selection.sort === "name" && selection.order === null;
    return workloadsUrl(project.slug, { ...base, sort: "name", order: turned ? "down" : null });
  }
  const turned = selection.sort === "change" && index === chosen && selection.order !== "up";
  // The first metric is the default, which is left out of the address.
  const metric = index === 0 ? null : (metrics[index]?.name ?? null);
  return workloadsUrl(project.slug, { ...base, metric, sort: "change", order: turned ? "up" : null });
}

function wayOf(selection: WorkloadsSelection, index: number | null, chosen: number | null): "up" | "down" | null {
  if (index === null) return selection.sort === "name" ? (selection.order === "down" ? "down" : "up") : null;
  if (selection.sort === "name" || index !== chosen) return null;
  return selection.order === "up" ? "up" : "down";
}
