import { normalQuantile } from "./normal";

const Z = normalQuantile(0.975);

/**
 * 95 % interval of a share, `hits` of `of`: Wilson's score interval, which stays within 0 to 1 and holds for few cases
 * and for shares near the ends. null for no case. hits from 0 to of, both whole. O(1).
 * Source: Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", JASA 22 (1927).
 */
export function wilson(hits: number, of: number): [number, number] | null {
  if (of === 0) return null;
  const share = hits / of;
  const square = (Z * Z) / of;
  const middle = (share + square / 2) / (1 + square);
  const half = (Z / (1 + square)) * Math.sqrt((share * (1 - share)) / of + square / (4 * of));
  return [hits === 0 ? 0 : middle - half, hits === of ? 1 : middle + half];
}
