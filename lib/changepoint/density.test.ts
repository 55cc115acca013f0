import { expect, test } from "vitest";
import { seeded } from "@/lib/stats/random";
import { estimateLogDensity } from "./density";
import { normalDraw } from "./testing/random";

const random = seeded(5);
const noise = Array.from({ length: 150 }, () => normalDraw(random));

test("two residuals far out, perhaps points on the wrong side of a step, do not make their own place likely", () => {
  const logDensity = estimateLogDensity([...noise, 35.5, 33.6]);
  expect(logDensity(35.5)).toBeLessThan(logDensity(25));
  expect(logDensity(33.6)).toBeLessThan(logDensity(25));
});

test("a hump of eight far out is noise: it is likelier than the empty place before it", () => {
  const logDensity = estimateLogDensity([...noise, ...Array.from({ length: 8 }, () => 30 + 0.5 * normalDraw(random))]);
  expect(logDensity(30)).toBeGreaterThan(logDensity(20));
});

test("within 8 scales each residual counts", () => {
  expect(estimateLogDensity([...noise, 6])(6)).toBeGreaterThan(estimateLogDensity(noise)(6));
});
