"use client";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/state";

/** The bar stays, so that the other pages of the project can be tried. */
export default function ProjectErrorPage({ reset }: { error: Error; reset: () => void }) {
  return (
    <ErrorState title="This page could not be read" actions={<Button onClick={reset}>Try again</Button>}>
      The database did not answer, or the server met a fault that its log names. Nothing was changed; other pages are
      not affected.
    </ErrorState>
  );
}
