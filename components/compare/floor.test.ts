import { expect, test } from "vitest";
import type { CompareRow } from "@/lib/queries/compare";
import { floorsOf } from "./floor";

const row = (metric: string, reach: number | null, detectable: number | null, change: number | null = 0) =>
  ({ metric, change, quiet: reach === null ? null : [-reach, reach], detectable }) as CompareRow;

test("the middle row stands for a metric, the worst is named, and rows without a known noise do not count", () => {
  const rows = [
    row("duration", 0.02, 0.04),
    row("duration", 0.03, 0.06),
    row("duration", 0.2, 0.4),
    row("duration", null, null),
    row("duration", 9, 9, null),
    row("memory", 0.01, null),
  ];
  const [duration, memory, ...rest] = floorsOf(rows, ["duration", "memory", "other"]);
  expect(duration).toMatchObject({ rows: 3, quiet: 0.03, detectable: 0.06, worst: { row: rows[2], detectable: 0.4 } });
  expect(memory).toMatchObject({ rows: 1, detectable: null, worst: null });
  expect(rest).toEqual([]);
});
