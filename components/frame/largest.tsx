import { Delta } from "@/components/ui/delta";
import { formatChange } from "@/lib/format/change";
import { metricLabel } from "@/lib/format/name";
import { formatDifference, scaleFor } from "@/lib/format/unit";
import { toneOf, wayOf } from "@/lib/format/verdict";
import type { Member } from "@/lib/shift/summary";

type Named = Pick<Member, "metric" | "metricName" | "workload">;

/** "Worker CPU of tree_reduction". */
export function memberName({ metric, metricName, workload }: Named): string {
  return `${metricLabel(metric, metricName)} of ${workload}`;
}

/** The change of one series with its verdict; where no ratio exists, in the metric's unit. */
export function MemberDelta({ member }: { member: Pick<Member, "change" | "difference" | "unit" | "direction"> }) {
  const { change, difference, unit, direction } = member;
  const text = change === null ? formatDifference(difference, scaleFor([difference], unit)) : formatChange(change);
  return <Delta tone={toneOf(direction)} way={wayOf(difference)} text={text} />;
}
