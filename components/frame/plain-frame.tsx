import Link from "next/link";
import type { ReactNode } from "react";
import { apiDocsUrl } from "@/lib/urls/apiDocs";
import { Mark } from "./brand";

/** The frame of pages that belong to no project. */
export function PlainFrame({ children, right }: { children: ReactNode; right?: ReactNode }) {
  return (
    <>
      <header className="border-b border-line print:hidden">
        <div className="mx-auto flex h-(--bar) max-w-(--page-max) items-center justify-between px-(--gutter)">
          <Link href="/" className="flex items-center gap-2 font-semibold tracking-[-0.01em]">
            <Mark />
            Tidemark
          </Link>
          {right}
        </div>
      </header>
      <main className="mx-auto max-w-(--page-max) px-(--gutter) pt-5 pb-12">{children}</main>
      <footer className="mx-auto max-w-(--page-max) px-(--gutter) pb-6 text-label text-ink-3 print:hidden">
        <a href={apiDocsUrl()} className="link">
          HTTP API
        </a>
      </footer>
    </>
  );
}
