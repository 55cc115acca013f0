import { MINUS } from "@/lib/format/number";
import type { UsualRange } from "@/lib/queries/usualRange";

/** Is a value beyond what 9 in 10 points of its segment keep to? No verdict: one in ten is. */
export function isUnusual(value: number, usual: UsualRange | null): boolean {
  return usual !== null && (value < usual.lo || value > usual.hi);
}

/** Sds from the level beyond which a value is far off: one in 15,000 points of normal noise is. */
const FAR_SDS = 4;

export type Standing = "as usual" | "above" | "below" | "far above" | "far below";

/**
 * How a value stands to the usual range, in a word and in sds of a point from its level; z is null where the noise is 0.
 * null without a range. A word, not a verdict: whether more is worse is another question, and one value proves nothing.
 */
export function standingOf(value: number, usual: UsualRange | null): { z: number | null; word: Standing } | null {
  if (usual === null) return null;
  const distance = (value - usual.level) / usual.noise;
  const z = Number.isFinite(distance) ? distance : null;
  if (!isUnusual(value, usual)) return { z, word: "as usual" };
  const side = value > usual.hi ? "above" : "below";
  return { z, word: z === null || Math.abs(z) >= FAR_SDS ? `far ${side}` : side };
}

/** "z +3.2"; "" where there is none. */
export function zText(z: number | null): string {
  if (z === null) return "";
  if (Math.abs(z) >= 100) return z > 0 ? "z > 100" : `z < ${MINUS}100`;
  return `z ${z < 0 ? MINUS : "+"}${Math.abs(z).toFixed(1)}`;
}

/** Places on a bullet, from 0 to 1: the bar of the usual range, its level, and the value, which stays at the edge when far off. */
export type BulletPlaces = { from: number; to: number; level: number; value: number };

/** The bar takes the middle third: as much room again on either side. */
const BAR = { from: 1 / 3, to: 2 / 3 } as const;

/** A range without width is a bar of its own: what lies on it is in the middle, all else at an edge. */
export function bulletPlaces(value: number, { level, lo, hi }: UsualRange): BulletPlaces {
  const width = hi - lo;
  const place = (x: number) => {
    if (width > 0) return BAR.from + ((x - lo) / width) * (BAR.to - BAR.from);
    return x === lo ? 0.5 : x < lo ? 0 : 1;
  };
  const within = (x: number) => Math.min(1, Math.max(0, x));
  return { ...BAR, level: within(place(level)), value: within(place(value)) };
}
