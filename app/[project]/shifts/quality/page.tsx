import type { Metadata } from "next";
import { pageActor } from "@/app/actor";
import { decoded, orNotFound } from "@/app/found";
import { QualityPage } from "@/components/shifts/quality-page";
import { readQuality } from "@/lib/queries/quality";
import { listDatedReleases } from "@/lib/queries/since";
import type { SearchParams } from "@/lib/urls/query";
import { qualityQuery } from "@/lib/urls/shifts";
import { analysedOf } from "../analysed";
import { sinceOrAll } from "../since";

type Props = { params: Promise<{ project: string }>; searchParams: Promise<SearchParams> };

export const metadata: Metadata = { title: "Quality of the alerts" };

/** How good the alerts are, from what people decided. */
export default async function Page({ params, searchParams }: Props) {
  const slug = decoded((await params).project);
  const actor = await pageActor();
  const asked = qualityQuery.parse(await searchParams);
  const [{ since, read }, releases] = await orNotFound(
    Promise.all([
      sinceOrAll(asked.since, (since) => readQuality(actor, slug, { since, by: asked.by })),
      listDatedReleases(actor, slug),
    ]),
  );
  const analysed = await analysedOf(actor, slug, read.groups.length);
  return (
    <QualityPage project={slug} read={read} selection={{ ...asked, since }} releases={releases} analysed={analysed} />
  );
}
