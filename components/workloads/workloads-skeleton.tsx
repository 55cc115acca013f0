import { Loading, Skeleton } from "@/components/ui/skeleton";

const places = (count: number) => Array.from({ length: count }, (_, index) => index);

/** The list's frame while it is read: same places, same heights. */
export function WorkloadsSkeleton() {
  return (
    <Loading label="The workloads are being read">
      <div className="mb-4 h-[54px]">
        <Skeleton className="h-5 w-32" />
        <Skeleton className="mt-4 block w-[min(480px,100%)]" />
      </div>
      <div className="mb-6 flex gap-2">
        {places(3).map((place) => (
          <Skeleton key={place} className="h-(--control) w-32" />
        ))}
      </div>
      {places(10).map((row) => (
        <div key={row} className="flex h-11 items-center gap-10 border-b border-grid">
          <Skeleton className="w-28" />
          {places(4).map((cell) => (
            <Skeleton key={cell} className="h-5 grow max-md:last:hidden" />
          ))}
        </div>
      ))}
    </Loading>
  );
}
