/** after / before - 1; null where before is 0 or the signs differ. From a level to 0 it is -1. */
export function relativeChange(before: number, after: number): number | null {
  return before === 0 || before * after < 0 ? null : after / before - 1;
}
