import { describe, expect, test } from "vitest";
import { dateTicks, monthsBetween } from "./dates";
import { placeReleases } from "./releases";

const at = (iso: string) => `${iso}T10:00:00.000Z`;

describe("ticks of the commit axis", () => {
  const months = [
    { x: 0, at: at("2022-10-03") },
    { x: 70, at: at("2022-11-01") },
    { x: 90, at: at("2022-12-01") },
    { x: 140, at: at("2023-01-02") },
    { x: 220, at: at("2023-02-01") },
  ];
  test("stand at the first commit of a month, 64 px apart, with the year where it changes", () => {
    expect(dateTicks(months, [], [0, 300], (x) => x)).toEqual([
      { x: 0, label: "Oct 2022" },
      { x: 70, label: "Nov" },
      { x: 140, label: "Jan 2023" },
      { x: 220, label: "Feb" },
    ]);
  });
  test("are days inside one month, each once", () => {
    const points = [
      { x: 71, at: at("2022-11-02") },
      { x: 72, at: at("2022-11-02") },
      { x: 80, at: at("2022-11-20") },
    ];
    expect(dateTicks(months, points, [71, 81], (x) => (x - 71) * 80)).toEqual([
      { x: 71, label: "2 Nov 2022" },
      { x: 80, label: "20 Nov" },
    ]);
  });
  test("are left out where no date is known", () => {
    expect(dateTicks([], [{ x: 1, at: null }], [0, 2], (x) => x)).toEqual([]);
  });
  test("a time axis has every month between its ends", () => {
    const [first, ...rest] = monthsBetween(Date.parse(at("2022-11-15")), Date.parse(at("2023-02-15")));
    expect(first?.at).toBe("2022-12-01T00:00:00.000Z");
    expect(rest).toHaveLength(2);
  });
});

describe("releases", () => {
  const releases = [
    { tag: "2023.3.2", x: 100 },
    { tag: "2023.4.0", x: 140 },
    { tag: "2023.4.1", x: 180 },
    { tag: "2023.5.0", x: 215 },
    { tag: "2023.9.9", x: 400 },
    { tag: "2024.1.0", x: 700 },
  ];
  const placed = placeReleases(releases, (r) => r.x, 500);
  test("all of the window are ticks, those outside are left out", () => {
    expect(placed.map((p) => p.release.tag)).toEqual(["2023.3.2", "2023.4.0", "2023.4.1", "2023.5.0", "2023.9.9"]);
  });
  test("names keep their distance, the first of a line goes first", () => {
    expect(placed.filter((p) => p.labelled).map((p) => p.release.tag)).toEqual(["2023.4.0", "2023.5.0", "2023.9.9"]);
  });
  test("a name at the edge stays inside the strip", () => {
    expect(placeReleases([{ tag: "1.0" }], () => 499, 500)[0]?.anchor).toBe("end");
    expect(placeReleases([{ tag: "1.0" }], () => 0, 500)[0]?.anchor).toBe("start");
  });
});
