"use client";
import type { Frame } from "@/lib/chart/frame";
import { fixed } from "@/lib/chart/paths";

/** A commit at which components changed, placed on the axis, with what changed in words. */
export type PlacedComponentChange = { sha: string; x: number; text: string };

const HEIGHT = 12;
/** Changes that the text alternative names; the table of the API has all. */
const NAMED = 20;

/** Where component revisions changed: a diamond each. */
export function ComponentStrip({ changes, frame }: { changes: readonly PlacedComponentChange[]; frame: Frame }) {
  const { plot, width } = frame;
  const shown = changes.filter(({ x }) => frame.x(x) >= plot.left - 1 && frame.x(x) <= plot.right + 1);
  return (
    <svg width={width} height={HEIGHT} className="block overflow-visible" role="img" aria-label={described(shown)}>
      {shown.map(({ sha, x, text }) => (
        <g key={sha}>
          <title>{text}</title>
          <rect x={fixed(frame.x(x) - 5)} width="10" height={HEIGHT} className="fill-transparent" />
          <path d={`M${fixed(frame.x(x))} 2l4 4l-4 4l-4 -4z`} className="fill-bg stroke-ink-3" strokeWidth="1.3" />
        </g>
      ))}
    </svg>
  );
}

function described(changes: readonly PlacedComponentChange[]): string {
  if (changes.length === 0) return "No component changed in this window";
  const named = changes.slice(-NAMED).map(({ sha, text }) => `${text} at ${sha.slice(0, 7)}`);
  const more = changes.length > NAMED ? `; ${changes.length - NAMED} earlier ones` : "";
  return `Component changes: ${named.join("; ")}${more}`;
}
