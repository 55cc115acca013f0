"use client";
import Link from "next/link";
import { type KeyboardEvent, useMemo, useRef, useState } from "react";
import { useWidth } from "@/components/charts/use-width";
import { classes } from "@/components/ui/classes";
import type { Tone } from "@/components/ui/glyph";
import { type Frame, frameOf } from "@/lib/chart/frame";
import { changeDomain } from "@/lib/chart/reach";
import { type LabelBox, neighbourOf, placeLabels, type ScatterPlace } from "@/lib/chart/scatter";
import { linearTicks } from "@/lib/chart/ticks";
import { formatChangeTick } from "@/lib/format/change";

/** A case of the scatter, as text where a reader needs it. */
export type ScatterPoint = ScatterPlace & {
  label: string;
  /** Case, both changes, and what they mean together. */
  text: string;
  href: string;
  tone: Tone;
};

export type ScatterAxis = {
  label: string;
  /** Within these relative changes lies what is not worth telling. */
  band: readonly [number, number];
};

type Props = {
  points: readonly ScatterPoint[];
  across: ScatterAxis;
  up: ScatterAxis;
  /** Words of the four corners. */
  quadrants: { topLeft: string; topRight: string; bottomLeft: string; bottomRight: string };
};

const HEIGHT = 288;
/** Above and below the points there is a line for the words of the corners. */
const CORNER = 18;
const MARGIN = { top: 22 + CORNER, right: 10, bottom: 38 + CORNER, left: 50 };
/** Beyond so many points their intervals would hide them. */
const MOST_CROSSES = 40;
const MOST_LABELS = 8;
/** Of so few points all are named, where there is room. */
const FEW = 12;
/** Size of what can be clicked at a point. */
const HIT = 18;
/** Mean width of a character of a label. */
const CHARACTER = 6.4;

const FILL: Partial<Record<Tone, string>> = {
  worse: "fill-worse-mark stroke-worse-mark",
  better: "fill-bg stroke-better-mark",
  mixed: "fill-mixed stroke-mixed",
  same: "fill-ink-3 stroke-ink-3",
  unsure: "fill-bg stroke-ink-3",
  up: "fill-ink-2 stroke-ink-2",
  down: "fill-bg stroke-ink-2",
};
const LINE: Partial<Record<Tone, string>> = {
  worse: "stroke-worse-mark",
  better: "stroke-better-mark",
  mixed: "stroke-mixed",
};

/** The change of one metric against that of another, a point per case; arrow keys walk the points, Enter opens one. */
export function Scatter({ points, across, up, quadrants }: Props) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const [active, setActive] = useState<number | null>(null);
  const shown = active === null ? null : points[active];
  return (
    <div ref={ref} className="min-w-0">
      <nav aria-label={`${up.label} against ${across.label.toLowerCase()}`} style={{ height: HEIGHT }}>
        {width !== null && <Plot {...{ points, across, up, quadrants, active }} width={width} onActive={setActive} />}
      </nav>
      <p aria-hidden="true" className={classes("min-h-8 pl-[50px] text-label", shown ? "text-ink-2" : "text-ink-3")}>
        {shown ? shown.text : "Each point is a case. Arrow keys walk them, Enter opens one."}
      </p>
    </div>
  );
}

type PlotProps = Props & { width: number; active: number | null; onActive: (place: number | null) => void };

