/** A space of no width: it parts what would otherwise call a person, name an issue or become a link, and is not seen. */
const NOTHING_WIDE = "\u200b";

/** Characters that open something in Markdown, or in a table of it; as numbers they are characters and nothing else. */
const SIGNS = /[\\`*[\]#<>|&~!$^]/g;
/** Control characters and turns of direction: they would hide what stands there. */
const UNSEEN = /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu;

const entity = (character: string) => `&#${character.codePointAt(0)};`;
/** One line without what cannot be seen; no-break spaces stay. */
const oneLine = (text: string) =>
  text
    .replace(/[^\S\u00a0]+/g, " ")
    .replace(UNSEEN, "")
    .trim();

/**
 * A text as text of Markdown, in a paragraph, a heading, a link or a cell, at GitHub as at GitLab: no emphasis, no tag, no
 * link, nobody is called (@name), no issue is named (#1, !1, &1, ~label, %milestone, $snippet, GH-1).
 */
export function markdownText(text: string): string {
  return oneLine(text)
    .replace(/([@#!&~$%])(?=[\p{L}\p{N}_"'])/gu, `$1${NOTHING_WIDE}`)
    .replace(/\b(GH)-(?=\d)/gi, `$1-${NOTHING_WIDE}`)
    .replace(SIGNS, entity)
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "&#95;")
    .replace(/:(?=\/\/)/g, `&#58;${NOTHING_WIDE}`)
    .replace(/\bwww\./gi, (start) => `${start.slice(0, 3)}${NOTHING_WIDE}.`)
    .replace(/^([-+]|\d+[.)])(?=\s)/, (sign) => `${NOTHING_WIDE}${sign}`);
}

/**
 * A name as code, exactly as it is, in a paragraph or a cell of a table; nothing in it is anything but text. Names that hold
 * what a code span of a table cannot (pipes, backticks, backslashes) are code by tags, with their signs as numbers.
 */
export function markdownCode(text: string): string {
  const name = oneLine(text);
  if (name === "") return "";
  if (!/[|`\\]/.test(name)) return `\`${name}\``;
  return `<code>${markdownText(name)}</code>`;
}

/** A link with a text that is Markdown already; an address holds no sign that would end it. */
export function markdownLink(text: string, url: string): string {
  return `[${text}](${url.replace(/[\s<>()\\|`]/g, (character) => encodeURIComponent(character).replace(/[()]/g, entityOfUrl))})`;
}

const entityOfUrl = (bracket: string) => (bracket === "(" ? "%28" : "%29");

/** A table of cells that are Markdown already. `numeric`: columns on the right. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  numeric: readonly number[],
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const ruler = head.map((_, i) => (numeric.includes(i) ? "--:" : "---"));
  return [line(head), line(ruler), ...rows.map(line)].join("\n");
}
