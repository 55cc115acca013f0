export { detect } from "./detect";
export { detectFile, InvalidSeries } from "./detectFile";
export type { Changepoint, Detection, DetectOptions, PointValue, Segment } from "./types";
