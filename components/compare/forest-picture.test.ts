import { expect, test } from "vitest";
import type { Verdict } from "@/lib/compare";
import { forestAxis } from "./forest";
import { forestPicture, type PictureRow } from "./forest-picture";

const row = (verdict: Verdict, change: number | null): PictureRow => ({
  verdict,
  name: "w",
  metric: "duration",
  change,
  interval: change === null ? null : [change - 0.01, change + 0.01],
  changeText: "x",
  intervalText: "y",
  quiet: [-0.03, 0.03],
});
const axis = forestAxis([row("regression", 0.2)]);
const picture = (rows: PictureRow[]) => forestPicture({ title: "T", lines: ["a", "b"], rows, axis });

test("grows with its rows and holds every shape", () => {
  const one = picture([row("regression", 0.1)]);
  const five = picture(Array.from({ length: 5 }, () => row("unchanged", 0)));
  expect(five.height - one.height).toBe(4 * 24);
  for (const shape of five.shapes) {
    const ys =
      shape.kind === "line" ? [shape.y1, shape.y2] : shape.kind === "path" ? shape.points.map(([, y]) => y) : [shape.y];
    for (const y of ys) expect(y).toBeGreaterThanOrEqual(0);
    for (const y of ys) expect(y).toBeLessThanOrEqual(five.height);
  }
});

test("verdicts differ by shape, not by colour alone", () => {
  const last = (verdict: Verdict) => {
    const found = picture([row(verdict, 0.1)]).shapes.findLast(({ kind }) => kind === "rect" || kind === "circle");
    return JSON.stringify(found, (key, value) =>
      key === "stroke" || (key === "fill" && value !== "bg") ? "colour" : value,
    );
  };
  const all = (["regression", "improvement", "unchanged", "inconclusive"] as const).map(last);
  expect(new Set(all).size).toBe(4);
});

test("a change beyond the axis is an arrow at its end; a row without a ratio has no mark", () => {
  const arrow = picture([row("regression", 9)]).shapes.find(({ kind }) => kind === "path");
  expect(arrow).toMatchObject({ points: [[830, expect.any(Number)], expect.anything(), expect.anything()] });
  const plain = picture([row("regression", null)]).shapes.filter(({ kind }) => kind === "rect" || kind === "circle");
  expect(plain).toHaveLength(1); // the ground
});
