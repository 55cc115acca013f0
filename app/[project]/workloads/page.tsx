import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Suspense } from "react";
import { Workloads } from "@/components/workloads/workloads";
import { WorkloadsSkeleton } from "@/components/workloads/workloads-skeleton";
import type { Actor } from "@/lib/model/actor";
import { type ProjectHead, readableProject } from "@/lib/queries/project";
import { findWorkload } from "@/lib/queries/target";
import { readWorkloads } from "@/lib/queries/workloads";
import type { SearchParams } from "@/lib/urls/query";
import { workloadUrl } from "@/lib/urls/workload";
import { type WorkloadsSelection, workloadsQuery } from "@/lib/urls/workloads";
import { pageActor } from "../../actor";
import { decoded, orNotFound } from "../../found";
import { pageOrigin } from "../../origin";

/** Rows that come with the page; the others are read while it is scrolled. */
const FIRST_ROWS = 50;

type Props = { params: Promise<{ project: string }>; searchParams: Promise<Exclude<SearchParams, URLSearchParams>> };

export const metadata: Metadata = { title: "Workloads" };

export default async function WorkloadsPage({ params, searchParams }: Props) {
  const actor = await pageActor();
  const project = await orNotFound(readableProject(actor, decoded((await params).project)));
  const selection = workloadsQuery.parse(await searchParams);
  if (selection.name !== null) await toWorkload(project, selection.name);
  return (
    <Suspense fallback={<WorkloadsSkeleton />}>
      <Content actor={actor} slug={project.slug} selection={selection} />
    </Suspense>
  );
}

/** `?name=...` leads to the workload of that name or alias. */
async function toWorkload(project: ProjectHead, name: string): Promise<never> {
  redirect(workloadUrl(project.slug, await orNotFound(findWorkload(project, name))));
}

async function Content({ actor, slug, selection }: { actor: Actor; slug: string; selection: WorkloadsSelection }) {
  const part = { offset: 0, limit: FIRST_ROWS, sparklines: true };
  const [list, origin] = await Promise.all([readWorkloads(actor, slug, selection, part), pageOrigin()]);
  return <Workloads list={list} selection={selection} origin={origin} />;
}
