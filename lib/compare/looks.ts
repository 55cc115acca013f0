import { FIRST_LOOK } from "./constants";
import type { LookAt } from "./types";

/**
 * Which look at a comparison this is: 1 when both sides have their planned runs, one more with each further run of both; 0
 * before. Runs count, not visits: who looks how often changes nothing.
 */
export const lookOf = ({ planned, runs }: LookAt): number => Math.max(0, runs - planned + 1);

/**
 * The part of an error `rate` that look `k` may spend: FIRST_LOOK of it at the first, the rest over all later looks as
 * 1 / (k (k - 1)), which adds up to 1. So whatever the number of looks, the chance of a false call at any of them stays
 * within `rate`, by Bonferroni. 0 before the first look. Source: alpha spending, Lan & DeMets 1983,
 * doi 10.1093/biomet/70.3.659, without counting on the looks being alike.
 */
export function errorOfLook(rate: number, k: number): number {
  if (k < 1) return 0;
  return k === 1 ? FIRST_LOOK * rate : ((1 - FIRST_LOOK) * rate) / (k * (k - 1));
}
