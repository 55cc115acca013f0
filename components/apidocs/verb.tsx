import { classes } from "@/components/ui/classes";
import type { Method } from "@/lib/openapi/types";

/** A method of HTTP. What writes is set in ink, what reads is quiet; no verdict's colour. */
export function Verb({ method, className }: { method: Method; className?: string }) {
  const ground = method === "GET" ? "bg-surface-2 text-ink-2" : "bg-solid text-solid-ink";
  return (
    <span className={classes("rounded-1 px-1.5 font-mono text-label font-medium", ground, className)}>{method}</span>
  );
}
