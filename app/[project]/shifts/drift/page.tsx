import type { Metadata } from "next";
import { pageActor } from "@/app/actor";
import { decoded, orNotFound } from "@/app/found";
import { pageOrigin } from "@/app/origin";
import { DriftPage } from "@/components/shifts/drift-page";
import { readDrift } from "@/lib/queries/drift";
import { driftQuery } from "@/lib/urls/drift";
import type { SearchParams } from "@/lib/urls/query";
import { analysedOf } from "../analysed";

type Props = { params: Promise<{ project: string }>; searchParams: Promise<SearchParams> };

const PAGE_SIZE = 50;

export const metadata: Metadata = { title: "Drift" };

/** The lines that move in small steps, without one that is told. */
export default async function Page({ params, searchParams }: Props) {
  const slug = decoded((await params).project);
  const [actor, origin] = await Promise.all([pageActor(), pageOrigin()]);
  const selection = driftQuery.parse(await searchParams);
  const { page, ...asked } = selection;
  const read = await orNotFound(
    readDrift(actor, slug, { ...asked, limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE }, origin),
  );
  const analysed = await analysedOf(actor, slug, read.items.length);
  return <DriftPage project={slug} read={read} selection={selection} pageSize={PAGE_SIZE} analysed={analysed} />;
}
