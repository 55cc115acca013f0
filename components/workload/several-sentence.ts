import { formatChange } from "@/lib/format/change";
import { plural } from "@/lib/format/number";
import { formatDifference, formatQuantity, formatValue, type Scale } from "@/lib/format/unit";
import type { SeriesPoint, SeriesRead } from "@/lib/queries/series";
import type { ShownLine } from "./lines";
import type { Movement, Words } from "./sentence";

/** One line of several: what was read of it, and what it did in the window. */
export type LineMovement = {
  line: ShownLine;
  read: SeriesRead;
  movement: Movement;
  points: ReadonlyMap<string, SeriesPoint>;
};

/**
 * What several lines of one metric did in the window: how many rose, fell and stayed, and the one that moved most; the
 * worse goes first. `total`: lines that are on, of which those given have been read.
 */
export function severalSentence(lines: readonly LineMovement[], label: string, total: number, scale: Scale): Words[] {
  const count = `${label} of ${plural(total, "line")}`;
  if (lines.length === 0) return [{ text: `${count}.` }];
  const moved = lines.filter(({ movement }) => movement.changepoints.length > 0);
  const size = ({ from, to }: Movement) => (from === null || to === null ? 0 : to - from);
  const rose = moved.filter(({ movement }) => size(movement) > 0).length;
  const fell = moved.filter(({ movement }) => size(movement) < 0).length;
  const other = moved.length - rose - fell;
  const parts = [
    rose > 0 && `${rose} rose`,
    fell > 0 && `${fell} fell`,
    other > 0 && `${other} moved and came back`,
    moved.length < lines.length && `${lines.length - moved.length} steady`,
  ].filter(Boolean);
  const read = lines.length < total ? ` of the first ${lines.length}` : "";
  return [
    { text: count, strong: true },
    { text: `: ${parts.join(", ")}${read} in this window.` },
    ...largest(moved, scale),
    ...ends(lines, scale),
  ];
}

function largest(moved: readonly LineMovement[], scale: Scale): Words[] {
  const weight = ({ movement }: LineMovement) => (movement.tone === "worse" ? 1e6 : 0) + Math.abs(movement.change ?? 0);
  const [first] = moved.toSorted((a, b) => weight(b) - weight(a));
  if (!first) return [];
  const { line, movement } = first;
  const { change, from, to, tone } = movement;
  if (from === null || to === null) return [];
  const text = change === null ? formatDifference(to - from, scale) : formatChange(change);
  return [{ text: ` Largest: ${line.label} ` }, { text, tone }, { text: "." }];
}

/** "Level now from 1.2 s (size=1) to 7.9 s (size=5)." */
function ends(lines: readonly LineMovement[], scale: Scale): Words[] {
  const levels = lines
    .flatMap(({ line, movement }) => (movement.to === null ? [] : [{ label: line.label, level: movement.to }]))
    .sort((a, b) => a.level - b.level);
  const [least, most] = [levels[0], levels.at(-1)];
  if (!least || !most || least === most) return [];
  // Levels far apart do not read in one unit.
  const isFar = Math.abs(most.level) > 100 * Math.abs(least.level);
  const unit = lines[0]?.read.unit ?? "";
  const inUnit = (level: number) => (isFar ? formatQuantity(level, unit) : formatValue(level, scale));
  return [
    {
      text: ` Level now from ${inUnit(least.level)} (${least.label}) to ${inUnit(most.level)} (${most.label}).`,
    },
  ];
}
