import { expect, test } from "vitest";
import { shareUrl } from "@/lib/urls/share";
import { BadgeQuery, FeedQuery, SeriesPictureQuery, ShiftPictureQuery } from "./shareQueries";

const queryOf = (address: string) => Object.fromEntries(new URL(address, "http://x").searchParams);

test("every address that is built is one that is answered, with the same choices in it", () => {
  const chart = {
    workload: "a/b & c",
    params: '{"size":5}',
    metric: "duration",
    environment: "vm b",
    branch: "feature/x",
    from: "abcdef1",
    to: "abcdef2",
    x: "time",
    scale: "log",
    theme: "dark",
    width: 600,
    height: 300,
  } as const;
  expect(SeriesPictureQuery.parse(queryOf(shareUrl.chart("p", "png", chart)))).toEqual(chart);
  const theme = { theme: "dark", signature: "s" } as const;
  expect(ShiftPictureQuery.parse(queryOf(shareUrl.shiftImage("p", 1, "svg", theme)))).toEqual(theme);
  expect(BadgeQuery.parse(queryOf(shareUrl.badge("p", "a/b", "s")))).toEqual({ workload: "a/b", signature: "s" });
  expect(FeedQuery.parse(queryOf(shareUrl.feed("p", "atom", "s")))).toMatchObject({ signature: "s", limit: 50 });
});

test("what is left out is the default on both sides", () => {
  const asked = queryOf(
    shareUrl.chart("p", "svg", { workload: "w", width: 800, height: 380, x: "commits", scale: "fit" }),
  );
  expect(asked).toEqual({ workload: "w" });
  expect(SeriesPictureQuery.parse(asked)).toMatchObject({
    width: 800,
    height: 380,
    x: "commits",
    scale: "fit",
    theme: "light",
  });
  expect(shareUrl.shiftImage("p", 1, "png")).toBe("/api/v1/projects/p/shifts/1/image.png");
});
