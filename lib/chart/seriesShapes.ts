/** Most lines of one chart: beyond that nobody tells them apart, and each gets a small chart of its own. */
export const MOST_LINES_TOGETHER = 8;

/** A line's mark: told apart by shape, by being filled, and by colour, so that it reads in grey too. */
export type SeriesShape = { colour: string; path: string; filled: boolean };

const CIRCLE = "M-2.3 0a2.3 2.3 0 1 0 4.6 0a2.3 2.3 0 1 0 -4.6 0z";
const SQUARE = "M-2.1 -2.1h4.2v4.2h-4.2z";
const DIAMOND = "M0 -3l3 3l-3 3l-3 -3z";
const TRIANGLE = "M0 -2.9l2.9 5h-5.8z";
const PATHS = [CIRCLE, SQUARE, DIAMOND, TRIANGLE];

/** The mark of the line at a place among those drawn together; they begin anew after the eighth. Paths around 0, px. */
export function seriesShape(place: number): SeriesShape {
  const at = place % MOST_LINES_TOGETHER;
  return {
    colour: `var(--series-${at + 1})`,
    path: PATHS[at % PATHS.length] as string,
    filled: at < PATHS.length,
  };
}
