import { normalQuantile } from "./normal";
import { logBetaInverse, studentTail } from "./student";

/**
 * t >= 0 with P(T > t) = tail, for a tail in (0, 0.5] and any df > 0 (Infinity is the normal). Relative error below 1e-9.
 * For many rows with different df: some three tail evaluations instead of a hundred. Start after Wallace 1959
 * (doi 10.1214/aoms/1177706075), then Newton's steps of log tail over log t, which is close to a line.
 */
export function studentUpper(tail: number, df: number): number {
  if (!(df > 0) || !(tail > 0 && tail <= 0.5)) return Number.NaN;
  const z = normalUpper(tail);
  if (z <= 0) return 0;
  if (df > 1e7) return z;
  let t = unscaled(z, df);
  const logConstant = logBetaInverse(df / 2, 0.5) - 0.5 * Math.log(df);
  for (let i = 0; i < 50; i++) {
    const now = studentTail(t, df);
    const density = Math.exp(logConstant - ((df + 1) / 2) * Math.log1p((t * t) / df));
    const step = (Math.log(now / tail) * now) / (density * t);
    t *= Math.exp(Math.max(-1, Math.min(1, step)));
    // The steps shrink quadratically: the next one would be below 1e-11.
    if (Math.abs(step) < 1e-6) break;
  }
  return t;
}

/**
 * As `studentUpper`, by Wallace's approximation alone: relative error below 1 % for df >= 10 and a tail over 1e-5. For
 * searches whose answer is confirmed by the exact function.
 */
export function studentUpperRough(tail: number, df: number): number {
  if (!(df > 0) || !(tail > 0 && tail <= 0.5)) return Number.NaN;
  return unscaled(Math.max(0, normalUpper(tail)), df);
}

/** The t of Student's distribution that has about the tail that the normal one has at `z`. */
function unscaled(z: number, df: number): number {
  const scaled = z * ((8 * df + 3) / (8 * df + 1));
  return Math.sqrt(df * Math.expm1(Math.min(600, (scaled * scaled) / df)));
}

/** Thousands of rows ask for the same few tails. */
const known = new Map<number, number>();
const MOST_KNOWN = 256;

function normalUpper(tail: number): number {
  const found = known.get(tail);
  if (found !== undefined) return found;
  if (known.size >= MOST_KNOWN) known.clear();
  const z = -normalQuantile(tail);
  known.set(tail, z);
  return z;
}
