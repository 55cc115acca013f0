"use client";
import { type MenuItem, Select } from "@/components/ui/menu";
import type { WorkloadRead } from "@/lib/queries/workload";
import { CHART_MARKS, type ChartMark } from "@/lib/urls/workload";
import { linesView } from "./lines";
import type { SelectionHandle } from "./selection";

const LABELS: Record<ChartMark, string> = {
  bands: "Bands, 5 to 95 %",
  levels: "Levels",
  components: "Component changes",
  events: "Events",
  failures: "Failed and skipped runs",
};

/** What the charts show beside their points. */
export function MarksSelect({ head, handle }: { head: WorkloadRead; handle: SelectionHandle }) {
  const { samples, without } = handle.selection;
  const isOne = linesView(head) === "one";
  const marks = CHART_MARKS.filter((mark) => mark !== "bands" || linesView(head) !== "together");
  const items = marks.map((mark): MenuItem => {
    const isOn = !without.includes(mark);
    const next = isOn ? [...without, mark] : without.filter((one) => one !== mark);
    return { key: mark, label: LABELS[mark], selected: isOn, onSelect: () => handle.show({ without: next }) };
  });
  if (isOne)
    items.unshift({
      key: "samples",
      label: "Every sample",
      selected: samples,
      onSelect: () => handle.show({ samples: !samples }),
    });
  const off = marks.filter((mark) => without.includes(mark)).length;
  const value = [samples && isOne && "samples", off > 0 ? `all but ${off}` : !(samples && isOne) && "all marks"]
    .filter(Boolean)
    .join(", ");
  return <Select label="Show" value={value} items={items} align="end" />;
}
