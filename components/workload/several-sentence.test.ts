import { expect, test } from "vitest";
import { scaleFor } from "@/lib/format/unit";
import type { SeriesChangepoint, SeriesRead } from "@/lib/queries/series";
import { shownLines } from "./lines";
import type { Movement } from "./sentence";
import { type LineMovement, severalSentence } from "./several-sentence";

const [first, second, third] = shownLines(
  { lines: [1, 5, 9].map((size) => ({ params: { size }, environment: "vm-a" })) },
  [],
);

function moved(line: typeof first, from: number, to: number): LineMovement {
  if (!line) throw new Error("there is no such line");
  const read = { metric: "duration" } as SeriesRead;
  const movement: Movement = {
    read,
    label: "Duration",
    changepoints: from === to ? [] : [{ difference: to - from } as SeriesChangepoint],
    from,
    to,
    change: to / from - 1,
    tone: to > from ? "worse" : to < from ? "better" : "same",
  };
  return { line, read, movement, points: new Map() };
}

const textOf = (lines: LineMovement[], total: number) =>
  severalSentence(lines, "Duration", total, scaleFor([1, 10], "s"))
    .map(({ text }) => text)
    .join("")
    .replaceAll("\u00a0", " ");

test("several lines are counted by what they did, and the worst is named before a larger improvement", () => {
  expect(textOf([moved(first, 1, 1.2), moved(second, 4, 2), moved(third, 9, 9)], 3)).toBe(
    "Duration of 3 lines: 1 rose, 1 fell, 1 steady in this window. Largest: size=1 +20.0 %. Level now from 1.20 s (size=1) to 9.00 s (size=9).",
  );
});

test("what has not been read is not counted as steady", () => {
  expect(textOf([moved(first, 1, 1)], 60)).toBe("Duration of 60 lines: 1 steady of the first 1 in this window.");
  expect(textOf([], 60)).toBe("Duration of 60 lines.");
});
