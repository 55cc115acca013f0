import Link from "next/link";
import { PageHead } from "@/components/frame/page-head";
import { ButtonLink } from "@/components/ui/button";
import { CopyPath } from "@/components/ui/copy-link";
import { EmptyState } from "@/components/ui/state";
import { formatCount, plural } from "@/lib/format/number";
import type { WorkloadList } from "@/lib/queries/workloads";
import { apiUrl } from "@/lib/urls/api";
import { type WorkloadsSelection, workloadsUrl } from "@/lib/urls/workloads";
import { FirstRun } from "../overview/first-run";
import { SinceWords, Summary } from "./summary";
import { Toolbar } from "./toolbar";
import { WorkloadTable } from "./workload-table";

type Props = {
  list: WorkloadList;
  selection: WorkloadsSelection;
  /** Address of this server, for the commands of an empty project. */
  origin: string;
};

/** All cases x metrics of one environment: history as a glyph, level now, change since. */
export function Workloads({ list, selection, origin }: Props) {
  const project = list.project.slug;
  if (list.environment === null) return <FirstRun project={project} name="Workloads" origin={origin} />;
  const { name: _name, group: _group, hide: _hide, detail: _detail, ...filters } = selection;
  return (
    <>
      <PageHead title="Workloads" sentence={<Summary list={list} />}>
        <CopyPath path={lastingUrl(list, selection)} />
      </PageHead>
      <Toolbar list={list} selection={selection} />
      {list.rows.length === 0 ? (
        <Nothing list={list} selection={selection} />
      ) : (
        <WorkloadTable list={list} selection={selection} />
      )}
      <p className="mt-3 text-label text-ink-3">
        Each cell: medians of a commit, level of each segment, changepoints; the level now and its change against{" "}
        <SinceWords since={list.since} />. Grey is a change below 2 %.
        {selection.detail &&
          " ± is the noise of a point; p the chance of the step, the least certain where there are several."}{" "}
        Spikes are cut off at the edge. <Retired list={list} selection={selection} />{" "}
        <a href={apiUrl.workloads(project, { ...filters, format: "csv" })} className="link">
          The same as CSV
        </a>
      </p>
    </>
  );
}

/** The same view with nothing in its address that another day changes: environment, branch and start of the window. */
function lastingUrl({ project, environment, branch, since }: WorkloadList, selection: WorkloadsSelection): string {
  const from = since?.tag ?? (selection.since === "first" ? "first" : (since?.sha.slice(0, 12) ?? null));
  return workloadsUrl(project.slug, { ...selection, environment, branch, since: from });
}

function Nothing({ list, selection }: { list: WorkloadList; selection: WorkloadsSelection }) {
  const project = list.project.slug;
  const { counts, metrics } = list;
  if (counts.all === 0)
    return (
      <EmptyState title={metrics.length === 0 ? "No series is analysed here yet" : "All workloads here are retired"}>
        {metrics.length === 0
          ? "Runs are stored; their analysis takes some seconds. The overview says what waits."
          : "They are kept, and can be shown."}
      </EmptyState>
    );
  return (
    <EmptyState
      title={`0 of ${plural(counts.all, "row")} match`}
      actions={
        <ButtonLink href={workloadsUrl(project, { ...selection, filter: null, show: "all" })}>
          Show {formatCount(counts.all)}
        </ButtonLink>
      }
    >
      {selection.filter
        ? `No name or parameter contains “${selection.filter}”${selection.show === "all" ? "" : ` among the ${selection.show} ones`}.`
        : selection.show === "failing"
          ? "Nothing fails or is missing at the newest measured commit."
          : "No metric shifted in this window."}
    </EmptyState>
  );
}

function Retired({ list, selection }: { list: WorkloadList; selection: WorkloadsSelection }) {
  if (list.retired === 0) return null;
  const shown = selection.retired;
  return (
    <>
      {plural(list.retired, "retired workload")} {shown ? (list.retired === 1 ? "is" : "are") : "not"} shown.{" "}
      <Link href={workloadsUrl(list.project.slug, { ...selection, retired: !shown })} className="link" prefetch={false}>
        {shown ? "Hide" : "Show"}
      </Link>
    </>
  );
}
