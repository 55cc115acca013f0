/** Cells that a label may take, and a little air. */
const LABEL = 11;
/** Longer tags are told on hover of the workload's chart only. */
const LONGEST = 10;

type Anchor = "start" | "middle" | "end";

/** Where a label stands over its cell, so that it stays within the strip. */
function anchorOf(at: number, places: number): Anchor {
  return at < LABEL / 2 ? "start" : at > places - LABEL / 2 ? "end" : "middle";
}

const LEFT: Record<Anchor, number> = { start: 0, middle: LABEL / 2, end: LABEL };

/** Tags that get a label: those of a new series (".0") first, then from the newest on, as long as none touches another. */
function labelled(releases: { tag: string; at: number }[], places: number): Set<string> {
  const taken: { tag: string; left: number }[] = [];
  const rank = (tag: string) => Number(!/\.0$/.test(tag));
  for (const { tag, at } of [...releases].sort((a, b) => rank(a.tag) - rank(b.tag) || b.at - a.at)) {
    const left = at - LEFT[anchorOf(at, places)];
    if (tag.length <= LONGEST && taken.every((other) => Math.abs(other.left - left) >= LABEL))
      taken.push({ tag, left });
  }
  return new Set(taken.map(({ tag }) => tag));
}

/** Releases over a strip: a tick each, labels thinned. */
export function ReleaseTicks({ releases, places }: { releases: { tag: string; at: number }[]; places: number }) {
  const shown = labelled(releases, places);
  const width = 100 / Math.max(1, places);
  return (
    <svg width="100%" height="18" className="block overflow-visible max-sm:hidden" aria-hidden="true">
      {releases.map(({ tag, at }) => (
        <svg key={tag} x={`${(at + 0.43) * width}%`} className="overflow-visible" aria-hidden="true">
          <path d="M0 18l-2.500-4h5z" className="fill-ink-3" />
          {shown.has(tag) && (
            <text y="10" textAnchor={anchorOf(at, places)} className="fill-ink-3 text-label">
              {tag}
            </text>
          )}
        </svg>
      ))}
    </svg>
  );
}
