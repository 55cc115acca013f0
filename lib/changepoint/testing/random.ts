/** One standard normal draw. Source: Box & Muller 1958. */
export function normalDraw(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** One exponential draw with mean 1. */
export function exponentialDraw(random: () => number): number {
  return -Math.log(1 - random());
}
