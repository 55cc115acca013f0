import type { VerdictTone } from "@/lib/format/verdict";
import type { Palette } from "./palette";
import { element, joined, type Markup } from "./svg";

const UP = "M5 1 9.3 9H.7Z";
const DOWN = "M5 9 .7 1h8.6Z";

/** px that the glyph of a tone is wide. */
export const glyphWidth = (tone: VerdictTone): number => (tone === "mixed" ? 18 : 9);

/** The glyph of a verdict, 9 px high, its top left corner at (x, y): worse filled, better hollow, as on the pages. */
export function glyph(x: number, y: number, tone: VerdictTone, way: "up" | "down" | undefined, colour: string): Markup {
  const parts = partsOf(tone, way, colour);
  return element("g", { transform: `translate(${x} ${y}) scale(0.9)` }, joined(parts));
}

function partsOf(tone: VerdictTone, way: "up" | "down" | undefined, colour: string): Markup[] {
  const filled = (d: string) => element("path", { d, fill: colour });
  const line = (d: string) => element("path", { d, fill: "none", stroke: colour, "stroke-width": 1.5 });
  switch (tone) {
    case "mixed":
      return [filled(UP), line("M15 8.5 11.4 1.7h7.2Z")];
    case "worse":
      return [filled(way === "down" ? DOWN : UP)];
    case "better":
      return [line(way === "up" ? "M5 1.8 8.4 8.3H1.6Z" : "M5 8.2 1.6 1.7h6.8Z")];
    case "same":
      return [line("M1 3.5h8M1 6.5h8")];
    default:
      return [line(way === "down" ? "M5 1v7.5M1.8 5.5 5 8.7l3.2-3.2" : "M5 9V1.5M1.8 4.5 5 1.3l3.2 3.2")];
  }
}

/** Text and ground of a tone. */
export function tonesOf(tone: VerdictTone, palette: Palette): { text: string; soft: string; mark: string } {
  if (tone === "worse") return { text: palette.worse, soft: palette["worse-soft"], mark: palette["worse-mark"] };
  if (tone === "better") return { text: palette.better, soft: palette["better-soft"], mark: palette["better-mark"] };
  if (tone === "mixed") return { text: palette.mixed, soft: palette["mixed-soft"], mark: palette.mixed };
  return { text: palette["ink-2"], soft: palette["surface-2"], mark: palette.cross };
}
