import { FOUND_Z, P_CORRELATION, P_CURVE, P_LAST_Z, P_LEVEL, P_SLOPE, P_WEAK } from "./constants";

/**
 * p: the chance that a quiet series of such noise shows a split of strength `z` or more anywhere. In (0, 1].
 * Calibrated by simulation for FOUND_Z <= z <= P_LAST_Z (for weaker splits see `chanceOfWeak`); beyond, the logarithm is continued
 * with its last slope. It does not depend on the length: the penalty of a segment grows with log n and more than offsets
 * the number of places.
 */
export function chanceOf(z: number, correlation: number): number {
  const above = Math.max(0, Math.min(z, P_LAST_Z) - FOUND_Z);
  const beyond = Math.max(0, z - P_LAST_Z);
  const fall = P_SLOPE * above + P_CURVE * above * above + (P_SLOPE + 2 * P_CURVE * above) * beyond;
  return Math.min(1, Math.max(Number.MIN_VALUE, P_LEVEL * Math.exp(P_CORRELATION * correlation - fall)));
}

/**
 * p of a split that is not told: the chance that a quiet series of `points` points shows one of strength `z` or more
 * anywhere. These are not kept down by the penalty, so that the number of places counts. Bounds what is simulated for
 * 30 to 1000 points; at least the p of a split that is just told.
 */
export function chanceOfWeak(z: number, correlation: number, points: number): number {
  const expected = P_WEAK * points * Math.exp(P_CORRELATION * correlation - (z * z) / 2);
  return Math.max(chanceOf(FOUND_Z, correlation), -Math.expm1(-expected));
}

/** The strength from which on `chanceOf` is at most `p`; at least FOUND_Z. `p` above 1e-12. */
export function strengthFor(p: number, correlation: number): number {
  let [low, high] = [FOUND_Z, 50];
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (chanceOf(middle, correlation) <= p) high = middle;
    else low = middle;
  }
  return high;
}
