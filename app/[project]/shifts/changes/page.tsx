import type { Metadata } from "next";
import { pageActor } from "@/app/actor";
import { decoded, orNotFound } from "@/app/found";
import { ChangesPage } from "@/components/shifts/changes-page";
import { listChanges } from "@/lib/queries/decisions";
import type { SearchParams } from "@/lib/urls/query";
import { changesQuery } from "@/lib/urls/shifts";
import { sinceOrAll } from "../since";

type Props = { params: Promise<{ project: string }>; searchParams: Promise<SearchParams> };

const PAGE_SIZE = 50;

export const metadata: Metadata = { title: "Changes" };

/** What people changed, with undo. */
export default async function Page({ params, searchParams }: Props) {
  const slug = decoded((await params).project);
  const actor = await pageActor();
  const { cursor } = changesQuery.parse(await searchParams);
  const { since: from, read } = await orNotFound(
    sinceOrAll(cursor, (one) =>
      listChanges(actor, slug, { shift: null, limit: PAGE_SIZE, ...(one !== null && { cursor: one }) }),
    ),
  );
  const { items, total, next, may } = read;
  return (
    <ChangesPage
      project={slug}
      items={items}
      total={total}
      next={next}
      isFirst={from === null}
      mayTriage={may.triage}
    />
  );
}
