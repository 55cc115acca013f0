import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import { Glyph, TONE_TEXT } from "@/components/ui/glyph";
import { EmptyState } from "@/components/ui/state";
import { formatInterval } from "@/lib/format/change";
import { changeText, comparisonHeadline, comparisonMark, falseCallsText, verdictTone } from "@/lib/format/comparison";
import { metricInSentence, metricLabel } from "@/lib/format/name";
import { plural } from "@/lib/format/number";
import type { CompareRow, Comparison } from "@/lib/queries/compare";
import { type CompareSelection, compareUrl } from "@/lib/urls/compare";
import { Bars } from "./bars";
import { CompareTable } from "./compare-table";
import { Exports } from "./exports";
import { HeatTable } from "./heat-table";
import { Looks } from "./looks";
import { MetricSummary } from "./metric-summary";
import { NoiseFloor } from "./noise-floor";
import { OneSidedList } from "./one-sided-list";
import { ScatterSection } from "./scatter-section";
import { Sides } from "./sides";
import { overallOf } from "./told";
import { Toolbar } from "./toolbar";

type Props = {
  comparison: Comparison;
  selection: CompareSelection;
  origin: string;
  /** Runs of the experiment that the page was made of; null: no side is a variant. */
  arrived: number | null;
};

type ViewProps = Pick<Props, "comparison" | "selection">;

/** Two sides over all their cases: the answer in a sentence, then what it rests on. */
export function ComparePage({ comparison, selection, origin, arrived }: Props) {
  const { project, baseline, contender, note } = comparison;
  const environments = [...new Set([...baseline.environments, ...contender.environments])].sort();
  return (
    <>
      <div className="flex flex-wrap items-start justify-between gap-x-4">
        <Sides
          project={project.slug}
          selection={selection}
          sides={{ baseline, contender }}
          environments={environments}
        />
        {note === null && <Exports comparison={comparison} selection={selection} origin={origin} />}
      </div>
      {note === null ? (
        <Answer comparison={comparison} selection={selection} arrived={arrived} />
      ) : (
        <NoData comparison={comparison} selection={selection} arrived={arrived} />
      )}
    </>
  );
}

function Answer({ comparison, selection, arrived }: Omit<Props, "origin">) {
  const { summary, warnings, rows, falseDiscoveryRate, looks } = comparison;
  const mark = comparisonMark(summary);
  const [first] = overallOf(comparison);
  return (
    <>
      <h1 className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-title font-semibold text-pretty">
        <Badge tone={mark.tone} way={mark.tone === "worse" ? "up" : "down"}>
          {looks?.open ? "Open" : mark.word}
        </Badge>
        {summary.missing + summary.failed > 0 && <Badge tone="warn">Incomplete</Badge>}
        <span>{comparisonHeadline(summary)}</span>
      </h1>
      <p className="mt-1 max-w-[100ch] text-read text-pretty text-ink-2 [&_b]:font-medium [&_b]:text-ink">
        <Extreme word="Worst" row={rows.find(({ verdict }) => verdict === "regression")} comparison={comparison} />
        <Extreme word="Best" row={rows.find(({ verdict }) => verdict === "improvement")} comparison={comparison} />
        {first && <>{first}. </>}
        {summary.total > summary.open && falseCallsText(summary, falseDiscoveryRate)}
      </p>
      {arrived !== null && <Looks comparison={comparison} arrived={arrived} />}
      {warnings.length > 0 && (
        <ul className="mt-2 max-w-[100ch] text-warn">
          {warnings.map(({ code, text }) => (
            <li key={code + text} className="flex items-baseline gap-2">
              <Glyph tone="warn" /> {text}
            </li>
          ))}
        </ul>
      )}
      {summary.total > 0 && (
        <div className="mt-5 grid grid-cols-[minmax(0,1fr)] items-start gap-x-10 gap-y-6 lg:grid-cols-[minmax(0,1fr)_minmax(0,440px)]">
          <MetricSummary comparison={comparison} selection={selection} />
          <ScatterSection comparison={comparison} selection={selection} />
        </div>
      )}
      <Rows comparison={comparison} selection={selection} />
      <OneSidedList comparison={comparison} />
      <NoiseFloor comparison={comparison} environment={selection.environment} />
      <Method comparison={comparison} />
    </>
  );
}

