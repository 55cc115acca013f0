import { PageHead } from "@/components/frame/page-head";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { MOST_LINES_TOGETHER } from "@/lib/chart/seriesShapes";
import { MultiplesSkeleton, PlotSkeleton } from "./plot-skeleton";
import { heightsOf, togetherHeights } from "./sizes";

/** The frame of a workload's page while its series are read. */
export function WorkloadSkeleton({ title, charts, lines }: { title: string; charts: number; lines: number }) {
  return (
    <Loading label={`Reading ${title}`}>
      <PageHead path="Workloads" title={title} sentence={<Skeleton className="w-96 max-w-full" />} />
      <div className="mb-4 flex h-(--control) items-center gap-2">
        <Skeleton className="w-40" />
        <Skeleton className="w-32" />
        <Skeleton className="w-32" />
      </div>
      {lines <= 1 ? (
        <PlotSkeleton heights={heightsOf(charts)} />
      ) : lines <= MOST_LINES_TOGETHER ? (
        <PlotSkeleton heights={togetherHeights(lines, charts)} />
      ) : (
        <MultiplesSkeleton lines={lines} />
      )}
    </Loading>
  );
}
