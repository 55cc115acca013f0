import { PageHead } from "@/components/frame/page-head";
import { ButtonLink, buttonClasses } from "@/components/ui/button";
import { Command, EmptyState } from "@/components/ui/state";
import { formatCount, formatExpected, plural } from "@/lib/format/number";
import { formatDate, formatTime, shortSha } from "@/lib/format/time";
import type { ShiftSpark, ShiftsRead } from "@/lib/queries/shifts";
import { apiUrl } from "@/lib/urls/api";
import { type ShiftsSelection, shiftsUrl } from "@/lib/urls/shifts";
import { ShiftList } from "./shift-list";
import { Toolbar } from "./toolbar";

type Props = {
  project: string;
  list: ShiftsRead;
  sparks: ShiftSpark[];
  selection: ShiftsSelection;
  pageSize: number;
};

/** The queue of shifts: what is open first, filters in the address. */
export function ShiftsPage({ project, list, sparks, selection, pageSize }: Props) {
  return (
    <>
      <PageHead title="Shifts" sentence={<Sentence list={list} />}>
        <a
          href={apiUrl.shifts(project, { ...selection, page: 1, format: "csv" })}
          className={buttonClasses("ghost")}
          download
        >
          CSV
        </a>
      </PageHead>
      <Toolbar project={project} list={list} selection={selection} />
      {list.items.length > 0 ? (
        <>
          <ShiftList project={project} shifts={list.items} sparks={sparks} selection={selection} />
          <Pager project={project} list={list} selection={selection} pageSize={pageSize} />
        </>
      ) : (
        <Nothing project={project} list={list} selection={selection} />
      )}
    </>
  );
}

function Sentence({ list: { counts, analysis } }: { list: ShiftsRead }) {
  const pending = analysis.pending > 0 ? `${plural(analysis.pending, "analysis", "analyses")} pending` : "none pending";
  return (
    <>
      <b>{formatCount(counts.open)} open</b> of {formatCount(counts.all)}. {plural(analysis.series, "series", "series")}{" "}
      analysed
      {analysis.newest && (
        <>
          {" "}
          up to <span className="sha">{shortSha(analysis.newest)}</span>, {formatDate(analysis.newestAt)}
        </>
      )}
      ; {pending}. <ExpectedFalse expected={analysis.expectedFalse} />
    </>
  );
}

/** So many of the listed ones are chance, if nothing but chance were at work. */
function ExpectedFalse({ expected }: { expected: ShiftsRead["analysis"]["expectedFalse"] }) {
  const total = expected.confirmed + expected.provisional;
  if (total < 0.05) return null;
  return (
    <span title={`${formatCount(expected.points)} points judged in ${plural(expected.series, "series", "series")}`}>
      Some {formatExpected(total)} of all are to be expected to be chance: {formatExpected(expected.confirmed)}{" "}
      confirmed, {formatExpected(expected.provisional)} provisional.
    </span>
  );
}

/** Three ways of being empty: filtered, quiet, and never analysed. */
function Nothing({ project, list, selection }: Pick<Props, "project" | "list" | "selection">) {
  const { analysis, counts } = list;
  if (analysis.series === 0) {
    return (
      <EmptyState title="Nothing has been analysed yet">
        <p className="mb-2">
          {analysis.pending > 0 ? "Results are stored and wait for the worker." : "Send the first results with"}
        </p>
        {analysis.pending === 0 && <Command>{`tidemark push --project ${project} runs.ndjson`}</Command>}
      </EmptyState>
    );
  }
  const when = `${plural(analysis.series, "series", "series")} analysed, last on ${formatTime(analysis.analysedAt)} UTC.`;
  const { filter, direction, state, metric, environment, workload, status } = selection;
  const isFiltered = [filter, direction, state, metric, environment, workload].some((value) => value !== null);
  if (!isFiltered && counts.all === 0) return <EmptyState title="No shift was found">{when}</EmptyState>;
  return (
    <EmptyState
      title={isFiltered ? "No shift matches these filters" : `No shift is ${status}`}
      actions={<ButtonLink href={shiftsUrl(project, { status: "all" })}>Show all</ButtonLink>}
    >
      {when}
    </EmptyState>
  );
}

function Pager({ project, list, selection, pageSize }: Omit<Props, "sparks">) {
  const { page } = selection;
  const pages = Math.ceil(list.total / pageSize);
  const first = (page - 1) * pageSize + 1;
  const to = (other: number) => shiftsUrl(project, { ...selection, page: other });
  return (
    <nav aria-label="Pages of the list" className="mt-4 flex items-center gap-2 text-label text-ink-3">
      <span>
        {formatCount(first)} to {formatCount(first + list.items.length - 1)} of {formatCount(list.total)}
      </span>
      {page > 1 && <ButtonLink href={to(page - 1)}>Previous</ButtonLink>}
      {page < pages && <ButtonLink href={to(page + 1)}>Next</ButtonLink>}
    </nav>
  );
}
