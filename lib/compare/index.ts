export { type ComparedFamily, compareFamily } from "./compareFamily";
export { compareFile, InvalidFamily } from "./compareFile";
export { type Summary, summarise } from "./summarise";
export type { ComparedRow, CompareOptions, FamilyRow, RunFactor, RunSamples, Side, Verdict } from "./types";
