import { dateTicks } from "@/lib/chart/dates";
import { frameOf } from "@/lib/chart/frame";
import { memberTrend } from "@/lib/chart/memberTrend";
import { metricInSentence, metricLabel, paramsLabel } from "@/lib/format/name";
import { NBSP, plural } from "@/lib/format/number";
import { formatDate, formatRange } from "@/lib/format/time";
import { formatScaled, formatValue, type Scale } from "@/lib/format/unit";
import { capitalised, toneOf, wayOf } from "@/lib/format/verdict";
import { chartsOf, mainEnvironment, pairsOf } from "@/lib/shift/pairs";
import type { PictureMember, PictureShift } from "@/lib/shift/pictured";
import { changeText, countsText, intervalText, standingText } from "@/lib/shift/words";
import type { Theme } from "@/lib/urls/share";
import { AXIS_HEIGHT, drawChart, picture } from "./chart";
import { glyph, glyphWidth, tonesOf } from "./glyph";
import { label } from "./label";
import { PALETTES, type Palette } from "./palette";
import { element, joined, type Markup } from "./svg";
import { cut, textWidth, wrapped } from "./text";

/** As previews of links are cut: 600 by 315 px, drawn twice as large, so that nothing is read below its own size. */
export const SHIFT_WIDTH = 600;
export const SHIFT_HEIGHT = 315;
const SCALE = 2;

const SIDE = 22;
const GAP = 26;
const TITLE = { size: 18, line: 23, lines: 2 };
const INNER = SHIFT_WIDTH - 2 * SIDE;

/** A shift as one picture: title, verdict, range, and its one or two leading series, as its page draws them. */
export function shiftPicture(shift: PictureShift, theme: Theme): string {
  const palette = PALETTES[theme];
  const title = wrapped(shift.title, INNER, TITLE.size, TITLE.lines, "semibold");
  const top = 50 + title.length * TITLE.line;
  const charts = shift.range === null ? [] : chartsOf(pairsOf(shift.members, mainEnvironment(shift, null)), 2);
  const width = charts.length > 1 ? (INNER - GAP) / 2 : INNER;
  return picture(
    { width: SHIFT_WIDTH, height: SHIFT_HEIGHT, scale: SCALE, title: `#${shift.number} ${shift.title}` },
    palette,
    [
      head(shift, palette),
      ...title.map((line, i) =>
        label(SIDE, 58 + i * TITLE.line, line, { size: TITLE.size, weight: "semibold", fill: palette.ink }),
      ),
      label(SIDE, top + 11, sentence(shift), { fill: palette["ink-2"], most: INNER }),
      ...charts.map((member, i) =>
        element(
          "g",
          { transform: `translate(${SIDE + i * (width + GAP)} ${top + 28})` },
          memberPicture(shift, member, { width, height: SHIFT_HEIGHT - top - 36, id: `c${i}` }, palette),
        ),
      ),
      ...(charts.length === 0 ? [nothing(shift, top, palette)] : []),
    ],
  );
}

function head({ project, number, direction }: PictureShift, palette: Palette): Markup {
  const tone = toneOf(direction);
  const { text, soft } = tonesOf(tone, palette);
  const word = capitalised(direction);
  const width = glyphWidth(tone) + textWidth(word, 12, "semibold") + 19;
  const left = SHIFT_WIDTH - SIDE - width;
  return joined([
    label(SIDE, 31, `${project.name} · shift #${number}`, { fill: palette["ink-3"], most: left - SIDE - 12 }),
    element("rect", { x: left, y: 17, width, height: 20, rx: 4, fill: soft }),
    glyph(left + 7, 22.5, tone, "up", text),
    label(left + 12 + glyphWidth(tone), 31, word, { fill: text, weight: "semibold" }),
  ]);
}

/** "12 series got worse and 3 better · fad7f65..c53d30c, 7 commits · 10 Nov 2022 · in 2022.11.0" */
function sentence(shift: PictureShift): string {
  const { commitsBetween, containedIn, firstShiftedAt } = shift;
  const range = formatRange(shift.lastGood, shift.firstShifted);
  const parts = [
    countsText(shift.summary),
    commitsBetween === null ? range : `${range}, ${plural(commitsBetween + 1, "commit")}`,
    firstShiftedAt === null ? "" : formatDate(firstShiftedAt),
    containedIn === null ? "in no release yet" : `since ${containedIn}`,
  ];
  const standing = shift.state === "confirmed" ? null : standingText(shift);
  return `${standing ? `${standing} ` : ""}${parts.filter(Boolean).join(" · ")}`;
}

type Box = { width: number; height: number; id: string };

function memberPicture(shift: PictureShift, member: PictureMember, box: Box, palette: Palette): Markup {
  const top = 48;
  const height = Math.max(60, box.height - top - AXIS_HEIGHT);
  const { domain, trend } = memberTrend(member, shift.window, height);
  const frame = frameOf({ width: box.width, height }, domain, trend.y, { top: 8, right: 1, bottom: 4, left: 56 });
  const months = shift.months.map(({ position, committedAt }) => ({ x: position, at: committedAt }));
  const places = trend.points.map(({ x, committedAt }) => ({ x, at: committedAt }));
  const ticks = dateTicks(months, places, domain, frame.x);
  const tone = toneOf(member.direction);
  const shaded = shift.range && {
    ...shift.range,
    tone: tone === "worse" || tone === "better" ? tone : ("plain" as const),
  };
  return joined([
    caption(member, trend.scale, box.width, palette),
    element(
      "g",
      { transform: `translate(0 ${top})` },
      drawChart({ trend, frame, palette, ticks, id: box.id, ...(shaded && { range: shaded }) }),
    ),
  ]);
}

/** Three lines: which series, its levels and change, how certain. */
function caption(member: PictureMember, scale: Scale, width: number, palette: Palette): Markup {
  const { workload, params, metric, metricName, environment, before, after, direction, difference } = member;
  const given = paramsLabel(params);
  const measure = [metricInSentence(metricLabel(metric, metricName)), given, environment].filter(Boolean).join(", ");
  const name = cut(workload, width * 0.62, 12, "semibold");
  const nameWidth = textWidth(name, 12, "semibold") + 6;
  const tone = toneOf(direction);
  const { text } = tonesOf(tone, palette);
  const change = changeText(member);
  const changeWidth = textWidth(change, 13, "semibold");
  const interval = intervalText(member);
  const points = `${member.pointsBefore} and ${plural(member.pointsAfter, "point")}`;
  return joined([
    label(0, 10, name, { weight: "semibold", fill: palette.ink }),
    label(nameWidth, 10, measure, { fill: palette["ink-3"], most: width - nameWidth }),
    label(0, 28, `${formatScaled(before, scale)} → ${formatValue(after, scale)}`, {
      size: 13,
      weight: "semibold",
      fill: palette.ink,
      most: width - changeWidth - 26,
    }),
    glyph(width - changeWidth - 15, 19, tone, wayOf(difference), text),
    label(width, 28, change, { size: 13, weight: "semibold", fill: text, align: "end" }),
    label(0, 44, `95${NBSP}% interval ${interval ?? "cannot be told"}, ${points}`, {
      fill: palette["ink-3"],
      most: width,
    }),
  ]);
}

function nothing({ withdrawnReason }: PictureShift, top: number, palette: Palette): Markup {
  const words = withdrawnReason ?? "Its commits are no longer on the branch’s line.";
  return label(SIDE, top + 44, words, { fill: palette["ink-3"], most: INNER });
}
