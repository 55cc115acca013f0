import { AXIS_HEIGHT } from "@/components/charts/date-axis";
import { Skeleton } from "@/components/ui/skeleton";
import { SMALL, SMALL_GAP } from "./sizes";

/** The frame of the charts while their data (or the width of the window) are on the way: nothing moves afterwards. */
export function PlotSkeleton({ heights }: { heights: readonly number[] }) {
  return (
    <div aria-hidden="true">
      <div className="h-[26px] max-md:h-[46px]" />
      <div className="flex flex-col gap-5 max-md:gap-6">
        {heights
          .map((height, i) => ({ height, i, key: `chart ${i}` }))
          .map(({ height, i, key }) => (
            <div key={key} className="flex gap-6 max-md:flex-col max-md:gap-1">
              <div className="shrink-0 grow border-b border-line pl-14" style={{ height }}>
                <Skeleton className={`w-1/3 ${i === 0 ? "mt-24" : "mt-12"}`} />
              </div>
              <div className="w-(--chart-readout) shrink-0 max-md:order-first max-md:h-6">
                <Skeleton className="w-24" />
              </div>
            </div>
          ))}
      </div>
      <div className="h-[110px] max-md:h-[146px]" />
    </div>
  );
}

/** The same for small charts: a frame for each line. */
export function MultiplesSkeleton({ lines }: { lines: number }) {
  return (
    <div aria-hidden="true">
      <div className="mb-2 h-(--control)" />
      <div
        className="grid"
        style={{
          gap: SMALL_GAP,
          gridTemplateColumns: `repeat(auto-fill, minmax(min(${SMALL.least}px, 100%), 1fr))`,
        }}
      >
        {Array.from({ length: lines }, (_, i) => `chart ${i}`).map((key) => (
          <div key={key}>
            <Skeleton className="my-[7px] w-1/3" />
            <SmallRoom />
          </div>
        ))}
      </div>
      <div className="h-[84px] max-md:h-[104px]" />
    </div>
  );
}

/** The room of a small chart that is not read yet. */
export function SmallRoom() {
  return (
    <div className="border-b border-line pl-14" style={{ height: SMALL.height + AXIS_HEIGHT }}>
      <Skeleton className="mt-11 w-2/3" />
    </div>
  );
}
