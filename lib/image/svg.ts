import { escapeHtml } from "@/lib/format/html";

/** A piece of an SVG, ready to be joined; only the functions of this file make one. */
export type Markup = string & { readonly markup: unique symbol };

type Value = string | number | null | undefined;

/** A text as text of an SVG (or of an attribute): no tag, no entity, no character that XML refuses. */
export const escapeText = (text: string): Markup => escapeHtml(text) as Markup;

/** One element. Attributes that are null or undefined are left out; children are markup already. */
export function element(name: string, attributes: Record<string, Value>, ...children: Markup[]): Markup {
  const given = Object.entries(attributes)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === "number" ? round(value) : escapeText(String(value))}"`)
    .join("");
  return (children.length > 0 ? `<${name}${given}>${children.join("")}</${name}>` : `<${name}${given}/>`) as Markup;
}

/** Pieces, one after the other. */
export const joined = (parts: readonly Markup[]): Markup => parts.join("") as Markup;

export const NOTHING = "" as Markup;

/** Two decimals are a hundredth of a pixel. */
function round(value: number): string {
  return Number.isFinite(value) ? String(Math.round(value * 100) / 100) : "0";
}
