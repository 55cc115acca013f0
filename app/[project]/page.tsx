import type { Metadata } from "next";
import { Suspense } from "react";
import { Looked } from "@/components/overview/looked";
import { Overview } from "@/components/overview/overview";
import { OverviewSkeleton } from "@/components/overview/overview-skeleton";
import type { Actor } from "@/lib/model/actor";
import { readOverview } from "@/lib/queries/overview";
import { readableProject } from "@/lib/queries/project";
import { type OverviewSelection, overviewQuery } from "@/lib/urls/overview";
import type { SearchParams } from "@/lib/urls/query";
import { pageActor } from "../actor";
import { decoded, orNotFound } from "../found";
import { readLooked } from "../looked";
import { pageOrigin } from "../origin";

type Props = { params: Promise<{ project: string }>; searchParams: Promise<Exclude<SearchParams, URLSearchParams>> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const project = await orNotFound(readableProject(await pageActor(), decoded((await params).project)));
  return { title: project.name };
}

export default async function OverviewPage({ params, searchParams }: Props) {
  const slug = decoded((await params).project);
  const selection = overviewQuery.parse(await searchParams);
  const actor = await pageActor();
  await orNotFound(readableProject(actor, slug));
  return (
    <>
      <Suspense key={JSON.stringify(selection)} fallback={<OverviewSkeleton />}>
        <Content actor={actor} slug={slug} selection={selection} since={await readLooked(slug)} />
      </Suspense>
      <Looked project={slug} />
    </>
  );
}

type ContentProps = { actor: Actor; slug: string; selection: OverviewSelection; since: string | null };

async function Content({ actor, slug, selection, since }: ContentProps) {
  const [overview, origin] = await Promise.all([readOverview(actor, slug, selection, since), pageOrigin()]);
  return <Overview overview={overview} selection={selection} origin={origin} />;
}
