/** Data on their way into a page, as one text: thousands of rows as objects take React longer to write than they took to read. */
type Packed = { packed: string };

/** Fewer rows are sent as they are. */
const FEWEST_ROWS = 20;

type Row = Record<string, unknown>;

/** One field of all rows. */
type Column =
  | { all: unknown } // the same in each
  | { words: string } // texts without a space, joined by one
  | { yes: number[] } // places of those that are true
  | { list: unknown[] };

type Table = { rowsOf: number; columns: Record<string, Column> };

/** JSON of `data` whose long lists of rows, one level down, are columns. */
export const pack = (data: unknown): Packed => ({ packed: JSON.stringify(isRow(data) ? mapped(data, toTable) : data) });

/** What `pack` was given, as JSON gives it back; anything else stays what it is. */
export function unpack(sent: unknown): unknown {
  if (!isRow(sent) || typeof sent.packed !== "string" || Object.keys(sent).length !== 1) return sent;
  const data: unknown = JSON.parse(sent.packed);
  return isRow(data) ? mapped(data, toRows) : data;
}

const isRow = (value: unknown): value is Row => typeof value === "object" && value !== null && !Array.isArray(value);

const mapped = (data: Row, change: (value: unknown) => unknown): Row =>
  Object.fromEntries(Object.entries(data).map(([name, value]) => [name, change(value)]));

/** A list becomes a table where all of its rows have the same fields in the same order. */
function toTable(value: unknown): unknown {
  if (!Array.isArray(value) || value.length < FEWEST_ROWS || !value.every(isRow)) return value;
  const [first = {}] = value as Row[];
  const names = Object.keys(first);
  const fields = names.join("\n");
  if (names.length === 0 || !value.every((row) => Object.keys(row).join("\n") === fields)) return value;
  const columns = names.map((name) => [name, toColumn(value.map((row) => row[name]))]);
  return { rowsOf: value.length, columns: Object.fromEntries(columns) } satisfies Table;
}

function toColumn(values: unknown[]): Column {
  const [first] = values;
  if (typeof first !== "object" && first !== undefined && values.every((value) => value === first))
    return { all: first };
  if (values.every((value) => typeof value === "string" && value !== "" && !value.includes(" ")))
    return { words: values.join(" ") };
  if (values.every((value) => typeof value === "boolean"))
    return { yes: values.flatMap((value, at) => (value ? [at] : [])) };
  return { list: values };
}

function toRows(value: unknown): unknown {
  if (!isTable(value)) return value;
  const rows = Array.from({ length: value.rowsOf }, (): Row => ({}));
  for (const [name, column] of Object.entries(value.columns)) {
    const values = valuesOf(column, value.rowsOf);
    rows.forEach((row, at) => {
      row[name] = values[at];
    });
  }
  return rows;
}

const isTable = (value: unknown): value is Table =>
  isRow(value) && typeof value.rowsOf === "number" && isRow(value.columns) && Object.keys(value).length === 2;

function valuesOf(column: Column, length: number): unknown[] {
  if ("all" in column) return Array.from({ length }, () => column.all);
  if ("words" in column) return column.words.split(" ");
  if ("list" in column) return column.list;
  const yes = new Set(column.yes);
  return Array.from({ length }, (_, at) => yes.has(at));
}
