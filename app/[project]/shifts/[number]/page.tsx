import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { pageActor } from "@/app/actor";
import { decoded, orNotFound } from "@/app/found";
import { openGraph } from "@/app/openGraph";
import { pageOrigin } from "@/app/origin";
import { ShiftPage } from "@/components/shift/shift-page";
import { countsText } from "@/components/shift/words";
import { Triage } from "@/components/triage/triage";
import { formatDate, formatRange } from "@/lib/format/time";
import { capitalised } from "@/lib/format/verdict";
import { readNext } from "@/lib/queries/next";
import { readShiftSharing } from "@/lib/queries/sharing";
import { readShift } from "@/lib/queries/shift";
import { readTriage } from "@/lib/queries/triage";
import type { SearchParams } from "@/lib/urls/query";
import { shiftQuery, shiftUrl } from "@/lib/urls/shift";

type Props = { params: Promise<{ project: string; number: string }>; searchParams: Promise<SearchParams> };

/** Once per request, for title and page. */
const open = cache(async (slug: string, number: string) => {
  if (!/^\d{1,9}$/.test(number)) notFound();
  return orNotFound(readShift(await pageActor(), decoded(slug), Number(number)));
});

/** The same for what leads elsewhere. */
const share = cache(async (slug: string, number: string) =>
  readShiftSharing(await pageActor(), await open(slug, number), await pageOrigin()),
);

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { project, number } = await params;
  const shift = await open(project, number);
  const { image } = await share(project, number);
  const range = formatRange(shift.lastGood, shift.firstShifted);
  return openGraph({
    title: `#${shift.number} ${shift.title}`,
    description: `${capitalised(shift.direction)}, ${shift.state}: ${countsText(shift.summary)} in ${range}, ${formatDate(shift.firstShiftedAt)}.`,
    path: shiftUrl(shift.project.slug, shift.number),
    image: { url: image, alt: `${shift.title}: before and after, with the range of commits shaded` },
  });
}

/** One shift: the permalink that goes into issues. */
export default async function Page({ params, searchParams }: Props) {
  const { project, number } = await params;
  const shift = await open(project, number);
  const selection = shiftQuery.parse(await searchParams);
  const [actor, origin, sharing] = await Promise.all([pageActor(), pageOrigin(), share(project, number)]);
  const [next, triage] = await Promise.all([
    readNext(actor, shift.project.slug, shift.number, { where: null, origin }),
    readTriage(actor, shift.project.slug, shift.number),
  ]);
  return (
    <ShiftPage
      shift={shift}
      next={next}
      selection={selection}
      sharing={sharing}
      triage={<Triage project={shift.project.slug} triage={triage} />}
    />
  );
}
