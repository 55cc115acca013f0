import { describe, expect, test } from "vitest";
import { neighbourOf, placeLabels } from "./scatter";

describe("labels of points", () => {
  const plot = { left: 0, right: 200, top: 0, bottom: 100 };

  test("stand right of the point, left of it at the right edge, and are left out where there is no room", () => {
    const point = { y: 50, width: 60, wanted: true };
    expect(placeLabels([{ ...point, x: 20 }], plot)[0]).toMatchObject({ left: 28, anchor: "start" });
    expect(placeLabels([{ ...point, x: 190 }], plot)[0]).toMatchObject({ left: 122, anchor: "end" });
    expect(placeLabels([{ ...point, x: 20, width: 300 }], plot)).toEqual([null]);
  });

  test("cover neither each other nor another point", () => {
    const points = Array.from({ length: 12 }, (_, i) => ({ x: 60 + i * 3, y: 40 + i * 3, width: 50, wanted: true }));
    const boxes = placeLabels(points, plot).flatMap((box) => box ?? []);
    expect(boxes.length).toBeGreaterThan(1);
    for (const box of boxes) {
      const inside = ({ x, y }: { x: number; y: number }) =>
        x > box.left && x < box.left + box.width && y > box.top && y < box.top + 14;
      expect(points.some(inside)).toBe(false);
    }
  });

  test("are given to those that want one only", () => {
    expect(placeLabels([{ x: 20, y: 50, width: 60, wanted: false }], plot)).toEqual([null]);
  });
});

describe("arrow keys", () => {
  const points = [
    { x: 10, y: 50 },
    { x: 30, y: 50 },
    { x: 12, y: 10 },
    { x: 10, y: 50 },
  ];

  test("lead to the nearest point that way, and stay where there is none", () => {
    expect(neighbourOf(points, 2, "down")).toBe(0);
    expect(neighbourOf(points, 1, "right")).toBe(1);
    expect(neighbourOf(points, 1, "left")).toBe(0);
  });

  test("reach points that lie on one another", () => {
    expect(neighbourOf(points, 0, "right")).toBe(3);
    expect(neighbourOf(points, 3, "left")).toBe(0);
  });
});
