import Link from "next/link";
import { MemberDelta, memberName } from "@/components/frame/largest";
import { classes } from "@/components/ui/classes";
import { EmptyState } from "@/components/ui/state";
import { StatusDot } from "@/components/ui/status-dot";
import { Cell, Head, Row, Table } from "@/components/ui/table";
import { plural } from "@/lib/format/number";
import { formatDate, formatRange } from "@/lib/format/time";
import { formatDifference, scaleFor } from "@/lib/format/unit";
import { capitalised, dotOf } from "@/lib/format/verdict";
import type { ShiftItem } from "@/lib/queries/openShifts";
import { shiftUrl } from "@/lib/urls/shift";

const BAR_PX = 70;

/** Shifts as rows: what moved most, by how much, and what it costs. `sorted` names the column that orders them. */
export function ShiftTable({
  project,
  shifts,
  sorted,
}: {
  project: string;
  shifts: ShiftItem[];
  sorted: "cost" | "latest";
}) {
  if (shifts.length === 0) return <EmptyState title="No shift is open" className="py-8" />;
  const costs = shifts.map(({ summary }) => summary.costSeconds);
  const most = Math.max(...costs.map((cost) => Math.abs(cost ?? 0)));
  const scale = scaleFor(costs, "s");
  return (
    <Table label={sorted === "cost" ? "Open shifts, by cost" : "Latest shifts"}>
      <thead>
        <tr>
          <Head>
            <span className="sr-only">Number</span>
          </Head>
          <Head>Largest change</Head>
          <Head numeric>Change</Head>
          <Head numeric className={classes("max-sm:hidden", sorted === "cost" && "font-medium text-ink")}>
            Time per pass{sorted === "cost" && <span aria-hidden="true"> ↓</span>}
          </Head>
          <Head className="max-lg:hidden">Range</Head>
          <Head className={classes("max-sm:hidden", sorted === "latest" && "font-medium text-ink")}>
            First shifted{sorted === "latest" && <span aria-hidden="true"> ↓</span>}
          </Head>
          <Head className="max-sm:hidden">Status</Head>
        </tr>
      </thead>
      <tbody>
        {shifts.map(({ number, status, state, needsPoints, summary, lastGood, firstShifted, firstShiftedAt }) => {
          const others = summary.worse + summary.better + summary.moved - 1;
          return (
            <Row key={number} className="relative">
              <Cell className="text-ink-3">#{number}</Cell>
              <Cell className="w-full max-w-0 truncate max-sm:py-1 max-sm:whitespace-normal">
                <Link
                  href={shiftUrl(project, number)}
                  prefetch={false}
                  className="font-medium after:absolute after:inset-0 after:content-['']"
                >
                  {memberName(summary.largest)}
                </Link>
                {others > 0 && <span className="text-ink-3"> and {others} more</span>}
              </Cell>
              <Cell numeric>
                <MemberDelta member={summary.largest} />
              </Cell>
              <Cell numeric className="max-sm:hidden">
                <Cost seconds={summary.costSeconds} most={most} text={formatDifference(summary.costSeconds, scale)} />
              </Cell>
              <Cell className="sha whitespace-nowrap max-lg:hidden">{formatRange(lastGood, firstShifted)}</Cell>
              <Cell className="whitespace-nowrap max-sm:hidden">{formatDate(firstShiftedAt)}</Cell>
              <Cell className="max-sm:hidden">
                {/* What the analysis still doubts or has seen undone says more than that nobody looked at it. */}
                <StatusDot shape={dotOf(status)}>
                  {capitalised(status === "new" && state !== "confirmed" ? state : status)}
                  {needsPoints !== null && (
                    <span className="font-normal text-ink-3">{plural(needsPoints, "point")} more</span>
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
