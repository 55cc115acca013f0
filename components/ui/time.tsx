"use client";
import { useState } from "react";
import { formatDate, formatRelative, formatTime } from "@/lib/format/time";

/**
 * A time in UTC, the same on server and browser. Pointed at or focused, it says when that was from now, and the time of
 * day with its zone; both only then, so that nothing differs while the page comes alive.
 */
export function Time({ at, withTime = false }: { at: string | null; withTime?: boolean }) {
  const [title, setTitle] = useState<string>();
  if (at === null) return <>{formatDate(null)}</>;
  const tell = () => setTitle(`${formatTime(at)} UTC, ${formatRelative(at, Date.now())}`);
  return (
    <time dateTime={at} title={title} className="whitespace-nowrap" onPointerEnter={tell}>
      {withTime ? `${formatTime(at)} UTC` : formatDate(at)}
    </time>
  );
}
