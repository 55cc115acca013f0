import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as constants from "./constants";
import { changepointFigures } from "./testing/figures";

const text = readFileSync(new URL("../../docs/statistics.md", import.meta.url), "utf8");

test.each(Object.entries(constants))("docs/statistics.md quotes %s = %d as the code has it", (name, value) => {
  expect(text).toContain(`| ${name} | ${value} |`);
});

test("the docs name no constant that the code does not have", () => {
  const named = [...text.matchAll(/^\| ([A-Z_]{4,}) \|/gm)].map((match) => match[1]);
  expect(named.sort()).toEqual(Object.keys(constants).sort());
});

test("every table that the bench of accuracy prints on changepoints stands in docs/statistics.md, row for row", () => {
  for (const { title, headings, rows } of changepointFigures({ series: 12, seed: 1 })) {
    expect(text).toContain(`**${title}**`);
    expect(text).toContain(`| ${headings.join(" | ")} |`);
    for (const [first] of rows) expect(text, title).toContain(`\n| ${first} | `);
  }
});
