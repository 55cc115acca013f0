"use client";
import { PageFault } from "@/components/frame/page-fault";
import { PlainFrame } from "@/components/frame/plain-frame";

export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <PlainFrame>
      <PageFault digest={error.digest} retry={reset} rest="Nothing was changed." />
    </PlainFrame>
  );
}
