import { expect, test } from "vitest";
import { MOST_LINES_TOGETHER, seriesShape } from "./seriesShapes";

test("eight lines have eight colours, and eight marks that differ without colour", () => {
  const shapes = Array.from({ length: MOST_LINES_TOGETHER }, (_, place) => seriesShape(place));
  expect(new Set(shapes.map(({ colour }) => colour)).size).toBe(8);
  expect(new Set(shapes.map(({ path, filled }) => `${path} ${filled}`)).size).toBe(8);
});
