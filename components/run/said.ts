import { formatChange } from "@/lib/format/change";
import { metricInSentence, metricLabel, paramsLabel } from "@/lib/format/name";
import { plural } from "@/lib/format/number";
import { formatTime } from "@/lib/format/time";
import type { RunExclusion, RunJudged } from "@/lib/queries/runSaid";

/** A line per metric of which there is something to say, then one for all that are as usual. */
export function judgementLines(judgements: readonly RunJudged[]): string[] {
  const told = judgements.filter(({ state, factor }) => state !== "usual" && factor !== null);
  const usual = judgements.filter(({ state, factor }) => state === "usual" && factor !== null);
  const unknown = judgements.filter(({ factor }) => factor === null);
  return [
    ...told.map((one) => `${labelOf(one)}: ${wordsOf(one)}`),
    ...(usual.length > 0 ? [`${usual.map(labelOf).join(", ")}: as usual`] : []),
    ...(unknown.length > 0 ? [`${unknown.map(labelOf).join(", ")}: too few cases to tell`] : []),
  ];
}

const labelOf = ({ metric, metricName }: RunJudged) => metricLabel(metric, metricName);

/** "all slow: next run decides (+15.0 % over 10 cases)". */
function wordsOf({ state, factor, cases }: RunJudged): string {
  const ratio = factor ?? 1;
  const word = ratio > 1 ? "slow" : "fast";
  const size = `(${formatChange(ratio - 1)} over ${plural(cases, "case")})`;
  if (state === "pending") return `all ${word}: next run decides ${size}; left out of levels until then`;
  if (state === "slow") return `${word} run, left out of levels ${size}`;
  return `shift ${size}: the next commits stayed there, so it counts`;
}

/** "whole run, by ada, 25 Nov 2026, 01:24: The disk was full." Times are UTC. */
export function exclusionWords({ workload, params, metric, reason, excludedBy, excludedAt }: RunExclusion): string {
  const label = params === null ? "" : paramsLabel(params);
  const what =
    workload === null
      ? "whole run"
      : `${metric === null ? "" : `${metricInSentence(metricLabel(metric))} of `}${[workload, label].filter(Boolean).join(" ")}`;
  return `${what}, by ${excludedBy}, ${formatTime(excludedAt)}: ${reason}`;
}
