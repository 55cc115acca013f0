import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { pageActor } from "@/app/actor";
import { decoded, orNotFound } from "@/app/found";
import { openGraph } from "@/app/openGraph";
import { around } from "@/components/compare/around";
import { CasePage } from "@/components/compare/case-page";
import { NotFound } from "@/lib/errors";
import { type CompareCaseRead, readCompareCase } from "@/lib/queries/compareCase";
import { readSeries, type SeriesRead } from "@/lib/queries/series";
import { baselineOf, type CompareCaseSelection, compareCaseQuery, compareCaseUrl } from "@/lib/urls/compare";
import { numberOf } from "@/lib/urls/numbered";
import type { SearchParams } from "@/lib/urls/query";

type Props = {
  params: Promise<{ project: string; workload: string }>;
  searchParams: Promise<SearchParams>;
};

/** Once per request, for title and page; the selection as text, since a cache tells objects by identity. */
const readOnce = cache(async (slug: string, part: string, asked: string): Promise<CompareCaseRead> => {
  const number = numberOf(decoded(part));
  const { contender, ...rest } = JSON.parse(asked) as CompareCaseSelection;
  const baseline = baselineOf(rest.baseline, contender);
  if (number === null || baseline === null || contender === null) notFound();
  return orNotFound(
    readCompareCase(await pageActor(), decoded(slug), { ...rest, baseline, contender, workload: String(number) }),
  );
});

async function open({ params, searchParams }: Props) {
  const { project, workload } = await params;
  const selection = compareCaseQuery.parse(await searchParams);
  return { read: await readOnce(project, workload, JSON.stringify(selection)), selection };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { read, selection } = await open(props);
  const sides = `${read.baseline.label} → ${read.contender.label}`;
  const workload = { number: read.workloadNumber, name: read.workload };
  return openGraph({
    title: `${read.workload}, ${sides}`,
    description: `Every sample of ${read.workload} on both sides, ${sides}, in ${read.project.slug}.`,
    path: compareCaseUrl(read.project.slug, workload, selection),
  });
}

/** Both distributions of one case. */
export default async function Page(props: Props) {
  const { read, selection } = await open(props);
  return <CasePage read={read} selection={selection} series={await readAround(read)} />;
}

/** The line of the case around both sides; null where the default branch has none. */
async function readAround(read: CompareCaseRead): Promise<SeriesRead | null> {
  const { metric, environment, project, params, workloadNumber, baseline, contender } = read;
  if (metric === null || environment === null) return null;
  try {
    const series = await readSeries(await pageActor(), project.slug, {
      workload: String(workloadNumber),
      params: JSON.stringify(params),
      metric: metric.name,
      environment,
      branch: null,
      from: null,
      to: null,
      samples: false,
      thin: null,
    });
    return around(
      series,
      [baseline.sha, contender.sha].flatMap((sha) => sha ?? []),
    );
  } catch (error) {
    if (error instanceof NotFound) return null; // measured in experiments only
    throw error;
  }
}
