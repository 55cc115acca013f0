import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { CONFIRMED_FALSE_SHARE } from "./confirm";
import { LIVE_CONFIRMED_PER_1000, QUIET_ENDS_WITH_ALARM } from "./expected";

const text = readFileSync(new URL("../../docs/statistics.md", import.meta.url), "utf8");

test("the expected number of false shifts rests on the rates that docs/statistics.md has measured", () => {
  const lines = text.split("\n");
  const head = lines.findIndex((line) => line.startsWith("| noise | F1"));
  const headings = lines[head]?.split("|").map((cell) => cell.trim()) ?? [];
  const all = lines
    .slice(head)
    .find((line) => line.startsWith("| all |"))
    ?.split("|")
    .map((cell) => cell.trim());
  const figure = (name: string) => Number.parseFloat(all?.[headings.indexOf(name)] ?? "");
  expect(figure("live, confirmed per 1000")).toBe(LIVE_CONFIRMED_PER_1000);
  expect(figure("quiet ends with alarm") / 100).toBe(QUIET_ENDS_WITH_ALARM);
});

test("docs/statistics.md states the constant of the confirmation over all lines", () => {
  expect(text).toContain(`CONFIRMED_FALSE_SHARE (${CONFIRMED_FALSE_SHARE})`);
});