function Plot({ points, across, up, quadrants, width, active, onActive }: PlotProps) {
  const links = useRef<(HTMLAnchorElement | null)[]>([]);
  const { frame, places, labels, ticks } = useMemo(() => layOut(points, width), [points, width]);
  const onKeyDown = (event: KeyboardEvent, at: number) => {
    const ways = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" } as const;
    const way = ways[event.key as keyof typeof ways];
    if (!way) return;
    event.preventDefault();
    links.current[neighbourOf(places, at, way)]?.focus();
  };
  // One stop for the tab key: the point that was left, or the first.
  const stop = active ?? 0;
  return (
    <div className="relative" style={{ width, height: HEIGHT }}>
      <svg width={width} height={HEIGHT} className="block overflow-visible" aria-hidden="true">
        <Ground {...{ frame, ticks, across, up, quadrants }} />
        {points.length <= MOST_CROSSES &&
          points.map((point, i) => <Cross key={point.href} point={point} place={places[i]} frame={frame} />)}
        {/* The most telling points lie on top. */}
        {points.toReversed().map((point, k) => (
          <Mark key={point.href} tone={point.tone} place={places[points.length - 1 - k]} />
        ))}
        {labels.map((box, i) => {
          const point = points[i];
          return box && point && <Label key={point.href} box={box} text={point.label} isCalled={isCalled(point)} />;
        })}
      </svg>
      {points.map((point, i) => (
        <Link
          key={point.href}
          href={point.href}
          prefetch={false}
          ref={(element) => {
            links.current[i] = element;
          }}
          tabIndex={i === stop ? 0 : -1}
          aria-label={point.text}
          style={{ left: (places[i]?.x ?? 0) - HIT / 2, top: (places[i]?.y ?? 0) - HIT / 2, width: HIT, height: HIT }}
          className="absolute rounded-full hover:shadow-[inset_0_0_0_2px_var(--accent)]"
          onFocus={() => onActive(i)}
          onPointerEnter={() => onActive(i)}
          onKeyDown={(event) => onKeyDown(event, i)}
        />
      ))}
    </div>
  );
}

const isCalled = ({ tone }: ScatterPoint) => tone !== "same" && tone !== "unsure";

type PointPlace = { x: number; y: number; beyond: boolean };

function layOut(points: readonly ScatterPoint[], width: number) {
  const domain = changeDomain(
    points.map((point) => ({ change: point.x, ends: [point.x, point.x], called: isCalled(point) })),
  );
  const [lo, hi] = changeDomain(
    points.map((point) => ({ change: point.y, ends: [point.y, point.y], called: isCalled(point) })),
  );
  const frame = frameOf({ width, height: HEIGHT }, domain, { lo, hi }, MARGIN);
  const places = points.map(({ x, y }): PointPlace => {
    const [left, top] = [frame.x(x), frame.y(y)];
    const within = {
      x: clamp(left, frame.plot.left, frame.plot.right),
      y: clamp(top, frame.plot.top, frame.plot.bottom),
    };
    return { ...within, beyond: within.x !== left || within.y !== top };
  });
  const wanted = points.map((point, i) => (i < MOST_LABELS && isCalled(point)) || points.length <= FEW);
  const labels = placeLabels(
    points.map(({ label }, i) => ({
      ...(places[i] as PointPlace),
      width: label.length * CHARACTER,
      wanted: wanted[i] ?? false,
    })),
    frame.plot,
  );
  return { frame, places, labels, ticks: { x: linearTicks(...domain, 5).values, y: linearTicks(lo, hi, 4).values } };
}

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

type GroundProps = Pick<Props, "across" | "up" | "quadrants"> & {
  frame: Frame;
  ticks: { x: number[]; y: number[] };
};

