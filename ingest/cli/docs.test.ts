import { readFileSync } from "node:fs";
import { Readable } from "node:stream";
import type { Command } from "commander";
import { expect, test } from "vitest";
import { EXIT } from "./exit";
import { createProgram } from "./program";

const text = readFileSync(new URL("../../docs/cli.md", import.meta.url), "utf8");
const io = { env: {}, input: Readable.from([]), print: () => {}, tell: () => {}, isTerminal: false };

function commandsOf(command: Command): Command[] {
  return [command, ...command.commands.flatMap(commandsOf)];
}

const commands = commandsOf(createProgram(io, () => {}));

test("docs/cli.md explains every command and every option", () => {
  const names = commands.slice(1).map((command) => command.name());
  const flags = commands.flatMap(({ options }) => options.map(({ long }) => long ?? ""));
  const missing = [...new Set([...names, ...flags])].filter((word) => !text.includes(word));
  expect(missing).toEqual([]);
});

test("docs/cli.md names no option that does not exist", () => {
  const known = new Set(commands.flatMap(({ options }) => options.map(({ long }) => long)));
  const inCommands = [
    ...text.matchAll(/^.*\btidemark (?:push|commits|releases|token|detect|compare|next|check|report)\b.*$/gm),
  ].join("\n");
  const named = [...inCommands.matchAll(/(?<=\s)--[a-z][a-z-]+/g)].map(([flag]) => flag);
  expect(named.filter((flag) => !known.has(flag) && flag !== "--json")).toEqual([]);
  expect(named).not.toEqual([]);
});

test("docs/cli.md quotes the defaults and exit codes of the code", () => {
  const push = commands.find((command) => command.name() === "push");
  const defaultOf = (long: string) => push?.options.find((option) => option.long === long)?.defaultValue;
  expect(text).toContain(`| \`--retries N\` | | ${defaultOf("--retries")} |`);
  expect(text).toContain(`| \`--timeout SECONDS\` | | ${defaultOf("--timeout")} |`);
  const wait = commands.find((command) => command.name() === "check")?.options.find(({ long }) => long === "--wait");
  expect(text).toContain(`--wait SECONDS\` (default ${wait?.defaultValue})`);
  for (const code of Object.values(EXIT)) expect(text).toMatch(new RegExp(`^\\| ${code} \\|`, "m"));
});
