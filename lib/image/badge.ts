import { element, escapeText, joined, type Markup } from "./svg";
import { textWidth } from "./text";

export type BadgeTone = "worse" | "fine" | "unknown";

const HEIGHT = 20;
const PAD = 7;
const SIZE = 11;
const GROUND = { worse: "#b4380a", fine: "#00696a", unknown: "#656c78" } as const;
const NAME_GROUND = "#464d58";
/** Longest message in px. */
const MOST = 400;

/** A badge for a README: a name on grey, a message on the colour of its tone. White on every ground is 5 : 1 or more. */
export function badge(name: string, message: string, tone: BadgeTone): string {
  const widths = [name, message].map((text) => Math.min(MOST, Math.ceil(textWidth(text, SIZE)) + 2 * PAD));
  const [left = 0, right = 0] = widths;
  const whole = `${name}: ${message}`;
  return element(
    "svg",
    { xmlns: "http://www.w3.org/2000/svg", width: left + right, height: HEIGHT, role: "img", "aria-label": whole },
    element("title", {}, escapeText(whole)),
    element("clipPath", { id: "r" }, element("rect", { width: left + right, height: HEIGHT, rx: 3 })),
    element(
      "g",
      { "clip-path": "url(#r)" },
      element("rect", { width: left, height: HEIGHT, fill: NAME_GROUND }),
      element("rect", { x: left, width: right, height: HEIGHT, fill: GROUND[tone] }),
    ),
    joined([half(name, 0, left), half(message, left, right)]),
  );
}

/** Text as wide as it was measured: whatever typeface the reader has, it stays in its half. */
function half(text: string, x: number, width: number): Markup {
  return element(
    "text",
    {
      x: x + PAD,
      y: 14,
      fill: "#ffffff",
      "font-family": "Geist, Verdana, 'DejaVu Sans', sans-serif",
      "font-size": SIZE,
      textLength: width - 2 * PAD,
      lengthAdjust: "spacingAndGlyphs",
    },
    escapeText(text),
  );
}
