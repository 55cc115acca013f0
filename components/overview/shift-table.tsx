import Link from "next/link";
import { MemberDelta, memberName } from "@/components/frame/largest";
import { classes } from "@/components/ui/classes";
import { StatusDot } from "@/components/ui/status-dot";
import { Cell, Head, Row, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { formatShare, plural } from "@/lib/format/number";
import { formatRange } from "@/lib/format/time";
import { formatDifference, formatInColumn, scaleFor } from "@/lib/format/unit";
import { capitalised, dotOf } from "@/lib/format/verdict";
import type { ShiftCost } from "@/lib/shift/cost";
import { shiftUrl } from "@/lib/urls/shift";
import { type Listed, type SecondsColumn, secondsOf } from "./seconds-column";

const BAR_PX = 70;

/** What a list of shifts is ordered by. */
export type ShiftOrder = "cost" | "saving" | "latest";

const TITLE: Record<ShiftOrder, string> = {
  cost: "Regressions, by cost",
  saving: "Improvements, by time saved",
  latest: "Latest shifts",
};
const SECONDS: Record<ShiftOrder, string> = {
  cost: "Cost per pass",
  saving: "Saved per pass",
  latest: "Time per pass",
};

/** A mixed shift that costs time saves none, and the other way round. */
const kept = (seconds: number | null, sorted: ShiftOrder) =>
  seconds === null || (sorted === "cost" && seconds < 0) || (sorted === "saving" && seconds > 0) ? null : seconds;

/** Shifts as rows: what moved most, by how much, and what it costs. `sorted` names the column that orders them. */
export function ShiftTable({
  project,
  shifts,
  sorted,
  column: { scale, most },
}: {
  project: string;
  shifts: readonly Listed[];
  sorted: ShiftOrder;
  column: SecondsColumn;
}) {
  // Two lists beside each other have no room for it.
  const rangeClass = sorted === "latest" ? "max-lg:hidden" : "max-lg:hidden xl:hidden";
  return (
    <Table label={TITLE[sorted]}>
      <thead>
        <tr>
          <Head>
            <span className="sr-only">Number</span>
          </Head>
          <Head>Largest change</Head>
          <Head numeric>Change</Head>
          <Head numeric className={classes("max-sm:hidden", sorted !== "latest" && "font-medium text-ink")}>
            {SECONDS[sorted]}
            {sorted !== "latest" && <span aria-hidden="true"> ↓</span>}
          </Head>
          <Head className={rangeClass}>Range</Head>
          <Head className={classes("max-sm:hidden", sorted === "latest" && "font-medium text-ink")}>
            First shifted{sorted === "latest" && <span aria-hidden="true"> ↓</span>}
          </Head>
          <Head className="max-sm:hidden">Status</Head>
        </tr>
      </thead>
      <tbody>
        {shifts.map((shift) => {
          const { number, status, state, needsPoints, summary, lastGood, firstShifted, firstShiftedAt } = shift;
          const seconds = kept(secondsOf(shift), sorted);
          // An improvement is told by what got better, also where other things got worse.
          const told = sorted === "saving" ? (summary.best ?? summary.largest) : summary.largest;
          const others = (sorted === "saving" ? summary.better : summary.worse + summary.better + summary.moved) - 1;
          return (
            <Row key={number} className="relative">
              <Cell className="text-ink-3">#{number}</Cell>
              <Cell className="w-full max-w-0 max-sm:py-1">
                <span className="flex gap-1 max-sm:inline max-sm:[overflow-wrap:anywhere]">
                  <Link
                    href={shiftUrl(project, number)}
                    prefetch={false}
                    title={shift.cost && `${memberName(told)}: ${costParts(shift.cost)}`}
                    className="min-w-0 truncate font-medium after:absolute after:inset-0 after:content-[''] max-sm:whitespace-normal"
                  >
                    {memberName(told)}
                  </Link>{" "}
                  {others > 0 && <span className="shrink-0 text-ink-3">and {others} more</span>}
                </span>
              </Cell>
              <Cell numeric>
                <MemberDelta member={told} />
              </Cell>
              <Cell numeric className="max-sm:hidden">
                <Cost seconds={seconds} most={most} text={formatInColumn(seconds, most, scale)} />
              </Cell>
              <Cell className={classes("sha whitespace-nowrap", rangeClass)}>
                {formatRange(lastGood, firstShifted)}
              </Cell>
              <Cell className="whitespace-nowrap max-sm:hidden">
                <span className="relative z-10">
                  <Time at={firstShiftedAt} />
                </span>
              </Cell>
              <Cell className="max-sm:hidden">
                {/* What the analysis still doubts or has seen undone says more than that nobody looked at it. */}
                <StatusDot shape={dotOf(status)}>
                  {capitalised(status === "new" && state !== "confirmed" ? state : status)}
                  {needsPoints !== null && (
                    <span className="font-normal text-ink-3 max-xl:hidden" title="Until it is confirmed">
                      {plural(needsPoints, "point")} more
                    </span>
                  )}
                </StatusDot>
              </Cell>
            </Row>
          );
        })}
      </tbody>
    </Table>
  );
}

/** "+2.60 s a pass, 98 % certain, seen by 100 % of recent runs": the parts of the cost, in words. */
function costParts({ seconds, certainty, reach }: ShiftCost): string {
  const size = seconds === null ? "no duration moved" : `${formatDifference(seconds, scaleFor([seconds], "s"))} a pass`;
  return `${size}, ${formatShare(certainty)} certain, seen by ${formatShare(reach)} of recent runs`;
}

/** Seconds that a pass takes longer: a filled bar; shorter: a hollow one. */
function Cost({ seconds, most, text }: { seconds: number | null; most: number; text: string }) {
  if (seconds === null || seconds === 0 || most === 0) return <span className="text-ink-3">none</span>;
  const width = Math.max(2, Math.round((Math.abs(seconds) / most) * BAR_PX));
  return (
    <span className="inline-flex items-center justify-end gap-2">
      <i
        aria-hidden="true"
        style={{ width }}
        className={classes("h-2 rounded-[1px]", seconds > 0 ? "bg-worse-mark" : "border border-better-mark")}
      />
      <span className={classes("min-w-[60px]", seconds < 0 && "text-better")}>{text}</span>
    </span>
  );
}
