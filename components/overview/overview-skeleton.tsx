import { Loading, Skeleton } from "@/components/ui/skeleton";

const rows = (count: number) => Array.from({ length: count }, (_, index) => index);

/** The overview's frame while it is read: same places, same heights. */
export function OverviewSkeleton() {
  return (
    <Loading label="The overview is being read">
      <div className="mb-10 h-[76px]">
        <Skeleton className="h-5 w-[min(460px,90%)]" />
        <Skeleton className="mt-4 block w-[min(640px,100%)]" />
      </div>
      <div className="grid gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,1fr)_272px]">
        <div>
          <Skeleton className="mb-5 h-3.5 w-40" />
          {rows(9).map((row) => (
            <div key={row} className="flex h-7 items-center gap-4 border-b border-grid">
              <Skeleton className="w-6" />
              <Skeleton className="w-52 max-w-1/2" />
              <Skeleton className="ml-auto w-16" />
            </div>
          ))}
        </div>
        <div className="max-lg:hidden">
          {rows(6).map((row) => (
            <Skeleton key={row} className="mb-4 block w-full" />
          ))}
        </div>
      </div>
      <Skeleton className="mt-10 mb-5 h-3.5 w-20" />
      {rows(10).map((row) => (
        <div key={row} className="flex h-7 items-center gap-6">
          <Skeleton className="w-28" />
          <Skeleton className="h-4 grow" />
        </div>
      ))}
    </Loading>
  );
}
