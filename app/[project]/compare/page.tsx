import type { Metadata } from "next";
import { pageActor } from "@/app/actor";
import { decoded, orNotFound } from "@/app/found";
import { pageOrigin } from "@/app/origin";
import { ChooseSides } from "@/components/compare/choose-sides";
import { ComparePage } from "@/components/compare/compare-page";
import { Invalid, NotFound } from "@/lib/errors";
import type { Actor } from "@/lib/model/actor";
import { type Comparison, readComparison } from "@/lib/queries/compare";
import { readSuggestions } from "@/lib/queries/compareSideList";
import { listRuns } from "@/lib/queries/runs";
import { type CompareSelection, compareQuery, parseSide } from "@/lib/urls/compare";
import type { SearchParams } from "@/lib/urls/query";

type Props = { params: Promise<{ project: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const { baseline, contender } = compareQuery.parse(await searchParams);
  const [from, to] = [baseline, contender].map((side) => (side ? (parseSide(side)?.name ?? side) : null));
  return { title: from && to ? `${from} → ${to}` : "Compare" };
}

/** Two sides over all their cases; without them, pickers and suggestions. */
export default async function Page({ params, searchParams }: Props) {
  const [slug, actor] = await Promise.all([params.then((part) => decoded(part.project)), pageActor()]);
  const selection = compareQuery.parse(await searchParams);
  const read = await readSides(actor, slug, selection);
  if (read && "rows" in read) {
    const arrived = read.looks && (await listRuns(actor, slug, { experiment: read.looks.experiment, limit: 1 })).total;
    return <ComparePage comparison={read} selection={selection} origin={await pageOrigin()} arrived={arrived} />;
  }
  const suggestions = await orNotFound(readSuggestions(actor, slug));
  return <ChooseSides project={slug} selection={selection} suggestions={suggestions} fault={read?.fault ?? null} />;
}

/** The comparison; null while a side is open; a side that does not exist is told on the page, where another can be chosen. */
async function readSides(
  actor: Actor,
  slug: string,
  { baseline, contender, ...asked }: CompareSelection,
): Promise<Comparison | { fault: string } | null> {
  if (baseline === null || contender === null) return null;
  try {
    return await readComparison(actor, slug, { ...asked, baseline, contender });
  } catch (error) {
    if (error instanceof NotFound || error instanceof Invalid) return { fault: error.message };
    throw error;
  }
}
