import Link from "next/link";
import { PageHead } from "@/components/frame/page-head";
import { Badge } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/state";
import { StatusDot } from "@/components/ui/status-dot";
import { plural } from "@/lib/format/number";
import { formatDate, shortSha } from "@/lib/format/time";
import { capitalised, dotOf, toneOf } from "@/lib/format/verdict";
import type { NextRead } from "@/lib/queries/next";
import type { ShiftRead } from "@/lib/queries/shift";
import { diffUrl } from "@/lib/urls/repository";
import type { ShiftSelection } from "@/lib/urls/shift";
import { shiftsUrl } from "@/lib/urls/shifts";
import { ShiftActions } from "./actions";
import { AlsoMoved } from "./also-moved";
import { MemberChart } from "./member-chart";
import { NotTheCode } from "./not-the-code";
import { chartsOf, mainEnvironment, type Pair, pairsOf } from "./pairs";
import { Rail } from "./rail";
import { countsText, shiftMarkdown, standingText } from "./words";

type Props = {
  shift: ShiftRead;
  /** Where to measure next. */
  next: NextRead;
  selection: ShiftSelection;
  /** The permalink, absolute. */
  url: string;
};

/** One shift: what moved, by how much, in which commits; the page that goes into issues. */
export function ShiftPage({ shift, next, selection, url }: Props) {
  const environment = mainEnvironment(shift, selection.environment);
  const pairs = pairsOf(shift.members, environment);
  const markdown = shiftMarkdown(shift, url, diffUrl(shift.project.repository, shift.lastGood, shift.firstShifted));
  return (
    <>
      <PageHead
        path={
          <>
            <Link href={shiftsUrl(shift.project.slug)} className="hover:text-ink">
              Shifts
            </Link>
            {` / #${shift.number}`}
            <span className="sm:hidden"> · {formatDate(shift.firstShiftedAt)}</span>
          </>
        }
        title={shift.title}
        sentence={<Sentence shift={shift} environment={environment} />}
      >
        <span className="flex gap-2 max-sm:hidden">
          <ShiftActions markdown={markdown} url={url} />
        </span>
      </PageHead>
      <div className="mt-5 grid grid-cols-[minmax(0,1fr)_288px] gap-x-10 gap-y-8 max-lg:grid-cols-1">
        <div className="min-w-0">
          <Charts shift={shift} pairs={pairs} />
          <NotTheCode shift={shift} />
          {pairs.length > 0 && (
            <AlsoMoved shift={shift} pairs={pairs} environment={environment} selection={selection} />
          )}
        </div>
        <Rail shift={shift} next={next} />
      </div>
      <div className="sticky bottom-0 -mx-(--gutter) mt-8 flex gap-2 border-t border-line bg-bg px-(--gutter) pt-2.5 pb-3.5 sm:hidden">
        <ShiftActions markdown={markdown} url={url} className="h-9 grow" />
      </div>
    </>
  );
}

function Sentence({ shift, environment }: { shift: ShiftRead; environment: string | null }) {
  const { environments } = shift.summary;
  const here = environments.find(({ name }) => name === environment);
  const others = environments.filter(({ name }) => name !== environment);
  const standing = standingText(shift);
  return (
    <>
      <Badge tone={toneOf(shift.direction)}>{capitalised(shift.direction)}</Badge>{" "}
      <span className="mr-2 ml-1 sm:hidden">
        <StatusDot shape={dotOf(shift.status)}>{capitalised(shift.status)}</StatusDot>
      </span>
      {standing && <b>{standing} </b>}
      <b>{countsText(here ?? shift.summary)}</b>
      {here && ` in ${here.name}`} between <span className="sha">{shortSha(shift.lastGood)}</span> and{" "}
      <span className="sha">{shortSha(shift.firstShifted)}</span>
      {shift.firstShiftedAt && `, ${formatDate(shift.firstShiftedAt)}`}.{" "}
      {here &&
        others.map(
          (other) =>
            `${plural(other.worse + other.better + other.moved, "series", "series")} of ${other.name} moved with it. `,
        )}
      {shift.containedIn ? (
        <>
          First contained in <b>{shift.containedIn}</b>
          {fixedText(shift)}.
        </>
      ) : (
        "In no release yet."
      )}
    </>
  );
}

function fixedText({ fixedIn, recoveredBy }: ShiftRead): string {
  if (fixedIn) return `, fixed in ${fixedIn}`;
  return recoveredBy === null ? ", not fixed since" : ", its fix in no release yet";
}

function Charts({ shift, pairs }: { shift: ShiftRead; pairs: Pair[] }) {
  const { range, window, months, project } = shift;
  const charts = chartsOf(pairs);
  if (charts.length === 0 || range === null) {
    return (
      <EmptyState
        title={shift.state === "withdrawn" ? "Nothing to draw any more" : "No series of this shift lies on the line"}
      >
        {shift.withdrawnReason ?? "Its commits are no longer on the branch’s line."} What was reported stands beside
        this.
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
            <MemberChart slug={project.slug} member={member} window={window} range={range} months={months} />
          </div>
        ))}
      </div>
      <Legend />
    </>
  );
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
    </p>
  );
}
