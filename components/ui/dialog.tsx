"use client";
import { X } from "lucide-react";
import { Dialog as Parts } from "radix-ui";
import type { ReactNode } from "react";
import { IconButton } from "./button";

/** A window over the page with a title; Esc and a click beside it close it. */
export function Dialog({
  title,
  open,
  onClose,
  children,
}: {
  title: string;
  open: boolean;
  onClose: () => void;
  children: ReactNode;
}) {
  return (
    <Parts.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Parts.Portal>
        <Parts.Overlay className="fixed inset-0 z-40 bg-bg/60" />
        <Parts.Content
          aria-describedby={undefined}
          className="fixed inset-x-4 top-[12vh] z-50 mx-auto max-h-[80vh] max-w-[520px] overflow-y-auto rounded-3 bg-raised p-4 shadow-float outline-none"
        >
          <div className="mb-3 flex items-center justify-between gap-2">
            <Parts.Title className="text-section font-semibold">{title}</Parts.Title>
            <Parts.Close asChild>
              <IconButton label="Close">
                <X className="size-4" strokeWidth={1.5} aria-hidden />
              </IconButton>
            </Parts.Close>
          </div>
          {children}
        </Parts.Content>
      </Parts.Portal>
    </Parts.Root>
  );
}
