/** Room that the label of a release needs. */
export const RELEASE_SPACING = 66;

export type PlacedRelease<R> = { release: R; x: number; labelled: boolean; anchor: "start" | "middle" | "end" };

/**
 * Which releases of the strip carry their name: all are ticks, labels keep 66 px apart, and `x.y.0` go first.
 * `px` gives the place of a release in a strip `width` wide; those outside are left out. A tag of no more than
 * `edge` px from either end is anchored there, so that no label leaves the strip.
 */
export function placeReleases<R extends { tag: string }>(
  releases: readonly R[],
  px: (release: R) => number,
  width: number,
  edge = 30,
): PlacedRelease<R>[] {
  const placed = releases
    .map((release) => ({ release, x: px(release) }))
    .filter(({ x }) => x >= -0.5 && x <= width + 0.5)
    .sort((a, b) => a.x - b.x);
  const taken: number[] = [];
  const labelled = new Set<R>();
  for (const first of [true, false]) {
    for (const { release, x } of placed) {
      if (isFirstOfLine(release.tag) !== first || labelled.has(release)) continue;
      const middle = Math.min(Math.max(x, edge), width - edge); // where the label stands, not its tick
      if (taken.some((other) => Math.abs(other - middle) < RELEASE_SPACING)) continue;
      taken.push(middle);
      labelled.add(release);
    }
  }
  return placed.map(({ release, x }) => ({
    release,
    x,
    labelled: labelled.has(release),
    anchor: x < edge ? "start" : x > width - edge ? "end" : "middle",
  }));
}

/** True for 2023.4.0 and v2.0, not for 2023.4.1 nor 2023.10. */
export function isFirstOfLine(tag: string): boolean {
  return /[.]0$/.test(tag);
}
