import type { Metadata } from "next";
import { pageActor } from "@/app/actor";
import { decoded, orNotFound } from "@/app/found";
import { pageOrigin } from "@/app/origin";
import { AcceptedPage } from "@/components/shifts/accepted-page";
import { readAccepted } from "@/lib/queries/accepted";
import type { SearchParams } from "@/lib/urls/query";
import { acceptedQuery } from "@/lib/urls/shifts";
import { analysedOf } from "../analysed";
import { sinceOrAll } from "../since";

type Props = { params: Promise<{ project: string }>; searchParams: Promise<SearchParams> };

const PAGE_SIZE = 50;

export const metadata: Metadata = { title: "Accepted levels" };

/** Everything that was accepted since a release or a day. */
export default async function Page({ params, searchParams }: Props) {
  const slug = decoded((await params).project);
  const [actor, origin] = await Promise.all([pageActor(), pageOrigin()]);
  const asked = acceptedQuery.parse(await searchParams);
  const { since, read } = await orNotFound(
    sinceOrAll(asked.since, (since) =>
      readAccepted(actor, slug, { since, limit: PAGE_SIZE, offset: (asked.page - 1) * PAGE_SIZE }, origin),
    ),
  );
  const analysed = await analysedOf(actor, slug, read.items.length);
  return (
    <AcceptedPage project={slug} read={read} selection={{ ...asked, since }} pageSize={PAGE_SIZE} analysed={analysed} />
  );
}
