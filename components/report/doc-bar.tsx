"use client";
import { Copy, Download, Link2, Printer } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { Button, buttonClasses } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { releasesUrl } from "@/lib/urls/releases";

type Props = {
  slug: string;
  /** Name of the candidate, for its file. */
  label: string;
  permalink: string;
  /** Addresses of the report as Markdown, and of its rows as CSV. */
  markdown: string;
  csv: string;
  /** Somebody may still decide on it, further down. */
  isOpen: boolean;
};

/** Ways out of the report: its address, Markdown, rows, paper. Not printed. */
export function DocBar({ slug, label, permalink, markdown, csv, isOpen }: Props) {
  return (
    <div className="mb-7 flex flex-wrap items-center gap-2 text-base print:hidden">
      <nav aria-label="Place" className="grow text-label text-ink-3">
        <Link href={releasesUrl(slug)} className="hover:text-ink">
          Releases
        </Link>{" "}
        / {label}
      </nav>
      <CopyButton look="ghost" text={() => permalink} icon={<Link2 className="size-4" strokeWidth={1.5} aria-hidden />}>
        Copy link
      </CopyButton>
      <CopyMarkdown url={markdown} />
      <a href={csv} className={buttonClasses("ghost")} download={`${label}.csv`}>
        <Download className="size-4" strokeWidth={1.5} aria-hidden />
        CSV
      </a>
      <Button onClick={() => window.print()}>
        <Printer className="size-4" strokeWidth={1.5} aria-hidden />
        Print
      </Button>
      {isOpen && (
        <a href="#part-sign-off" className={buttonClasses("primary")}>
          To the sign-off
        </a>
      )}
    </div>
  );
}

/** The Markdown is made by the server when it is asked for. */
function CopyMarkdown({ url }: { url: string }) {
  const [answer, setAnswer] = useState<string | null>(null);
  const copy = async () => {
    try {
      const response = await fetch(url);
      if (!response.ok) throw new Error("refused");
      await navigator.clipboard.writeText(await response.text());
      setAnswer("Copied");
    } catch {
      setAnswer("Not allowed here");
    }
  };
  return (
    <Button look="ghost" onClick={copy}>
      <Copy className="size-4" strokeWidth={1.5} aria-hidden />
      <span aria-live="polite">{answer ?? "Markdown"}</span>
    </Button>
  );
}
