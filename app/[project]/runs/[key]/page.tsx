import type { Metadata } from "next";
import { cache } from "react";
import { pageActor } from "@/app/actor";
import { decoded, orNotFound } from "@/app/found";
import { RunPage } from "@/components/run/run-page";
import { readRun } from "@/lib/queries/run";
import type { SearchParams } from "@/lib/urls/query";
import { runQuery } from "@/lib/urls/run";

type Props = { params: Promise<{ project: string; key: string }>; searchParams: Promise<SearchParams> };

/** Once per request, for title and page. */
const open = cache(async (slug: string, key: string) =>
  orNotFound(readRun(await pageActor(), decoded(slug), decoded(key))),
);

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { project, key } = await params;
  return { title: `Run ${(await open(project, key)).key}` };
}

/** One run: everything it measured. */
export default async function Page({ params, searchParams }: Props) {
  const { project, key } = await params;
  return <RunPage run={await open(project, key)} {...runQuery.parse(await searchParams)} />;
}
