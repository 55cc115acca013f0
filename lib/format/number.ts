/** No-break space, between a number and its unit. */
export const NBSP = "\u00a0";
/** The minus sign that is as wide as a plus. */
export const MINUS = "\u2212";
/** What stands where there is no value; a reader of the screen hears nothing of a dash, so callers give the reason. */
export const NO_VALUE = "–";

const SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/**
 * Digits after the point that show three significant ones: 2 for 7.94, 1 for 79.4, 0 from 100 on.
 * 0 for 0 and for what is not finite.
 */
export function decimalsOf(value: number): number {
  const size = Math.abs(value);
  if (!(size > 0) || !Number.isFinite(size)) return 0;
  // Rounding may carry into the next power of ten: 9.996 is 10.0, not 10.00.
  const exponent = Math.floor(Math.log10(Number(size.toPrecision(3))));
  return Math.max(0, 2 - exponent);
}

/**
 * A number as tables show it: three significant digits, whole from 100 on ("7.94", "0.0640", "1340"), powers of ten
 * outside 0.0001 to 10 million. "0" for zero, a dash for null and what is not finite. A minus is U+2212.
 */
export function formatNumber(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return NO_VALUE;
  if (value === 0) return "0";
  const size = Math.abs(value);
  const text = size >= 1e7 || size < 1e-4 ? powerOfTen(size) : size.toFixed(decimalsOf(size));
  return (value < 0 ? MINUS : "") + text;
}

function powerOfTen(size: number): string {
  const [digits = "", exponent = "0"] = size.toExponential(2).split("e");
  const raised = String(Math.abs(Number(exponent))).replace(/\d/g, (digit) => SUPERSCRIPT[Number(digit)] ?? "");
  return `${digits}×10${Number(exponent) < 0 ? "⁻" : ""}${raised}`;
}

/** A count of things: whole, thousands apart ("2,140"). A dash for null and what is not finite. */
export function formatCount(count: number | null | undefined): string {
  if (count === null || count === undefined || !Number.isFinite(count)) return NO_VALUE;
  const digits = String(Math.round(Math.abs(count))).replace(/\B(?=(\d{3})+$)/g, ",");
  return (count < 0 ? MINUS : "") + digits;
}

/** "1 shift", "25 shifts", "2 bodies" with its own plural. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)}${NBSP}${count === 1 ? one : many}`;
}

/** An expected number of rare things: one decimal below 10, whole from there. */
export function formatExpected(expected: number): string {
  return expected < 9.95 ? expected.toFixed(1) : formatCount(Math.round(expected));
}

/** A part of a whole in per cent: "98 %"; what is not quite none or all is told as "< 1 %" and "> 99 %". */
export function formatShare(share: number): string {
  const percent = Math.round(share * 100);
  if (share > 0 && percent === 0) return `< 1${NBSP}%`;
  if (share < 1 && percent === 100) return `> 99${NBSP}%`;
  return `${percent}${NBSP}%`;
}
