import type { ReactNode } from "react";
import { Bar } from "@/components/frame/bar";
import { readFrame } from "@/lib/queries/frame";
import { readSharedLinks } from "@/lib/queries/sharing";
import { pageActor } from "../actor";
import { decoded, orNotFound } from "../found";
import { pageOrigin } from "../origin";
import { readTheme } from "../theme";

type Props = { params: Promise<{ project: string }>; children: ReactNode };

/** The frame of every page of a project. A project that may not be read is not there. */
export default async function ProjectLayout({ params, children }: Props) {
  const slug = decoded((await params).project);
  const actor = await pageActor();
  const [frame, theme] = await Promise.all([orNotFound(readFrame(actor, slug)), readTheme()]);
  const { atom, json } = await readSharedLinks(actor, slug, null, await pageOrigin());
  return (
    <>
      <link rel="alternate" type="application/atom+xml" title={`Shifts of ${slug}`} href={atom} />
      <link rel="alternate" type="application/feed+json" title={`Shifts of ${slug}`} href={json} />
      <Bar frame={frame} theme={theme} />
      <main id="main" className="mx-auto max-w-(--page-max) px-(--gutter) pt-5 pb-12">
        {children}
      </main>
    </>
  );
}
