/**
 * Columns of a bulk insert as Postgres reads arrays. pg would quote and escape every element, numbers and all, which
 * takes longer than the rest of the insert.
 */

/** `{1,2,3}`, for any array of numbers. */
export const numbers = (values: readonly number[]): string => `{${values.join()}}`;

/** An array of texts. null when none holds one: unnest fills a short column up with nulls. */
export function texts(values: readonly (string | null)[]): string | null {
  let holdsAny = false;
  let literal = "{";
  for (const [index, value] of values.entries()) {
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
