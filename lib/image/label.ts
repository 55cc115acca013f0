import { element, escapeText, type Markup } from "./svg";
import { cut, type Weight } from "./text";

export type Align = "start" | "middle" | "end";
type Style = {
  size?: number;
  weight?: Weight;
  fill: string;
  align?: Align;
  mono?: boolean;
  /** Longest width in px; what is longer ends in an ellipsis. */
  most?: number;
  /** A halo in this colour, for words that stand on a drawing. */
  halo?: string;
};

const FAMILY = "Geist, system-ui, sans-serif";
const MONO = "'Geist Mono', ui-monospace, monospace";

/** One line of text; `y` is its baseline. */
export function label(x: number, y: number, text: string, style: Style): Markup {
  const { size = 12, weight = "regular", fill, align = "start", mono, most, halo } = style;
  const shown = most === undefined ? text : cut(text, most, size, weight);
  return element(
    "text",
    {
      x,
      y,
      fill,
      "font-family": mono ? MONO : FAMILY,
      "font-size": size,
      "font-weight": weight === "semibold" ? 600 : null,
      "text-anchor": align === "start" ? null : align,
      ...(halo && { stroke: halo, "stroke-width": 3, "stroke-linejoin": "round", "paint-order": "stroke" }),
    },
    escapeText(shown),
  );
}
