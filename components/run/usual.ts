import type { UsualRange } from "@/lib/queries/usualRange";

/** Is a value beyond what 9 in 10 points of its segment keep to? No verdict: one in ten is. */
export function isUnusual(value: number, usual: UsualRange | null): boolean {
  return usual !== null && (value < usual.lo || value > usual.hi);
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
