import { expect, test } from "vitest";
import { dotPaths } from "./dots";
import { frameOf } from "./frame";
import { MOST_DOTS } from "./marks";
import { type TrendPoint, trendOf } from "./trend";

const point = (position: number, value: number, more: Partial<TrendPoint> = {}): TrendPoint => ({
  position,
  value,
  sha: String(position),
  committedAt: null,
  pullRequest: null,
  min: value,
  max: value,
  runs: 1,
  n: 3,
  track: 0,
  open: false,
  outlier: false,
  ...more,
});

function pathsOf(points: TrendPoint[], shown = { lo: 0, hi: 20 }) {
  const domain: [number, number] = [0, points.length - 1];
  const trend = trendOf({ unit: "s", points, segments: [], changepoints: [] }, "commits", domain, "fit", 216);
  return dotPaths(trend, frameOf({ width: 264, height: 122 }, domain, shown));
}

const count = (path: string) => path.match(/M/g)?.length ?? 0;

test("every point is one mark, in the path of its kind", () => {
  const paths = pathsOf([
    point(0, 10),
    point(1, 11, { open: true }),
    point(2, 12, { outlier: true }),
    point(3, 13, { slow: true, outlier: true }),
    point(4, 10),
  ]);
  expect([paths.medians, paths.open, paths.outliers, paths.slow, paths.beyond].map(count)).toEqual([2, 1, 1, 1, 0]);
});

test("a point beyond the scale is a triangle at the edge, not a dot", () => {
  const paths = pathsOf([point(0, 10), point(1, 100), point(2, -5)]);
  expect(count(paths.beyond)).toBe(2);
  expect(count(paths.medians)).toBe(1);
});

test("a spread is cut at the plot, and left out where it would not be seen", () => {
  const paths = pathsOf([point(0, 10, { min: -100, max: 100 }), point(1, 10)]);
  expect(paths.spreads).toBe("M56 18V118");
});

test("so many points that dots would hide the trace have none", () => {
  const paths = pathsOf(Array.from({ length: MOST_DOTS + 1 }, (_, i) => point(i, 10, { min: 8, max: 12 })));
  expect(paths).toMatchObject({ medians: "", spreads: "" });
});
