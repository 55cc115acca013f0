import {
  caseLabel,
  changeText,
  comparisonHeadline,
  comparisonMarkdown,
  falseCallsText,
  intervalText,
} from "@/lib/format/comparison";
import { metricInSentence, metricLabel } from "@/lib/format/name";
import type { CompareRow, Comparison } from "@/lib/queries/compare";
import { absolute } from "@/lib/urls/absolute";
import { type CompareSelection, compareApiUrl, compareUrl } from "@/lib/urls/compare";
import { ExportActions } from "./export-actions";
import { forestAxis } from "./forest";
import type { PictureRow, PictureTold } from "./forest-picture";
import { groupsOf } from "./groups";
import { overallOf, sideWords } from "./told";
import { pageOfRows } from "./view-rows";

type Props = { comparison: Comparison; selection: CompareSelection; origin: string };

/** Rows that Markdown lists, and that a picture holds, at most. */
const MOST_ROWS = 200;
const API_ROWS = 500;

/** The comparison as link, Markdown, CSV, JSON and picture. */
export function Exports({ comparison, selection, origin }: Props) {
  const { slug } = comparison.project;
  const url = absolute(origin, compareUrl(slug, selection));
  const { baseline, contender, environment, metric, workload, verdict, sort } = selection;
  const asked = { baseline, contender, environment, metric, workload, verdict, sort };
  return (
    <div className="mb-4 flex flex-wrap items-center gap-2 print:hidden">
      <ExportActions
        url={url}
        markdown={markdownOf(comparison, url)}
        csv={compareApiUrl.compare(slug, { ...asked, format: "csv" })}
        json={compareApiUrl.compare(slug, { ...asked, limit: API_ROWS })}
        picture={pictureOf(comparison, selection)}
        name={`${slug} ${comparison.baseline.label} ${comparison.contender.label}`.replace(/[^\w.-]+/g, "-")}
      />
    </div>
  );
}

function markdownOf(comparison: Comparison, url: string): string {
  const { summary, baseline, contender, rows, warnings, falseDiscoveryRate } = comparison;
  return comparisonMarkdown({
    baseline: sideWords(baseline),
    contender: sideWords(contender),
    counts: summary,
    overall: overallOf(comparison),
    rows: rows.slice(0, MOST_ROWS),
    notes: [...warnings.map(({ text }) => text), falseCallsText(summary, falseDiscoveryRate)],
    url,
  });
}

/** What the page shows: of the forest its groups as they are folded, else the page of rows. */
function pictureOf(comparison: Comparison, selection: CompareSelection): PictureTold {
  const { summary, baseline, contender, warnings, rows, metrics } = comparison;
  const shown =
    selection.view === "forest"
      ? groupsOf(rows, selection).flatMap((group) => group.rows)
      : pageOfRows(rows, selection).rows;
  const drawn = shown.slice(0, MOST_ROWS);
  const left = rows.length - drawn.length;
  const known = new Map(metrics.map((metric) => [metric.name, metric]));
  return {
    title: comparisonHeadline(summary),
    lines: [
      `${sideWords(baseline)} → ${sideWords(contender)}`,
      ...warnings.slice(0, 2).map(({ text }) => text),
      ...(left > 0 ? [`${drawn.length} of ${rows.length} rows`] : []),
    ],
    axis: forestAxis(drawn),
    rows: drawn.map((row): PictureRow => pictureRow(row, known.get(row.metric))),
  };
}

function pictureRow(row: CompareRow, metric: Comparison["metrics"][number] | undefined): PictureRow {
  return {
    verdict: row.verdict,
    name: caseLabel(row),
    metric: metricInSentence(metricLabel(row.metric, metric?.displayName)),
    change: row.change,
    interval: row.change === null ? null : row.interval,
    changeText: changeText(row),
    intervalText: intervalText(row),
    quiet: row.quiet,
  };
}
