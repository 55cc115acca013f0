import { expect, test } from "vitest";
import { breaksOf } from "./breaks";

const point = (position: number, version = "", factsGroup = 1) => ({
  sha: `c${position}`,
  position,
  version,
  factsGroup,
});
const facts = [
  { factsGroup: 1, facts: { workers: 10, instance: "m6i" } },
  { factsGroup: 2, facts: { workers: 20, instance: "m6i" } },
];

test("a line breaks where version, facts or an event with a border change, and says what was crossed", () => {
  const points = [point(0), point(1), point(2, "2"), point(3, "2", 2), point(6, "2", 2)];
  expect(breaksOf(points, [{ position: 5, text: "New data set" }], facts)).toEqual([
    { sha: "c2", position: 2, why: "version", text: "version (none) → 2" },
    { sha: "c3", position: 3, why: "facts", text: "workers 10 → 20" },
    { sha: "c6", position: 6, why: "event", text: "New data set" },
  ]);
});

test("a border at a commit makes it the first of the new stretch; before the first point there is no break", () => {
  const border = (position: number) => breaksOf([point(3), point(4)], [{ position, text: "x" }], facts);
  expect(border(4)).toMatchObject([{ position: 4 }]);
  expect(border(3)).toEqual([]);
  expect(border(5)).toEqual([]);
});

test("neighbours that share a track do not break, though one was measured again under new conditions", () => {
  expect(breaksOf([point(0), point(1), point(1, "2"), point(2)], [], facts)).toEqual([]);
});
