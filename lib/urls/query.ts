/** What Next gives a page, what a browser has: both can be parsed. */
export type SearchParams = URLSearchParams | Record<string, string | string[] | undefined>;

/** One parameter of the query string: how its texts become a value, and back. No text means: the default, left out. */
export type Param<T> = {
  parse(texts: string[]): T;
  build(value: T): string[];
};

export type Selection<Params> = { [Key in keyof Params]: Params[Key] extends Param<infer T> ? T : never };

/** Free text; null when absent or empty. */
export const text: Param<string | null> = {
  parse: ([first]) => first || null,
  build: (value) => (value ? [value] : []),
};

/** Several texts, in the order given: repeated in the query string, so that any character may occur in them. */
export const texts: Param<string[]> = {
  parse: (all) => all.filter((one) => one !== ""),
  build: (value) => value.filter((one) => one !== ""),
};

/** A whole number from `least` on; anything else is the default. */
export function whole<Default extends number | null>(fallback: Default, least = 0): Param<number | Default> {
  return {
    parse: ([first = ""]) => (/^\d{1,15}$/.test(first) && Number(first) >= least ? Number(first) : fallback),
    build: (value) => (value === fallback || value === null ? [] : [String(value)]),
  };
}

/** A number between two ends, with at most two digits after the point; anything else is null. */
export function decimal(least: number, most: number): Param<number | null> {
  return {
    parse: ([first = ""]) => {
      const value = /^\d{1,9}(\.\d{1,2})?$/.test(first) ? Number(first) : Number.NaN;
      return value >= least && value <= most ? value : null;
    },
    build: (value) => (value === null ? [] : [String(Math.round(value * 100) / 100)]),
  };
}

/** One word of a list; anything else is the default. */
export function oneOf<const Word extends string, const Default extends Word | null>(
  words: readonly Word[],
  fallback: Default,
): Param<Word | Default> {
  return {
    parse: ([first]) => words.find((word) => word === first) ?? fallback,
    build: (value) => (value === fallback || value === null ? [] : [value]),
  };
}

/** A switch: `?zero=1`, off by default. */
export const flag: Param<boolean> = {
  parse: ([first]) => first === "1",
  build: (value) => (value ? ["1"] : []),
};

/**
 * The grammar of one view's query string: parse gives every parameter a value, build writes them in the order of
 * `params`, defaults left out, so that one selection has one address. parse(build(x)) = x.
 */
export function grammar<Values extends object>(params: { readonly [Key in keyof Values]: Param<Values[Key]> }) {
  const entries = Object.entries(params) as [string, Param<unknown>][];
  return {
    parse(search: SearchParams): Values {
      return Object.fromEntries(entries.map(([key, param]) => [key, param.parse(textsOf(search, key))])) as Values;
    },
    /** "?a=1&b=2", or "" when everything is at its default. */
    build(values: Partial<Values>): string {
      const given = values as Record<string, unknown>;
      const pairs = entries.flatMap(([key, param]) =>
        given[key] === undefined ? [] : param.build(given[key]).map((one) => `${readable(key)}=${readable(one)}`),
      );
      return pairs.length ? `?${pairs.join("&")}` : "";
    },
  };
}

function textsOf(search: SearchParams, key: string): string[] {
  if (search instanceof URLSearchParams) return search.getAll(key);
  const found = Object.hasOwn(search, key) ? search[key] : undefined;
  return found === undefined ? [] : Array.isArray(found) ? found : [found];
}

/** Escapes what a query string needs escaped, and leaves readable what people read: slashes, colons, commas. */
function readable(value: string): string {
  return encodeURIComponent(wellFormed(value))
    .replace(/%2F/g, "/")
    .replace(/%3A/g, ":")
    .replace(/%2C/g, ",")
    .replace(/%40/g, "@")
    .replace(/%20/g, "+");
}

/** One part of a path, whatever characters it holds. "." and ".." would be resolved away, so their dots are escaped. */
export function segment(value: string): string {
  const escaped = encodeURIComponent(wellFormed(value));
  return /^\.{1,2}$/.test(escaped) ? escaped.replace(/\./g, "%2E") : escaped;
}

/** A text without halves of characters, which have no place in an address (encodeURIComponent throws). */
function wellFormed(value: string): string {
  return value.replace(/\p{Surrogate}/gu, "\ufffd");
}
