import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { NoteText } from "./note-text";

const html = (text: string) => renderToStaticMarkup(<NoteText text={text} />);

describe("a note", () => {
  test("is Markdown with tables, lists, strikes and bare links", () => {
    const out = html("**bold** ~~gone~~ https://example.org/x\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n- [x] done");
    for (const part of [
      "<strong>bold</strong>",
      "<del>gone</del>",
      "<table",
      "<td>2</td>",
      'href="https://example.org/x"',
    ])
      expect(out).toContain(part);
    expect(out).toContain('rel="noopener noreferrer nofollow"');
  });

  test.each([
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "![x](javascript:alert(1))",
    "![tracker](https://evil.example/pixel.png)",
    "[x](vbscript:x)",
    "<javascript:alert(1)>",
    '[x](https://example.org "onmouseover=alert(1)")',
    "[x]: javascript:alert(1)\n\n[x]",
    "```html\n<script>alert(1)</script>\n```",
  ])("%s is inert", (text) => {
    const out = html(text);
    expect(out).not.toMatch(/<(script|img|iframe|object|embed|svg|style)\b/i);
    expect(out).not.toMatch(/\b(href|src)="(?!https?:|mailto:)/i);
    expect(out).not.toMatch(/<[^>]*\son\w+=/i);
  });

  test("the headings of a note are none of the page's", () => {
    expect(html("# One\n\n###### Six")).not.toMatch(/<h\d/);
  });
});
