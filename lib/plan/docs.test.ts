import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as constants from "./constants";

const text = readFileSync(new URL("../../docs/statistics.md", import.meta.url), "utf8");

test.each(Object.entries(constants))("docs/statistics.md quotes %s = %d as the code has it", (name, value) => {
  expect(text).toContain(`| \`${name}\` | ${value} |`);
});
