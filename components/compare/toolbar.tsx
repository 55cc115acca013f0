import { Select } from "@/components/ui/menu";
import { Segmented } from "@/components/ui/segmented";
import type { Verdict } from "@/lib/compare";
import { metricInSentence, metricLabel } from "@/lib/format/name";
import { formatCount } from "@/lib/format/number";
import type { Comparison } from "@/lib/queries/compare";
import { COMPARE_VIEWS, type CompareSelection, compareUrl, VERDICT_ORDER } from "@/lib/urls/compare";
import { WorkloadFilter } from "./workload-filter";

const VIEWS: Record<(typeof COMPARE_VIEWS)[number], string> = {
  forest: "Forest",
  heat: "Heat map",
  bars: "Bars",
};
const LABELS: Record<Verdict, string> = {
  regression: "Worse",
  improvement: "Better",
  rose: "Rose",
  fell: "Fell",
  unchanged: "Unchanged",
  inconclusive: "Cannot be told",
};
const COUNTS = {
  regression: "regressions",
  improvement: "improvements",
  rose: "rose",
  fell: "fell",
  unchanged: "unchanged",
  inconclusive: "inconclusive",
} as const satisfies Record<Verdict, string>;

/** The filters; every choice is an address, and a count is the number of rows under it. */
export function Toolbar({ comparison, selection }: { comparison: Comparison; selection: CompareSelection }) {
  const { project, summary, metrics } = comparison;
  const to = (change: Partial<CompareSelection>) => compareUrl(project.slug, { ...selection, page: 1, ...change });
  // While all rows wait for their runs there is no verdict to choose by.
  const verdicts = VERDICT_ORDER.filter(
    (verdict) => summary.open < summary.total && (summary[COUNTS[verdict]] > 0 || !["rose", "fell"].includes(verdict)),
  );
  const chosen = metrics.find(({ name }) => name === selection.metric);
  return (
    <div className="mt-6 mb-3 flex flex-wrap items-center gap-2">
      <Segmented
        label="Verdict"
        items={[
          {
            key: "all",
            label: "All",
            count: formatCount(summary.total),
            href: to({ verdict: null }),
            current: selection.verdict === null,
          },
          ...verdicts.map((verdict) => ({
            key: verdict,
            label: verdict === "inconclusive" && summary.open > 0 ? "Open or cannot be told" : LABELS[verdict],
            count: formatCount(summary[COUNTS[verdict]]),
            href: to({ verdict }),
            current: selection.verdict === verdict,
          })),
        ]}
      />
      <Select
        label="Metric"
        value={
          chosen
            ? metricInSentence(metricLabel(chosen.name, chosen.displayName))
            : (selection.metric ?? `all ${metrics.length}`)
        }
        items={[
          { key: "", label: `All ${metrics.length}`, selected: selection.metric === null, href: to({ metric: null }) },
          ...metrics.map(({ name, displayName }) => ({
            key: name,
            label: metricLabel(name, displayName),
            selected: name === selection.metric,
            href: to({ metric: name }),
          })),
        ]}
      />
      <WorkloadFilter project={project.slug} selection={selection} />
      <div className="flex items-center gap-4 lg:ml-auto">
        {selection.view === "forest" && (
          <span className="inline-flex items-center gap-2 text-label text-ink-3 max-lg:hidden">
            <span className="relative inline-block h-3 w-5 rounded-[2px] bg-null" aria-hidden="true">
              <span className="absolute inset-y-[-2px] left-1/2 w-px bg-line-strong" />
            </span>
            equal sides: 95 of 100 lie here
          </span>
        )}
        <Segmented
          label="View"
          items={COMPARE_VIEWS.map((view) => ({
            key: view,
            label: VIEWS[view],
            href: to({ view }),
            current: selection.view === view,
          }))}
        />
      </div>
    </div>
  );
}
