"use client";
import { ListFilter } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState, useTransition } from "react";
import { type WorkloadsSelection, workloadsUrl } from "@/lib/urls/workloads";

/** Typing is over when no key came for this long. */
const PAUSE_MS = 200;

/** A text that names must contain; it goes into the address, without an entry in the history per letter. */
export function FilterBox({ project, selection }: { project: string; selection: WorkloadsSelection }) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const [typed, setTyped] = useState(selection.filter ?? "");
  const known = useRef(selection.filter ?? "");
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  // Back, forward and "show all" change the address without the box: it follows.
  useEffect(() => {
    const filter = selection.filter ?? "";
    if (filter === known.current) return;
    known.current = filter;
    setTyped(filter);
  }, [selection.filter]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const change = (text: string) => {
    setTyped(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      known.current = text;
      startTransition(() => {
        router.replace(workloadsUrl(project, { ...selection, filter: text || null, page: 1 }), { scroll: false });
      });
    }, PAUSE_MS);
  };
  return (
    <label className="inline-flex h-(--control) min-w-0 items-center gap-2 rounded-2 px-2.5 text-ink-3 shadow-outline focus-within:outline-2 focus-within:outline-accent max-sm:w-full">
      <ListFilter className="size-4 shrink-0" strokeWidth={1.5} aria-hidden />
      <input
        data-filter
        type="search"
        value={typed}
        maxLength={200}
        onChange={(event) => change(event.target.value)}
        aria-label="Filter workloads"
        aria-busy={isPending}
        placeholder="Filter workloads"
        className="w-44 min-w-0 grow bg-transparent text-ink outline-none placeholder:text-ink-3"
      />
    </label>
  );
}
