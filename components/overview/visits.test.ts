import { expect, test } from "vitest";
import { look, parseVisits, writeVisits } from "./visits";

const MINUTE = 60_000;

test("who looks again after a pause sees what is new since the visit before; looks of one visit are one", () => {
  const first = look(null, 0);
  expect(first).toEqual({ before: null, last: 0 });
  expect(look(first, 5 * MINUTE)).toEqual({ before: null, last: 5 * MINUTE });
  const second = look(first, 600 * MINUTE);
  expect(second).toEqual({ before: 0, last: 600 * MINUTE });
  expect(look(second, 610 * MINUTE)).toEqual({ before: 0, last: 610 * MINUTE });
});

test("what is written is read again, and anything else is no visit", () => {
  for (const visits of [
    { before: null, last: 5 },
    { before: 3, last: 1_764_066_600_000 },
  ])
    expect(parseVisits(writeVisits(visits))).toEqual(visits);
  for (const text of [undefined, "", ".", "1", "x.y", "1.2.3", "-1.5", "1.9999999999999999"])
    expect(parseVisits(text)).toBeNull();
});
