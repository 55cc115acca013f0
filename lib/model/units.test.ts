import fc from "fast-check";
import { expect, test } from "vitest";
import { converter, defaultUnit, findUnit, isCost, isNeverNegative, nearUnits } from "./units";

const unit = (name: string) => {
  const found = findUnit(name);
  if (!found) throw new Error(`no unit ${name}`);
  return found;
};
const convert = (value: number, from: string, to: string) => converter(unit(from), unit(to))?.(value) ?? null;

test("values convert exactly within a dimension, by SI and IEC factors", () => {
  expect(convert(900, "ms", "s")).toBe(0.9);
  expect(convert(0.1, "s", "ms")).toBe(100);
  expect(convert(3, "us", "s")).toBe(3 / 1e6);
  expect(convert(1, "h", "min")).toBe(60);
  expect(convert(1, "MiB", "B")).toBe(1_048_576);
  expect(convert(1, "MB", "kB")).toBe(1000);
  expect(convert(1, "GiB", "MiB")).toBe(1024);
  expect(convert(50, "%", "ratio")).toBe(0.5);
  expect(convert(60, "1/min", "1/s")).toBe(1);
  expect(convert(2, "kHz", "1/s")).toBe(2000);
  expect(convert(1, "MB/s", "B/ms")).toBe(1000);
  expect(convert(5, "ns/op", "us/op")).toBe(0.005);
});

test("what measures something else is not converted", () => {
  for (const [from, to] of [
    ["s", "B"],
    ["1/s", "s"],
    ["ops/s", "tx/s"],
    ["B/s", "B"],
    ["count", ""],
  ] as const)
    expect(convert(1, from, to), `${from} to ${to}`).toBeNull();
});

test("case and spelling matter; the hint names what may be meant", () => {
  for (const name of ["S", "furlong", "KB", "sec", "ms ", "B/s/s", "/s", "1/", "1", "constructor", "__proto__"])
    expect(findUnit(name), name).toBeNull();
  expect(nearUnits("S")).toEqual(["s"]);
  expect(nearUnits("KB")).toEqual(["kB", "KiB"]);
  expect(nearUnits("KB/s")).toEqual(["kB/s", "KiB/s"]);
  expect(nearUnits("furlong")).toContain("s");
});

test("there and back again is the same value", () => {
  const times = fc.constantFrom("ns", "us", "ms", "s", "min", "h", "d");
  fc.assert(
    fc.property(times, times, fc.double({ min: 1e-6, max: 1e6, noNaN: true }), (from, to, value) => {
      const back = convert(convert(value, from, to) ?? 0, to, from) ?? 0;
      expect(Math.abs(back - value)).toBeLessThanOrEqual(value * 1e-15 * 4);
    }),
  );
});

test("less is better of time and memory, also per operation, and neither is negative; of a rate nobody knows", () => {
  for (const name of ["s", "ns/op", "B", "MiB", "B/op"])
    expect([isCost(unit(name)), isNeverNegative(unit(name))]).toEqual([true, true]);
  for (const name of ["1/s", "B/s", "ops/s", "count", "", "%", "°C"])
    expect([isCost(unit(name)), isNeverNegative(unit(name))]).toEqual([false, false]);
});

test("duration is in seconds and memory in bytes when nothing is said", () => {
  expect([defaultUnit("duration"), defaultUnit("peak_memory"), defaultUnit("memory"), defaultUnit("x")]).toEqual([
    "s",
    "B",
    null,
    null,
  ]);
});
