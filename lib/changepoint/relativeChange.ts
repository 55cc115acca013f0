/**
 * after / before - 1; null where before is 0, the signs differ, or the ratio is beyond what a number can hold. From a level
 * to 0 it is -1.
 */
export function relativeChange(before: number, after: number): number | null {
  if (before === 0 || (before > 0 ? after < 0 : after > 0)) return null;
  const change = after / before - 1;
  return Number.isFinite(change) ? change : null;
}
