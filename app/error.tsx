"use client";
import { PlainFrame } from "@/components/frame/plain-frame";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/state";

export default function ErrorPage({ reset }: { error: Error; reset: () => void }) {
  return (
    <PlainFrame>
      <ErrorState title="This page could not be read" actions={<Button onClick={reset}>Try again</Button>}>
        The database did not answer, or the server met a fault that its log names. Nothing was changed.
      </ErrorState>
    </PlainFrame>
  );
}
