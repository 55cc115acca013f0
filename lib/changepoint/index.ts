export { LEAST_SENSITIVITY, MOST_SENSITIVITY } from "./constants";
export { detect, isSensitivity } from "./detect";
export { detectFile, InvalidSeries } from "./detectFile";
export { type Drift, drift } from "./drift";
export type { Changepoint, Detection, DetectOptions, PointValue, Rejected, RejectedWhy, Segment } from "./types";
export { type VisibleChange, type VisibleOptions, visibleChange } from "./visible";
