import { expect, test } from "vitest";
import { countOf, isSelected, NOTHING, span, toggle, togglePage } from "./selection";

const ROWS = [9, 4, 7, 1];
const numbersOf = ({ numbers }: { numbers: ReadonlySet<number> }) => [...numbers].sort((a, b) => a - b);

test("a row is selected and left out again", () => {
  const one = toggle(NOTHING, 4, ROWS);
  expect(numbersOf(one)).toEqual([4]);
  expect(numbersOf(toggle(one, 4, ROWS))).toEqual([]);
});

test("a span goes from the row selected last to this one, in either way, and keeps what was selected", () => {
  const from = toggle(NOTHING, 7, ROWS);
  expect(numbersOf(span(from, 9, ROWS))).toEqual([4, 7, 9]);
  expect(numbersOf(span(from, 1, ROWS))).toEqual([1, 7]);
  expect(numbersOf(span(NOTHING, 7, ROWS))).toEqual([4, 7, 9]);
});

test("leaving one out of everything leaves the other rows of the page", () => {
  const everything = { ...NOTHING, everything: true };
  expect(countOf(everything, 312)).toBe(312);
  expect(isSelected(everything, 5)).toBe(true);
  const less = toggle(everything, 4, ROWS);
  expect(less.everything).toBe(false);
  expect(numbersOf(less)).toEqual([1, 7, 9]);
});

test("the page is selected as a whole, and not any more", () => {
  const all = togglePage(toggle(NOTHING, 4, ROWS), ROWS);
  expect(countOf(all, 312)).toBe(4);
  expect(togglePage(all, ROWS)).toEqual(NOTHING);
});
