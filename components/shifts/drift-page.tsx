import Link from "next/link";
import { Analysed, type AnalysedFacts } from "@/components/frame/analysed";
import { MemberDelta } from "@/components/frame/largest";
import { ButtonLink } from "@/components/ui/button";
import { type MenuItem, Select } from "@/components/ui/menu";
import { Segmented } from "@/components/ui/segmented";
import { EmptyState } from "@/components/ui/state";
import { Cell, Head, Row, Table } from "@/components/ui/table";
import { formatP } from "@/lib/format/change";
import { metricLabel, paramsLabel } from "@/lib/format/name";
import { formatCount, plural } from "@/lib/format/number";
import { shortSha } from "@/lib/format/time";
import { formatQuantity } from "@/lib/format/unit";
import { capitalised } from "@/lib/format/verdict";
import type { DriftItem, DriftRead } from "@/lib/queries/drift";
import { intervalText } from "@/lib/shift/words";
import { apiUrl } from "@/lib/urls/api";
import { DRIFT_DIRECTIONS, DRIFT_SORTS, type DriftSelection, driftUrl } from "@/lib/urls/drift";
import { workloadUrl } from "@/lib/urls/workload";
import { DriftFilter } from "./drift-filter";
import { ListHead } from "./list-head";
import { Pages } from "./pages";

type Props = {
  project: string;
  read: DriftRead;
  selection: DriftSelection;
  pageSize: number;
  /** What an empty list rests on. */
  analysed: AnalysedFacts | null;
};

/** Every line that moves in small steps: how far, since when, how sure that is. */
export function DriftPage({ project, read, selection, pageSize, analysed }: Props) {
  const { items, total } = read;
  return (
    <>
      <ListHead
        project={project}
        current="drift"
        title="Drift"
        sentence={<Sentence read={read} />}
        csv={apiUrl.drift(project, selection)}
      />
      <Toolbar project={project} read={read} selection={selection} />
      {items.length > 0 ? (
        <>
          <DriftTable project={project} items={items} />
          <Pages
            page={selection.page}
            pageSize={pageSize}
            shown={items.length}
            total={total}
            urlOf={(page) => driftUrl(project, { ...selection, page })}
          />
        </>
      ) : (
        <Nothing project={project} read={read} selection={selection} analysed={analysed} />
      )}
    </>
  );
}

function Sentence({ read: { total, looked } }: { read: DriftRead }) {
  return (
    <>
      <b>{total === 0 ? "No series" : plural(total, "series", "series")}</b> {total < 2 ? "moves" : "move"} in small
      steps that no changepoint tells; {plural(looked, "series", "series")} {looked === 1 ? "was" : "were"} long enough
      to tell.
    </>
  );
}

const LABELS = { regression: "Worse", improvement: "Better", moved: "Moved" } as const;
const SORTS = { change: "Largest change", certainty: "Certainty", workload: "Name" } as const;

function Toolbar({ project, read, selection }: Omit<Props, "pageSize" | "analysed">) {
  const to = (change: Partial<DriftSelection>) => driftUrl(project, { ...selection, page: 1, ...change });
  const choice = (names: string[], key: "metric" | "environment"): MenuItem[] => [
    { key: "", label: "All", selected: selection[key] === null, href: to({ [key]: null }) },
    ...names.map((name) => ({
      key: name,
      label: key === "metric" ? metricLabel(name, null) : name,
      selected: selection[key] === name,
      href: to({ [key]: name }),
    })),
  ];
  return (
    <div className="mb-4 flex flex-wrap items-center gap-2">
      <DriftFilter project={project} selection={selection} />
      {read.metrics.length > 1 && (
        <Select label="Metric" value={selection.metric ?? "all"} items={choice(read.metrics, "metric")} />
      )}
      {read.environments.length > 1 && (
        <Select
          label="Environment"
          value={selection.environment ?? "all"}
          items={choice(read.environments, "environment")}
        />
      )}
      <Select
        label="Sort"
        value={SORTS[selection.sort]}
        items={DRIFT_SORTS.map((sort) => ({
          key: sort,
          label: SORTS[sort],
          selected: selection.sort === sort,
          href: to({ sort }),
        }))}
      />
      <span className="grow max-lg:hidden" />
      <Segmented
        label="Direction"
        items={[
          { key: "all", label: "All", href: to({ direction: null }), current: selection.direction === null },
          ...DRIFT_DIRECTIONS.map((direction) => ({
            key: direction,
            label: LABELS[direction],
            href: to({ direction }),
            current: selection.direction === direction,
          })),
        ]}
      />
    </div>
  );
}

