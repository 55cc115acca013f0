import type { Metadata } from "next";
import { pageActor } from "@/app/actor";
import { decoded, orNotFound } from "@/app/found";
import { pageOrigin } from "@/app/origin";
import { ShiftsPage } from "@/components/shifts/shifts-page";
import { listSavedFilters } from "@/lib/queries/savedFilters";
import { readShiftSparks, readShifts } from "@/lib/queries/shifts";
import { readHands } from "@/lib/queries/triage";
import type { SearchParams } from "@/lib/urls/query";
import { shiftsQuery } from "@/lib/urls/shifts";

type Props = { params: Promise<{ project: string }>; searchParams: Promise<SearchParams> };

const PAGE_SIZE = 50;
/** Measured commits on either side of a change that its sparkline shows. */
const SPARK_ROOM = 16;

export const metadata: Metadata = { title: "Shifts" };

/** The queue of shifts. */
export default async function Page({ params, searchParams }: Props) {
  const [slug, actor, origin] = await Promise.all([
    params.then((part) => decoded(part.project)),
    pageActor(),
    pageOrigin(),
  ]);
  const selection = shiftsQuery.parse(await searchParams);
  const { page, ...filters } = selection;
  // Rows are drawn from their summaries: a hundred members of each would be most of the page.
  const asked = { ...filters, limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE, members: 1 };
  const list = await orNotFound(readShifts(actor, slug, asked, origin));
  const numbers = list.items.map(({ number }) => number);
  const [sparks, saved, hands] = await Promise.all([
    readShiftSparks(actor, slug, numbers, SPARK_ROOM),
    listSavedFilters(actor, slug),
    readHands(actor, slug),
  ]);
  return (
    <ShiftsPage
      project={slug}
      list={list}
      sparks={sparks}
      selection={selection}
      pageSize={PAGE_SIZE}
      filters={saved.items}
      {...hands}
    />
  );
}
