import type { Frame } from "@/lib/chart/frame";
import { fixed } from "@/lib/chart/paths";
import { placeReleases } from "@/lib/chart/releases";

export type StripRelease = { tag: string; x: number };

const HEIGHT = 20;

/** Longer tags would run into the next one, or out of the page; hover tells them whole. */
const LONGEST = 12;
const shortTag = (tag: string) => (tag.length > LONGEST ? `${tag.slice(0, LONGEST - 1)}…` : tag);

/** The releases of the window: a triangle for each, names thinned. */
export function ReleaseStrip({ releases, frame }: { releases: readonly StripRelease[]; frame: Frame }) {
  const { plot, width } = frame;
  const placed = placeReleases(releases, ({ x }) => frame.x(x) - plot.left, plot.width);
  const names = placed.filter(({ labelled }) => labelled).map(({ release }) => release.tag);
  const label =
    placed.length === 0 ? "No releases in this window" : `${placed.length} releases, among them ${names.join(", ")}`;
  return (
    <svg width={width} height={HEIGHT} className="block overflow-visible" role="img" aria-label={label}>
      {placed.map(({ release, x, labelled, anchor }) => (
        <g key={release.tag}>
          <title>{release.tag}</title>
          <path d={`M${fixed(plot.left + x)} ${HEIGHT}l-3-5h6z`} className="fill-ink-3" />
          {labelled && (
            <text x={fixed(plot.left + x)} y="10" textAnchor={anchor} className="fill-ink-3 text-label">
              {shortTag(release.tag)}
            </text>
          )}
        </g>
      ))}
    </svg>
  );
}
