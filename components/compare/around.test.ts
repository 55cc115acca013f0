import { expect, test } from "vitest";
import type { SeriesRead } from "@/lib/queries/series";
import { around } from "./around";

const point = (position: number) => ({ sha: `c${position}`, position }) as SeriesRead["points"][number];
const series = {
  points: Array.from({ length: 300 }, (_, i) => point(2 * i)),
  segments: [
    { first: 0, last: 200, track: 0, level: 1, lo: 1, hi: 1 },
    { first: 202, last: 598, track: 0, level: 2, lo: 2, hi: 2 },
  ] as SeriesRead["segments"],
  changepoints: [{ position: 202 }] as SeriesRead["changepoints"],
  failures: [{ position: 590 }] as SeriesRead["failures"],
  months: [],
};

test("holds both sides and forty commits on either hand, with the levels cut to it", () => {
  const { points, segments, changepoints, failures } = around(series, ["c240", "c220"]);
  expect([points[0]?.sha, points.at(-1)?.sha]).toEqual(["c140", "c320"]);
  expect(segments.map(({ first, last }) => [first, last])).toEqual([
    [140, 200],
    [202, 320],
  ]);
  expect([changepoints.length, failures.length]).toEqual([1, 0]);
});

test("shows the newest commits where the line holds neither side, and nothing of an empty line", () => {
  expect(around(series, ["other"]).points.map(({ sha }) => sha)).toHaveLength(40);
  expect(around({ ...series, points: [] }, ["c1"]).points).toEqual([]);
});
