import { TriangleAlert } from "lucide-react";
import Link from "next/link";
import { Fragment } from "react";
import { classes } from "@/components/ui/classes";
import { Cell, Head, Row, Table } from "@/components/ui/table";
import { metricLabel, paramsLabel } from "@/lib/format/name";
import { formatCount } from "@/lib/format/number";
import { formatDate } from "@/lib/format/time";
import { type Scale, scaleFor } from "@/lib/format/unit";
import type { WorkloadList, WorkloadRow } from "@/lib/queries/workloads";
import { workloadUrl } from "@/lib/urls/workload";
import { type WorkloadsSelection, workloadsUrl } from "@/lib/urls/workloads";
import { MetricCell } from "./metric-cell";

type Props = { list: WorkloadList; selection: WorkloadsSelection };

/** A row per case, a column per metric; below `md` only the metric that is chosen. */
export function WorkloadTable({ list, selection }: Props) {
  const { metrics, rows, metric: chosen } = list;
  const scales = metrics.map(({ unit }, index) =>
    scaleFor(
      rows.map(({ cells }) => cells[index]?.level ?? null),
      unit,
    ),
  );
  return (
    <Table label="Workloads" className="[&_td]:h-11 [&_tbody_th]:h-11">
      <thead>
        <tr>
          <Head sort={{ href: sortUrl(list, selection, null), way: wayOf(selection, null, null) }}>Workload</Head>
          {metrics.map(({ name, displayName }, index) => (
            <Head
              key={name}
              className={classes("font-normal", index !== chosen && "max-md:hidden")}
              sort={{ href: sortUrl(list, selection, index), way: wayOf(selection, index, chosen) }}
            >
              {metricLabel(name, displayName)}
            </Head>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <Fragment key={`${row.workload.number} ${JSON.stringify(row.params)}`}>
            {row.group && rows[index - 1]?.group?.prefix !== row.group.prefix && (
              <tr>
                <th
                  colSpan={metrics.length + 1}
                  scope="colgroup"
                  className="h-9! border-b border-line pb-1.5 text-left align-bottom font-semibold"
                >
                  {row.group.prefix || "Others"}{" "}
                  <span className="font-normal text-ink-3">{formatCount(row.group.size)}</span>
                </th>
              </tr>
            )}
            <WorkloadLine row={row} list={list} scales={scales} selection={selection} />
          </Fragment>
        ))}
      </tbody>
    </Table>
  );
}

/** Head of a column: sorts by its change; once more turns the order. null: by name. */
function sortUrl(
  { project, metrics, metric: chosen }: WorkloadList,
  selection: WorkloadsSelection,
  index: number | null,
): string {
  const base = { ...selection, name: null, page: 1 };
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

function WorkloadLine({ row, list, scales, selection }: Props & { row: WorkloadRow; scales: Scale[] }) {
  const { workload, params, cells, trouble, retiredAt } = row;
  const label = paramsLabel(params);
  const name = workload.displayName ?? workload.name;
  const asked = {
    environment: selection.environment ? [selection.environment] : [],
    params: label ? JSON.stringify(params) : null,
  };
  return (
    <Row>
      <th
        scope="row"
        className="max-w-[300px] min-w-[120px] border-b border-grid py-1 pr-3 text-left font-normal [overflow-wrap:anywhere]"
      >
        <Link
          href={workloadUrl(list.project.slug, workload, asked)}
          className="font-medium hover:underline"
          prefetch={false}
        >
          {name}
        </Link>
        {label && <span className="block text-label text-ink-3">{label}</span>}
        {trouble && (
          <span className="flex items-center gap-1 text-label text-warn">
            <TriangleAlert className="size-3" strokeWidth={1.5} aria-hidden />
            {trouble}
          </span>
        )}
        {retiredAt && <span className="block text-label text-ink-3">retired {formatDate(retiredAt)}</span>}
      </th>
      {list.metrics.map((metric, index) => (
        <Cell key={metric.name} className={classes(index !== list.metric && "max-md:hidden")}>
          <MetricCell
            cell={cells[index] ?? null}
            metric={metric}
            scale={scales[index] ?? { unit: metric.unit, factor: 1 }}
            href={workloadUrl(list.project.slug, workload, { ...asked, metric: [metric.name] })}
            name={name}
          />
        </Cell>
      ))}
    </Row>
  );
}
