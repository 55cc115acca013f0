import { describe, expect, test } from "vitest";
import type { WorkloadLine } from "@/lib/queries/workload";
import { keyOf, linesView, shownLines } from "./lines";

const line = (params: Record<string, string | number>, environment = "vm-a"): WorkloadLine => ({ params, environment });

describe("lines that are drawn together", () => {
  test("are called by what sets them apart", () => {
    const sizes = { lines: [line({ size: 1, format: "csv" }), line({ size: 2, format: "csv" })] };
    expect(shownLines(sizes, []).map(({ label }) => label)).toEqual(["size=1", "size=2"]);
    const places = { lines: [line({ size: 1 }), line({ size: 1 }, "vm-b")] };
    expect(shownLines(places, []).map(({ label }) => label)).toEqual(["vm-a", "vm-b"]);
    const both = { lines: [line({}), line({ size: 1 }, "vm-b")] };
    expect(shownLines(both, []).map(({ label }) => label)).toEqual(["no parameters · vm-a", "size=1 · vm-b"]);
  });

  test("are hidden by their key, whatever else is drawn", () => {
    const lines = [line({ size: 1 }), line({ size: 2 })];
    const hidden = keyOf(lines[1] as WorkloadLine);
    expect(hidden).toBe("size=2 in vm-a");
    expect(shownLines({ lines }, [hidden]).map(({ isHidden }) => isHidden)).toEqual([false, true]);
  });
});

test("one line has the page to itself, up to eight share a chart, more stand apart", () => {
  const many = (count: number) => ({ lines: Array.from({ length: count }, (_, size) => line({ size })) });
  expect([0, 1, 2, 8, 9, 60].map((count) => linesView(many(count)))).toEqual([
    ...["one", "one", "together", "together", "apart", "apart"],
  ]);
});
