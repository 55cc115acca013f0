import { Analysed } from "@/components/frame/analysed";
import { ButtonLink } from "@/components/ui/button";
import { Command, EmptyState } from "@/components/ui/state";
import { Time } from "@/components/ui/time";
import { formatCount, formatExpected, plural } from "@/lib/format/number";
import { shortSha } from "@/lib/format/time";
import type { SavedFilterItem } from "@/lib/queries/savedFilters";
import type { ShiftSpark, ShiftsRead } from "@/lib/queries/shifts";
import type { Person } from "@/lib/queries/triage";
import { apiUrl } from "@/lib/urls/api";
import { type ShiftsSelection, shiftsQuery, shiftsUrl } from "@/lib/urls/shifts";
import { ListHead } from "./list-head";
import { Pages } from "./pages";
import { Queue } from "./queue";
import { SavedFilters } from "./saved-filters";
import { Toolbar } from "./toolbar";

type Props = {
  project: string;
  list: ShiftsRead;
  sparks: ShiftSpark[];
  selection: ShiftsSelection;
  pageSize: number;
  filters: SavedFilterItem[];
  /** What the reader may do, and who that is. */
  mayTriage: boolean;
  me: Person | null;
  people: Person[];
};

/** The queue of shifts: what is open first, filters in the address. */
export function ShiftsPage(props: Props) {
  const { project, list, sparks, selection, pageSize, filters, mayTriage, me, people } = props;
  const { page: _, ...kept } = selection;
  const query = shiftsQuery.build(kept);
  return (
    <>
      <ListHead
        project={project}
        current="queue"
        title="Shifts"
        sentence={<Sentence list={list} />}
        csv={apiUrl.shifts(project, { ...selection, page: 1, format: "csv" })}
      >
        <SavedFilters project={project} filters={filters} query={query} mayTriage={mayTriage} />
      </ListHead>
      <Toolbar project={project} list={list} selection={selection} isPerson={me !== null} />
      {list.items.length > 0 ? (
        <>
          <Queue
            // What is selected belongs to the list as it is shown: another filter or page begins anew.
            key={shiftsQuery.build(selection)}
            project={project}
            shifts={list.items}
            sparks={sparks}
            selection={selection}
            total={list.total}
            seen={list.seen}
            mayTriage={mayTriage}
            me={me}
            people={people}
          />
          <Pages
            page={selection.page}
            pageSize={pageSize}
            shown={list.items.length}
            total={list.total}
            urlOf={(page) => shiftsUrl(project, { ...selection, page })}
          />
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
      <b>{formatCount(counts.open)} open</b> of {plural(counts.all, "shift")}.{" "}
      {plural(analysis.series, "series", "series")} analysed
      {analysis.newest && (
        <>
          {" "}
          up to <span className="sha">{shortSha(analysis.newest)}</span>, <Time at={analysis.newestAt} />
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
      Some {formatExpected(total)} of all may be chance: {formatExpected(expected.confirmed)} confirmed,{" "}
      {formatExpected(expected.provisional)} provisional.
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
  const { newest, newestAt } = analysis;
  const when = (
    <Analysed
      series={analysis.series}
      at={analysis.analysedAt}
      pending={analysis.pending}
      newest={newest === null ? null : { sha: newest, committedAt: newestAt }}
    />
  );
  const { status, sort: _sort, page: _page, ...filters } = selection;
  const isFiltered = Object.values(filters).some((value) => value !== null);
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
