import { TriangleAlert } from "lucide-react";
import Link from "next/link";
import { memo } from "react";
import { classes } from "@/components/ui/classes";
import { MiddleCut } from "@/components/ui/middle-cut";
import { Skeleton } from "@/components/ui/skeleton";
import { Cell, Row } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { paramsLabel } from "@/lib/format/name";
import type { WorkloadList, WorkloadRow } from "@/lib/queries/workloads";
import { workloadUrl } from "@/lib/urls/workload";
import type { WorkloadsSelection } from "@/lib/urls/workloads";
import { MetricCell } from "./metric-cell";

/** place: that of the row in the whole table. columns: indexes of the metrics that have one. */
type Common = { place: number; columns: readonly number[]; chosen: number };
type Props = Common & {
  row: WorkloadRow;
  places: readonly number[];
  list: WorkloadList;
  selection: WorkloadsSelection;
};

const CELL = "h-11! overflow-hidden";

/** One case: its name, what is to be known of it, a cell per metric. Drawn once: scrolling draws only the rows that come. */
export const WorkloadLine = memo(function WorkloadLine({
  place,
  columns,
  chosen,
  row,
  places,
  list,
  selection,
}: Props) {
  const { workload, params, cells } = row;
  const label = paramsLabel(params);
  const name = workload.displayName ?? workload.name;
  const asked = {
    environment: selection.environment ? [selection.environment] : [],
    params: label ? JSON.stringify(params) : null,
  };
  return (
    <Row aria-rowindex={place}>
      <th scope="row" className="h-11 truncate border-b border-grid pr-3 text-left font-normal">
        <Link
          href={workloadUrl(list.project.slug, workload, asked)}
          className="block font-medium hover:underline"
          title={name}
          prefetch={false}
        >
          <MiddleCut text={name} />
        </Link>
        <Note row={row} label={label} />
      </th>
      {columns.map((at) => {
        const metric = list.metrics[at];
        const scale = list.scales[at];
        return metric && scale ? (
          <Cell key={metric.name} className={classes(CELL, at !== chosen && "max-md:hidden")}>
            <MetricCell
              cell={cells[at] ?? null}
              places={places}
              metric={metric}
              scale={scale}
              href={workloadUrl(list.project.slug, workload, { ...asked, metric: [metric.name] })}
              name={name}
              detail={selection.detail}
            />
          </Cell>
        ) : null;
      })}
    </Row>
  );
});

/** In one line below the name: trouble first, for it is never cut off. */
function Note({ row: { trouble, retiredAt }, label }: { row: WorkloadRow; label: string }) {
  if (!trouble && !retiredAt && !label) return null;
  return (
    <span className="block truncate text-label text-ink-3" title={label || undefined}>
      {trouble && (
        <span className="text-warn">
          <TriangleAlert className="mr-1 inline size-3 align-[-2px]" strokeWidth={1.5} aria-hidden />
          {trouble}{" "}
        </span>
      )}
      {retiredAt && (
        <>
          retired <Time at={retiredAt} />{" "}
        </>
      )}
      {label}
    </span>
  );
}

/** A row that is being read: the same places, the same height. */
export function WaitingLine({ place, columns, chosen }: Common) {
  return (
    <tr aria-rowindex={place} aria-busy="true">
      <th scope="row" className="h-11 border-b border-grid text-left">
        <span className="sr-only">Is being read</span>
        <Skeleton className="w-28 max-w-full" />
      </th>
      {columns.map((at) => (
        <Cell key={at} className={classes(CELL, at !== chosen && "max-md:hidden")}>
          <Skeleton className="h-5 w-full" />
        </Cell>
      ))}
    </tr>
  );
}
