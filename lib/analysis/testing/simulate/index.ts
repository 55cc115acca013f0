export { findShifts } from "./find";
export { addScores, falseOf, isConfirmed, type ProjectScore, scoreProject } from "./score";
export { simulate } from "./simulate";
export type { SimulatedProject } from "./types";
