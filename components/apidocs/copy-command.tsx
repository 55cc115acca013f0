"use client";
import { Copy } from "lucide-react";
import { CopyButton } from "@/components/ui/copy-button";

/** Copies a command. */
export function CopyCommand({ text }: { text: string }) {
  return (
    <CopyButton text={() => text} look="ghost" icon={<Copy className="size-4" strokeWidth={1.5} aria-hidden />}>
      Copy
    </CopyButton>
  );
}
