/** psi(x), the derivative of log gamma, for x > 0. Relative error below 1e-12. Source: DLMF 5.5.2 (recurrence) and 5.11.2. */
export function digamma(x: number): number {
  let shift = 0;
  let y = x;
  for (; y < 10; y++) shift -= 1 / y;
  const r = 1 / (y * y);
  return (
    shift +
    Math.log(y) -
    0.5 / y -
    r * (1 / 12 - r * (1 / 120 - r * (1 / 252 - r * (1 / 240 - r * (1 / 132 - r * 0.021092796)))))
  );
}

/** psi'(x), the derivative of digamma, for x > 0. Relative error below 1e-11. Source: DLMF 5.15.5 and 5.15.8. */
export function trigamma(x: number): number {
  let shift = 0;
  let y = x;
  for (; y < 10; y++) shift += 1 / (y * y);
  const r = 1 / (y * y);
  const tail = 1 / 6 - r * (1 / 30 - r * (1 / 42 - r * (1 / 30 - r * (5 / 66 - r * (691 / 2730)))));
  return shift + 1 / y + r / 2 + (r / y) * tail;
}

/**
 * x > 0 with trigamma(x) = value; Infinity for value <= 0. Bisection on the log scale between the bounds
 * 1/x < trigamma(x) < 1/x + 1/x^2; relative error below 1e-12.
 */
export function trigammaInverse(value: number): number {
  if (!(value > 0)) return Number.POSITIVE_INFINITY;
  let low = 1 / value;
  let high = (1 + Math.sqrt(1 + 4 * value)) / (2 * value);
  for (let i = 0; i < 100 && high / low - 1 > 1e-13; i++) {
    const middle = Math.sqrt(low * high);
    if (trigamma(middle) > value) low = middle;
    else high = middle;
  }
  return Math.sqrt(low * high);
}
