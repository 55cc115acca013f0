import type { ReactNode } from "react";
import { MemberDelta } from "@/components/frame/largest";
import { Delta } from "@/components/ui/delta";
import { Time } from "@/components/ui/time";
import { formatCount, plural } from "@/lib/format/number";
import { formatDifference, formatQuantity, scaleFor } from "@/lib/format/unit";
import type { Measured } from "@/lib/queries/overview";

/** The answer of the page in its title: what is new, or that it is quiet. */
export function headline({ news, freshness }: Measured): ReactNode {
  const { newest, recent, recentTotal, since, within, measuredCommits, commitsSince } = news;
  if (freshness.analysed.series === 0) return "Measured, not analysed yet";
  if (!newest) return `No shift in ${plural(measuredCommits, "measured commit")}`;
  const [largest] = recent;
  if (!largest) return `Quiet since #${newest.number}: ${plural(commitsSince ?? 0, "measured commit")} without a shift`;
  return (
    <>
      {plural(recentTotal, "new shift")}{" "}
      {since ? (
        <>
          since you looked on <Time at={since} />
        </>
      ) : (
        `in the last ${plural(within, "measured commit")}`
      )}
      {recentTotal > 1 ? ", the largest " : ", "}
      <MemberDelta member={largest.summary.largest} />
    </>
  );
}

/** The sentence below: what is open and what it costs, what waits, what fails now. Built from the rows of the page. */
export function Sentence({ totals, news, freshness, troubles }: Measured) {
  const { failing, missing, silent } = troubles.now;
  return (
    <>
      <Open totals={totals} />
      {news.newest && (
        <>
          {" "}
          The newest is of <Time at={news.newest.firstShiftedAt} />
          {news.since && news.recentTotal === 0 && (
            <>
              ; none is new since you looked, <Time at={news.since} withTime />
            </>
          )}
          .
        </>
      )}
      {failing > 0 && (
        <>
          {" "}
          <Who troubles={troubles} kind="failing" count={failing} /> {failing === 1 ? "fails" : "fail"} at the newest
          commit.
        </>
      )}
      {missing > 0 && (
        <>
          {" "}
          <Who troubles={troubles} kind="missing" count={missing} /> {missing === 1 ? "is" : "are"} missing from it.
        </>
      )}
      {silent > 0 && (
        <>
          {" "}
          <b className="text-warn!">{plural(silent, "metric")}</b> stopped reporting.
        </>
      )}
      {freshness.analysed.pending > 0 && (
        <>
          {" "}
          <b>{plural(freshness.analysed.pending, "posted body", "posted bodies")}</b>{" "}
          {freshness.analysed.pending === 1 ? "waits" : "wait"} for the analysis.
        </>
      )}
    </>
  );
}

type WhoProps = { troubles: Measured["troubles"]; kind: Measured["troubles"]["items"][number]["kind"]; count: number };

/** One is named, several are counted: those that the page lists are not all. */
function Who({ troubles, kind, count }: WhoProps) {
  const one = troubles.items.find((trouble) => trouble.kind === kind && trouble.isNow);
  return <b className="text-warn!">{count === 1 && one ? one.workload.name : plural(count, "workload")}</b>;
}

function Open({ totals }: { totals: Measured["totals"] }) {
  const { open, costly, costSeconds, passSeconds, cases, saving, savedSeconds } = totals;
  if (open === 0) return <b>No shift is open.</b>;
  const scale = scaleFor([costSeconds, savedSeconds], "s");
  return (
    <>
      <b>
        {plural(open, "shift")} {open === 1 ? "is" : "are"} open
      </b>
      {costly > 0 && passSeconds !== null ? (
        <>
          ; {costly === open ? (open === 1 ? "it adds" : "they add") : "those that cost time add"}{" "}
          <Delta tone="worse" way="up" text={formatDifference(costSeconds, scale)} /> to a pass of{" "}
          {cases === 1 ? "one workload" : `${formatCount(cases)} workloads`}, now {formatQuantity(passSeconds, "s")}
        </>
      ) : (
        "; none costs time"
      )}
      {saving > 0 && (
        <>
          ; {formatCount(saving)} {saving === 1 ? "saves" : "save"}{" "}
          <Delta tone="better" way="down" text={formatDifference(-savedSeconds, scale)} />
        </>
      )}
      .
    </>
  );
}
