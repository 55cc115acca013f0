"use client";
import { Check, ChevronDown } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";
import { buttonClasses } from "./button";
import { classes } from "./classes";

export type ChoiceItem = { key: string; content: ReactNode; selected?: boolean; onSelect: () => void };

/** A choice as wide as its place: a name at the left, what is chosen at the right; opened from outside too. */
export function Choice({
  name,
  label,
  value,
  items,
  open,
  onOpenChange,
  disabled,
}: {
  /** Read out; and shown, where there is no label. */
  name: string;
  /** Shown at the left; left out, the value stands there. */
  label?: string;
  value: ReactNode;
  items: ChoiceItem[];
  open: boolean;
  onOpenChange: (open: boolean) => void;
  disabled?: boolean;
}) {
  return (
    <DropdownMenu.Root modal={false} open={open} onOpenChange={onOpenChange}>
      <DropdownMenu.Trigger
        aria-label={name}
        disabled={disabled}
        className={buttonClasses("outline", "w-full min-w-0 justify-start font-normal")}
      >
        {label && <span className="text-ink-3">{label}</span>}
        <span className={classes("min-w-0 truncate", label && "ml-auto font-medium")}>{value}</span>
        <ChevronDown className={classes("size-4 shrink-0", !label && "ml-auto")} strokeWidth={1.5} aria-hidden />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="start"
          sideOffset={6}
          collisionPadding={8}
          className="z-50 max-h-[min(420px,var(--radix-dropdown-menu-content-available-height))] w-(--radix-dropdown-menu-trigger-width) min-w-44 overflow-y-auto rounded-3 bg-raised p-1 shadow-float"
        >
          {items.map(({ key, content, selected, onSelect }) => (
            <DropdownMenu.Item
              key={key}
              onSelect={onSelect}
              aria-current={selected ? "true" : undefined}
              className="flex min-h-(--control) cursor-pointer items-center gap-2 rounded-2 px-2 outline-none select-none data-highlighted:bg-surface-2"
            >
              <Check className={classes("size-4 shrink-0", !selected && "invisible")} strokeWidth={1.5} aria-hidden />
              <span className="min-w-0 truncate">{content}</span>
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
