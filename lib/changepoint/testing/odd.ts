import { normalDraw } from "./random";

/** Quiet series that no curve of noise describes: counts, few digits, zeros, values of both signs. Draws of one kind. */
export const ODD_KINDS = {
  "equal values": () => () => 7,
  "all zero": () => () => 0,
  "zeros with a few counts": (random) => () => (random() < 0.1 ? Math.ceil(3 * random()) : 0),
  "zeros with many counts": (random) => () => (random() < 0.3 ? Math.ceil(3 * random()) : 0),
  "small counts": (random) => () => poisson(0.2, random),
  counts: (random) => () => poisson(1, random),
  "values of both signs": (random) => () => normalDraw(random),
  "few digits, two of them": (random) => () => Math.round(10.4 + 0.15 * normalDraw(random)),
  "few digits": (random) => () => Math.round(10 + 0.3 * normalDraw(random)),
  "mostly equal": (random) => () => (random() < 0.8 ? 100 : 100 + normalDraw(random)),
} satisfies Record<string, (random: () => number) => () => number>;

export type OddKind = keyof typeof ODD_KINDS;

/** Source: Knuth 1969, 3.4.1. */
function poisson(mean: number, random: () => number): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > limit; product *= random()) count++;
  return count;
}
