import Link from "next/link";
import { Analysed } from "@/components/frame/analysed";
import { PageHead, Section } from "@/components/frame/page-head";
import { CopyPath } from "@/components/ui/copy-link";
import { Select } from "@/components/ui/menu";
import { Segmented } from "@/components/ui/segmented";
import { Time } from "@/components/ui/time";
import { formatCount, formatExpected, plural } from "@/lib/format/number";
import type { Measured, Overview as OverviewRead } from "@/lib/queries/overview";
import { type OverviewSelection, overviewUrl } from "@/lib/urls/overview";
import { shiftsUrl } from "@/lib/urls/shifts";
import { workloadsUrl } from "@/lib/urls/workloads";
import { FirstRun } from "./first-run";
import { headline, Sentence } from "./headline";
import { HealthTable } from "./health-table";
import { HeatKey } from "./heat-key";
import { Rail } from "./rail";
import { type SecondsColumn, secondsColumn } from "./seconds-column";
import { ShiftTable } from "./shift-table";

type Props = {
  overview: OverviewRead;
  selection: OverviewSelection;
  /** Address of this server, for the commands of an empty project. */
  origin: string;
};

/** What changed lately, what is open, how new it is, and how every workload does. */
export function Overview({ overview, selection, origin }: Props) {
  const { project, measured } = overview;
  if (!measured) return <FirstRun project={project.slug} name={project.name} origin={origin} />;
  return (
    <>
      <PageHead title={headline(measured)} sentence={<Sentence {...measured} />}>
        <Selectors project={project.slug} measured={measured} selection={selection} />
        <CopyPath path={overviewUrl(project.slug, { ...selection, ...pick(measured) })} />
      </PageHead>
      <div className="mt-6 grid gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,1fr)_272px] xl:grid-cols-[minmax(0,1fr)_320px]">
        <Shifts project={project.slug} measured={measured} selection={selection} />
        <Rail
          project={project.slug}
          freshness={measured.freshness}
          troubles={measured.troubles}
          defaultBranch={measured.branch}
        />
      </div>
      <HealthSection project={project.slug} measured={measured} />
    </>
  );
}

/** What the page shows by default and another day may not: named, so that a copied link stays with it. */
const pick = ({ environment, branch }: Measured) => ({ environment, branch });

function Selectors({
  project,
  measured,
  selection,
}: {
  project: string;
  measured: Measured;
  selection: OverviewSelection;
}) {
  const { environment, environments, branch, branches } = measured;
  const items = (names: string[], key: "environment" | "branch", chosen: string | null) =>
    names.map((name, index) => ({
      key: name,
      label: name,
      selected: name === chosen,
      // The first is the default, which is left out of the address.
      href: overviewUrl(project, { ...selection, [key]: index === 0 ? null : name }),
    }));
  return (
    <>
      {environments.length > 1 && (
        <Select
          label="Environment"
          value={environment ?? ""}
          align="end"
          items={items(environments, "environment", environment)}
        />
      )}
      {branches.length > 1 && (
        <Select label="Branch" value={branch} align="end" items={items(branches, "branch", branch)} />
      )}
    </>
  );
}

type PartProps = { project: string; measured: Measured; selection: OverviewSelection };

/** What got worse by cost and what got better by what it saves, side by side in weight; or the latest of both. */
function Shifts({ project, measured, selection }: PartProps) {
  const { totals, costly, latest, saving } = measured;
  const byCost = selection.shifts === "cost";
  const shown = byCost ? costly : latest;
  const column = secondsColumn(byCost ? [...costly, ...saving] : latest);
  return (
    <div className={byCost ? "grid min-w-0 content-start gap-x-12 gap-y-8 xl:grid-cols-2" : "min-w-0"}>
      <Section
        className="min-w-0"
        title={byCost ? "Regressions, by cost" : "Latest shifts"}
        note={noteOf(totals, byCost)}
        right={<ShiftsChoice project={project} measured={measured} selection={selection} />}
      >
        {shown.length === 0 ? (
          <Quiet title={byCost ? "No regression is open" : "No shift was found"} freshness={measured.freshness} />
        ) : (
          <ShiftTable project={project} shifts={shown} sorted={selection.shifts} column={column} />
        )}
        {byCost && <Rest project={project} measured={measured} />}
      </Section>
      {byCost && <Improvements project={project} measured={measured} column={column} />}
    </div>
  );
}

