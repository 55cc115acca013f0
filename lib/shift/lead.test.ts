import { describe, expect, test } from "vitest";
import { leadByStrong } from "./lead";
import { partition } from "./partition";

const at = (line: string, p: number, lastGood: number, firstShifted: number, widest = { lastGood, firstShifted }) => ({
  ...{ line, p, lastGood, firstShifted, at: firstShifted, widest },
});

const led = (...all: ReturnType<typeof at>[]) =>
  partition(all)
    .map(leadByStrong)
    .map(({ members, drawn, lastGood, firstShifted }) => ({
      ...{ lastGood, firstShifted, members: members.length },
      drawn: drawn.map(({ line }) => line),
    }));

describe("leadByStrong", () => {
  test("a weak step does not narrow the range of a strong one", () => {
    const weak = at("weak", 0.004, 11, 30, { lastGood: 5, firstShifted: 40 });
    expect(led(at("strong", 1e-12, 9, 12), weak)).toEqual([
      { lastGood: 9, firstShifted: 12, members: 2, drawn: ["weak"] },
    ]);
  });

  test("steps of like strength all count by their own range", () => {
    const second = at("b", 1e-7, 11, 30, { lastGood: 5, firstShifted: 40 });
    expect(led(at("a", 1e-12, 9, 12), second)).toEqual([{ lastGood: 11, firstShifted: 12, members: 2, drawn: [] }]);
  });

  test("what people say leads: every other step counts by its widest range", () => {
    const found = at("found", 1e-20, 10, 12, { lastGood: 8, firstShifted: 14 });
    expect(led(at("marked", 0, 9, 12), found)).toMatchObject([{ lastGood: 9, firstShifted: 12, drawn: ["found"] }]);
  });
});
