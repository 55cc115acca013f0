import Link from "next/link";
import { PageHead, Section } from "@/components/frame/page-head";
import { Select } from "@/components/ui/menu";
import { Segmented } from "@/components/ui/segmented";
import { formatCount, formatExpected, plural } from "@/lib/format/number";
import { formatDate } from "@/lib/format/time";
import type { Measured, Overview as OverviewRead } from "@/lib/queries/overview";
import { type OverviewSelection, overviewUrl } from "@/lib/urls/overview";
import { shiftsUrl } from "@/lib/urls/shifts";
import { workloadsUrl } from "@/lib/urls/workloads";
import { FirstRun } from "./first-run";
import { headline, Sentence } from "./headline";
import { HealthTable } from "./health-table";
import { HeatKey } from "./heat-key";
import { Rail } from "./rail";
import { ShiftTable } from "./shift-table";

type Props = { overview: OverviewRead; selection: OverviewSelection };

/** What changed lately, what is open, how new it is, and how every workload does. */
export function Overview({ overview, selection }: Props) {
  const { project, measured } = overview;
  if (!measured) return <FirstRun project={project.slug} name={project.name} />;
  return (
    <>
      <PageHead title={headline(measured)} sentence={<Sentence {...measured} />}>
        <Selectors project={project.slug} measured={measured} selection={selection} />
      </PageHead>
      <div className="mt-6 grid gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,1fr)_272px]">
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

function Shifts({
  project,
  measured,
  selection,
}: {
  project: string;
  measured: Measured;
  selection: OverviewSelection;
}) {
  const { totals, costly, latest } = measured;
  const byCost = selection.shifts === "cost";
  const rest = totals.open - costly.length;
  const restCosts = totals.costly > costly.length;
  return (
    <Section
      className="min-w-0"
      title={byCost ? "Open shifts, by cost" : "Latest shifts"}
      note={noteOf(totals, byCost)}
      right={
        <span className="flex items-center gap-3">
          <Segmented
            label="Which shifts"
            items={[
              {
                key: "cost",
                label: "By cost",
                href: overviewUrl(project, { ...selection, shifts: "cost" }),
                current: byCost,
              },
              {
                key: "latest",
                label: "Latest",
                href: overviewUrl(project, { ...selection, shifts: "latest" }),
                current: !byCost,
              },
            ]}
          />
          <Link href={shiftsUrl(project)} className="link whitespace-nowrap" prefetch={false}>
            All {formatCount(totals.open)} open
          </Link>
        </span>
      }
    >
      <ShiftTable project={project} shifts={byCost ? costly : latest} sorted={selection.shifts} />
      {byCost && rest > 0 && (
        <p className="mt-3 text-label text-ink-3">
          {formatCount(rest)} more open {rest === 1 ? "shift" : "shifts"}
          {!restCosts && ", all without cost in time"}.{" "}
          <Link href={shiftsUrl(project, { sort: "cost" })} className="link" prefetch={false}>
            Show them
          </Link>
        </p>
      )}
    </Section>
  );
}

function HealthSection({ project, measured }: { project: string; measured: Measured }) {
  const { health, environment } = measured;
  const left = health.commits[0];
  return (
    <Section
      title="Health"
      note={`last ${plural(health.commits.length, "measured commit")} on ${environment}, median of three neighbours against the level at the left edge${left?.committedAt ? ` (${formatDate(left.committedAt)})` : ""}`}
      right={<HeatKey />}
    >
      <HealthTable health={health} project={project} environment={environment ?? ""} />
      <p className="mt-3 text-label text-ink-3">
        {health.total > health.rows.length && (
          <>
            {health.rows.length} of {formatCount(health.total)} workloads, those that changed most.{" "}
            <Link href={workloadsUrl(project)} className="link" prefetch={false}>
              Show all
            </Link>{" "}
          </>
        )}
        Worse fills a cell, better its lower half. Triangles under a strip are changepoints, over it releases. Steps of
        colour: 7, 20, 50 % worse; 5, 15, 30 % better. Empty: failed or not measured. All times are UTC.
      </p>
    </Section>
  );
}

/** How many cost time, and how many of all that is told are to be expected to be chance. */
function noteOf({ open, costly, expectedFalse }: Measured["totals"], byCost: boolean): string | undefined {
  const chance = expectedFalse.confirmed + expectedFalse.provisional;
  const parts = [
    byCost && open > 0 ? `${formatCount(costly)} cost time` : "",
    chance >= 0.05 ? `some ${formatExpected(chance)} of all told expected to be chance` : "",
  ];
  return parts.filter(Boolean).join("; ") || undefined;
}
