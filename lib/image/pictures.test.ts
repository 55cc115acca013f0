import { Resvg } from "@resvg/resvg-js";
import { XMLValidator } from "fast-xml-parser";
import { describe, expect, test } from "vitest";
import { HOSTILE } from "@/lib/shift/testing/hostile";
import { sharedMember, sharedShift } from "@/lib/shift/testing/sharedShift";
import { badge } from "./badge";
import { renderPng } from "./png";
import { type PictureSeries, seriesPicture } from "./seriesPicture";
import { shiftPicture } from "./shiftPicture";
import { textWidth } from "./text";

const plain = (svg: string) => svg.replaceAll("\u00a0", " ");
const textsOf = (svg: string) => [...plain(svg).matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text = ""]) => text);
const sizeOf = (png: Buffer) => [png.readUInt32BE(16), png.readUInt32BE(20)];

function series(more: Partial<PictureSeries> = {}): PictureSeries {
  const { points, segments } = sharedMember();
  return {
    workload: "array/anom_mean",
    params: { size: 5 },
    metric: "duration",
    metricName: null,
    unit: "s",
    environment: "vm-b",
    branch: "main",
    level: 12.1,
    window: { from: 0, to: 29, measured: 30 },
    points,
    segments,
    changepoints: [
      {
        sha: points[16]?.sha ?? "",
        position: 16,
        direction: "regression",
        state: "confirmed",
        change: 0.2,
        difference: 2,
        interval: [0.18, 0.22],
        before: 10,
        after: 12,
        pointsAfter: 14,
        needsPoints: 0,
        shift: 14,
        lastGood: points[14]?.sha ?? "",
        firstShifted: points[16]?.sha ?? "",
      },
    ],
    releases: [{ tag: "2022.11.0", position: 20, committedAt: null }],
    months: [],
    ...more,
  };
}

const look = { theme: "light", width: 600, height: 320, x: "commits", y: "fit" } as const;

/** Pixels of a PNG that differ from its corner. */
function inked(svg: string): number {
  const image = new Resvg(svg, { font: { loadSystemFonts: false, fontFiles: FONTS } }).render();
  const { pixels } = image;
  let count = 0;
  for (let i = 0; i < pixels.length; i += 4)
    if (pixels[i] !== pixels[0] || pixels[i + 1] !== pixels[1] || pixels[i + 2] !== pixels[2]) count++;
  return count;
}
const FOLDER = "node_modules/geist/dist/fonts/geist-sans";
const FONTS = [`${FOLDER}/Geist-Regular.ttf`, `${FOLDER}/Geist-SemiBold.ttf`];
const withoutText = (svg: string) => svg.replace(/<text[^>]*>[^<]*<\/text>/g, "");

describe("the picture of a shift", () => {
  test("says title, verdict, range, before, after, change, interval and points: the figures of the page", () => {
    const texts = textsOf(shiftPicture(sharedShift(), "light")).join("\n");
    for (const words of [
      "dask · shift #14",
      "Duration of array/anom_mean +20.0 %",
      "Regression",
      "1 series got worse · aaaaaaa..aaaaaaa, 2 commits · 29 Sept",
      "10.0 → 12.0 s",
      "+20.0 %",
      "95 % interval +18.0 … +22.0 %, 15 and 14 points",
    ])
      expect(texts).toContain(words.replace("29 Sept", "29 Sep"));
  });
  test("draws the two charts that lead the page, one for the worse and one for the better", () => {
    const better = sharedMember({ metric: "peak_memory", direction: "improvement", change: -0.2, difference: -2 });
    const svg = shiftPicture(
      sharedShift({
        direction: "mixed",
        members: [sharedMember(), sharedMember({ workload: "b", change: 0.1 }), better],
      }),
      "light",
    );
    expect(textsOf(svg)).toContain("array/anom_mean");
    expect(textsOf(svg).join("\n")).toContain("peak memory, vm-b");
    expect(textsOf(svg)).not.toContain("b");
    expect(svg.match(/<clipPath/g)).toHaveLength(2);
  });
  test("is a PNG of 1200 by 630 px with its words drawn: woff2 would leave them out, silently", async () => {
    const svg = shiftPicture(sharedShift(), "light");
    expect(sizeOf(await renderPng(svg))).toEqual([1200, 630]);
    const words = inked(svg) - inked(withoutText(svg));
    expect(words).toBeGreaterThan(8_000);
    const noFont = new Resvg(svg, { font: { loadSystemFonts: false } }).render().asPng();
    expect(noFont.equals(await renderPng(svg))).toBe(false);
  });
  test("in both themes, text stands off its ground and nothing but colours differs", () => {
    const [light, dark] = (["light", "dark"] as const).map((theme) => shiftPicture(sharedShift(), theme));
    expect(light).toContain('fill="#ffffff"');
    expect(dark).toContain('fill="#0d0f12"');
    expect(textsOf(light ?? "")).toEqual(textsOf(dark ?? ""));
  });
  test("without a range, or without members, it says why instead of drawing", () => {
    const gone = shiftPicture(
      sharedShift({ members: [], range: null, state: "withdrawn", withdrawnReason: "No step any more." }),
      "light",
    );
    expect(textsOf(gone)).toContain("No step any more.");
    expect(gone).not.toMatch(/NaN|undefined|Infinity/);
  });
});

