import type { Picture, PictureColour, Shape } from "@/lib/chart/picture";
import type { Verdict } from "@/lib/compare";
import { formatChangeTick } from "@/lib/format/change";
import { type ForestAxis, forestMark, placeOn, quietBand } from "./forest";

/** A row as the picture writes it. */
export type PictureRow = {
  verdict: Verdict;
  name: string;
  metric: string;
  change: number | null;
  interval: readonly [number, number] | null;
  changeText: string;
  intervalText: string;
  quiet: readonly [number, number] | null;
};

export type PictureTold = {
  title: string;
  /** Both sides, then what else must be known. */
  lines: readonly string[];
  rows: readonly PictureRow[];
  axis: ForestAxis;
};

const WIDTH = 1000;
const SIDE = 24;
const ROW = 24;
const FOREST = { left: 520, right: 830 };
const HEAD = 78;
const LINE = 18;

const MARKS: Record<Verdict, { line: PictureColour; fill: PictureColour; text: PictureColour; glyph: string }> = {
  regression: { line: "worse-mark", fill: "worse-mark", text: "worse", glyph: "▲" },
  improvement: { line: "better-mark", fill: "bg", text: "better", glyph: "▽" },
  rose: { line: "ink-2", fill: "ink-2", text: "ink-2", glyph: "↑" },
  fell: { line: "ink-2", fill: "bg", text: "ink-2", glyph: "↓" },
  unchanged: { line: "ink-3", fill: "ink-3", text: "ink-3", glyph: "=" },
  inconclusive: { line: "ink-3", fill: "bg", text: "ink-3", glyph: "~" },
};

/** The forest of the rows that are shown, as it goes into an issue: title, sides, a line per row, the axis. */
export function forestPicture({ title, lines, rows, axis }: PictureTold): Picture {
  const top = SIDE + HEAD - 44 + lines.length * LINE;
  const height = top + 22 + rows.length * ROW + SIDE;
  const shapes: Shape[] = [
    { kind: "rect", x: 0, y: 0, width: WIDTH, height, fill: "bg", stroke: null },
    text(SIDE, SIDE + 14, title, { size: 18, bold: true, fill: "ink", most: WIDTH - 2 * SIDE }),
    ...lines.map((line, i) => text(SIDE, SIDE + 38 + i * LINE, line, { fill: "ink-2", most: WIDTH - 2 * SIDE })),
    ...axis.ticks.map((tick) =>
      text(xOf(axis, tick), top + 10, formatChangeTick(tick), { size: 12, fill: "ink-3", align: "center" }),
    ),
    { kind: "line", x1: SIDE, x2: WIDTH - SIDE, y1: top + 18, y2: top + 18, stroke: "line", width: 1, dash: [] },
    ...rows.flatMap((row, i) => rowShapes(row, axis, top + 22 + i * ROW)),
  ];
  return { width: WIDTH, height, shapes };
}

type TextLook = {
  size?: number;
  bold?: boolean;
  fill?: PictureColour;
  align?: "left" | "center" | "right";
  most?: number;
};

function text(x: number, y: number, words: string, look: TextLook = {}): Shape {
  const { size = 13, bold = false, fill = "ink", align = "left", most } = look;
  return { kind: "text", x, y, text: words, align, size, bold, fill, ...(most !== undefined && { most }) };
}

const px = (place: number) => FOREST.left + place * (FOREST.right - FOREST.left);
const xOf = (axis: ForestAxis, change: number) => px(placeOn(axis, change));

function rowShapes(row: PictureRow, axis: ForestAxis, top: number): Shape[] {
  const base = top + 16;
  const look = MARKS[row.verdict];
  const band = quietBand(axis, row);
  const zero = xOf(axis, 0);
  return [
    text(SIDE, base, row.name, { bold: true, most: 250 }),
    text(SIDE + 262, base, row.metric, { fill: "ink-2", most: 130 }),
    text(FOREST.left - 24, base, `${look.glyph} ${row.changeText}`, {
      fill: look.text,
      align: "right",
      bold: row.verdict === "regression",
    }),
    ...(band
      ? [
          {
            kind: "rect",
            x: px(band.from),
            y: top + 4,
            width: px(band.to) - px(band.from),
            height: ROW - 8,
            fill: "null",
            stroke: null,
          } as const,
        ]
      : []),
    { kind: "line", x1: zero, x2: zero, y1: top, y2: top + ROW, stroke: "line-strong", width: 1, dash: [] },
    ...markShapes(row, axis, top + ROW / 2),
    text(WIDTH - SIDE, base, row.intervalText, { fill: "ink-2", align: "right" }),
    { kind: "line", x1: SIDE, x2: WIDTH - SIDE, y1: top + ROW, y2: top + ROW, stroke: "grid", width: 1, dash: [] },
  ];
}

function markShapes(row: PictureRow, axis: ForestAxis, y: number): Shape[] {
  const mark = forestMark(axis, row);
  if (!mark) return [];
  const { line, fill } = MARKS[row.verdict];
  const x = px(mark.at);
  const dash = row.verdict === "inconclusive" ? [1.5, 2.5] : [];
  const reach: Shape = {
    kind: "line",
    x1: px(mark.from),
    x2: px(mark.to),
    y1: y,
    y2: y,
    stroke: line,
    width: 1.5,
    dash,
  };
  if (mark.beyond) {
    const back = mark.beyond === "high" ? -8 : 8;
    const points = [
      [x, y],
      [x + back, y - 4.5],
      [x + back, y + 4.5],
    ] as const;
    return [reach, { kind: "path", points, fill, stroke: line, closed: true }];
  }
  if (row.verdict === "inconclusive") return [reach, { kind: "circle", x, y, radius: 3.5, fill, stroke: line }];
  const size = row.verdict === "unchanged" ? 4 : 6.5;
  return [reach, { kind: "rect", x: x - size / 2, y: y - size / 2, width: size, height: size, fill, stroke: line }];
}
