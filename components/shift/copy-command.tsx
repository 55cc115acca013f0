"use client";
import { Copy } from "lucide-react";
import { CopyButton } from "@/components/ui/copy-button";

/** Copies a command. */
export function CopyCommand({ command }: { command: string }) {
  return (
    <CopyButton
      look="ghost"
      className="-ml-2.5"
      text={() => command}
      icon={<Copy className="size-4" strokeWidth={1.5} aria-hidden />}
    >
      Copy command
    </CopyButton>
  );
}
