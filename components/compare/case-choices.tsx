import { Select } from "@/components/ui/menu";
import { metricInSentence, metricLabel } from "@/lib/format/name";
import type { CompareCaseRead } from "@/lib/queries/compareCase";
import { type CompareCaseSelection, compareCaseUrl } from "@/lib/urls/compare";

type Props = { read: CompareCaseRead; selection: CompareCaseSelection };

/** What else of this case both sides have: other metrics, environments, versions. */
export function CaseChoices({ read, selection }: Props) {
  const { choices, metric, environment, version } = read;
  const chosen = { metric: metric?.name ?? "", environment: environment ?? "", version };
  const to = (change: Partial<CompareCaseSelection>) =>
    compareCaseUrl(
      read.project.slug,
      { number: read.workloadNumber, name: read.workload },
      { ...selection, ...chosen, ...change },
    );
  const lists = (["metric", "environment", "version"] as const).flatMap((key) => {
    // Another metric in the same environment and version, and so on.
    const names = [
      ...new Set(
        choices
          .filter((one) => KEYS.every((other) => other === key || one[other] === chosen[other]))
          .map((one) => one[key]),
      ),
    ];
    return names.length > 1 ? [{ key, names }] : [];
  });
  if (lists.length === 0) return null;
  return (
    <div className="flex flex-wrap gap-2 print:hidden">
      {lists.map(({ key, names }) => (
        <Select
          key={key}
          label={LABELS[key]}
          value={wordOf(key, chosen[key], read)}
          items={names.map((name) => ({
            key: name,
            label: wordOf(key, name, read),
            selected: name === chosen[key],
            href: to({ [key]: name }),
          }))}
        />
      ))}
    </div>
  );
}

const KEYS = ["metric", "environment", "version"] as const;
const LABELS = { metric: "Metric", environment: "Environment", version: "Version" } as const;

function wordOf(key: (typeof KEYS)[number], name: string, { metric }: CompareCaseRead): string {
  if (key !== "metric") return name || "none given";
  return metricInSentence(metricLabel(name, metric?.name === name ? metric.displayName : null));
}
