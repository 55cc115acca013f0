import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { pageActor } from "@/app/actor";
import { decoded, orNotFound } from "@/app/found";
import { pageOrigin } from "@/app/origin";
import { ReportPage } from "@/components/report/report-page";
import { readProject } from "@/lib/auth/access";
import { Invalid } from "@/lib/errors";
import { may } from "@/lib/model/actor";
import { countsSentence, reportTitle } from "@/lib/release/words";
import { readReport } from "@/lib/report/read";
import { absolute } from "@/lib/urls/absolute";
import type { SearchParams } from "@/lib/urls/query";
import { releaseQuery, releaseUrl } from "@/lib/urls/releases";

type Props = { params: Promise<{ project: string; tag: string[] }>; searchParams: Promise<SearchParams> };

/** Once per request, for title and page. A side that cannot be compared names nothing. */
const open = cache(async (slug: string, candidate: string, against: string | null, number: number | null) => {
  try {
    return await orNotFound(readReport(await pageActor(), slug, { candidate, against, number }));
  } catch (error) {
    if (error instanceof Invalid) notFound();
    throw error;
  }
});

async function parsed({ params, searchParams }: Props) {
  const { project, tag } = await params;
  const selection = releaseQuery.parse(await searchParams);
  return { slug: decoded(project), name: [tag].flat().map(decoded).join("/"), selection };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { slug, name, selection } = await parsed(props);
  const report = await open(slug, name, selection.against, selection.report);
  const title = reportTitle(report);
  const description = countsSentence(report.figures);
  const url = absolute(await pageOrigin(), releaseUrl(slug, name, selection));
  return { title, description, openGraph: { title, description, url, siteName: "Tidemark", type: "article" } };
}

/** The report of a release, of a branch's head or of a commit. */
export default async function Page(props: Props) {
  const { slug, name, selection } = await parsed(props);
  const report = await open(slug, name, selection.against, selection.report);
  const actor = await pageActor();
  const project = await readProject(actor, slug);
  const exact = report.state === "draft" ? { against: selection.against } : { report: report.number };
  return (
    <ReportPage
      report={report}
      selection={selection}
      branch={project.defaultBranch}
      permalink={absolute(await pageOrigin(), releaseUrl(slug, report.figures.candidate.name, exact))}
      mayTriage={may(actor, "triage", project.id)}
    />
  );
}
