import { PageHead } from "@/components/frame/page-head";
import { Loading, Skeleton } from "@/components/ui/skeleton";
import { PlotSkeleton } from "./plot-skeleton";

/** The frame of a workload's page while its series are read. */
export function WorkloadSkeleton({ title, charts }: { title: string; charts: number }) {
  return (
    <Loading label={`Reading ${title}`}>
      <PageHead path="Workloads" title={title} sentence={<Skeleton className="w-96 max-w-full" />} />
      <div className="mb-4 flex h-(--control) items-center gap-2">
        <Skeleton className="w-40" />
        <Skeleton className="w-32" />
        <Skeleton className="w-32" />
      </div>
      <PlotSkeleton charts={charts} />
    </Loading>
  );
}
