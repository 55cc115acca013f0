import type { Metadata } from "next";
import { cache } from "react";
import { pageActor } from "@/app/actor";
import { decoded, orNotFound } from "@/app/found";
import { CommitPage } from "@/components/commit/commit-page";
import { shortSha } from "@/lib/format/time";
import { readCommit } from "@/lib/queries/commit";
import { commitQuery } from "@/lib/urls/commit";
import type { SearchParams } from "@/lib/urls/query";

type Props = { params: Promise<{ project: string; sha: string }>; searchParams: Promise<SearchParams> };

/** Once per request, for title and page. */
const open = cache(async (slug: string, sha: string) =>
  orNotFound(readCommit(await pageActor(), decoded(slug), decoded(sha))),
);

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { project, sha } = await params;
  return { title: `Commit ${shortSha((await open(project, sha)).sha)}` };
}

/** One commit: its runs and what they measured. */
export default async function Page({ params, searchParams }: Props) {
  const { project, sha } = await params;
  return <CommitPage commit={await open(project, sha)} {...commitQuery.parse(await searchParams)} />;
}
