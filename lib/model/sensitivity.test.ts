import { expect, test } from "vitest";
import { readSensitivities, sensitivityOf, withSensitivity } from "./sensitivity";

const line = { workloadId: 7, metricId: 3 };

test("the nearest decides: the workload, else the metric, else the project, else 1", () => {
  let said = readSensitivities(undefined);
  expect(sensitivityOf(said, line)).toEqual({ value: 1, from: "default" });
  said = withSensitivity(said, { level: "project", id: 0, value: 0.8 });
  expect(sensitivityOf(said, line)).toEqual({ value: 0.8, from: "project" });
  said = withSensitivity(said, { level: "metric", id: 3, value: 1.5 });
  expect(sensitivityOf(said, line)).toEqual({ value: 1.5, from: "metric" });
  said = withSensitivity(said, { level: "workload", id: 7, value: 2 });
  expect(sensitivityOf(said, line)).toEqual({ value: 2, from: "workload" });
  expect(sensitivityOf(said, { workloadId: 8, metricId: 3 }).from).toBe("metric");
});

test("what was said can be taken back, and what is stored reads as it was said", () => {
  const said = withSensitivity(readSensitivities(null), { level: "workload", id: 7, value: 2 });
  expect(readSensitivities(JSON.parse(JSON.stringify(said)))).toEqual(said);
  expect(withSensitivity(said, { level: "workload", id: 7, value: null })).toEqual(readSensitivities(null));
});

test("what is no sensitivity in the setting counts as not said", () => {
  expect(readSensitivities({ project: "high", metrics: [1], workloads: { 7: null } })).toEqual(readSensitivities({}));
});
