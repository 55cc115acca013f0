import { formatChange } from "@/lib/format/change";
import { metricInSentence, metricLabel } from "@/lib/format/name";
import { plural } from "@/lib/format/number";
import { formatMonth, shortSha } from "@/lib/format/time";
import { formatDifference, formatScaled, formatValue, scaleFor } from "@/lib/format/unit";
import { toneOfChange, type VerdictTone } from "@/lib/format/verdict";
import type { SeriesChangepoint, SeriesRead } from "@/lib/queries/series";

/** A piece of the sentence; `strong` is what it says, `tone` a figure with a verdict. */
export type Words = { text: string; strong?: boolean; tone?: VerdictTone };

/** What one metric did between two places of the branch. */
export type Movement = {
  read: SeriesRead;
  label: string;
  changepoints: SeriesChangepoint[];
  /** Levels at the ends of the window; null without an analysed segment. */
  from: number | null;
  to: number | null;
  /** to / from - 1; null where no ratio exists. */
  change: number | null;
  tone: VerdictTone;
};

/** What each metric did in the window, by its levels: those of the segments at either end. */
export function movementOf(read: SeriesRead, places: { from: number; to: number }): Movement {
  const changepoints = read.changepoints.filter(({ position }) => position > places.from && position <= places.to);
  const inside = read.segments.filter(({ first, last }) => last >= places.from && first <= places.to);
  const [first] = inside;
  const [step] = changepoints;
  // Points that detection leaves out may lie between the edge of the window and a step: the level before it has ended then.
  const from = step && (!first || first.first >= step.position) ? step.before : (first?.level ?? null);
  const to = inside.at(-1)?.level ?? null;
  const change = from === null || to === null || from === 0 ? null : to / from - 1;
  const tone = from === null || to === null ? "same" : toneOfChange(from, to, read.better, read.smallestEffect);
  return { read, label: metricLabel(read.metric, read.metricName), changepoints, from, to, change, tone };
}

/**
 * The answer of the page in one or two sentences, from the same rows as its table. The worse goes first and is never
 * left out; at most two metrics are told in full, the others are counted.
 */
export function sentenceOf(movements: readonly Movement[], commits: number): Words[] {
  return [...stepsOf(movements, commits), ...movements.flatMap(drifted).slice(0, 2)];
}

/** "Duration drifted, +6.0 % since 2026.9.0, no single step." */
function drifted({ read, label }: Movement): Words[] {
  const { drift } = read;
  if (!drift?.told) return [];
  const scale = scaleFor([drift.difference], read.unit);
  const beside = drift.steps === 0 ? "no single step" : `besides ${plural(drift.steps, "step")}`;
  const size = drift.change === null ? formatDifference(drift.difference, scale) : formatChange(drift.change);
  return [{ text: ` ${label} drifted: ${size} since ${drift.release ?? shortSha(drift.since)}, ${beside}.` }];
}

function stepsOf(movements: readonly Movement[], commits: number): Words[] {
  const moved = movements.filter(({ changepoints }) => changepoints.length > 0).sort(byWeight);
  if (moved.length === 0) return quiet(movements, commits);
  const told = moved.slice(0, 2);
  const rest = moved.slice(2);
  const words = told.flatMap((movement, i) => [...(i > 0 ? [{ text: " " }] : []), ...sentence(movement, i === 0)]);
  if (rest.length === 0) return words;
  const names = rest.map(({ label, change }) => `${metricInSentence(label)} (${formatChange(change)})`);
  return [...words, { text: ` Also moved: ${names.join(", ")}.` }];
}

function quiet(movements: readonly Movement[], commits: number): Words[] {
  if (commits === 0) return [{ text: "Nothing was measured in this window." }];
  if (movements.every(({ read }) => read.analysedAt === null))
    return [{ text: `${plural(commits, "measured commit")}, not analysed: only points are shown.` }];
  return [
    { text: "No changepoint in this window", strong: true },
    { text: `: ${plural(movements.length, "metric")} steady over ${plural(commits, "measured commit")}.` },
  ];
}

function byWeight(a: Movement, b: Movement): number {
  return Number(b.tone === "worse") - Number(a.tone === "worse") || Math.abs(b.change ?? 0) - Math.abs(a.change ?? 0);
}

function sentence({ label, read, changepoints, from, to, change, tone }: Movement, isFirst: boolean): Words[] {
  const scale = scaleFor([from, to], read.unit);
  const ups = changepoints.filter(({ difference }) => difference > 0).length;
  const verb = ups === changepoints.length ? "rose" : ups === 0 ? "fell" : "moved";
  const where = isFirst ? " in this window" : "";
  const provisional = changepoints.some(({ state }) => state === "provisional") ? ", not confirmed yet" : "";
  return [
    { text: `${label} ${verb}${times(changepoints.length)}${where}`, strong: true },
    ...(from !== null && to !== null
      ? [{ text: `, from ${formatScaled(from, scale)} to ${formatValue(to, scale)}` }]
      : []),
    ...(change !== null ? [{ text: " (" }, { text: formatChange(change), tone }, { text: ")" }] : []),
    { text: `: ${months(changepoints)}${provisional}.` },
  ];
}

function times(count: number): string {
  return count === 1 ? "" : count === 2 ? " twice" : ` ${count} times`;
}

/** "in Nov 2022 and Mar 2023", each month once; by commits where no date is known. */
function months(changepoints: readonly SeriesChangepoint[]): string {
  const names = new Set(
    changepoints.map(({ committedAt, firstShifted }) =>
      committedAt ? formatMonth(committedAt, true) : `at ${firstShifted.slice(0, 7)}`,
    ),
  );
  const list = [...names];
  const shown = list.length > 4 ? [list[0], `${list.length - 2} more`, list.at(-1)] : list;
  const text = shown.length > 1 ? `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}` : shown[0];
  return text?.startsWith("at ") ? text : `in ${text}`;
}
