import { plural } from "@/lib/format/number";
import { formatDate, formatRange } from "@/lib/format/time";
import type { ShiftRead, ShiftLogEntry as StoredEntry } from "@/lib/queries/shift";
import type { ShiftLogEntry } from "@/lib/shift/log";

export { causeText, changeText, countsText, standingText } from "@/lib/shift/words";

/** How the range came to be what it is, when it is not as it was first told: the newest change of it. */
export function rangeHistoryText({ log }: Pick<ShiftRead, "log">): string | null {
  const last = log.findLast(({ kind }) => kind === "narrowed" || kind === "widened" || kind === "moved");
  if (!last) return null;
  const { from } = last.detail as { from: { lastGood: string; firstShifted: string } };
  return `${capitalisedKind(last.kind)} on ${formatDate(last.at)}, before ${rangeText(from)}.`;
}

/** An entry of the log in words. */
export function logText({ kind, detail }: StoredEntry): string {
  const entry = { ...(detail as object), kind } as ShiftLogEntry;
  switch (entry.kind) {
    case "opened":
      return `Opened with ${plural(entry.changepoints, "changepoint")}, ${rangeText(entry.range)}${entry.splitFrom === null ? "" : `, split from #${entry.splitFrom}`}`;
    case "returned":
      return `Back with ${plural(entry.changepoints, "changepoint")}, ${rangeText(entry.range)}`;
    case "split":
      return `Parts became ${entry.into.map((number) => `#${number}`).join(", ")}`;
    case "confirmed":
      return `Confirmed with ${plural(entry.changepoints, "changepoint")}`;
    case "narrowed":
    case "widened":
    case "moved":
      return `${capitalisedKind(entry.kind)} from ${rangeText(entry.from)} to ${rangeText(entry.to)}`;
    case "merged":
      return `Became part of #${entry.into}`;
    case "withdrawn":
      return `Withdrawn: ${entry.reason}`;
    case "recovered":
      return `Recovered by #${entry.by}`;
    case "relapsed":
      return `No longer recovered by #${entry.by}`;
    default:
      return capitalisedKind(kind);
  }
}

const rangeText = ({ lastGood, firstShifted }: { lastGood: string; firstShifted: string }) =>
  formatRange(lastGood, firstShifted);
const capitalisedKind = (kind: string) => kind.charAt(0).toUpperCase() + kind.slice(1);

/** "2022.11.0, 2022.11.1 and 20 more", in the order of the line. */
export function releasesText({ heldBy: { tags, total } }: Pick<ShiftRead, "heldBy">): string {
  const shown = tags.slice(0, 2);
  if (shown.length === 0) return "no release yet";
  return total > shown.length ? `${shown.join(", ")} and ${total - shown.length} more` : shown.join(" and ");
}

/** The rule that decided: one for every series. */
export function policyText({ detector, smallestEffects, sensitivity: [least, most] }: ShiftRead["policy"]): string {
  const effects = [...new Set(smallestEffects.map(({ smallestEffect }) => smallestEffect))].sort((a, b) => a - b);
  const [first, last] = [effects[0], effects.at(-1)].map((effect) => Math.round((effect ?? 0) * 1000) / 10);
  const under = effects.length === 0 ? "" : `, ${first === last ? `${first} %` : `${first} to ${last} %`} or more`;
  const ready = least === 1 && most === 1 ? "" : `, sensitivity ${least === most ? least : `${least} to ${most}`}`;
  return `step between two levels of one series${under}${ready}; detector ${detector}`;
}
