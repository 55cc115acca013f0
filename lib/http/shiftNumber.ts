import { NotFound } from "@/lib/errors";

/** The number of a shift in a path. Throws NotFound for what can be none. */
export function shiftNumber(text = ""): number {
  if (!/^\d{1,9}$/.test(text)) throw new NotFound(`Shifts have numbers; '${text}' is none.`);
  return Number(text);
}
