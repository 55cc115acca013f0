import type { ReactNode } from "react";
import { PageHead } from "@/components/frame/page-head";
import { PlainFrame } from "@/components/frame/plain-frame";

/** A page with one small form and nothing else. */
export function SignInFrame({ title, sentence, children }: { title: string; sentence: string; children: ReactNode }) {
  return (
    <PlainFrame>
      <div className="mx-auto max-w-[360px] pt-[8vh]">
        <PageHead title={title} sentence={sentence} />
        {children}
      </div>
    </PlainFrame>
  );
}
