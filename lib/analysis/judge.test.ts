import { expect, test } from "vitest";
import { judge } from "./judge";
import { batches, bordersOf } from "./measurements";
import type { LineKey } from "./requests";
import type { Track } from "./tracks";

const NOISE = [0.3, -1.1, 0.7, 0.1, -0.6, 1.3, -0.2, -0.9, 0.6, -1.2, 0.2, 0.9, -0.4];

/** Levels in blocks of `length` points with noise of 1 %; commits 1000 + position. */
function track(levels: number[], { length = 20, number = 0, start = 0 } = {}): Track {
  const points = levels.flatMap((level, block) =>
    Array.from({ length }, (_, k) => {
      const position = start + block * length + k;
      const noise = NOISE[position % NOISE.length] ?? 0;
      return { position, commitId: 1000 + position, seriesId: 7 + number, runs: [[level * (1 + 0.01 * noise)]] };
    }),
  );
  return { number, points };
}

test("a line without points has no judgement", () => {
  expect(judge([], "lower", 0.05)).toBeNull();
});

test("findings are told in commits; the range begins at the last measured commit before the step", () => {
  const judgement = judge([track([10, 12])], "lower", 0.05);
  expect(judgement).toMatchObject({
    level: expect.closeTo(12, 0),
    points: 40,
    lastCommitId: 1039,
    segments: [
      { track: 0, firstCommitId: 1000, lastCommitId: 1019 },
      { track: 0, firstCommitId: 1020, lastCommitId: 1039 },
    ],
    changepoints: [
      { commitId: 1020, seriesId: 7, lastGoodCommitId: 1019, firstShiftedCommitId: 1020, direction: "regression" },
    ],
  });
});

test.each([
  ["lower", "regression"],
  ["higher", "improvement"],
  ["unknown", "rose"],
] as const)("a rise where %s is better is told as %s", (better, direction) => {
  expect(judge([track([10, 12])], better, 0.05)?.changepoints).toMatchObject([{ direction }]);
});

test("level and last commit are those of the track that holds the newest point", () => {
  const judgement = judge([track([10]), track([30], { number: 1, start: 20 })], "lower", 0.05);
  expect(judgement).toMatchObject({ level: expect.closeTo(30, 0), lastCommitId: 1039, points: 40, changepoints: [] });
});

test("of two tracks with a step at one commit the line keeps one changepoint", () => {
  const judgement = judge([track([10, 12]), track([10, 14], { number: 1 })], "lower", 0.05);
  expect(judgement?.changepoints).toHaveLength(1);
});

test("ranges of one line share no commit, however close the steps are", () => {
  const judgement = judge([track([10, 10.6, 11.2, 11.9, 11.2, 10.5], { length: 6 })], "lower", 0);
  const ranges = judgement?.changepoints.map((c) => [c.lastGoodCommitId, c.firstShiftedCommitId]) ?? [];
  expect(ranges.length).toBeGreaterThan(1);
  for (let k = 1; k < ranges.length; k++) expect(ranges[k]?.[0]).toBeGreaterThanOrEqual(ranges[k - 1]?.[1] ?? 0);
});

const line = (samples: number): LineKey => ({
  ...{ caseId: 1, metricId: 2, environmentId: 3, workloadId: 4, better: "lower", smallestEffect: 0.05 },
  samples,
});

test("batches hold what fits into memory, a longer line alone", () => {
  const sizes = batches([3, 4, 20, 2, 2, 2].map(line), 8, 2).map((batch) => batch.map(({ samples }) => samples));
  expect(sizes).toEqual([[3, 4], [20], [2, 2], [2]]);
});

test("a border concerns the lines that it names, all when it names none", () => {
  const all = { environmentId: null, workloadId: null, metricId: null };
  const borders = [
    { position: 1, ...all },
    { position: 2, ...all, environmentId: 3 },
    { position: 3, ...all, environmentId: 9 },
    { position: 4, ...all, workloadId: 4, metricId: 8 },
  ];
  expect(bordersOf(borders, line(1))).toEqual([1, 2]);
});
