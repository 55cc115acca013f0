import { expect, test } from "vitest";
import { placeLabels } from "./labels";

const frame = { plot: { left: 50, right: 350, top: 0, bottom: 10, width: 300, height: 10 }, x: (x: number) => x };

test("labels at the ends stay inside the plot, and none covers another", () => {
  const ticks = [52, 150, 290, 345].map((x) => ({ x, label: "Feb 2026" }));
  expect(placeLabels(ticks, frame).map(({ anchor, isFree }) => [anchor, isFree])).toEqual([
    ["start", true],
    ["middle", true],
    ["middle", true],
    ["end", false],
  ]);
});

test("without ticks there is nothing to place", () => {
  expect(placeLabels([], frame)).toEqual([]);
});
