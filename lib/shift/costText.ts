import { formatChange } from "../format/change";
import { plural } from "../format/number";
import { formatDifference, formatQuantity, scaleFor } from "../format/unit";

/** What the largest change of a duration costs, by how often its case was run lately. */
export type RunCost = {
  workload: string;
  metric: string;
  environment: string;
  /** In `unit`. */
  before: number;
  difference: number;
  unit: string;
  change: number | null;
  /** Runs of the case in that environment, mean over `weeks`. */
  runsPerWeek: number;
  weeks: number;
};

/** A month is 365.25 / 12 days. */
const WEEKS_A_MONTH = 4.348;

/** "+18 % of 412 s on 3 runs a week: +222 s a week"; null where no ratio exists. */
export function costText({ change, before, difference, unit, runsPerWeek, workload }: RunCost): string | null {
  if (change === null || runsPerWeek <= 0) return null;
  const isWeekly = runsPerWeek >= 0.95;
  const often = isWeekly ? runsPerWeek : runsPerWeek * WEEKS_A_MONTH;
  const count = Math.max(1, Math.round(often));
  const period = isWeekly ? "week" : "month";
  const total = difference * often;
  const sum = formatDifference(total, scaleFor([total], unit));
  return `${formatChange(change)} of ${formatQuantity(before, unit)} on ${plural(count, "run")} a ${period} of ${workload}: ${sum} a ${period}`;
}
