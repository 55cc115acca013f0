import Link from "next/link";
import type { ComponentProps, CSSProperties, ReactNode } from "react";
import { classes } from "./classes";
import { Scroller } from "./scroller";

type TableProps = {
  label: string;
  className?: string;
  style?: CSSProperties;
  /** Rows of the whole table, where not all of them are in the page. */
  rowCount?: number;
  children: ReactNode;
};

/** A table with hairlines under its rows and nothing else. It scrolls within itself when the window is too narrow. */
export function Table({ label, className, style, rowCount, children }: TableProps) {
  return (
    // The padding leaves room for the ground of a hovered row.
    <Scroller label={label} className="-mx-2 px-2 print:mx-0 print:overflow-visible print:px-0">
      <table aria-rowcount={rowCount} style={style} className={classes("w-full border-collapse", className)}>
        {children}
      </table>
    </Scroller>
  );
}

/** A row whose ground answers the pointer and reaches a little beyond its text. */
export function Row({ className, picked, ...rest }: ComponentProps<"tr"> & { picked?: boolean }) {
  const ground = picked
    ? "bg-accent-soft [&>:first-child]:shadow-[-8px_0_0_var(--accent-soft)] [&>:last-child]:shadow-[8px_0_0_var(--accent-soft)]"
    : "hover:bg-surface [&:hover>:first-child]:shadow-[-8px_0_0_var(--surface)] [&:hover>:last-child]:shadow-[8px_0_0_var(--surface)]";
  return <tr className={classes(ground, className)} {...rest} />;
}

const CELL = "px-2 first:pl-0 last:pr-0";

type HeadProps = ComponentProps<"th"> & {
  numeric?: boolean;
  /** Makes the head a link that sorts; `way` when the table is sorted by it now. */
  sort?: { href: string; way: "up" | "down" | null };
};

/** A column's head. */
export function Head({ numeric, sort, className, children, ...rest }: HeadProps) {
  return (
    <th
      scope="col"
      aria-sort={sort?.way === "up" ? "ascending" : sort?.way === "down" ? "descending" : undefined}
      className={classes(
        CELL,
        "border-b border-line pb-1.5 align-bottom text-label font-normal whitespace-nowrap text-ink-3",
        numeric ? "text-right" : "text-left",
        className,
      )}
      {...rest}
    >
      {sort ? (
        <Link
          href={sort.href}
          scroll={false}
          prefetch={false}
          className={classes("hover:text-ink", sort.way && "font-medium text-ink")}
        >
          {children}
          {sort.way && <span aria-hidden="true">{sort.way === "up" ? " ↑" : " ↓"}</span>}
        </Link>
      ) : (
        children
      )}
    </th>
  );
}

/** A cell. Numbers stand at the right and never wrap. */
export function Cell({ numeric, className, ...rest }: ComponentProps<"td"> & { numeric?: boolean }) {
  return (
    <td
      className={classes(CELL, "h-(--row) border-b border-grid", numeric && "text-right whitespace-nowrap", className)}
      {...rest}
    />
  );
}
