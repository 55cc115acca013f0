import { Select } from "@/components/ui/menu";
import { formatChange } from "@/lib/format/change";
import { caseLabel, verdictTone } from "@/lib/format/comparison";
import { metricInSentence, metricLabel } from "@/lib/format/name";
import { formatCount, plural } from "@/lib/format/number";
import { quadrantWords } from "@/lib/format/quadrant";
import type { CompareMetric, Comparison } from "@/lib/queries/compare";
import { type CompareSelection, compareUrl } from "@/lib/urls/compare";
import { caseUrl } from "./case-url";
import { MOST_PAIRS, type Pair, pairsOf, pairTone, scatterMetrics } from "./pairs";
import { Scatter, type ScatterAxis, type ScatterPoint } from "./scatter";

type Props = { comparison: Comparison; selection: CompareSelection };

/** Time and memory together: what one change costs in the other. Null where fewer than two metrics are compared. */
export function ScatterSection({ comparison, selection }: Props) {
  const chosen = scatterMetrics(comparison.metrics, selection);
  if (!chosen) return null;
  const { across, up } = chosen;
  const pairs = pairsOf(comparison.rows, across.name, up.name);
  if (pairs.length === 0) return null;
  const words = (right: boolean, top: boolean) =>
    quadrantWords({ metric: across, rise: right }, { metric: up, rise: top });
  const points = pairs.slice(0, MOST_PAIRS).map((pair) => pointOf(pair, comparison, chosen));
  return (
    <section aria-label="Two metrics together" className="min-w-0">
      {comparison.metrics.length > 2 && <Axes comparison={comparison} selection={selection} {...chosen} />}
      <Scatter
        points={points}
        across={axisOf(across)}
        up={axisOf(up)}
        quadrants={{
          topLeft: words(false, true),
          topRight: words(true, true),
          bottomLeft: words(false, false),
          bottomRight: words(true, false),
        }}
      />
      {pairs.length > MOST_PAIRS && (
        <p className="pl-[50px] text-label text-ink-3">
          {formatCount(MOST_PAIRS)} of {plural(pairs.length, "case")}: those with a verdict and the largest changes.
        </p>
      )}
    </section>
  );
}

const labelOf = ({ name, displayName }: CompareMetric) => metricInSentence(metricLabel(name, displayName));

const axisOf = (metric: CompareMetric): ScatterAxis => ({
  label: `Change of ${labelOf(metric)}`,
  band: [1 / (1 + metric.smallestEffect) - 1, metric.smallestEffect],
});

function pointOf(
  pair: Pair,
  comparison: Comparison,
  metrics: { across: CompareMetric; up: CompareMetric },
): ScatterPoint {
  const { across, up } = pair;
  const [x, y] = [across.change ?? 0, up.change ?? 0];
  const label = caseLabel(across);
  const isCalled = verdictTone(across.verdict) !== "unsure" && verdictTone(up.verdict) !== "unsure";
  const meaning = quadrantWords({ metric: metrics.across, rise: x > 0 }, { metric: metrics.up, rise: y > 0 });
  const changes = `${labelOf(metrics.across)} ${formatChange(x)}, ${labelOf(metrics.up)} ${formatChange(y)}`;
  return {
    x,
    y,
    xInterval: across.interval,
    yInterval: up.interval,
    label: across.workload.split(/\/|::/).at(-1) ?? across.workload,
    text: `${label}: ${changes}${isCalled ? ` (${meaning})` : ""}`,
    href: caseUrl(comparison, across),
    tone: pairTone(pair),
  };
}

function Axes({ comparison, selection, across, up }: Props & { across: CompareMetric; up: CompareMetric }) {
  const items = (which: "across" | "up", current: CompareMetric, other: CompareMetric) =>
    comparison.metrics
      .filter((metric) => metric !== other)
      .map((metric) => ({
        key: metric.name,
        label: metricLabel(metric.name, metric.displayName),
        selected: metric === current,
        href: compareUrl(comparison.project.slug, { ...selection, [which]: metric.name }),
      }));
  return (
    <div className="mb-2 flex flex-wrap gap-2 pl-2 print:hidden">
      <Select label="Across" value={labelOf(across)} items={items("across", across, up)} />
      <Select label="Up" value={labelOf(up)} items={items("up", up, across)} />
    </div>
  );
}
