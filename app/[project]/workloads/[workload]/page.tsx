import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { cache, Suspense } from "react";
import { pageActor } from "@/app/actor";
import { decoded, orNotFound } from "@/app/found";
import { openGraph } from "@/app/openGraph";
import { SERIES_THIN, seriesAsked, seriesPath, shownMetrics } from "@/components/workload/series-path";
import { WorkloadPage } from "@/components/workload/workload-page";
import { WorkloadSkeleton } from "@/components/workload/workload-skeleton";
import { createQueryClient } from "@/lib/api/client";
import { read } from "@/lib/api/read";
import { readSeries, type SeriesRead } from "@/lib/queries/series";
import { readWorkload, type WorkloadRead } from "@/lib/queries/workload";
import { numberOf } from "@/lib/urls/numbered";
import type { SearchParams } from "@/lib/urls/query";
import { type WorkloadSelection, workloadQuery, workloadUrl } from "@/lib/urls/workload";

type Props = {
  params: Promise<{ project: string; workload: string }>;
  searchParams: Promise<SearchParams>;
};

/** Once per request, for title and page. */
const headOf = cache(
  async (slug: string, part: string, params: string | null, environment: string | null, branch: string | null) => {
    const number = numberOf(decoded(part));
    if (number === null) notFound();
    return orNotFound(readWorkload(await pageActor(), decoded(slug), number, { params, environment, branch }));
  },
);

async function open({ params, searchParams }: Props): Promise<{ head: WorkloadRead; selection: WorkloadSelection }> {
  const { project, workload } = await params;
  const selection = workloadQuery.parse(await searchParams);
  const { params: asked, environment, branch } = selection;
  return { head: await headOf(project, workload, asked, environment[0] ?? null, branch), selection };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { head, selection } = await open(props);
  const { environment, branch } = head.chosen;
  const where = environment === null ? branch : `${branch} in ${environment}`;
  return openGraph({
    title: `${head.displayName ?? head.name}, ${where}`,
    description: `Trends of ${head.name} on ${where}, in ${head.project.name}.`,
    path: workloadUrl(head.project.slug, head, selection),
  });
}

/** The trends of one workload. */
export default async function Page(props: Props) {
  const { head, selection } = await open(props);
  if (head.mergedInto !== null) {
    redirect(workloadUrl(head.project.slug, { number: head.mergedInto, name: "" }, selection));
  }
  const metrics = shownMetrics(head, selection.metric);
  return (
    <Suspense fallback={<WorkloadSkeleton title={head.displayName ?? head.name} charts={metrics.length} />}>
      <Loaded head={head} metrics={metrics.map(({ name }) => name)} />
    </Suspense>
  );
}

/** Reads what the charts will ask for, so that the browser has it with the page. */
async function Loaded({ head, metrics }: { head: WorkloadRead; metrics: string[] }) {
  const client = createQueryClient();
  const actor = await pageActor();
  await Promise.all(
    metrics.map((metric) =>
      client.prefetchQuery({
        queryKey: read<SeriesRead>(seriesPath(head, metric)).queryKey,
        queryFn: () =>
          readSeries(actor, head.project.slug, {
            ...seriesAsked(head, metric),
            from: null,
            to: null,
            samples: false,
            thin: SERIES_THIN,
          }),
        retry: false,
      }),
    ),
  );
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <WorkloadPage head={head} />
    </HydrationBoundary>
  );
}
