import type { ReactNode } from "react";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/state";
import type { NextRead } from "@/lib/queries/next";
import type { ShiftSharing } from "@/lib/queries/sharing";
import type { ShiftRead } from "@/lib/queries/shift";
import { type ShiftSelection, shiftUrl } from "@/lib/urls/shift";
import { ShiftActions, ShiftDock } from "./actions";
import { AlsoMoved } from "./also-moved";
import { DidNotMove } from "./did-not-move";
import { ShiftHead } from "./head";
import { MemberChart } from "./member-chart";
import { NotTheCode } from "./not-the-code";
import { chartsOf, mainEnvironment, type Pair, pairsOf } from "./pairs";
import { PhoneRange } from "./phone-range";
import { Rail } from "./rail";

type Props = {
  shift: ShiftRead;
  /** Where to measure next. */
  next: NextRead;
  selection: ShiftSelection;
  sharing: ShiftSharing;
  /** What people say of it. */
  triage: ReactNode;
};

/** One shift: what moved, by how much, in which commits; the page that goes into issues. */
export function ShiftPage({ shift, next, selection, sharing, triage }: Props) {
  const environment = mainEnvironment(shift, selection.environment);
  const pairs = pairsOf(shift.members, environment);
  const share = { slug: shift.project.slug, number: shift.number, url: sharing.url, issue: sharing.issue };
  return (
    <>
      <ShiftHead shift={shift} environment={environment}>
        <ShiftActions {...share} />
      </ShiftHead>
      <div className="mt-5 grid grid-cols-[minmax(0,1fr)_288px] gap-x-10 gap-y-8 max-lg:grid-cols-1">
        <div className="min-w-0">
          <Charts shift={shift} pairs={pairs} />
          <PhoneRange shift={shift} />
          <NotTheCode shift={shift} />
          {pairs.length > 0 && (
            <AlsoMoved shift={shift} pairs={pairs} environment={environment} selection={selection} />
          )}
          <DidNotMove shift={shift} />
        </div>
        <Rail shift={shift} next={next} triage={triage} />
      </div>
      <div className="sticky bottom-0 -mx-(--gutter) mt-8 flex gap-2 border-t border-line bg-bg px-(--gutter) pt-2.5 pb-3.5 sm:hidden">
        <ShiftDock {...share} />
      </div>
    </>
  );
}

function Charts({ shift, pairs }: { shift: ShiftRead; pairs: Pair[] }) {
  const { range, window, months, project } = shift;
  const charts = chartsOf(pairs);
  if (charts.length === 0 || range === null) {
    return (
      <EmptyState
        title={shift.state === "withdrawn" ? "Nothing to draw any more" : "No series of this shift lies on the line"}
        actions={
          shift.partOf !== null && (
            <ButtonLink href={shiftUrl(project.slug, shift.partOf)}>Open #{shift.partOf}</ButtonLink>
          )
        }
      >
        {goneText(shift)} What was reported stands beside this.
      </EmptyState>
    );
  }
  return (
    <>
      <div className="grid grid-cols-2 gap-x-5 gap-y-6 max-sm:grid-cols-1">
        {charts.map((member, i) => (
          <div
            key={`${member.workload} ${JSON.stringify(member.params)} ${member.metric}`}
            className={i > 1 ? "max-sm:hidden" : undefined}
          >
            <MemberChart
              slug={project.slug}
              member={member}
              window={window}
              range={range}
              events={shift.events}
              months={months}
            />
          </div>
        ))}
      </div>
      <Legend />
    </>
  );
}

function goneText({ state, partOf }: ShiftRead): string {
  if (partOf !== null) return `Its series are drawn at #${partOf}.`;
  if (state === "withdrawn") return "No series shows this step any more: why stands above.";
  return "Its commits are no longer on the branch’s line.";
}

function Legend() {
  return (
    <p className="mt-3 flex flex-wrap items-center gap-x-5 gap-y-1 text-label text-ink-3 [&>span]:inline-flex [&>span]:items-center [&>span]:gap-1.5">
      <span>
        <i className="h-2.5 w-4 rounded-[2px] bg-[linear-gradient(90deg,var(--range-worse)_50%,var(--range-better)_50%)]" />
        Last good to first shifted
      </span>
      <span>
        <i className="h-0.5 w-4 bg-level" />
        Level of a segment
      </span>
      <span>
        <i className="h-2.5 w-4 rounded-[2px] bg-band" />5 to 95 % of its points
      </span>
      <span>
        <i className="size-[5px] rounded-full bg-point" />
        Median of a commit’s runs, their spread
      </span>
      <span>
        <i className="size-[7px] rounded-full border-[1.5px] border-point" />
        Runs disagree
      </span>
      <span>
        <i className="size-[6px] rotate-45 border-[1.2px] border-point" />
        Spike
      </span>
    </p>
  );
}
