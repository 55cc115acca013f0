/**
 * Columns of a bulk insert as Postgres reads arrays. Numbers go in its binary format: writing them as text, and reading
 * that again, took longer than the rest of the insert. pg would quote and escape every element besides.
 */

/** Type numbers of Postgres' own types, which no version changes. */
const INT4 = 23;
const FLOAT8 = 701;
const HEADER_BYTES = 20;
const LENGTH_BYTES = 4;

/** `int[]`. */
export function ints(values: readonly number[]): Buffer {
  const width = 4;
  const column = emptyColumn(INT4, values.length, width);
  let at = HEADER_BYTES;
  for (const value of values) {
    column.setInt32(at, width);
    column.setInt32(at + LENGTH_BYTES, value);
    at += LENGTH_BYTES + width;
  }
  return Buffer.from(column.buffer);
}

/** `float8[]`. */
export function floats(values: readonly number[]): Buffer {
  const width = 8;
  const column = emptyColumn(FLOAT8, values.length, width);
  let at = HEADER_BYTES;
  for (const value of values) {
    column.setInt32(at, width);
    column.setFloat64(at + LENGTH_BYTES, value);
    at += LENGTH_BYTES + width;
  }
  return Buffer.from(column.buffer);
}

/** The head of an array, and room for so many elements of `width` bytes, each behind its length. */
function emptyColumn(type: number, length: number, width: number): DataView {
  const column = new DataView(new ArrayBuffer(HEADER_BYTES + length * (LENGTH_BYTES + width)));
  const [dimensions, hasNulls, firstIndex] = [1, 0, 1];
  for (const [place, word] of [dimensions, hasNulls, type, length, firstIndex].entries())
    column.setInt32(place * 4, word);
  return column;
}

/** An array of texts. null when none holds one: unnest fills a short column up with nulls. */
export function texts(values: readonly (string | null)[]): string | null {
  let holdsAny = false;
  let literal = "{";
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? null;
    if (index) literal += ",";
    if (value === null) literal += "NULL";
    else {
      holdsAny = true;
      literal += SPECIAL.test(value) ? `"${value.replace(/["\\]/g, "\\$&")}"` : `"${value}"`;
    }
  }
  return holdsAny ? `${literal}}` : null;
}

const SPECIAL = /["\\]/;

/**
 * JSON values, one per line, for `string_to_array($1, e'\n', '')`: JSON text holds no line break, so that a document
 * of megabytes need not be escaped. An absent value is an empty line and becomes null.
 */
export const jsonLines = (values: readonly unknown[]): string =>
  values.map((value) => (value === undefined ? "" : JSON.stringify(value))).join("\n");
