export { type ComparedFamily, compareFamily, compareFamilyWithRuns } from "./compareFamily";
export { compareFile, InvalidFamily } from "./compareFile";
export { FALSE_DISCOVERY_RATE, PLANNED_RUNS } from "./constants";
export { type Exceeds, exceeds } from "./exceeds";
export { errorOfLook, lookOf } from "./looks";
export { type FloorMetric, floorOfCopy, floorOfHistory, type NoiseFloor } from "./noiseFloor";
export { type QuantileShift, quantileShifts } from "./quantileShifts";
export {
  type LeftOut,
  type LeftOutCase,
  type MetricSummary,
  type Overall,
  overallBy,
  type Summary,
  summarise,
} from "./summarise";
export type { ComparedRow, CompareOptions, FamilyRow, LookAt, RunFactor, RunSamples, Side, Verdict } from "./types";
