import type { ReactNode } from "react";
import { IssueLink } from "@/components/triage/link-lines";
import { Time } from "@/components/ui/time";
import { metricInSentence, metricLabel } from "@/lib/format/name";
import type { MergedShift } from "@/lib/queries/shift";

/** Series that are named; the others are counted. */
const NAMED = 3;

/** What was decided of a shift that is part of this one, by whom, and of which of its series. */
export function ShiftPartText({ part, link }: { part: MergedShift; link: ReactNode }) {
  const { status, statusReason, owner, issues, decidedBy, decidedAt } = part;
  return (
    <span className="[overflow-wrap:anywhere]">
      {link}, {status}
      {decidedBy && ` by ${decidedBy}`}
      {decidedAt && (
        <>
          {" on "}
          <Time at={decidedAt} />
        </>
      )}
      {statusReason && `: ${statusReason}`}
      {owner && <span className="block text-ink-2">Owner {owner}</span>}
      {issues.length > 0 && (
        <span className="flex flex-wrap gap-x-3">
          {issues.map((url) => (
            <IssueLink key={url} url={url} />
          ))}
        </span>
      )}
      {part.seriesTotal > 0 && <span className="block text-ink-3">{seriesText(part)}</span>}
    </span>
  );
}

function seriesText({ series, seriesTotal }: MergedShift): string {
  const named = series
    .slice(0, NAMED)
    .map((one) => `${metricInSentence(metricLabel(one.metric, one.metricName))} of ${one.workload}`);
  const left = seriesTotal - named.length;
  return `Told of ${named.join(", ")}${left > 0 ? ` and ${left} more` : ""}`;
}
