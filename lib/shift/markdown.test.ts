import { Marked } from "marked";
import { describe, expect, test } from "vitest";
import { shiftMarkdown, shiftMarkdowns } from "./markdown";
import { HOSTILE } from "./testing/hostile";
import { sharedMember, sharedShift } from "./testing/sharedShift";

const places = {
  url: "https://perf.example/dask/shifts/14",
  image: "https://perf.example/api/v1/projects/dask/shifts/14/image.png?signature=abc_-",
  api: "https://perf.example/api/v1/projects/dask/shifts/14",
};
/** An independent renderer of GitHub's Markdown. */
const html = (markdown: string) => new Marked({ gfm: true }).parse(markdown, { async: false });

describe("the Markdown of a shift", () => {
  const markdown = shiftMarkdown(sharedShift(), places);
  const rendered = html(markdown);

  test("renders as heading, linked picture, range, table, policy and commands", () => {
    expect(rendered).toContain(`<h3><a href="${places.url}">#14</a> Duration of array/anom_mean +20.0 %</h3>`);
    expect(rendered).toMatch(
      /<a href="https:\/\/perf.example\/dask\/shifts\/14"><img src="https:\/\/perf.example\/api[^"]+signature=abc_-" alt="Shift 14: before and after[^"]*"><\/a>/,
    );
    expect(rendered.match(/<table>/g)).toHaveLength(1);
    expect(rendered).toContain("<strong>Policy.</strong>");
    expect(rendered).toContain("Detector 1, sensitivity 1, nothing under 5 % of duration");
    expect(rendered).toMatch(
      /<details><summary>How to reproduce<\/summary>\s*<pre><code class="language-sh">git checkout a+10 /,
    );
    expect(rendered).toContain('<a href="https://github.com/dask/distributed/pull/7016">#7016</a>');
  });
  test("has before, after, change with interval, p and points of each series", () => {
    const cells = [...rendered.matchAll(/<td[^>]*>(.*?)<\/td>/g)].map(([, cell = ""]) =>
      cell.replaceAll("\u00a0", " "),
    );
    expect(cells).toEqual([
      "<code>array/anom_mean</code>",
      "duration",
      "<code>vm-b</code>",
      "10.0 s",
      "12.0 s",
      "+20.0 %",
      "+18.0 … +22.0 %",
      "&lt; 0.001",
      "15, 14",
    ]);
  });
  test("names one commit only where the range holds one, and says what became of the shift", () => {
    expect(markdown).toContain("2\u00a0commits");
    expect(markdown).toContain("Any of them can be the cause.");
    const single = shiftMarkdown(sharedShift({ commitsBetween: 0 }), places);
    expect(single).toContain("1\u00a0commit,");
    expect(single).toContain("Only `aaaaaaa` lies in it.");
    expect(shiftMarkdown(sharedShift({ recoveredBy: 20 }), places)).toContain(
      "Recovered by [#20](https://perf.example/dask/shifts/20).",
    );
    expect(shiftMarkdown(sharedShift({ partOf: 3, state: "withdrawn" }), places)).toContain("It is part of [#3](");
  });
  test("300 series with long names stay under 65,000 characters; those that do not fit are counted", () => {
    const members = Array.from({ length: 300 }, (_, i) =>
      sharedMember({ workload: `suite/${"long_name_".repeat(12)}${i}`, params: { data: "compressible", size: i } }),
    );
    const long = shiftMarkdown(sharedShift({ members, membersTotal: 1_200 }), places);
    expect(long.length).toBeLessThan(65_000);
    expect(long.length).toBeGreaterThan(50_000);
    const shown = html(long).match(/<tr>/g)?.length ?? 0;
    const [, more = ""] = /\[([\d,]+)\u00a0more series on its page\]/.exec(long) ?? [];
    expect(shown - 2 + Number(more.replace(",", ""))).toBe(1_200);
    expect(html(long).match(/<table>/g)).toHaveLength(2);
    expect(html(long)).toContain("<strong>Policy.</strong>");
  });
  test("300 series of every day are all in it, 20 of them open", () => {
    const members = Array.from({ length: 300 }, (_, i) => sharedMember({ workload: `array/case_${i}` }));
    const all = shiftMarkdown(sharedShift({ members, membersTotal: 300 }), places);
    expect(all.length).toBeLessThan(65_000);
    expect(all).toContain("<details><summary>280\u00a0more series</summary>");
    expect(html(all).match(/<td><code>array\/case_\d+<\/code><\/td>/g)).toHaveLength(300);
  });
  test("what clients sent is text in it, wherever it stands", () => {
    for (const text of HOSTILE) {
      const shift = sharedShift({
        title: `Duration of ${text} +20.0 %`,
        members: [sharedMember({ workload: text, environment: text, metricName: text, params: { [text]: text } })],
        commits: [{ sha: "b".repeat(40), pullRequest: null, subject: text }],
        containedIn: text,
        withdrawnReason: text,
        state: "withdrawn",
        policy: {
          detector: 1,
          smallestEffects: [{ metric: text, metricName: null, smallestEffect: 0.05 }],
          sensitivity: [0.5, 2],
        },
      });
      const written = shiftMarkdown(shift, places);
      const shown = html(written);
      const tags = new Set([...shown.matchAll(/<(\w+)/g)].map(([, name]) => name));
      const meant = "h3 a p img strong br code ul li table thead tbody tr th td details summary pre".split(" ");
      expect([text, [...tags].filter((tag) => !meant.includes(tag ?? ""))]).toEqual([text, []]);
      expect(shown.match(/<td/g)).toHaveLength(9);
      expect(
        [...shown.matchAll(/(?:href|src)="([^"]*)"/g)].every(([, url = ""]) =>
          /^https:\/\/(perf\.example|github\.com)\//.test(url),
        ),
      ).toBe(true);
      expect(shown).not.toMatch(/<[^>]*\son\w+=/);
      expect(written).not.toMatch(/(?<!`[^`\n]*)@everyone/);
    }
  });
  test("ever shorter forms hold the verdict and the link, for a form that is filled in by its address", () => {
    const members = Array.from({ length: 40 }, (_, i) => sharedMember({ workload: `array/case_${i}` }));
    const forms = shiftMarkdowns(sharedShift({ members, membersTotal: 40 }), places);
    const lengths = forms.map(({ length }) => length);
    expect(lengths).toEqual(lengths.toSorted((a, b) => b - a));
    expect(forms.at(-1)?.length).toBeLessThan(1_500);
    for (const form of forms) {
      expect(form).toContain(`[#14](${places.url})`);
      expect(form).toContain("**Regression**, confirmed");
    }
  });
});
