import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as constants from "./constants";

const text = readFileSync(new URL("../../docs/comparison.md", import.meta.url), "utf8");

test.each(Object.entries(constants))("docs/comparison.md quotes %s = %d as the code has it", (name, value) => {
  expect(text).toContain(`| ${name} | ${value} |`);
});

test("the docs name no constant that the code does not have", () => {
  const named = [...text.matchAll(/^\| ([A-Z_]{4,}) \|/gm)].map((match) => match[1]);
  expect(named.sort()).toEqual(Object.keys(constants).sort());
});
