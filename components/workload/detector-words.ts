import { formatChange, formatP } from "@/lib/format/change";
import { plural } from "@/lib/format/number";
import { shortSha } from "@/lib/format/time";
import { formatDifference, formatValue, type Scale } from "@/lib/format/unit";
import type {
  DetectorDrift,
  DetectorFinding,
  DetectorInstead,
  DetectorRead,
  DetectorRejected,
} from "@/lib/queries/detector";

/** "+4.2 %"; in the unit where there is no ratio. */
export const sizeText = (
  { change, difference }: { change: number | null; difference: number },
  scale: Scale,
): string => (change === null ? formatDifference(difference, scale) : formatChange(change));

/** "± 0.41 s, 6.5 %". */
export function noiseText({ noise, level }: Pick<DetectorRead, "noise" | "level">, scale: Scale): string {
  if (noise === null) return "cannot be told";
  const share = level ? `, ${shareText(noise / Math.abs(level))}` : "";
  return `± ${formatValue(noise, scale)}${share}`;
}

const shareText = (share: number): string => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;

/** Correlation in words: two digits, and what it means where it matters. */
export function correlationText(correlation: number | null): string {
  return correlation === null ? "cannot be told" : correlation.toFixed(2);
}

/** "6.1 %", or in the unit where the level is zero. */
export function visibleText({ change, difference }: DetectorRead["visible"][number], scale: Scale): string {
  if (difference === null) return "–";
  return change === null ? formatValue(difference, scale) : shareText(change);
}

/** Why a step is not told, in words. */
export function rejectedText({ why, p }: DetectorRejected, smallestEffect: number): string {
  switch (why) {
    case "outlier":
      return "one or two far points: the level goes on after them";
    case "short":
      return "too few points at one of the two levels";
    case "early":
      return "too few points before it to know the level";
    case "small":
      return `under the smallest effect of ${+(smallestEffect * 100).toFixed(2)} %`;
    case "weak":
      return p === null ? "as strong as noise makes it too" : `as strong as noise makes it too, p ${formatP(p)}`;
  }
}

/** How many changepoints a line has: "3", "4, 1 by hand". */
export function toldText(found: readonly Pick<DetectorFinding, "byHand">[]): string {
  const byHand = found.filter((one) => one.byHand).length;
  return byHand === 0 ? String(found.length) : `${found.length}, ${byHand} by hand`;
}

/** Why a step that the detector finds is not in the list. */
export const INSTEAD_WORDS: Record<DetectorInstead["why"], string> = {
  drift: "part of a steady drift of the line, not a step of its own",
  hand: "people marked or moved the changepoints here, and they go before the detector",
};

/** "+6.0 % since 2026.9.0, no single step"; null where nothing drifted. */
export function driftText(drift: DetectorDrift | null, scale: Scale): string | null {
  if (!drift?.isTold) return null;
  const beside = drift.steps === 0 ? "no single step" : `besides ${plural(drift.steps, "step")}`;
  const since = drift.isRelease ? drift.since : shortSha(drift.since);
  return `${sizeText(drift, scale)} since ${since}, ${beside}`;
}

/** What another sensitivity would change, over all lines shown. */
export function changeText(reads: readonly Pick<DetectorRead, "appear" | "go">[]): string {
  const count = (pick: (read: Pick<DetectorRead, "appear" | "go">) => DetectorFinding[]) =>
    reads.reduce((sum, read) => sum + pick(read).length, 0);
  const [appear, go] = [count((read) => read.appear), count((read) => read.go)];
  if (appear + go === 0) return "the findings stay as they are";
  return [appear > 0 && `${plural(appear, "changepoint")} would appear`, go > 0 && `${go} would go`]
    .filter(Boolean)
    .join(", ");
}
