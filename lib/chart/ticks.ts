export type Ticks = {
  values: number[];
  /** Digits after the point under which neighbouring labels differ and are exact. */
  decimals: number;
};

const MULTIPLES = [1, 2, 5, 10];

/**
 * Round, distinct ticks inside [lo, hi], about `target` of them (at least two where two round numbers fit). `lo` and `hi`
 * are in the unit that is shown: 800 MiB is round, 838860800 B is not.
 */
export function linearTicks(lo: number, hi: number, target: number): Ticks {
  const range = hi - lo;
  if (!(range > 0) || !Number.isFinite(range)) return { values: [lo], decimals: 0 };
  let step = roundStep(range / Math.max(1, target));
  let values = multiples(lo, hi, step);
  while (values.length < 2 && step > range / 100) {
    step = roundStep(step / 2.5);
    values = multiples(lo, hi, step);
  }
  return { values, decimals: decimalsOf(step) };
}

/** The smallest of 1, 2, 5 x 10^k that is at least `rough`. */
export function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  // Rounding error must not push an exact 2 to 5.
  const multiple = MULTIPLES.find((m) => m * power >= rough * (1 - 1e-9)) ?? 10;
  return Number((multiple * power).toPrecision(1));
}

/** Digits after the point that a multiple of `step` needs. */
export function decimalsOf(step: number): number {
  return Math.min(20, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));
}

function multiples(lo: number, hi: number, step: number): number[] {
  const first = Math.ceil(lo / step - 1e-9);
  const last = Math.floor(hi / step + 1e-9);
  const values: number[] = [];
  for (let i = first; i <= last && values.length < 50; i++) values.push(tidy(i * step));
  return values;
}

/** Without the tail that binary fractions leave: 0.30000000000000004 is 0.3. Zero has no sign. */
function tidy(value: number): number {
  return Number(value.toPrecision(15)) + 0;
}

/**
 * Ticks of a logarithmic axis: powers of ten, or 1, 2, 5 times them; where the range is too narrow for two of these, the
 * ticks of a linear axis. `lo` must be above 0.
 */
export function logTicks(lo: number, hi: number, target: number): Ticks {
  const powers: number[] = [];
  for (let k = Math.floor(Math.log10(lo)); k <= Math.ceil(Math.log10(hi)); k++) powers.push(k);
  const inside = (value: number) => value >= lo * (1 - 1e-9) && value <= hi * (1 + 1e-9);
  const candidates = [[1], [1, 2, 5]].map((set) =>
    powers.flatMap((k) => set.map((m) => Number((m * 10 ** k).toPrecision(1)))).filter(inside),
  );
  const [tens = [], fine = []] = candidates;
  if (tens.length >= Math.min(3, target)) return logResult(every(tens, target + 1));
  if (fine.length >= 2) return logResult(fine);
  return linearTicks(lo, hi, target);
}

function logResult(values: number[]): Ticks {
  return { values, decimals: decimalsOf(values[0] ?? 1) };
}

function every<T>(items: T[], most: number): T[] {
  const stride = Math.max(1, Math.ceil(items.length / most));
  return items.filter((_, i) => i % stride === 0);
}
