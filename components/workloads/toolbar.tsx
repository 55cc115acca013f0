import { type MenuItem, Select } from "@/components/ui/menu";
import { Segmented } from "@/components/ui/segmented";
import { Time } from "@/components/ui/time";
import { metricInSentence, metricLabel } from "@/lib/format/name";
import { formatCount } from "@/lib/format/number";
import { shortSha } from "@/lib/format/time";
import type { WorkloadList } from "@/lib/queries/workloads";
import { type WorkloadsSelection, workloadsUrl } from "@/lib/urls/workloads";
import { WorkloadsFilter } from "./filter";

type Props = { list: WorkloadList; selection: WorkloadsSelection };

/** Everything that selects, sorts and filters; each choice is an address. */
export function Toolbar({ list, selection }: Props) {
  const { project, environment, environments, branch, branches, counts } = list;
  const to = (change: Partial<WorkloadsSelection>) =>
    workloadsUrl(project.slug, { ...selection, name: null, ...change });
  const names = (all: string[], key: "environment" | "branch", chosen: string | null): MenuItem[] =>
    all.map((name, index) => ({
      key: name,
      label: name,
      selected: name === chosen,
      href: to({ [key]: index === 0 ? null : name }),
    }));
  return (
    <div className="mb-4 flex flex-wrap items-center gap-2">
      {environments.length > 1 && (
        <Select label="Environment" value={environment ?? ""} items={names(environments, "environment", environment)} />
      )}
      {branches.length > 1 && <Select label="Branch" value={branch ?? ""} items={names(branches, "branch", branch)} />}
      <Select label="Since" value={sinceLabel(list, selection)} items={sinceItems(list, selection, to)} />
      <WorkloadsFilter project={project.slug} selection={selection} />
      <span className="grow max-lg:hidden" />
      <Segmented
        label="Rows"
        items={(["all", "shifted", "failing"] as const).map((show) => ({
          key: show,
          label: show.charAt(0).toUpperCase() + show.slice(1),
          count: formatCount(counts[show]),
          href: to({ show }),
          current: selection.show === show,
        }))}
      />
      {list.canGroup && (
        <Select
          label="Group"
          value={selection.group === "prefix" ? "by prefix" : "none"}
          items={[
            {
              key: "prefix",
              label: "By prefix",
              selected: selection.group === "prefix",
              href: to({ group: "prefix" }),
            },
            { key: "none", label: "None", selected: selection.group === "none", href: to({ group: "none" }) },
          ]}
        />
      )}
      {/* A phone shows one metric at a time. */}
      <span className="contents max-md:hidden">
        <Select
          label="Columns"
          align="end"
          value={columnsLabel(list, selection)}
          items={columnItems(list, selection, to)}
        />
      </span>
      <Select label="Sort" align="end" value={sortLabel(list, selection)} items={sortItems(list, selection, to)} />
      <MetricSegments list={list} to={to} />
    </div>
  );
}

const hidden = (name: string, { hide }: WorkloadsSelection) => hide.includes(name);

function columnsLabel({ metrics }: WorkloadList, selection: WorkloadsSelection): string {
  const shown = metrics.filter(({ name }) => !hidden(name, selection)).length;
  const which = shown === metrics.length ? "all" : `${formatCount(shown)} of ${formatCount(metrics.length)}`;
  return selection.detail ? `${which}, noise` : which;
}

/** Which metrics have a column; the last one cannot be taken away. */
function columnItems({ metrics }: WorkloadList, selection: WorkloadsSelection, to: To): MenuItem[] {
  const { hide, detail } = selection;
  const shown = metrics.filter(({ name }) => !hidden(name, selection));
  return [
    ...metrics.map(({ name, displayName }) => {
      const isHidden = hidden(name, selection);
      const others = hide.filter((one) => one !== name);
      const isLast = !isHidden && shown.length === 1;
      return {
        key: `metric ${name}`,
        label: metricLabel(name, displayName),
        selected: !isHidden,
        href: to({ hide: isHidden || isLast ? others : [...others, name] }),
      };
    }),
    { key: "detail", label: "Noise and certainty", selected: detail, href: to({ detail: !detail }) },
  ];
}

type To = (change: Partial<WorkloadsSelection>) => string;

function sinceLabel({ since }: WorkloadList, selection: WorkloadsSelection): string {
  if (since?.tag) return since.tag;
  if (since?.named) return shortSha(since.sha);
  return since?.isFirst || selection.since === "first"
    ? "first commit"
    : `last ${formatCount(since?.measured ?? 0)} commits`;
}

function sinceItems(list: WorkloadList, selection: WorkloadsSelection, to: To): MenuItem[] {
  const tag = list.since?.tag ?? null;
  const isFirst = !tag && selection.since === "first";
  const named = list.since?.named ? list.since : null;
  const first: MenuItem = { key: "first", label: "First commit", selected: isFirst, href: to({ since: "first" }) };
  const window: MenuItem = {
    key: "window",
    label: list.since?.isFirst ? "First commit" : "Last commits",
    hint: list.since?.isFirst ? undefined : "up to 200 measured",
    selected: !tag && !isFirst && !named,
    href: to({ since: null }),
  };
  return [
    window,
    ...(named
      ? [
          {
            key: `commit ${named.sha}`,
            label: shortSha(named.sha),
            hint: <Time at={named.committedAt} />,
            selected: true,
            href: to({ since: selection.since }),
          },
        ]
      : []),
    // Where the usual window holds the whole history, both are the same.
    ...(list.since?.isFirst && !isFirst && !named ? [] : [first]),
    ...list.releases.map((release) => ({
      key: `tag ${release.tag}`,
      label: release.tag,
      hint: release.releasedAt ? <Time at={release.releasedAt} /> : undefined,
      selected: release.tag === tag,
      href: to({ since: release.tag }),
    })),
  ];
}

function labelOf(list: WorkloadList): string {
  const sorter = list.metrics[list.metric];
  return sorter ? metricInSentence(metricLabel(sorter.name, sorter.displayName)) : "";
}

function sortLabel(list: WorkloadList, { sort }: WorkloadsSelection): string {
  if (sort === "name") return "name";
  return sort === "value" ? labelOf(list) : `change of ${labelOf(list)}`;
}

function sortItems(list: WorkloadList, selection: WorkloadsSelection, to: To): MenuItem[] {
  const { sort, order } = selection;
  const item = (label: string, key: WorkloadsSelection["sort"], way: WorkloadsSelection["order"]): MenuItem => ({
    key: `${key} ${way}`,
    label,
    selected: sort === key && order === way,
    href: to({ sort: key, order: way }),
  });
  return [
    item(`Change of ${labelOf(list)}, worst first`, "change", null),
    item(`Change of ${labelOf(list)}, best first`, "change", "up"),
    item(`Largest ${labelOf(list)}`, "value", null),
    item(`Smallest ${labelOf(list)}`, "value", "up"),
    item("Name", "name", null),
    item("Name, Z to A", "name", "down"),
  ];
}

/** On a phone one metric shows at a time. */
function MetricSegments({ list, to }: { list: WorkloadList; to: To }) {
  if (list.metrics.length < 2) return null;
  return (
    <Segmented
      label="Metric"
      className="w-full md:hidden"
      items={list.metrics.map(({ name, displayName }, index) => ({
        key: name,
        label: metricLabel(name, displayName),
        href: to({ metric: index === 0 ? null : name }),
        current: index === list.metric,
      }))}
    />
  );
}
