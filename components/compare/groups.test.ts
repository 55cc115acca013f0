import { expect, test } from "vitest";
import type { Verdict } from "@/lib/compare";
import type { CompareRow } from "@/lib/queries/compare";
import { groupsOf } from "./groups";

const rows = (counts: Partial<Record<Verdict, number>>) =>
  Object.entries(counts).flatMap(([verdict, count]) =>
    Array.from({ length: count }, (_, i) => ({ verdict, workload: `${verdict} ${i}` }) as CompareRow),
  );
const none = { verdict: null, show: [], page: 1 };

test("groups stand in a fixed order whatever the order of the rows, empty ones are left out", () => {
  const groups = groupsOf(rows({ unchanged: 2, improvement: 1, regression: 1 }), none);
  expect(groups.map(({ verdict }) => verdict)).toEqual(["regression", "improvement", "unchanged"]);
});

test("what lies within noise is folded, and opened by its name; a verdict is never folded", () => {
  const all = rows({ regression: 40, unchanged: 40, inconclusive: 40 });
  expect(groupsOf(all, none).map((group) => [group.rows.length, group.total, group.isFolded])).toEqual([
    [40, 40, false],
    [3, 40, true],
    [5, 40, true],
  ]);
  expect(groupsOf(all, { ...none, show: ["unchanged"] })[1]).toMatchObject({ isFolded: false, total: 40 });
});

test("a fold hides three rows or none: the line that offers them takes room too", () => {
  const foldedOf = (unchanged: number) => groupsOf(rows({ unchanged }), none)[0];
  expect(foldedOf(5)).toMatchObject({ isFolded: false, total: 5 });
  expect(foldedOf(6)).toMatchObject({ isFolded: true, total: 6 });
});

test("one verdict alone is shown in pages of a hundred, the last one for a page beyond", () => {
  const all = rows({ unchanged: 250, regression: 1 });
  const [only, ...rest] = groupsOf(all, { ...none, verdict: "unchanged", page: 9 });
  expect(rest).toEqual([]);
  expect([only?.first, only?.rows.length, only?.total]).toEqual([200, 50, 250]);
});

test("rows that wait for their runs are not folded: their intervals are all there is", () => {
  const open = rows({ inconclusive: 40 }).map((row) => ({ ...row, open: true }));
  expect(groupsOf(open, none)[0]).toMatchObject({ isFolded: false, total: 40 });
});
