import { formatNumber, MINUS, NBSP, NO_VALUE } from "./number";

/** Per cents of a relative change, unsigned: one decimal, none from 100 % on, a power of ten from 10 million on. */
function perCent(change: number, digits = Math.abs(change) >= 0.9995 ? 0 : 1): string {
  const size = Math.min(Math.abs(change) * 100, Number.MAX_VALUE);
  return size >= 1e7 ? formatNumber(size) : size.toFixed(digits);
}

function signed(change: number, text = perCent(change)): string {
  return (Number(text) === 0 ? "" : change < 0 ? MINUS : "+") + text;
}

/** A relative change (0.124 is 12.4 % more) with its sign: "+12.4 %", "−7.3 %", "+176 %", "0.0 %"; a dash for null. */
export function formatChange(change: number | null | undefined): string {
  if (change === null || change === undefined || !Number.isFinite(change)) return NO_VALUE;
  return `${signed(change)}${NBSP}%`;
}

/** A tick of an axis of changes: without decimals where it is a round per cent, "0" for none. */
export const formatChangeTick = (change: number): string =>
  change === 0 ? "0" : formatChange(change).replace(/\.0(?=\D)/, "");

/** An interval of relative changes without its unit, both ends to the same digit: "+12.4 … +21.1". */
export function formatInterval(lo: number | null | undefined, hi: number | null | undefined): string {
  if (typeof lo !== "number" || typeof hi !== "number" || !Number.isFinite(lo) || !Number.isFinite(hi)) return NO_VALUE;
  const digits = Math.max(Math.abs(lo), Math.abs(hi)) >= 0.9995 ? 0 : 1;
  const end = (change: number) => signed(change, perCent(change, digits));
  return `${end(lo)}${NBSP}…${NBSP}${end(hi)}`;
}

/** A chance p or q: "< 0.001", else two significant places: "0.034". A dash for null. */
export function formatP(p: number | null | undefined): string {
  if (p === null || p === undefined || !Number.isFinite(p)) return NO_VALUE;
  if (p < 0.001) return `<${NBSP}0.001`;
  if (p >= 0.995) return "1.0";
  return p.toFixed(Math.max(2, 1 - Math.floor(Math.log10(p))));
}
