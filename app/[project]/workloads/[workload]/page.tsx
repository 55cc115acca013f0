import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { cache, Suspense } from "react";
import { pageActor } from "@/app/actor";
import { decoded, orNotFound } from "@/app/found";
import { openGraph } from "@/app/openGraph";
import { linesView } from "@/components/workload/lines";
import { chosenLine, SERIES_THIN, seriesAsked, seriesPath, shownMetrics } from "@/components/workload/series-path";
import { WorkloadPage } from "@/components/workload/workload-page";
import { WorkloadSkeleton } from "@/components/workload/workload-skeleton";
import { createQueryClient } from "@/lib/api/client";
import { read } from "@/lib/api/read";
import { MOST_LINES_TOGETHER } from "@/lib/chart/seriesShapes";
import { readSeriesTogether, type SeriesRead } from "@/lib/queries/series";
import { readWorkload, type WorkloadLine, type WorkloadRead } from "@/lib/queries/workload";
import { numberOf } from "@/lib/urls/numbered";
import type { SearchParams } from "@/lib/urls/query";
import { type WorkloadSelection, workloadQuery, workloadUrl } from "@/lib/urls/workload";

type Props = {
  params: Promise<{ project: string; workload: string }>;
  searchParams: Promise<SearchParams>;
};

/** Once per request, for title and page. */
const headOf = cache(async (slug: string, part: string, asked: string) => {
  const number = numberOf(decoded(part));
  if (number === null) notFound();
  const { params, environment, branch, with: cases } = workloadQuery.parse(new URLSearchParams(asked));
  const [first = null, ...environments] = environment;
  const beside = { cases, environments };
  return orNotFound(
    readWorkload(await pageActor(), decoded(slug), number, { params, environment: first, branch, beside }),
  );
});

async function open({ params, searchParams }: Props): Promise<{ head: WorkloadRead; selection: WorkloadSelection }> {
  const { project, workload } = await params;
  const selection = workloadQuery.parse(await searchParams);
  const { params: asked, with: cases, environment, branch } = selection;
  const head = await headOf(
    project,
    workload,
    workloadQuery.build({ params: asked, with: cases, environment, branch }),
  );
  return { head, selection };
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
    <Suspense
      fallback={
        <WorkloadSkeleton title={head.displayName ?? head.name} charts={metrics.length} lines={head.lines.length} />
      }
    >
      <Loaded
        head={head}
        asks={firstAsks(
          head,
          metrics.map(({ name }) => name),
        )}
      />
    </Suspense>
  );
}

type Ask = { metric: string; line: WorkloadLine | null };

/** What the charts ask for first: all metrics of one line, or one metric of the first lines; the rest is read when it is seen. */
function firstAsks(head: WorkloadRead, metrics: string[]): Ask[] {
  if (linesView(head) === "one") return metrics.map((metric) => ({ metric, line: chosenLine(head) }));
  const lines = head.lines.slice(0, MOST_LINES_TOGETHER);
  return metrics.slice(0, 1).flatMap((metric) => lines.map((line) => ({ metric, line })));
}

/** Reads what the charts will ask for first, so that the browser has it with the page. */
async function Loaded({ head, asks }: { head: WorkloadRead; asks: Ask[] }) {
  const client = createQueryClient();
  const actor = await pageActor();
  const together = readSeriesTogether(
    actor,
    head.project.slug,
    asks.map(({ metric, line }) => ({
      ...seriesAsked(head, metric, line),
      from: null,
      to: null,
      samples: false,
      thin: SERIES_THIN,
    })),
  );
  await Promise.all(
    asks.map(({ metric, line }, i) =>
      client.prefetchQuery({
        queryKey: read<SeriesRead>(seriesPath(head, metric, {}, line)).queryKey,
        queryFn: async () => (await together)[i],
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
