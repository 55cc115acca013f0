import { FOUND_Z, P_CORRELATION, P_CURVE, P_LEVEL, P_SLOPE } from "./constants";

/**
 * p: the chance that a quiet series of such noise shows a split of strength `z` or more anywhere. In (0, 1].
 * Calibrated by simulation for z >= FOUND_Z (weaker splits are not told). It does not depend on the length: the penalty of
 * a segment grows with log n and offsets the number of places, on long series more than offsets it.
 */
export function chanceOf(z: number, correlation: number): number {
  const above = Math.max(0, z - FOUND_Z);
  const log = Math.log(P_LEVEL) + P_CORRELATION * correlation - P_SLOPE * above - P_CURVE * above * above;
  return Math.min(1, Math.max(Number.MIN_VALUE, Math.exp(log)));
}
