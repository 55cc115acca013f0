import type { Metadata } from "next";
import { cache } from "react";
import { pageActor } from "@/app/actor";
import { decoded, orNotFound } from "@/app/found";
import { openGraph } from "@/app/openGraph";
import { pageOrigin } from "@/app/origin";
import { ChooseSides } from "@/components/compare/choose-sides";
import { ComparePage } from "@/components/compare/compare-page";
import { Invalid, NotFound } from "@/lib/errors";
import { comparisonHeadline } from "@/lib/format/comparison";
import type { Actor } from "@/lib/model/actor";
import { type Comparison, readComparison } from "@/lib/queries/compare";
import { readSuggestions } from "@/lib/queries/compareSideList";
import { listRuns } from "@/lib/queries/runs";
import { baselineOf, type CompareSelection, compareQuery, compareUrl, parseSide } from "@/lib/urls/compare";
import type { SearchParams } from "@/lib/urls/query";

type Props = { params: Promise<{ project: string }>; searchParams: Promise<SearchParams> };

/** Once per request, for title and page; the selection as text, since a cache tells objects by identity. */
const readOnce = cache(async (slug: string, asked: string) =>
  readSides(await pageActor(), slug, JSON.parse(asked) as CompareSelection),
);

async function open({ params, searchParams }: Props) {
  const [{ project }, search] = await Promise.all([params, searchParams]);
  const asked = compareQuery.parse(search);
  // A pull request's merge base need not be spelled out; the page's links and pickers name it.
  const selection = { ...asked, baseline: baselineOf(asked.baseline, asked.contender) ?? asked.baseline };
  const slug = decoded(project);
  return { slug, selection, read: await readOnce(slug, JSON.stringify(selection)) };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { slug, selection, read } = await open(props);
  const [from, to] = [selection.baseline, selection.contender].map((side) =>
    side ? (parseSide(side)?.name ?? side) : null,
  );
  const title = from && to ? `${from} → ${to}` : "Compare";
  if (!read || !("rows" in read)) return { title };
  return openGraph({
    title,
    description: `${comparisonHeadline(read.summary)}, in ${slug}.`,
    path: compareUrl(slug, selection),
  });
}

/** Two sides over all their cases; without them, pickers and suggestions. */
export default async function Page(props: Props) {
  const { slug, selection, read } = await open(props);
  const actor = await pageActor();
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
