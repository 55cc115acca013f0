import { plural } from "@/lib/format/number";
import type { Quality, QualityVerdict, Share } from "@/lib/shift/quality";

/** What the verdict on a group says of its alerts. */
export const VERDICT_WORDS: Record<QualityVerdict, string> = {
  real: "mostly real",
  noise: "mostly noise",
  unclear: "cannot be told",
  few: "too few decisions to tell",
};

/** "80 %". */
export const percent = (share: number): string => `${Math.round(share * 100)}\u00a0%`;

/** "80 % [49, 94]", or what is missing. */
export function shareText(share: Share): string {
  if (!share) return "–";
  const [low, high] = share.interval.map((end) => Math.round(end * 100));
  return `${percent(share.value)} [${low}, ${high}]`;
}

/** "3 hours", "2.5 days": how long something took, two significant digits at most. */
export function durationText(seconds: number | null): string {
  if (seconds === null) return "–";
  const units = [
    ["minute", 60],
    ["hour", 3600],
    ["day", 86_400],
  ] as const;
  if (seconds < 60) return "under a minute";
  const [name, size] = units.findLast(([, length]) => seconds >= length) ?? units[0];
  const amount = seconds / size;
  const shown = amount < 10 ? Math.round(amount * 10) / 10 : Math.round(amount);
  return shown === 1 ? `1\u00a0${name}` : `${shown}\u00a0${name}s`;
}

/** The whole in a sentence. */
export function qualitySentence(
  { shifts, decided, real, fixedShare, firstActionSeconds }: Quality,
  since: string,
): string {
  if (shifts === 0) return `No shift was told${since}.`;
  const told = `${plural(shifts, "shift")} told${since}, ${decided} decided on.`;
  if (!real) return `${told} That is too few to tell how good the alerts are.`;
  const fixed = fixedShare ? `, ${percent(fixedShare.value)} of these fixed` : "";
  const acted =
    firstActionSeconds === null ? "" : ` Somebody acted after ${durationText(firstActionSeconds)} (median).`;
  return `${told} ${percent(real.value)} were real${fixed}.${acted}`;
}
