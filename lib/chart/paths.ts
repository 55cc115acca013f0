import type { Join } from "./pieces";

export type Dot = { x: number; y: number };

/** `d` of an SVG path over the joins of one kind; stretches that follow each other are one line. One decimal is enough. */
export function tracePath(dots: readonly Dot[], joins: readonly Join[], kind: Join["kind"]): string {
  let path = "";
  let at = -1;
  for (const join of joins) {
    if (join.kind !== kind) continue;
    const from = dots[join.from];
    const to = dots[join.to];
    if (!from || !to) continue;
    if (at !== join.from) path += `M${fixed(from.x)} ${fixed(from.y)}`;
    path += `L${fixed(to.x)} ${fixed(to.y)}`;
    at = join.to;
  }
  return path;
}

/** `d` of one line through all dots. */
export function linePath(dots: readonly Dot[]): string {
  return dots.map(({ x, y }, i) => `${i === 0 ? "M" : "L"}${fixed(x)} ${fixed(y)}`).join("");
}

/** A number as SVG wants it: one decimal, without a tail of zeros. */
export function fixed(value: number): string {
  return Number.isFinite(value) ? String(Math.round(value * 10) / 10) : "0";
}
