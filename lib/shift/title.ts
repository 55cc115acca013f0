import { formatChange } from "../format/change";
import { metricInSentence, metricLabel } from "../format/name";
import { formatDifference, scaleFor } from "../format/unit";
import type { Counts, Member, ShiftSummary } from "./summary";

/** A title longer than this loses its second half. */
export const TITLE_LENGTH = 90;

/** What the title is made of: the part of a summary that it names. */
export type Titled = Pick<ShiftSummary, "largest" | "worst" | "best" | "environments">;

/**
 * A shift in words: "Duration of map_futures +138 % and 11 more worse; peak memory of anom_mean −20.5 %".
 * What got worse goes first and is never left out. Each number is that of the environment whose change is named.
 */
export function shiftTitle({ largest, worst, best, environments }: Titled): string {
  const count = (member: Member, side: keyof Counts) =>
    environments.find(({ name }) => name === member.environment)?.[side] ?? 0;
  const lead = worst ?? best;
  if (!lead) return half(largest, count(largest, "moved"), "");
  const first = worst ? half(worst, count(worst, "worse"), " worse") : half(lead, count(lead, "better"), " better");
  if (!worst || !best) return first;
  const whole = `${first}; ${metricInSentence(step(best))}`;
  return [...whole].length > TITLE_LENGTH ? first : whole;
}

function half(member: Member, count: number, side: string): string {
  return count > 1 ? `${step(member)} and ${count - 1} more${side}` : step(member);
}

function step(member: Member): string {
  const label = metricLabel(member.metric, member.metricName);
  return `${label} of ${member.workload} ${changeWords(member)}`;
}

/** A step where no ratio exists is told in the metric's unit. */
function changeWords({ change, difference, unit }: Member): string {
  return change === null ? formatDifference(difference, scaleFor([difference], unit)) : formatChange(change);
}
