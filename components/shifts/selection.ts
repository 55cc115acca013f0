/** What is selected of a list: some rows by their numbers, or everything that matches its filter. */
export type Selected = {
  numbers: ReadonlySet<number>;
  everything: boolean;
  /** The row from which a span goes. */
  anchor: number | null;
};

export const NOTHING: Selected = { numbers: new Set(), everything: false, anchor: null };

/** Selects a row, or leaves it out. */
export function toggle({ numbers, everything }: Selected, number: number, rows: readonly number[]): Selected {
  const next = new Set(everything ? rows : numbers);
  if (!next.delete(number)) next.add(number);
  return { numbers: next, everything: false, anchor: number };
}

/** Selects all rows from the last one that was selected (else the first) to this one. */
export function span({ numbers, anchor }: Selected, number: number, rows: readonly number[]): Selected {
  const ends = [anchor === null ? 0 : Math.max(0, rows.indexOf(anchor)), rows.indexOf(number)];
  const between = rows.slice(Math.min(...ends), Math.max(...ends) + 1);
  return { numbers: new Set([...numbers, ...between]), everything: false, anchor: anchor ?? number };
}

/** All rows of the page, or none where all are selected. */
export function togglePage({ numbers, everything }: Selected, rows: readonly number[]): Selected {
  const isWhole = everything || rows.every((number) => numbers.has(number));
  return isWhole ? NOTHING : { numbers: new Set(rows), everything: false, anchor: null };
}

export const isSelected = ({ numbers, everything }: Selected, number: number): boolean =>
  everything || numbers.has(number);

/** How many are selected, of `total` that match. */
export const countOf = ({ numbers, everything }: Selected, total: number): number =>
  everything ? total : numbers.size;