function ShiftsChoice({ project, measured, selection }: PartProps) {
  const to = (shifts: OverviewSelection["shifts"]) => overviewUrl(project, { ...selection, shifts });
  const byCost = selection.shifts === "cost";
  return (
    <span className="flex items-center gap-3">
      <Segmented
        label="Which shifts"
        items={[
          { key: "cost", label: "By cost", href: to("cost"), current: byCost },
          { key: "latest", label: "Latest", href: to("latest"), current: !byCost },
        ]}
      />
      <Link href={shiftsUrl(project)} className="link whitespace-nowrap" prefetch={false}>
        {measured.totals.open > 1 ? `All ${formatCount(measured.totals.open)} open` : "Open shifts"}
      </Link>
    </span>
  );
}

/** How many of what got worse or moved stand in no row, and where they do. */
function Rest({ project, measured: { totals, costly } }: Omit<PartProps, "selection">) {
  const rest = totals.worse + totals.rose + totals.fell - costly.length;
  if (rest <= 0) return null;
  return (
    <p className="mt-3 text-label text-ink-3">
      {formatCount(rest)} more{totals.costly <= costly.length && ", all without cost in time"}.{" "}
      <Link href={shiftsUrl(project, { sort: "cost" })} className="link" prefetch={false}>
        Show them
      </Link>
    </p>
  );
}

type ImprovementsProps = Omit<PartProps, "selection"> & { column: SecondsColumn };

function Improvements({ project, measured, column }: ImprovementsProps) {
  const { saving, totals, freshness } = measured;
  return (
    <Section
      className="min-w-0"
      // As high as the head beside it, which holds a control.
      title={<span className="leading-7">Improvements, by time saved</span>}
      note={
        totals.saving > 0 ? `${formatCount(totals.saving)} ${totals.saving === 1 ? "saves" : "save"} time` : undefined
      }
    >
      {saving.length === 0 ? (
        <Quiet title="No improvement is open" freshness={freshness} />
      ) : (
        <ShiftTable project={project} shifts={saving} sorted="saving" column={column} />
      )}
      {totals.better > saving.length && (
        <p className="mt-3 text-label text-ink-3">
          {formatCount(totals.better - saving.length)} more.{" "}
          <Link href={shiftsUrl(project)} className="link" prefetch={false}>
            All open shifts
          </Link>
        </p>
      )}
    </Section>
  );
}

/** An empty list of shifts, with what it rests on. */
function Quiet({ title, freshness: { analysed, newest } }: { title: string; freshness: Measured["freshness"] }) {
  return (
    <>
      <p className="font-medium">{title}</p>
      <p className="text-ink-2">
        <Analysed {...analysed} newest={newest} />
      </p>
    </>
  );
}

function HealthSection({ project, measured }: { project: string; measured: Measured }) {
  const { health, environment } = measured;
  const left = health.commits[0];
  return (
    <Section
      title="Health"
      note={
        <>
          last {plural(health.commits.length, "measured commit")} on {environment}, median of three neighbours against
          the level at the left edge
          {left?.committedAt && (
            <>
              {" "}
              (<Time at={left.committedAt} />)
            </>
          )}
        </>
      }
      right={<HeatKey />}
    >
      {health.rows.length === 0 ? (
        <Quiet title="No series is analysed here yet" freshness={measured.freshness} />
      ) : (
        <HealthTable health={health} project={project} environment={environment ?? ""} />
      )}
      {health.total > health.rows.length && (
        <p className="mt-3 text-ink-2">
          {health.rows.length} of {formatCount(health.total)} workloads, those that changed most.{" "}
          <Link href={workloadsUrl(project)} className="link" prefetch={false}>
            Show all
          </Link>
        </p>
      )}
      <p className="mt-3 text-label text-ink-3">
        Worse fills a cell, better its lower half. Triangles under a strip are changepoints, over it releases. Steps of
        colour: 7, 20, 50 % worse; 5, 15, 30 % better. Empty: failed or not measured. All times are UTC.
      </p>
    </Section>
  );
}

/** How many cost time, and how many of all that is told are to be expected to be chance. */
function noteOf({ costly, expectedFalse }: Measured["totals"], byCost: boolean): string | undefined {
  const chance = expectedFalse.confirmed + expectedFalse.provisional;
  const parts = [
    byCost && costly > 0 ? `${formatCount(costly)} ${costly === 1 ? "costs" : "cost"} time` : "",
    chance >= 0.05 ? `of all changepoints told, some ${formatExpected(chance)} expected to be chance` : "",
  ];
  return parts.filter(Boolean).join("; ") || undefined;
}
