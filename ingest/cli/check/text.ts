import { byWeight, countsText, headline, inert, pageOf, type Told } from "./answer";

/** Reasons of a weight that are listed; all that fail are. */
const LISTED = 20;

/** The answer for a terminal or a log: the answer, the counts, the page, and every reason with its weight. */
export function textOf(told: Told): string[] {
  const { check } = told;
  const groups = byWeight(check.reasons).flatMap(({ weight, reasons }) => {
    const most = weight === "fail" ? reasons.length : LISTED;
    const shown = reasons.slice(0, most).map(({ text }) => text);
    const rest = reasons.length > most ? [`${reasons.length - most} more: --format json has all`] : [];
    return [...shown, ...rest].map((text) => `${weight.padEnd(11)}  ${text}`);
  });
  const head = [headline(check), countsText(check.counts), pageOf(told)];
  return [...head, ...(groups.length > 0 ? ["", ...groups] : [])].map(inert);
}
