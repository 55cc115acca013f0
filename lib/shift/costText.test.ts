import { expect, test } from "vitest";
import { costText } from "./costText";

const cost = {
  workload: "anom_mean",
  metric: "duration",
  environment: "vm-b",
  before: 412,
  difference: 74.16,
  unit: "s",
  change: 0.18,
  runsPerWeek: 3.1,
  weeks: 4,
};
const plain = (text: string | null) => text?.replaceAll("\u00a0", " ");

test("says what a change costs by how often it is run", () => {
  expect(plain(costText(cost))).toBe("+18.0 % of 412 s on 3 runs a week of anom_mean: +230 s a week");
});
test("what is run less than once a week is told by the month", () => {
  expect(plain(costText({ ...cost, runsPerWeek: 0.5 }))).toBe(
    "+18.0 % of 412 s on 2 runs a month of anom_mean: +161 s a month",
  );
});
test("says nothing where no ratio exists or nothing was run", () => {
  expect(costText({ ...cost, change: null })).toBeNull();
  expect(costText({ ...cost, runsPerWeek: 0 })).toBeNull();
});
