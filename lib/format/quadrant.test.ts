import { expect, test } from "vitest";
import { quadrantWords } from "./quadrant";

const metric = (name: string, unit: string, better: "lower" | "higher" | "unknown" = "lower") => ({
  name,
  displayName: null,
  unit,
  better,
});
const duration = metric("duration", "s");
const memory = metric("peak_memory", "B");

test("time and memory have their words, joined by whether both are good", () => {
  const words = (slower: boolean, hungrier: boolean) =>
    quadrantWords({ metric: duration, rise: slower }, { metric: memory, rise: hungrier });
  expect(words(false, true)).toBe("faster but hungrier");
  expect(words(true, true)).toBe("slower and hungrier");
  expect(words(false, false)).toBe("faster and leaner");
  expect(words(true, false)).toBe("slower but leaner");
});

test("other metrics go by their name; where nobody said which way is good there is no contrast", () => {
  const cpu = metric("worker_cpu", "s");
  const spilled = metric("spilled", "count", "unknown");
  expect(quadrantWords({ metric: cpu, rise: false }, { metric: memory, rise: true })).toBe(
    "less worker CPU but hungrier",
  );
  expect(quadrantWords({ metric: duration, rise: false }, { metric: spilled, rise: true })).toBe(
    "faster and more spilled",
  );
});

test("more of a throughput is good", () => {
  const throughput = metric("throughput", "1/s", "higher");
  expect(quadrantWords({ metric: throughput, rise: true }, { metric: memory, rise: true })).toBe(
    "more throughput but hungrier",
  );
});

test("two metrics of memory are told apart", () => {
  const average = metric("average_memory", "B");
  expect(quadrantWords({ metric: average, rise: true }, { metric: memory, rise: false })).toBe(
    "more average memory but less peak memory",
  );
});