function DriftTable({ project, items }: { project: string; items: readonly DriftItem[] }) {
  return (
    <Table label="Series that drift">
      <thead>
        <tr>
          <Head>Workload</Head>
          <Head className="max-sm:hidden">Metric</Head>
          <Head className="max-md:hidden">Environment</Head>
          <Head numeric>Drift</Head>
          <Head numeric className="max-md:hidden">
            95 % interval
          </Head>
          <Head numeric className="max-lg:hidden">
            Level now
          </Head>
          <Head>Since</Head>
          <Head numeric className="max-sm:hidden">
            Points
          </Head>
          <Head numeric className="max-lg:hidden">
            p
          </Head>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <DriftRow key={item.url} project={project} item={item} />
        ))}
      </tbody>
    </Table>
  );
}

function DriftRow({ project, item }: { project: string; item: DriftItem }) {
  const { workload, workloadNumber, params, metric, metricName, environment, direction, unit, level } = item;
  const label = paramsLabel(params);
  const chosen = label === "" ? null : JSON.stringify(params);
  return (
    <Row>
      <Cell className="min-w-40 max-sm:py-1">
        <Link
          href={workloadUrl(
            project,
            { number: workloadNumber, name: workload },
            { params: chosen, metric: [metric], environment: [environment] },
          )}
          className="font-medium hover:underline"
          prefetch={false}
        >
          {workload}
        </Link>
        {label !== "" && <span className="text-ink-3"> {label}</span>}
        <span className="text-label text-ink-3 sm:hidden"> {metricLabel(metric, metricName)}</span>
      </Cell>
      <Cell className="whitespace-nowrap max-sm:hidden">{metricLabel(metric, metricName)}</Cell>
      <Cell className="whitespace-nowrap text-ink-2 max-md:hidden">{environment}</Cell>
      <Cell numeric>
        <span className="sr-only">{capitalised(direction)}: </span>
        <MemberDelta member={item} />
      </Cell>
      <Cell numeric className="whitespace-nowrap text-ink-2 max-md:hidden">
        {intervalText(item)}
      </Cell>
      <Cell numeric className="max-lg:hidden">
        {level === null ? "" : formatQuantity(level, unit)}
      </Cell>
      <Cell className="whitespace-nowrap text-ink-2">
        {item.release ?? <span className="font-mono">{shortSha(item.since)}</span>}
        {item.steps > 0 && <span className="text-ink-3 max-sm:hidden">, besides {plural(item.steps, "step")}</span>}
      </Cell>
      <Cell numeric className="text-ink-2 max-sm:hidden">
        {formatCount(item.points)}
      </Cell>
      <Cell numeric className="text-ink-3 max-lg:hidden">
        {formatP(item.p)}
      </Cell>
    </Row>
  );
}

function Nothing({ project, read, selection, analysed }: Omit<Props, "pageSize">) {
  const when = analysed && (
    <p className="mt-1">
      <Analysed {...analysed} />
    </p>
  );
  const { direction, metric, environment, workload, page } = selection;
  if (direction !== null || metric !== null || environment !== null || workload !== null || page > 1)
    return (
      <EmptyState
        title="No series that drifts matches"
        actions={<ButtonLink href={driftUrl(project)}>Show all</ButtonLink>}
      >
        Other filters may have some.
      </EmptyState>
    );
  if (read.looked === 0)
    return (
      <EmptyState title="Too early to tell">
        <p>
          A drift is looked for in the points since the last release, or in the newest hundred. It takes twenty of them.
        </p>
        {when}
      </EmptyState>
    );
  return (
    <EmptyState title="No series drifts">
      <p>
        None of {plural(read.looked, "series", "series")} moved by more than its noise makes, and its metric’s smallest
        effect, without a step.
      </p>
      {when}
    </EmptyState>
  );
}
