import { expect, test } from "vitest";
import { normalDraw } from "@/lib/changepoint/testing/random";
import { seeded } from "@/lib/stats/random";
import { judge } from "./judge";
import type { Track } from "./tracks";

function ramp(change: number, count = 150): Track {
  const random = seeded(7);
  return {
    number: 0,
    points: Array.from({ length: count }, (_, k) => ({
      ...{ position: k, commitId: k, seriesId: 1 },
      runs: [[10 * (1 + (change * k) / count + 0.01 * normalDraw(random))]],
    })),
  };
}

const driftOf = (track: Track, releases: { tag: string; position: number }[]) =>
  judge([track], "lower", 0.02, 1, releases)?.drift;

test("a line that drifts since the last release says so, and no step", () => {
  const releases = [
    { tag: "1.0", position: 10 },
    { tag: "1.1", position: 49 },
  ];
  const judgement = judge([ramp(0.1)], "lower", 0.02, 1, releases);
  expect(judgement?.changepoints).toEqual([]);
  expect(judgement?.drift).toMatchObject({ release: "1.1", sinceCommitId: 50, points: 100, told: true });
  expect(judgement?.drift?.change).toBeCloseTo(0.065, 1);
});

test("what is told as a step is not told as a drift too, and a drift beside a step says so", () => {
  const steep = ramp(0);
  for (const [k, point] of steep.points.entries()) point.runs = [[(point.runs[0]?.[0] ?? 0) * (k < 100 ? 1 : 1.3)]];
  const step = judge([steep], "lower", 0.02, 1, []);
  expect(step?.changepoints).toHaveLength(1);
  expect(step?.drift).toMatchObject({ told: false });
  const both = ramp(0.15, 300);
  for (const [k, point] of both.points.entries()) point.runs = [[(point.runs[0]?.[0] ?? 0) * (k < 250 ? 1 : 1.5)]];
  const beside = judge([both], "lower", 0.02, 1, [{ tag: "1.0", position: 100 }]);
  expect(beside?.changepoints).toHaveLength(1);
  expect(beside?.drift).toMatchObject({ told: true, steps: 1 });
});

test("without a release, or with few points since, it is that of the newest hundred points", () => {
  expect(driftOf(ramp(0), [])).toMatchObject({ release: null, sinceCommitId: 50, told: false });
  expect(driftOf(ramp(0.1), [{ tag: "2.0", position: 145 }])).toMatchObject({ release: null, told: true });
  expect(driftOf(ramp(0.1, 12), [])).toBeNull();
});
