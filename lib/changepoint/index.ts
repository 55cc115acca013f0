export { detect } from "./detect";
export type { Changepoint, Detection, DetectOptions, PointValue, Segment } from "./types";