/** Grid, what is not worth telling as a grey cross, axes, and the words of the corners. */
function Ground({ frame, ticks, across, up, quadrants }: GroundProps) {
  const { left, right } = frame.plot;
  const [top, bottom] = [frame.plot.top - CORNER, frame.plot.bottom + CORNER];
  const [from, to] = across.band.map(frame.x) as [number, number];
  const [low, high] = up.band.map(frame.y) as [number, number];
  return (
    <g>
      {ticks.y.map((tick) => (
        <g key={tick}>
          <line
            x1={left}
            x2={right}
            y1={frame.y(tick)}
            y2={frame.y(tick)}
            className={tick === 0 ? "stroke-line-strong" : "stroke-grid"}
          />
          <text x={left - 8} y={frame.y(tick) + 4} textAnchor="end" className="fill-ink-3 text-label">
            {formatChangeTick(tick)}
          </text>
        </g>
      ))}
      <rect
        x={clamp(from, left, right)}
        width={clamp(to, left, right) - clamp(from, left, right)}
        y={top}
        height={bottom - top}
        className="fill-null opacity-60"
      />
      <rect
        x={left}
        width={right - left}
        y={clamp(high, top, bottom)}
        height={clamp(low, top, bottom) - clamp(high, top, bottom)}
        className="fill-null opacity-60"
      />
      <line x1={frame.x(0)} x2={frame.x(0)} y1={top} y2={bottom} className="stroke-line-strong" />
      {ticks.x.map((tick) => (
        <text key={tick} x={frame.x(tick)} y={bottom + 15} textAnchor="middle" className="fill-ink-3 text-label">
          {formatChangeTick(tick)}
        </text>
      ))}
      <text x={left - 42} y={10} className="fill-ink-2 text-label">
        ↑ {up.label}
      </text>
      <text x={right} y={bottom + 33} textAnchor="end" className="fill-ink-2 text-label">
        {across.label} →
      </text>
      <Corner x={left + 4} y={top + 11}>
        {quadrants.topLeft}
      </Corner>
      <Corner x={right - 4} y={top + 11} end>
        {quadrants.topRight}
      </Corner>
      <Corner x={left + 4} y={bottom - 4}>
        {quadrants.bottomLeft}
      </Corner>
      <Corner x={right - 4} y={bottom - 4} end>
        {quadrants.bottomRight}
      </Corner>
    </g>
  );
}

function Label({ box, text, isCalled }: { box: LabelBox; text: string; isCalled: boolean }) {
  return (
    <text
      x={box.anchor === "end" ? box.left + box.width : box.left}
      y={box.top + 11}
      textAnchor={box.anchor}
      className={classes("stroke-bg text-label [paint-order:stroke]", isCalled ? "fill-ink font-medium" : "fill-ink-3")}
      strokeWidth={3}
    >
      {text}
    </text>
  );
}

function Corner({ x, y, end, children }: { x: number; y: number; end?: boolean; children: string }) {
  return (
    <text
      x={x}
      y={y}
      textAnchor={end ? "end" : "start"}
      className="fill-ink-3 stroke-bg text-label [paint-order:stroke]"
      strokeWidth={3}
    >
      {children}
    </text>
  );
}

function Cross({ point, place, frame }: { point: ScatterPoint; place: PointPlace | undefined; frame: Frame }) {
  if (!place) return null;
  const { left, right, top, bottom } = frame.plot;
  const [from, to] = (point.xInterval ?? [point.x, point.x]).map((x) => clamp(frame.x(x), left, right)) as [
    number,
    number,
  ];
  const [low, high] = (point.yInterval ?? [point.y, point.y]).map((y) => clamp(frame.y(y), top, bottom)) as [
    number,
    number,
  ];
  const look = { className: LINE[point.tone] ?? "stroke-ink-4", strokeOpacity: 0.5 };
  return (
    <g>
      <line x1={from} x2={to} y1={place.y} y2={place.y} {...look} />
      <line x1={place.x} x2={place.x} y1={low} y2={high} {...look} />
    </g>
  );
}

/** Filled worse, hollow better, half mixed, small grey unchanged; a triangle where the point lies off the chart. */
function Mark({ tone, place }: { tone: Tone; place: PointPlace | undefined }) {
  if (!place) return null;
  const { x, y, beyond } = place;
  const shape = { className: FILL[tone] ?? "fill-ink-3", strokeWidth: 1.5 };
  if (beyond) return <path d={`M${x} ${y - 5}l5 9h-10Z`} {...shape} />;
  if (tone === "worse" || tone === "better") return <rect x={x - 3.5} y={y - 3.5} width={7} height={7} {...shape} />;
  if (tone === "mixed") return <path d={`M${x} ${y - 5.5}l5.5 5.5l-5.5 5.5l-5.5 -5.5Z`} {...shape} />;
  return <circle cx={x} cy={y} r={tone === "same" ? 2.5 : 3.5} {...shape} />;
}
