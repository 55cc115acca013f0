import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { pageActor } from "@/app/actor";
import { decoded, orNotFound } from "@/app/found";
import { MatrixPage } from "@/components/compare/matrix-page";
import { readMatrix } from "@/lib/queries/compareMatrix";
import { listRuns } from "@/lib/queries/runs";
import { compareMatrixQuery } from "@/lib/urls/compare";
import type { SearchParams } from "@/lib/urls/query";

type Props = { params: Promise<{ project: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  return { title: `${compareMatrixQuery.parse(await searchParams).experiment ?? "Experiment"}, all variants` };
}

/** An experiment with all its variants against one of them. */
export default async function Page({ params, searchParams }: Props) {
  const [slug, actor] = await Promise.all([params.then((part) => decoded(part.project)), pageActor()]);
  const selection = compareMatrixQuery.parse(await searchParams);
  if (selection.experiment === null) notFound();
  const matrix = await orNotFound(readMatrix(actor, slug, { ...selection, experiment: selection.experiment }));
  const { total } = await listRuns(actor, slug, { experiment: selection.experiment, limit: 1 });
  return <MatrixPage matrix={matrix} selection={selection} arrived={total} />;
}
