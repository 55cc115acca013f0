"use client";
import { Eye, EyeOff } from "lucide-react";
import { type ChartStore, usePointing } from "@/components/charts/chart-store";
import { SeriesMark } from "@/components/charts/series-mark";
import { classes } from "@/components/ui/classes";
import type { Frame } from "@/lib/chart/frame";
import { formatScaled } from "@/lib/format/unit";
import type { ShownLine } from "./lines";
import type { DrawnLine } from "./overlay-row";

type Props = {
  label: string;
  all: readonly ShownLine[];
  lines: readonly DrawnLine[];
  frame: Frame;
  store: ChartStore;
  /** The lines that are off from now on, by key. */
  onHide: (keys: string[]) => void;
};

type Entry = { line: ShownLine; value: number | null; text: string };

/**
 * The lines of a chart with their levels now, or their values at the crosshair, nearest to the pointer first. Pointing at
 * one singles it out, a click shows it alone or all again; the eye turns one off.
 */
export function OverlayLegend({ label, all, lines, frame, store, onHide }: Props) {
  const hover = usePointing(store, (pointing) => pointing.hover);
  const y = usePointing(store, (pointing) => pointing.y);
  const scale = lines[0]?.trend.scale;
  const entries = all.map((line): Entry => {
    const drawn = lines.find((one) => one.line.key === line.key);
    const value = drawn ? valueAt(drawn, hover?.sha ?? null) : null;
    return { line, value, text: value !== null && scale ? formatScaled(value, scale) : "–" };
  });
  const isNearest = hover !== null && y !== null;
  const shown = isNearest ? nearestFirst(entries, y, frame) : entries;
  const visible = all.filter(({ isHidden }) => !isHidden);
  return (
    <div className="min-w-0" data-testid="legend">
      <div className="flex items-baseline gap-2">
        <span className="truncate font-medium" title={label}>
          {label}
        </span>
        <span className="mr-[30px] ml-auto text-label text-ink-3">{scale?.unit}</span>
      </div>
      <ul className="mt-0.5">
        {shown.map(({ line, text }) => (
          <EntryRow
            key={line.key}
            line={line}
            text={text}
            store={store}
            isAlone={visible.length === 1 && visible[0]?.key === line.key}
            onAlone={() => onHide(keysBut(all, line.key))}
            onAll={() => onHide([])}
            onToggle={() => onHide(toggled(all, line.key))}
          />
        ))}
      </ul>
      {lines[0]?.trend.y.logRefused && <p className="text-label text-warn">A value is zero or less: drawn linear.</p>}
      {visible.length < all.length && (
        <button type="button" className="link mt-0.5 min-h-6 text-label" onClick={() => onHide([])}>
          Show all {all.length}
        </button>
      )}
    </div>
  );
}

const keysBut = (all: readonly ShownLine[], key: string) =>
  all.filter((line) => line.key !== key).map((line) => line.key);

/** With one more line off or on; never with none on. */
function toggled(all: readonly ShownLine[], key: string): string[] {
  const off = all.filter((line) => (line.key === key ? !line.isHidden : line.isHidden)).map((line) => line.key);
  return off.length === all.length ? [] : off;
}

/** The value at a commit; without one the level now, or the newest point where there is no level. */
function valueAt({ movement, points, read }: DrawnLine, sha: string | null): number | null {
  if (sha !== null) return points.get(sha)?.value ?? null;
  return movement.to ?? read.points.at(-1)?.value ?? null;
}

/** By distance of their value from the pointer; those without one last. */
function nearestFirst(entries: readonly Entry[], y: number, frame: Frame): Entry[] {
  const distance = ({ value }: Entry) => (value === null ? Number.POSITIVE_INFINITY : Math.abs(frame.y(value) - y));
  return entries.toSorted((a, b) => {
    const [first, second] = [distance(a), distance(b)];
    return first === second ? 0 : first - second;
  });
}

type RowProps = {
  line: ShownLine;
  text: string;
  store: ChartStore;
  isAlone: boolean;
  onAlone: () => void;
  onAll: () => void;
  onToggle: () => void;
};

function EntryRow({ line, text, store, isAlone, onAlone, onAll, onToggle }: RowProps) {
  const { key, label, shape, isHidden } = line;
  const single = {
    onPointerEnter: () => store.set({ line: isHidden ? null : key }),
    onPointerLeave: () => store.set({ line: null }),
    onFocus: () => store.set({ line: isHidden ? null : key }),
    onBlur: () => store.set({ line: null }),
  };
  return (
    <li className="group flex items-center gap-1.5" {...single}>
      <button
        type="button"
        aria-pressed={isAlone}
        title={isAlone ? "Show all lines" : `Show only ${label}`}
        className={classes(
          "flex min-h-6 min-w-0 grow items-center gap-1.5 rounded-1 text-left hover:bg-surface",
          isHidden && "text-ink-3 line-through",
        )}
        onClick={isAlone ? onAll : onAlone}
      >
        <span className={classes(isHidden && "opacity-40")}>
          <SeriesMark shape={shape} />
        </span>
        <span className="min-w-0 truncate text-label">{label}</span>
        <span className={classes("ml-auto shrink-0 pl-1", !isHidden && "font-medium")}>{isHidden ? "" : text}</span>
      </button>
      <button
        type="button"
        aria-label={`${isHidden ? "Show" : "Hide"} ${label}`}
        className={classes(
          "flex size-6 shrink-0 items-center justify-center rounded-1 text-ink-3 hover:text-ink focus-visible:opacity-100 [@media(hover:hover)]:group-hover:opacity-100",
          !isHidden && "[@media(hover:hover)]:opacity-0",
        )}
        onClick={onToggle}
      >
        {isHidden ? (
          <EyeOff className="size-3.5" strokeWidth={1.5} aria-hidden />
        ) : (
          <Eye className="size-3.5" strokeWidth={1.5} aria-hidden />
        )}
      </button>
    </li>
  );
}
