import { prefixOf } from "@/lib/format/name";
import type { Better } from "@/lib/model/words";

/** What the order of the list looks at: names, and the cell of the metric that it is sorted by. */
export type Orderable = {
  name: string;
  params: string;
  cell: { level: number | null; change: number | null } | null;
};

export type WorkloadOrder = { sort: "change" | "name" | "value"; order: "up" | "down" | null; better: Better };

const byName = (a: Orderable, b: Orderable) => compare(a.name, b.name) || compare(a.params, b.params);

/**
 * Rows in the order asked for. By change: the worst first (where no direction is good, the largest); by value: the
 * largest first; by name: A to Z; `order` turns each. What has no value goes last either way, equals by name.
 */
export function ordered<Row extends Orderable>(rows: readonly Row[], { sort, order, better }: WorkloadOrder): Row[] {
  if (sort === "name") return [...rows].sort((a, b) => (order === "down" ? -byName(a, b) : byName(a, b)));
  const turn = order === "up" ? 1 : -1;
  return [...rows].sort((a, b) => {
    const [x, y] = [keyOf(a, sort, better), keyOf(b, sort, better)];
    if (x === null || y === null) return Number(x === null) - Number(y === null) || byName(a, b);
    return x === y ? byName(a, b) : (x < y ? -1 : 1) * turn; // not x - y: infinities have no difference
  });
}

function keyOf({ cell }: Orderable, sort: "change" | "value", better: Better): number | null {
  if (!cell) return null;
  if (sort === "value") return cell.level;
  if (cell.change === null) return null;
  return better === "lower" ? cell.change : better === "higher" ? -cell.change : Math.abs(cell.change);
}

/**
 * Brings rows of one prefix together, in the order in which the prefixes first appear; rows whose prefix nobody shares
 * come last, under "". null when that would group less than half of the rows: then it is no order but a mess.
 */
export function grouped<Row extends Orderable>(rows: readonly Row[]): { prefix: string; rows: Row[] }[] | null {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const prefix = prefixOf(row.name);
    const known = groups.get(prefix);
    if (known) known.push(row);
    else groups.set(prefix, [row]);
  }
  const shared = [...groups].filter(([prefix, members]) => prefix !== "" && members.length > 1);
  const count = shared.reduce((sum, [, members]) => sum + members.length, 0);
  if (shared.length < 2 || count * 2 < rows.length) return null;
  const kept = new Set(shared.map(([prefix]) => prefix));
  const alone = rows.filter((row) => !kept.has(prefixOf(row.name)));
  const result = shared.map(([prefix, members]) => ({ prefix, rows: members }));
  return alone.length ? [...result, { prefix: "", rows: alone }] : result;
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
