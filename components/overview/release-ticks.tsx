/** Cells between two labels, so that they never touch. */
const APART = 11;

/** Releases over a strip: a tick each, labels thinned, those of a new series (".0") first. */
export function ReleaseTicks({ releases, places }: { releases: { tag: string; at: number }[]; places: number }) {
  const labelled: number[] = [];
  const first = (tag: string) => Number(!/\.0$/.test(tag));
  for (const { tag, at } of [...releases].sort((a, b) => first(a.tag) - first(b.tag) || b.at - a.at))
    if (tag.length <= 12 && labelled.every((other) => Math.abs(other - at) >= APART)) labelled.push(at);
  const shown = new Set(labelled);
  const width = 100 / Math.max(1, places);
  return (
    <svg width="100%" height="18" className="block overflow-visible" aria-hidden="true">
      {releases.map(({ tag, at }) => {
        const edge = at < APART / 2 ? "start" : at > places - APART / 2 ? "end" : "middle";
        const label =
          shown.has(at) && releases.find((one) => one.at === at && first(one.tag) <= first(tag))?.tag === tag;
        return (
          <svg key={tag} x={`${(at + 0.43) * width}%`} className="overflow-visible" aria-hidden="true">
            <path d="M0 18l-2.500-4h5z" className="fill-ink-3" />
            {label && (
              <text y="10" textAnchor={edge} className="fill-ink-3 text-label max-sm:hidden">
                {tag}
              </text>
            )}
          </svg>
        );
      })}
    </svg>
  );
}
