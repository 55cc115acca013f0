import Link from "next/link";
import { classes } from "@/components/ui/classes";
import { Glyph } from "@/components/ui/glyph";
import { type Flag, placeFlags } from "@/lib/chart/flags";
import type { Frame } from "@/lib/chart/frame";
import type { Drawn, TrendChange } from "@/lib/chart/trend";
import { formatChange } from "@/lib/format/change";
import { formatDifference, type Scale } from "@/lib/format/unit";
import { toneOf, wayOf } from "@/lib/format/verdict";
import { type ChartStore, usePointing } from "./chart-store";

const GROUND = { worse: "bg-worse-soft text-worse", better: "bg-better-soft text-better" } as const;
/** A flag is 17 high inside a target of 24, so that a finger finds it. */
const ROW_HEIGHT = 24;
const TARGET_TOP = -4;
const CLUSTER_WIDTH = 76;

type Props = {
  changes: readonly Drawn<TrendChange>[];
  scale: Scale;
  frame: Frame;
  store: ChartStore;
  /** Names the chart among those of the page, for rows that light a flag. */
  metric: string;
  /** Where a flag leads; null: nowhere. */
  urlOf: (change: TrendChange) => string | null;
};

/** The flags of changepoints above a plot: glyph and signed change, each a link to its shift. */
export function Flags({ changes, scale, frame, store, metric, urlOf }: Props) {
  const { plot } = frame;
  const flags = changes.map(
    (change): Flag => ({ x: frame.x(change.x) - plot.left, width: widthOf(textOf(change, scale)) }),
  );
  return placeFlags(flags, plot.width, CLUSTER_WIDTH).map(({ members, left, width, row }) => {
    const style = { left: plot.left + left, top: row * ROW_HEIGHT + TARGET_TOP, width };
    const [first] = members.map((i) => changes[i]);
    if (!first) return null;
    if (members.length > 1)
      return (
        <span
          key={first.sha}
          style={style}
          className="absolute z-20 mt-1 h-[17px] rounded-[2px] bg-surface-2 px-1.5 text-label font-medium text-ink-2"
        >
          {members.length} changes
        </span>
      );
    return (
      <OneFlag
        key={first.sha}
        change={first}
        text={textOf(first, scale)}
        style={style}
        href={urlOf(first)}
        store={store}
        metric={metric}
      />
    );
  });
}

const PLACE = "absolute z-20 h-6 py-[3.5px]";

type OneProps = {
  change: Drawn<TrendChange>;
  text: string;
  style: { left: number; top: number; width: number };
  href: string | null;
  store: ChartStore;
  metric: string;
};

function OneFlag({ change, text, style, href, store, metric }: OneProps) {
  const tone = toneOf(change.direction);
  const isLit = usePointing(store, ({ lit }) => lit === litKey(metric, change.sha));
  const look = classes(
    "flex h-[17px] items-center gap-[5px] rounded-[2px] pl-1.5 text-label font-semibold whitespace-nowrap",
    tone === "worse" || tone === "better" ? GROUND[tone] : "bg-surface-2 text-ink-2",
    change.state === "provisional" && "outline-1 -outline-offset-1 outline-dashed bg-bg",
    isLit && "outline-2 outline-solid",
  );
  const inside = (
    <span className={look}>
      <Glyph tone={tone} way={wayOf(change.difference)} />
      {text}
    </span>
  );
  if (href === null) {
    return (
      <span style={style} className={PLACE}>
        {inside}
      </span>
    );
  }
  const name = `Shift #${change.shift}: ${text}${change.state === "provisional" ? " points so far" : ""}`;
  return (
    <Link
      href={href}
      prefetch={false}
      style={style}
      className={PLACE}
      aria-label={name}
      title={`Shift #${change.shift}`}
    >
      {inside}
    </Link>
  );
}

export const litKey = (metric: string, sha: string) => `${metric} ${sha}`;

/** "+16.8 %"; "+14.8 %, 2 of 4" while provisional; "+16.8 %, by hand". */
function textOf(change: TrendChange, scale: Scale): string {
  const figure = change.change === null ? formatDifference(change.difference, scale) : formatChange(change.change);
  if (change.byHand) return `${figure}, by hand`;
  if (change.state === "confirmed") return figure;
  const seen = change.pointsAfter;
  return change.needsPoints > 0 ? `${figure}, ${seen} of ${seen + change.needsPoints}` : figure;
}

/** 12 px semibold, by eye: wide enough for tabular figures, with glyph and padding. */
function widthOf(text: string): number {
  return Math.ceil(text.length * 6.7 + 26);
}
