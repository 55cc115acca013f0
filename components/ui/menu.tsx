"use client";
import { Check, ChevronDown } from "lucide-react";
import Link from "next/link";
import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";
import { buttonClasses } from "./button";
import { classes } from "./classes";

/** One choice: a link where the choice is an address, else a call. */
export type MenuItem = {
  key: string;
  label: string;
  /** Said smaller, at the right end. */
  hint?: ReactNode;
  selected?: boolean;
  href?: string;
  onSelect?: () => void;
};

const ITEM =
  "flex min-h-(--control) cursor-pointer items-center gap-2 rounded-2 px-2 outline-none select-none data-highlighted:bg-surface-2";

function Content({ items, align }: { items: MenuItem[]; align: "start" | "end" }) {
  return (
    <DropdownMenu.Portal>
      <DropdownMenu.Content
        align={align}
        sideOffset={6}
        collisionPadding={8}
        className="z-50 max-h-[min(420px,var(--radix-dropdown-menu-content-available-height))] max-w-[calc(100vw-16px)] min-w-44 overflow-y-auto rounded-3 bg-raised p-1 shadow-float"
      >
        {items.map(({ key, label, hint, selected, href, onSelect }) => {
          const inside = (
            <>
              <Check className={classes("size-4 shrink-0", !selected && "invisible")} strokeWidth={1.5} aria-hidden />
              <span className="min-w-0 truncate">{label}</span>
              {hint && <span className="ml-auto pl-4 whitespace-nowrap text-ink-3">{hint}</span>}
            </>
          );
          const current = selected ? ("true" as const) : undefined;
          return href === undefined ? (
            <DropdownMenu.Item key={key} className={ITEM} onSelect={onSelect} aria-current={current}>
              {inside}
            </DropdownMenu.Item>
          ) : (
            <DropdownMenu.Item key={key} className={ITEM} asChild>
              <Link href={href} scroll={false} prefetch={false} aria-current={current}>
                {inside}
              </Link>
            </DropdownMenu.Item>
          );
        })}
      </DropdownMenu.Content>
    </DropdownMenu.Portal>
  );
}

/** A choice of one: "Environment vm-b ⌄". */
export function Select({
  label,
  value,
  items,
  align = "start",
}: {
  label: string;
  value: string;
  items: MenuItem[];
  align?: "start" | "end";
}) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className={buttonClasses("outline", "max-w-full min-w-0 font-normal")}>
        <span className="text-ink-3">{label}</span>
        <span className="min-w-0 truncate font-medium">{value}</span>
        <ChevronDown className="size-4 shrink-0" strokeWidth={1.5} aria-hidden />
      </DropdownMenu.Trigger>
      <Content items={items} align={align} />
    </DropdownMenu.Root>
  );
}

/** A menu under any trigger. */
export function Menu({
  trigger,
  label,
  className,
  items,
  align = "start",
}: {
  trigger: ReactNode;
  label: string;
  className?: string;
  items: MenuItem[];
  align?: "start" | "end";
}) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className={className} aria-label={label}>
        {trigger}
      </DropdownMenu.Trigger>
      <Content items={items} align={align} />
    </DropdownMenu.Root>
  );
}
