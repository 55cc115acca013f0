import { Skeleton } from "@/components/ui/skeleton";

/** The frame of the charts while their data (or the width of the window) are on the way: nothing moves afterwards. */
export function PlotSkeleton({ charts }: { charts: number }) {
  return (
    <div aria-hidden="true">
      <div className="h-[26px]" />
      <div className="flex flex-col gap-5 max-md:gap-6">
        {Array.from({ length: Math.max(1, charts) }, (_, i) => `chart ${i}`).map((key, i) => (
          <div key={key} className="flex gap-6 max-md:flex-col max-md:gap-1">
            <div className={`grow border-b border-line pl-14 ${i === 0 ? "h-[216px]" : "h-[112px]"}`}>
              <Skeleton className={`w-1/3 ${i === 0 ? "mt-24" : "mt-12"}`} />
            </div>
            <div className="w-(--chart-readout) shrink-0 max-md:order-first max-md:h-6">
              <Skeleton className="w-24" />
            </div>
          </div>
        ))}
      </div>
      <div className="h-[92px]" />
    </div>
  );
}
