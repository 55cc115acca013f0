import { type MenuItem, Select } from "@/components/ui/menu";
import { Segmented } from "@/components/ui/segmented";
import { metricInSentence, metricLabel } from "@/lib/format/name";
import { formatCount } from "@/lib/format/number";
import { capitalised } from "@/lib/format/verdict";
import { SHIFT_DIRECTIONS, SHIFT_STATES } from "@/lib/model/words";
import type { ShiftsRead } from "@/lib/queries/shifts";
import { type ShiftsSelection, shiftsUrl } from "@/lib/urls/shifts";
import { ShiftsFilter } from "./filter";

const STATUSES = ["open", "accepted", "fixed", "infrastructure", "not real", "all"] as const;

type Props = { project: string; list: ShiftsRead; selection: ShiftsSelection };

/** The filters of the list; every choice is an address, and a count is the number of rows under it. */
export function Toolbar({ project, list, selection }: Props) {
  const to = (change: Partial<ShiftsSelection>) => shiftsUrl(project, { ...selection, page: 1, ...change });
  const choices = <Key extends keyof ShiftsSelection>(
    key: Key,
    values: readonly (ShiftsSelection[Key] & string)[],
    label = (value: string) => value,
  ): MenuItem[] => [
    { key: "", label: "Any", selected: selection[key] === null, href: to({ [key]: null }) },
    ...values.map((value) => ({
      key: value,
      label: label(value),
      selected: selection[key] === value,
      href: to({ [key]: value }),
    })),
  ];
  const metricName = (name: string) =>
    metricLabel(name, list.choices.metrics.find((one) => one.name === name)?.displayName);
  return (
    <div className="mb-4 flex flex-wrap items-center gap-2">
      <Segmented
        label="Status"
        items={STATUSES.map((status) => ({
          key: status,
          label: status === "open" ? "Open" : status === "all" ? "All" : capitalised(status),
          count: formatCount(list.counts[status]),
          href: to({ status }),
          current: selection.status === status,
        }))}
      />
      <Select
        label="Direction"
        value={selection.direction ?? "any"}
        items={choices("direction", SHIFT_DIRECTIONS, (word) => capitalised(word as (typeof SHIFT_DIRECTIONS)[number]))}
      />
      <Select
        label="State"
        value={selection.state ?? "any"}
        items={choices("state", SHIFT_STATES, (word) => capitalised(word as (typeof SHIFT_STATES)[number]))}
      />
      <Select
        label="Metric"
        value={selection.metric === null ? "any" : metricInSentence(metricName(selection.metric))}
        items={choices(
          "metric",
          list.choices.metrics.map(({ name }) => name),
          metricName,
        )}
      />
      {list.choices.environments.length > 1 && (
        <Select
          label="Environment"
          value={selection.environment ?? "any"}
          items={choices("environment", list.choices.environments)}
        />
      )}
      <span className="grow max-lg:hidden" />
      <ShiftsFilter project={project} selection={selection} />
    </div>
  );
}
