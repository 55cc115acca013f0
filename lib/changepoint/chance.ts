import { FOUND_Z, P_CORRELATION, P_CURVE, P_LAST_Z, P_LEVEL, P_SLOPE } from "./constants";

/**
 * p: the chance that a quiet series of such noise shows a split of strength `z` or more anywhere. In (0, 1].
 * Calibrated by simulation for FOUND_Z <= z <= P_LAST_Z (weaker splits are not told); beyond, the logarithm is continued
 * with its last slope. It does not depend on the length: the penalty of a segment grows with log n and more than offsets
 * the number of places.
 */
export function chanceOf(z: number, correlation: number): number {
  const above = Math.max(0, Math.min(z, P_LAST_Z) - FOUND_Z);
  const beyond = Math.max(0, z - P_LAST_Z);
  const fall = P_SLOPE * above + P_CURVE * above * above + (P_SLOPE + 2 * P_CURVE * above) * beyond;
  return Math.min(1, Math.max(Number.MIN_VALUE, P_LEVEL * Math.exp(P_CORRELATION * correlation - fall)));
}
