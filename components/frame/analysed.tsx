import { Time } from "@/components/ui/time";
import { plural } from "@/lib/format/number";
import { shortSha } from "@/lib/format/time";

/** What an empty list rests on, so that "nothing found" and "nothing compared" do not look the same. */
export type AnalysedFacts = {
  series: number;
  /** ISO time of the last analysis; null: there was none. */
  at: string | null;
  pending: number;
  newest: { sha: string; committedAt: string | null } | null;
};

/** "100 series analysed, last on 3 Mar 2026, 09:05 UTC; the newest run is of 045dc64, 16 Feb 2024." */
export function Analysed({ series, at, pending, newest }: AnalysedFacts) {
  return (
    <>
      {series === 0 ? "No series is analysed yet" : `${plural(series, "series", "series")} analysed`}
      {at && series > 0 && (
        <>
          , last on <Time at={at} withTime />
        </>
      )}
      {pending > 0 && `; ${plural(pending, "posted body waits", "posted bodies wait")} for the analysis`}
      {newest && (
        <>
          ; the newest run is of <span className="sha">{shortSha(newest.sha)}</span>, <Time at={newest.committedAt} />
        </>
      )}
      .
    </>
  );
}
