import type { ReactNode } from "react";

/** A key. */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="rounded-1 bg-bg px-[5px] font-sans text-label font-medium text-ink-3 shadow-outline">
      {children}
    </kbd>
  );
}
