"use client";
import { PageFault } from "@/components/frame/page-fault";

/** The bar stays, so that the other pages of the project can be tried. */
export default function ProjectErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return <PageFault digest={error.digest} retry={reset} rest="Nothing was changed; the other pages above may work." />;
}
