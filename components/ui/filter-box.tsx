"use client";
import { ListFilter } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useLayoutEffect, useRef, useState, useTransition } from "react";

/** Typing is over when no key came for this long. */
const PAUSE_MS = 200;

type Props = {
  /** What the address holds now. */
  value: string | null;
  /** The address with another text. */
  urlOf: (text: string | null) => string;
  label: string;
};

/** A text that filters a list; it goes into the address, without an entry in the history per letter. */
export function FilterBox({ value, urlOf, label }: Props) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const [typed, setTyped] = useState(value ?? "");
  const known = useRef(value ?? "");
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  // Back, forward and "show all" change the address without the box: it follows.
  useEffect(() => {
    if ((value ?? "") === known.current) return;
    known.current = value ?? "";
    setTyped(value ?? "");
  }, [value]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const box = useRef<HTMLInputElement>(null);
  const change = (text: string) => {
    setTyped(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      known.current = text;
      startTransition(() => router.replace(urlOf(text || null), { scroll: false }));
    }, PAUSE_MS);
  };
  // Letters that were typed into the server's HTML caused no event that React heard of: it would take them away.
  const early = useRef(change);
  useLayoutEffect(() => {
    const text = box.current?.value ?? known.current;
    if (text !== known.current) early.current(text);
  }, []);
  return (
    <label className="inline-flex h-(--control) min-w-0 items-center gap-2 rounded-2 px-2.5 text-ink-3 shadow-outline focus-within:outline-2 focus-within:outline-accent max-sm:w-full print:hidden">
      <ListFilter className="size-4 shrink-0" strokeWidth={1.5} aria-hidden />
      <input
        ref={box}
        data-filter
        type="search"
        value={typed}
        maxLength={200}
        onChange={(event) => change(event.target.value)}
        aria-label={label}
        aria-busy={isPending}
        placeholder={label}
        className="w-36 min-w-0 grow bg-transparent text-ink outline-none placeholder:text-ink-3"
      />
    </label>
  );
}