describe("the picture of a chart", () => {
  test("says title, level, window, flags, and each change with before, after, interval, range and shift", () => {
    const texts = textsOf(seriesPicture(series(), look));
    expect(texts).toContain("Duration of array/anom_mean");
    expect(texts).toContain("12.1 s now");
    expect(texts.join("\n")).toContain(
      "size=5 · vm-b · main · 30 commits aaaaaaa to aaaaaaa · 13 Sep 2020 to 12 Oct 2020",
    );
    expect(texts).toContain("10.0 → 12.0 s · 95 % interval +18.0 … +22.0 % · aaaaaaa..aaaaaaa · shift #14");
    expect(texts.filter((text) => text === "+20.0 %")).toHaveLength(2);
    expect(texts).toContain("2022.11.0");
  });
  test("a logarithmic scale that zeros forbid is linear, and says so", () => {
    const points = series().points.map((point, i) => (i === 3 ? { ...point, value: 0, min: 0 } : point));
    const said = (y: "fit" | "log", of = series()) => textsOf(seriesPicture(of, { ...look, y, width: 900 })).join("\n");
    expect(said("log")).toContain("logarithmic");
    expect(said("log", series({ points }))).toContain("linear: a value is zero or negative");
    expect(said("fit")).not.toMatch(/linear|logarithmic/);
  });
  test("every size, axis and scale is well formed and holds no impossible number", () => {
    const empty = series({
      points: [],
      segments: [],
      changepoints: [],
      level: null,
      window: { from: 0, to: -1, measured: 0 },
    });
    for (const of of [series(), empty])
      for (const x of ["commits", "time"] as const)
        for (const y of ["fit", "zero", "log"] as const)
          for (const [width, height] of [
            [320, 240],
            [1600, 1000],
          ] as const) {
            const svg = seriesPicture(of, { theme: "dark", width, height, x, y });
            expect(XMLValidator.validate(svg)).toBe(true);
            expect(svg).not.toMatch(/NaN|undefined|Infinity/);
          }
    expect(textsOf(seriesPicture(empty, look))).toContain("Nothing was measured in this window.");
  });
  test("a failure is a hatched column, never a point at zero", () => {
    const failures = [{ sha: "f", position: 8, committedAt: null, outcome: "failed" as const, runs: 1, error: "x" }];
    const points = series().points.filter(({ position }) => position !== 8);
    expect(seriesPicture(series({ points, failures }), look).match(/fill="url\(#c-hatch\)"/g)).toHaveLength(1);
  });
});

describe("words of clients in pictures", () => {
  test.each(HOSTILE)("%s is text: no element, no attribute, well formed", async (text) => {
    const member = sharedMember({ workload: text, environment: text, metricName: text, params: { [text]: text } });
    const pictures = [
      shiftPicture(
        sharedShift({
          title: text,
          members: [member],
          containedIn: text,
          project: { slug: "p", name: text, repository: null },
        }),
        "light",
      ),
      seriesPicture(
        series({
          workload: text,
          environment: text,
          branch: text,
          releases: [{ tag: text, position: 20, committedAt: null }],
        }),
        look,
      ),
      badge(text, "2 open regressions", "worse"),
    ];
    for (const svg of pictures) {
      expect(XMLValidator.validate(svg)).toBe(true);
      const elements = new Set([...svg.matchAll(/<(\w+)/g)].map(([, name]) => name));
      expect([...elements].filter((name) => !KNOWN.has(name ?? ""))).toEqual([]);
      expect(svg.replace(/"[^"]*"/g, '""')).not.toMatch(/<[^>]*\s(on\w+|href)=/);
      expect(svg).not.toMatch(/\u202e|(?![\t\n\r])\p{Cc}/u);
      expect((await renderPng(svg)).length).toBeGreaterThan(500);
    }
  });
  const KNOWN = new Set("svg title rect g text path defs clipPath pattern circle".split(" "));
});

test("a badge is as wide as its words, and says them to screen readers", () => {
  const svg = plain(badge("performance", "no open regression, analysed 16 Mar 2023", "fine"));
  expect(svg).toContain('aria-label="performance: no open regression, analysed 16 Mar 2023"');
  const width = Number(/ width="(\d+)"/.exec(svg)?.[1]);
  expect(width).toBeGreaterThan(
    textWidth("performance", 11) + textWidth("no open regression, analysed 16 Mar 2023", 11),
  );
  expect(width).toBeLessThan(330);
});

test("widths of texts are those of the typeface, within 4 %", () => {
  for (const [weight, font] of [
    ["regular", 400],
    ["semibold", 600],
  ] as const)
    for (const text of [
      "Duration of map_futures +138 %",
      "0123456789",
      "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
      "array/anom_mean[x]",
    ]) {
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="2000" height="100"><text y="60" font-size="40" font-weight="${font}" font-family="Geist">${text}</text></svg>`;
      const measured = new Resvg(svg, { font: { loadSystemFonts: false, fontFiles: FONTS } }).getBBox()?.width ?? 0;
      expect(Math.abs(textWidth(text, 40, weight) / measured - 1), `${weight} ${text}`).toBeLessThan(0.04);
    }
});
