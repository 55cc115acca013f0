import { Search } from "lucide-react";
import type { ReactNode } from "react";
import { Kbd } from "@/components/ui/kbd";

/** How the palette's text looks, before and after the palette has come. */
export const FINDER_INPUT = {
  placeholder: "Workload, shift, release, sha, page or action",
  className: "min-w-0 grow bg-transparent outline-none placeholder:text-ink-3",
} as const;

/** The row of the palette's text. */
export function FinderField({ children }: { children: ReactNode }) {
  return (
    <div className="flex h-10 items-center gap-2 border-b border-line px-3">
      <Search className="size-4 shrink-0 text-ink-3" strokeWidth={1.5} aria-hidden />
      {children}
      <Kbd>Esc</Kbd>
    </div>
  );
}
