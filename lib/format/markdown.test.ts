import { Marked } from "marked";
import { describe, expect, test } from "vitest";
import { markdownCode, markdownLink, markdownTable, markdownText } from "./markdown";

/** An independent renderer of GitHub's Markdown. */
const html = (markdown: string) => new Marked({ gfm: true }).parse(markdown, { async: false });
const textOf = (rendered: string) =>
  rendered
    .replace(/<[^>]*>/g, "")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&amp;/g, "&")
    .replaceAll("\u200b", "")
    .trim();

const HOSTILE = [
  "<img src=x onerror=alert(1)>",
  "</script><script>alert(1)</script>",
  '"onmouseover=alert(1)',
  "[x](javascript:alert(1))",
  "![x](https://evil.example/a.png)",
  '=HYPERLINK("http://x")',
  "a | b | c",
  "a \\| b \\\\| c",
  "`code` and ``more``",
  "*bold* _thin_ ~~gone~~ __init__",
  "@everyone and @dask/maintainers",
  "#1 and GH-2 and dask/dask#3 and !4 and &5 and ~bug and %v1 and $6",
  "https://evil.example and www.evil.example and a@b.example",
  "# heading",
  "- list",
  "1. list",
  "> quote",
  "<!-- hidden",
  "&lt;b&gt; &amp;",
  "[ref]: https://evil.example",
  "日本/ベンチ ü",
  "mod::bench::x<T>",
];

const TAGS = /<(?!\/?(p|code|table|thead|tbody|tr|th|td|h3)\b)/;

describe("what clients sent, in Markdown", () => {
  test.each(HOSTILE)("%s is text in a paragraph", (text) => {
    const rendered = html(`Before ${markdownText(text)} after`);
    expect(rendered).not.toMatch(TAGS);
    expect(textOf(rendered)).toBe(`Before ${text} after`);
  });
  test.each(HOSTILE)("%s is text at the begin of a line and in a heading", (text) => {
    for (const rendered of [html(markdownText(text)), html(`### ${markdownText(text)}`)]) {
      expect(rendered.replace(/<\/?h3>/g, "")).not.toMatch(TAGS);
      expect(textOf(rendered)).toBe(text);
    }
  });
  test.each(HOSTILE)("%s is one cell of a table, as code", (text) => {
    const rendered = html(markdownTable(["name", "value"], [[markdownCode(text), "7"]], [1]));
    expect(rendered.match(/<td/g)).toHaveLength(2);
    expect(rendered.replace(/<t[hd] align="right">/g, "<td>")).not.toMatch(TAGS);
    const [, cell = ""] = /<td>(.*?)<\/td>/s.exec(rendered) ?? [];
    expect(cell).toMatch(/^<code>.*<\/code>$/s);
    expect(textOf(cell)).toBe(text);
  });
  test("nobody is called and no issue is named: the sign never touches the word", () => {
    const written = markdownText("@ada #1 !2 &3 ~bug %v1 $4 GH-5 x#6");
    expect(textOf(html(written))).toBe("@ada #1 !2 &3 ~bug %v1 $4 GH-5 x#6");
    const shown = html(written).replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
    expect(shown.replaceAll("&amp;", "&")).not.toMatch(/[@#!&~%$]\w|GH-\d/);
  });
  test("names of every day stay readable", () => {
    expect(markdownText("Duration of map_futures +138\u00a0% and 11 more worse")).toBe(
      "Duration of map_futures +138\u00a0% and 11 more worse",
    );
    expect(markdownCode("array/anom_mean")).toBe("`array/anom_mean`");
  });
  test("line breaks, control characters and turns of direction are not kept", () => {
    expect(markdownText("a\n\n# b\u0007\u202ec")).toBe("a &#35; bc");
    expect(markdownCode("a\r\n| b")).not.toMatch(/\n/);
  });
  test("an address cannot end its link", () => {
    const url = "https://perf.example/p/workloads/1?a=(b)|c d";
    expect(html(markdownLink("x", url))).toBe(
      '<p><a href="https://perf.example/p/workloads/1?a=%28b%29%7Cc%20d">x</a></p>\n',
    );
  });
});
