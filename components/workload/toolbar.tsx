"use client";
import { Table2 } from "lucide-react";
import type { AxisCommit } from "@/components/charts/chart-store";
import { buttonClasses } from "@/components/ui/button";
import { type MenuItem, Select } from "@/components/ui/menu";
import { SegmentedButtons } from "@/components/ui/segmented";
import { Time } from "@/components/ui/time";
import { metricLabel } from "@/lib/format/name";
import { formatDate } from "@/lib/format/time";
import type { SeriesRelease } from "@/lib/queries/series";
import type { WorkloadRead } from "@/lib/queries/workload";
import { AllLink, EnvironmentSelect, ParamSelects } from "./line-selects";
import { linesView } from "./lines";
import { MarksSelect } from "./marks-select";
import type { SelectionHandle } from "./selection";
import { shownMetrics } from "./series-path";
import { type ShownWindow, shortOf } from "./window";

type Props = {
  head: WorkloadRead;
  handle: SelectionHandle;
  window: ShownWindow;
  commits: readonly AxisCommit[];
  releases: readonly SeriesRelease[];
};

/** Everything that can be chosen on the page; only what exists is offered. */
export function Toolbar({ head, handle, window, commits, releases }: Props) {
  const { selection, go, show } = handle;
  const { chosen } = head;
  return (
    <div className="mb-4 flex flex-wrap items-center gap-2">
      <p className="hidden w-full text-ink-2 print:block">
        {[chosen.environment, chosen.branch, windowText(window, releases)].filter(Boolean).join(", ")}
      </p>
      <div className="flex min-w-0 flex-wrap items-center gap-2">
        <EnvironmentSelect head={head} handle={handle} />
        {head.branches.length > 0 && (
          <span className={head.branches.length > 1 ? "contents" : "contents max-sm:hidden"}>
            <Select
              label="Branch"
              value={chosen.branch}
              items={head.branches.map((name) => ({
                key: name,
                label: name,
                selected: name === chosen.branch,
                onSelect: () => go({ branch: name === head.project.defaultBranch ? null : name, from: null, to: null }),
              }))}
            />
          </span>
        )}
        <ParamSelects head={head} handle={handle} />
        <AllLink head={head} handle={handle} />
        <Select label="Metrics" value={metricsText(head, handle)} items={metricItems(head, handle)} />
        <Select label="Window" value={windowText(window, releases)} items={windowItems(handle, commits, releases)} />
      </div>
      <div className="flex flex-wrap items-center gap-2 sm:ml-auto">
        <SegmentedButtons
          label="X axis"
          value={selection.x}
          items={[
            { key: "commits", label: "Commits" },
            { key: "time", label: "Time" },
          ]}
          onChange={(x) => show({ x })}
        />
        <SegmentedButtons
          label="Y axis"
          value={selection.y}
          items={[
            { key: "fit", label: "Fit" },
            { key: "zero", label: "Zero" },
            { key: "log", label: "Log" },
          ]}
          onChange={(y) => show({ y })}
        />
        <MarksSelect head={head} handle={handle} />
        <button
          type="button"
          aria-pressed={selection.table}
          className={buttonClasses("ghost", selection.table ? "bg-surface-2 text-ink" : undefined)}
          onClick={() => show({ table: !selection.table })}
        >
          <Table2 className="size-4" strokeWidth={1.5} aria-hidden />
          Table
        </button>
      </div>
    </div>
  );
}

function metricsText(head: WorkloadRead, { selection }: SelectionHandle): string {
  const shown = shownMetrics(head, selection.metric);
  const [only] = shown;
  if (only && (shown.length === 1 || linesView(head) === "apart")) return metricLabel(only.name, only.displayName);
  return `${shown.length} of ${head.metrics.length}`;
}

/**
 * Checks and unchecks one metric; the last one stays. All of them again is the default and leaves the address. Where
 * every line has a chart of its own, one metric is chosen.
 */
function metricItems(head: WorkloadRead, { selection, go }: SelectionHandle): MenuItem[] {
  const shown = shownMetrics(head, selection.metric).map(({ name }) => name);
  if (linesView(head) === "apart")
    return head.metrics.map(({ name, displayName }) => ({
      key: name,
      label: metricLabel(name, displayName),
      selected: name === shown[0],
      onSelect: () => go({ metric: [name] }),
    }));
  return head.metrics.map(({ name, displayName }) => {
    const selected = shown.includes(name);
    const next = selected ? shown.filter((one) => one !== name) : [...shown, name];
    const isAll = next.length === head.metrics.length;
    return {
      key: name,
      label: metricLabel(name, displayName),
      selected,
      onSelect: () => (next.length > 0 ? go({ metric: isAll ? [] : next }) : undefined),
    };
  });
}

function windowText({ first, last, isWhole }: ShownWindow, releases: readonly SeriesRelease[]): string {
  if (isWhole || !first || !last) return "whole history";
  const nameOf = (commit: AxisCommit) =>
    releases.find(({ sha }) => sha === commit.sha)?.tag ?? formatDate(commit.committedAt);
  return `${nameOf(first)} – ${nameOf(last)}`;
}

function windowItems(
  { show, selection }: SelectionHandle,
  commits: readonly AxisCommit[],
  releases: readonly SeriesRelease[],
): MenuItem[] {
  const last = commits.at(-1);
  const back = [20, 50, 100].filter((count) => count < commits.length);
  const lines = releases
    .filter(({ tag }) => /[.]0$/.test(tag))
    .slice(-6)
    .reverse();
  return [
    {
      key: "whole",
      label: "Whole history",
      selected: selection.from === null && selection.to === null,
      onSelect: () => show({ from: null, to: null }),
    },
    ...back.map((count): MenuItem => {
      const first = commits.at(-count);
      return {
        key: `last ${count}`,
        label: `Last ${count} measured commits`,
        onSelect: () => first && last && show({ from: shortOf(first.sha), to: shortOf(last.sha) }),
      };
    }),
    ...lines.map(
      (release): MenuItem => ({
        key: `since ${release.tag}`,
        label: `Since ${release.tag}`,
        hint: <Time at={release.committedAt} />,
        onSelect: () => last && show({ from: shortOf(release.sha), to: shortOf(last.sha) }),
      }),
    ),
  ];
}
