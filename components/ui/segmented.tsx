import Link from "next/link";
import { classes } from "./classes";

/** One of few choices, all in sight. Links, since every choice is an address. */
export type SegmentItem = { key: string; label: string; count?: string; href: string; current: boolean };

const SEGMENT =
  "flex items-center gap-1.5 rounded-1 px-[9px] whitespace-nowrap text-ink-2 hover:text-ink aria-[current]:bg-bg aria-[current]:font-medium aria-[current]:text-ink aria-[current]:shadow-outline";

export function Segmented({ label, items, className }: { label: string; items: SegmentItem[]; className?: string }) {
  return (
    <nav
      aria-label={label}
      className={classes(
        "inline-flex h-(--control) max-w-full overflow-x-auto rounded-2 bg-surface p-0.5 print:hidden",
        className,
      )}
    >
      {items.map(({ key, label: text, count, href, current }, place) => (
        <Link
          key={key}
          href={href}
          scroll={false}
          prefetch={false}
          // Where the row is wider than a phone it begins with the one before what is chosen: both are in sight.
          className={classes(SEGMENT, items[place + 1]?.current && "[scroll-initial-target:nearest]")}
          aria-current={current ? "true" : undefined}
        >
          {text}
          {count !== undefined && <span>{count}</span>}
        </Link>
      ))}
    </nav>
  );
}

/** The same for a choice that is kept by the browser's page, not by its address. */
export function SegmentedButtons<Key extends string>({
  label,
  items,
  value,
  onChange,
}: {
  label: string;
  items: { key: Key; label: string }[];
  value: Key;
  onChange: (key: Key) => void;
}) {
  return (
    <fieldset className="inline-flex h-(--control) rounded-2 bg-surface p-0.5 print:hidden">
      <legend className="sr-only">{label}</legend>
      {items.map(({ key, label: text }) => (
        <button
          key={key}
          type="button"
          className={SEGMENT}
          aria-pressed={key === value}
          aria-current={key === value ? "true" : undefined}
          onClick={() => onChange(key)}
        >
          {text}
        </button>
      ))}
    </fieldset>
  );
}
