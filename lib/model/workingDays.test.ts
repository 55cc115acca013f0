import { describe, expect, test } from "vitest";
import { DEFAULT_DUE_DAYS, readDueDays, workingDaysFor } from "./triage";
import { addWorkingDays, dayOf, isDay } from "./workingDays";

test.each([
  ["2026-11-25", 1, "2026-11-26"], // a Wednesday
  ["2026-11-25", 3, "2026-11-30"],
  ["2026-11-27", 1, "2026-11-30"], // a Friday
  ["2026-11-28", 1, "2026-11-30"], // a Saturday
  ["2026-12-31", 2, "2027-01-04"],
  ["2026-03-27", 5, "2026-04-03"], // the clocks change in between
  ["2026-11-25", 0, "2026-11-25"],
])("%s and %d working days: %s", (from, days, to) => {
  expect(addWorkingDays(from, days)).toBe(to);
});

test("a day is one of the calendar", () => {
  expect(["2026-02-28", "2024-02-29"].every(isDay)).toBe(true);
  expect(["2026-02-29", "2026-13-01", "2026-1-1", "tomorrow", "", "2026-11-25T00:00:00Z"].some(isDay)).toBe(false);
  expect(dayOf(new Date("2026-11-25T23:59:59Z"))).toBe("2026-11-25");
});

describe("when something is due", () => {
  test("a large change is due earlier, and what is closed is never due", () => {
    expect(workingDaysFor("investigating", 0.25, DEFAULT_DUE_DAYS)).toBe(3);
    expect(workingDaysFor("investigating", -0.25, DEFAULT_DUE_DAYS)).toBe(3);
    expect(workingDaysFor("investigating", 0.05, DEFAULT_DUE_DAYS)).toBe(10);
    expect(workingDaysFor("investigating", null, DEFAULT_DUE_DAYS)).toBe(3);
    expect(workingDaysFor("accepted", 0.25, DEFAULT_DUE_DAYS)).toBeNull();
  });

  test("a setting that is absent, in part or no map is filled with what is usual", () => {
    expect(readDueDays(undefined)).toEqual(DEFAULT_DUE_DAYS);
    expect(readDueDays([])).toEqual(DEFAULT_DUE_DAYS);
    expect(readDueDays({ new: { large: 1 }, investigating: { small: null } })).toEqual({
      largeFrom: 0.2,
      new: { large: 1, small: null },
      investigating: { large: 3, small: null },
    });
  });
});
