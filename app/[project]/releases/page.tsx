import type { Metadata } from "next";
import { pageActor } from "@/app/actor";
import { decoded, orNotFound } from "@/app/found";
import { ReleasesPage } from "@/components/report/releases-page";
import { readProject } from "@/lib/auth/access";
import { readReleaseRows } from "@/lib/report/list";
import type { SearchParams } from "@/lib/urls/query";
import { releasesQuery } from "@/lib/urls/releases";

type Props = { params: Promise<{ project: string }>; searchParams: Promise<SearchParams> };

const PAGE_SIZE = 50;

export const metadata: Metadata = { title: "Releases" };

/** All releases with the state of their reports. */
export default async function Page({ params, searchParams }: Props) {
  const slug = decoded((await params).project);
  const selection = releasesQuery.parse(await searchParams);
  const { page, ...filters } = selection;
  const asked = { ...filters, limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE };
  const actor = await pageActor();
  const list = await orNotFound(readReleaseRows(actor, slug, asked));
  const { defaultBranch } = await readProject(actor, slug);
  return <ReleasesPage slug={slug} branch={defaultBranch} list={list} selection={selection} pageSize={PAGE_SIZE} />;
}
