import { Time } from "@/components/ui/time";
import { metricInSentence, metricLabel, paramsLabel } from "@/lib/format/name";
import { formatCount, plural } from "@/lib/format/number";
import { shortSha } from "@/lib/format/time";
import type { WorkloadList } from "@/lib/queries/workloads";

/** What the changes of the page are against: "the level at 2022.9.2". */
export function SinceWords({ since }: Pick<WorkloadList, "since">) {
  if (!since) return "the first level";
  if (since.tag) return `the level at ${since.tag}`;
  const words = since.named
    ? `the level at ${shortSha(since.sha)}`
    : since.isFirst
      ? `the level at the first of ${plural(since.measured, "measured commit")}`
      : `the level ${formatCount(since.measured)} measured commits ago`;
  return (
    <>
      {words}
      {since.committedAt && (
        <>
          , <Time at={since.committedAt} />
        </>
      )}
    </>
  );
}

/** The page in one sentence, from the same rows: how many got worse and better in the metric that sorts. */
export function Summary({ list }: { list: WorkloadList }) {
  const { counts, metrics, metric, moves, environment, since } = list;
  const sorter = metrics[metric];
  const hasParams = list.rows.some(({ params }) => paramsLabel(params) !== "");
  const when = since?.tag
    ? `than at ${since.tag}`
    : since?.named
      ? `than at ${shortSha(since.sha)}`
      : since?.isFirst
        ? "than at the first measured commit"
        : `than ${formatCount(since?.measured ?? 0)} measured commits ago`;
  return (
    <>
      {plural(counts.all, hasParams ? "case" : "workload")}, {plural(metrics.length, "metric")} on {environment}.{" "}
      {sorter && moves.known > 0 && <Moves moves={moves} metric={sorter} when={when} />}
    </>
  );
}

type MovesProps = { moves: WorkloadList["moves"]; metric: WorkloadList["metrics"][number]; when: string };

function Moves({ moves, metric, when }: MovesProps) {
  const { worse, better, moved, known } = moves;
  const label = metricInSentence(metricLabel(metric.name, metric.displayName));
  const [longer, shorter] =
    metric.name === "duration"
      ? [["takes longer", "take longer"], "shorter"]
      : [[`has a worse ${label}`, `have a worse ${label}`], "better"];
  const of = `of ${formatCount(known)}`;
  if (metric.better === "unknown")
    return (
      <>
        <b>
          {formatCount(moved)} {of}
        </b>{" "}
        changed in {label} since.
      </>
    );
  if (worse === 0 && better === 0)
    return (
      <b>
        None has another {label} {when}.
      </b>
    );
  return (
    <>
      <b>
        {worse === 0 ? "None" : `${formatCount(worse)} ${of}`} {worse === 1 || worse === 0 ? longer?.[0] : longer?.[1]}
      </b>{" "}
      {when};{" "}
      {better === 0 ? `no ${label} is ${shorter}` : `${formatCount(better)} ${better === 1 ? "is" : "are"} ${shorter}`}.
    </>
  );
}
