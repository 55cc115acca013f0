import { z } from "zod";
import { Invalid } from "@/lib/errors";
import type { Json } from "@/lib/model/words";

/** A list in parts: `next` goes into `?cursor=` for the part that follows; null at the end. `total` counts all parts. */
export type Page<Item> = { total: number; items: Item[]; next: string | null };

/** Query parameters of every list; spread it into the strict schema of a list's query. */
export const pageQuery = {
  limit: z.coerce
    .number("Must be a whole number from 1 to 1000.")
    .int("Must be a whole number from 1 to 1000.")
    .min(1, "Must be a whole number from 1 to 1000.")
    .max(1000, "Must be a whole number from 1 to 1000.")
    .default(100)
    .describe("How many rows a part has."),
  cursor: z
    .string("Must be the 'next' of the part before.")
    .optional()
    .describe("The next of the part before; left out, the first part."),
};

/** A cursor that holds the sort values of the last row that was given. */
export const encodeCursor = (values: Json[]): string => Buffer.from(JSON.stringify(values)).toString("base64url");

/** What `encodeCursor` packed, checked by `shape`; null for no cursor. Throws Invalid. */
export function decodeCursor<T>(cursor: string | undefined, shape: z.ZodType<T>): T | null {
  if (cursor === undefined) return null;
  try {
    return shape.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
  } catch {
    throw new Invalid("?cursor is not one that this list gave. Send its 'next' unchanged, or none.");
  }
}

/** One row more than `limit` was read: cuts it off and says where the next part begins. */
export function pageOf<Row, Item>(
  rows: Row[],
  limit: number,
  total: number,
  item: (row: Row) => Item,
  cursor: (last: Row) => Json[],
): Page<Item> {
  const part = rows.slice(0, limit);
  const last = part.at(-1);
  return { total, items: part.map(item), next: rows.length > limit && last ? encodeCursor(cursor(last)) : null };
}
