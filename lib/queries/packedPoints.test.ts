import { describe, expect, test } from "vitest";
import { monthsOf, type PackedSeries, type PlacesRead, pointsOf } from "./packedPoints";

const WINDOW = { branchId: 1, caseId: 1, metricId: 1, environmentId: 1, from: 0, to: 99 };

/** Commits 10, 11, 12 ... at places 0, 1, 2 ... with these dates. */
const placesOf = (...dates: (string | null)[]): PlacesRead =>
  new Map([
    [
      1,
      new Map(
        dates.map((committedAt, position) => [
          10 + position,
          { commitId: 10 + position, position, sha: `sha${position}`, committedAt, pullRequest: null },
        ]),
      ),
    ],
  ]);

/** A series of [commit, run, samples]. */
function seriesOf(runs: [number, number, number[]][], more: Partial<PackedSeries> = {}): PackedSeries {
  return {
    line: 1,
    version: "",
    factsGroup: 1,
    commitId: runs.map(([commit]) => commit),
    runId: runs.map(([, run]) => run),
    median: runs.map(([, , samples]) => samples[Math.floor(samples.length / 2)] ?? 0),
    lo: runs.map(([, , samples]) => Math.min(...samples)),
    hi: runs.map(([, , samples]) => Math.max(...samples)),
    n: runs.map(([, , samples]) => samples.length),
    excluded: null,
    ...more,
  };
}

describe("points of a window", () => {
  test("stand in the order of places, whatever the numbers of commits; what is off the line is no point", () => {
    const turned: PlacesRead = new Map([
      [1, new Map([...(placesOf(null, null).get(1) ?? [])].map(([id, place]) => [21 - id, place]))],
    ]);
    const line = pointsOf(WINDOW, turned, [
      seriesOf([
        [10, 1, [5]],
        [11, 2, [6]],
        [99, 3, [7]],
      ]),
    ]);
    expect(line.map(({ position, value }) => [position, value])).toEqual([
      [0, 6],
      [1, 5],
    ]);
    expect(pointsOf({ ...WINDOW, from: 1 }, turned, [seriesOf([[10, 1, [5]]])])).toHaveLength(1);
    expect(pointsOf({ ...WINDOW, from: 1 }, turned, [seriesOf([[11, 1, [5]]])])).toEqual([]);
  });

  test("are the median of their runs, also of runs of two series on one track; two tracks are two points", () => {
    const places = placesOf(null);
    const runs = [seriesOf([[10, 1, [1, 2, 9]]]), seriesOf([[10, 2, [4]]]), seriesOf([[10, 3, [10]]])];
    expect(pointsOf(WINDOW, places, runs)).toMatchObject([{ value: 4, runs: 3, n: 5, min: 1, max: 10 }]);
    const versions = pointsOf(WINDOW, places, [
      seriesOf([[10, 1, [3]]], { version: "2" }),
      seriesOf([[10, 2, [4]]], { version: "1" }),
      seriesOf([[10, 4, [5]]], { factsGroup: 0 }),
    ]);
    expect(versions.map(({ value }) => value)).toEqual([5, 4, 3]);
  });

  test("leave out the runs that people left out, of this series", () => {
    const left = { excluded: [1] };
    expect(pointsOf(WINDOW, placesOf(null), [seriesOf([[10, 1, [1]]], left), seriesOf([[10, 2, [3]]])])).toMatchObject([
      { value: 3, runs: 1 },
    ]);
  });
});

test("a month begins at the first commit on the line that was made in it, in UTC; commits without a date begin none", () => {
  const places = placesOf(
    "2026-01-31T23:59:59.999Z",
    null,
    "2026-02-01T00:00:00.000Z",
    "2026-01-30T00:00:00.000Z",
    "2026-02-03T00:00:00.000Z",
    "+010000-02-03T00:00:00.000Z",
  );
  expect(monthsOf(WINDOW, places).map(({ position }) => position)).toEqual([0, 2, 5]);
  expect(monthsOf({ ...WINDOW, from: 3, to: 4 }, places).map(({ position }) => position)).toEqual([3, 4]);
  expect(monthsOf({ ...WINDOW, branchId: 2 }, places)).toEqual([]);
});
