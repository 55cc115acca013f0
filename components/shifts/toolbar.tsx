import { type MenuItem, Select } from "@/components/ui/menu";
import { Segmented } from "@/components/ui/segmented";
import { metricInSentence, metricLabel } from "@/lib/format/name";
import { formatCount } from "@/lib/format/number";
import { capitalised } from "@/lib/format/verdict";
import { SHIFT_DIRECTIONS, SHIFT_STATES } from "@/lib/model/words";
import type { ShiftsRead } from "@/lib/queries/shifts";
import { DUE, type Due, type ShiftsSelection, shiftsUrl } from "@/lib/urls/shifts";
import { ShiftsFilter } from "./filter";

const STATUSES = ["open", "accepted", "fixed", "infrastructure", "not real", "all"] as const;

type Props = {
  project: string;
  list: ShiftsRead;
  selection: ShiftsSelection;
  /** Is the reader a person, whom "me" can mean? */
  isPerson: boolean;
};

const OWNERS: Record<string, string> = { me: "me", none: "nobody" };
const DUE_WORDS: Record<Due, string> = {
  overdue: "overdue",
  week: "within a week",
  set: "with a day",
  none: "without a day",
};
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** The filters of the list; every choice is an address, and a count is the number of rows under it. */
export function Toolbar({ project, list, selection, isPerson }: Props) {
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
      {/* On a phone one row that is pushed, rather than four that push the list away. */}
      <div className="flex gap-2 max-sm:-m-px max-sm:w-full max-sm:overflow-x-auto max-sm:p-px sm:contents">
        <Select
          label="Direction"
          value={selection.direction ?? "any"}
          items={choices("direction", SHIFT_DIRECTIONS, (word) =>
            capitalised(word as (typeof SHIFT_DIRECTIONS)[number]),
          )}
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
        <Select
          label="Owner"
          value={selection.owner === null ? "any" : (OWNERS[selection.owner] ?? selection.owner)}
          items={choices("owner", [...(isPerson ? ["me"] : []), "none", ...list.choices.owners], (name) =>
            capital(OWNERS[name] ?? name),
          )}
        />
        <Select
          label="Due"
          value={selection.due === null ? "any" : DUE_WORDS[selection.due]}
          items={choices("due", DUE, (word) => capital(DUE_WORDS[word as Due]))}
        />
        {list.choices.prefixes.length > 1 && (
          <Select
            label="Workloads"
            value={selection.prefix ?? "all"}
            items={choices("prefix", list.choices.prefixes)}
          />
        )}
        {list.choices.releases.length > 0 && (
          <Select
            label="Contained in"
            value={selection.release === null ? "any" : selection.release === "none" ? "no release" : selection.release}
            items={choices("release", ["none", ...list.choices.releases], (tag) =>
              tag === "none" ? "No release yet" : tag,
            )}
          />
        )}
      </div>
      <span className="max-sm:w-full lg:ml-auto">
        <ShiftsFilter project={project} selection={selection} />
      </span>
    </div>
  );
}
