import fc from "fast-check";
import { expect, test } from "vitest";
import { type Measurement, splitTracks } from "./tracks";

function measured(position: number, value: number, more: Partial<Measurement> = {}): Measurement {
  return {
    seriesId: 1,
    version: "",
    factsGroup: 1,
    position,
    commitId: 100 + position,
    runId: position,
    samples: [value],
    ...more,
  };
}

test("runs of one commit on one track are one point", () => {
  const tracks = splitTracks([measured(1, 5, { runId: 9 }), measured(0, 1), measured(1, 4, { runId: 8, seriesId: 2 })]);
  expect(tracks).toMatchObject([
    {
      number: 0,
      points: [
        { commitId: 100, runs: [[1]] },
        { commitId: 101, runs: [[4], [5]] },
      ],
    },
  ]);
});

test("another version or group of facts is another track, numbered as they begin", () => {
  const tracks = splitTracks([
    measured(5, 1, { version: "2" }),
    measured(0, 1),
    measured(3, 1, { factsGroup: 2 }),
    measured(6, 1),
  ]);
  expect(tracks.map(({ points }) => points.map(({ position }) => position))).toEqual([[0, 6], [3], [5]]);
});

test("a border ends a track before its position", () => {
  const tracks = splitTracks(
    [0, 1, 2, 3].map((position) => measured(position, 1)),
    [2],
  );
  expect(tracks.map(({ points }) => points.map(({ position }) => position))).toEqual([
    [0, 1],
    [2, 3],
  ]);
});

test("any order of the measurements gives the same tracks", () => {
  const measurement = fc
    .record({ position: fc.nat(9), version: fc.constantFrom("", "2"), factsGroup: fc.constantFrom(1, 2) })
    .map(({ position, ...more }) => measured(position, 1, more));
  const numbered = fc
    .array(measurement, { maxLength: 20 })
    .map((all) => all.map((one, runId): Measurement => ({ ...one, runId, samples: [runId] })));
  const both = numbered.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));
  fc.assert(
    fc.property(both, ([one, other]) => {
      expect(splitTracks(other, [4])).toEqual(splitTracks(one, [4]));
    }),
  );
});