function Rows({ comparison, selection }: ViewProps) {
  const { summary, rows, project } = comparison;
  const isFiltered = selection.metric !== null || selection.workload !== null || selection.verdict !== null;
  const isEmpty = rows.every(({ verdict }) => selection.verdict !== null && verdict !== selection.verdict);
  if (summary.total === 0 && !isFiltered)
    return (
      <EmptyState title="No case is measured on both sides">
        What each side has is listed below; nothing was compared.
      </EmptyState>
    );
  const clear = compareUrl(project.slug, { ...selection, metric: null, workload: null, verdict: null, page: 1 });
  return (
    <>
      <Toolbar comparison={comparison} selection={selection} />
      {isEmpty ? (
        <EmptyState
          title="No row matches these filters"
          actions={<ButtonLink href={clear}>Show all rows</ButtonLink>}
        />
      ) : (
        <View comparison={comparison} selection={selection} />
      )}
    </>
  );
}

function View({ comparison, selection }: ViewProps) {
  switch (selection.view) {
    case "forest":
      return <CompareTable comparison={comparison} selection={selection} />;
    case "heat":
      return <HeatTable comparison={comparison} selection={selection} />;
    case "bars":
      return <Bars comparison={comparison} selection={selection} />;
  }
}

/** The largest change of one direction, in a sentence. */
function Extreme({ word, row, comparison }: { word: string; row: CompareRow | undefined; comparison: Comparison }) {
  if (!row) return null;
  const display = comparison.metrics.find(({ name }) => name === row.metric)?.displayName;
  return (
    <>
      {word}: <b>{row.workload}</b>, {metricInSentence(metricLabel(row.metric, display))}{" "}
      <span className={`font-medium ${TONE_TEXT[verdictTone(row.verdict)]}`}>{changeText(row)}</span>
      {row.change !== null && row.interval && ` [${formatInterval(...row.interval)}]`}.{" "}
    </>
  );
}

function NoData({ comparison, selection, arrived }: Omit<Props, "origin">) {
  const { project, note, baseline, contender } = comparison;
  const isEmpty = baseline.runs === 0 || contender.runs === 0;
  const offers = (["baseline", "contender"] as const).flatMap((which) => {
    const { nearest } = comparison[which];
    return nearest ? [{ which, nearest }] : [];
  });
  return (
    <>
      <h1 className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-title font-semibold">
        <Badge tone="warn">{isEmpty ? "No data" : "Controls"}</Badge> Cannot be told
      </h1>
      <p className="mt-1 mb-3 max-w-[92ch] text-read text-pretty text-ink-2">{note}</p>
      {arrived !== null && <Looks comparison={comparison} arrived={arrived} />}
      <div className="flex flex-wrap gap-2">
        {offers.map(({ which, nearest }) => (
          <ButtonLink key={which} href={compareUrl(project.slug, { ...selection, [which]: nearest.side })}>
            Take {nearest.sha.slice(0, 7)} as {which}, {plural(nearest.distance, "commit")} {nearest.where}
          </ButtonLink>
        ))}
      </div>
    </>
  );
}

function Method({ comparison }: { comparison: Comparison }) {
  const { summary } = comparison;
  if (summary.total === 0) return null;
  return (
    <p className="mt-6 max-w-[110ch] text-label text-ink-3">
      Method: moderated t on the logs of run medians with a factor per run; the run is the unit, not the sample. q is
      the false-discovery rate over all rows of the two sides, whatever is filtered. Intervals are per row. Values are
      geometric means of the runs. Filled square worse, hollow square better, small grey square unchanged, hollow circle
      inconclusive. Times are UTC.
    </p>
  );
}
