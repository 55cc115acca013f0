import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { PALETTES, TOKENS } from "./palette";

test("pictures have the colours of the pages, in both themes", () => {
  const css = readFileSync("app/globals.css", "utf8");
  for (const token of TOKENS) {
    const [, light, dark] =
      new RegExp(`--${token}: light-dark\\(((?:[^(),]|\\([^)]*\\))+), ((?:[^(),]|\\([^)]*\\))+)\\)`).exec(css) ?? [];
    expect([token, PALETTES.light[token], PALETTES.dark[token]]).toEqual([token, light, dark]);
  }
});
