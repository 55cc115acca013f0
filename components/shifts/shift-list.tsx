import Link from "next/link";
import { MemberDelta, memberName } from "@/components/frame/largest";
import { MemberSpark } from "@/components/shift/also-moved";
import { Glyph, TONE_TEXT } from "@/components/ui/glyph";
import { StatusDot } from "@/components/ui/status-dot";
import { Cell, Head, Row, Table } from "@/components/ui/table";
import { plural } from "@/lib/format/number";
import { formatDate, formatRange } from "@/lib/format/time";
import { formatDifference, type Scale, scaleFor } from "@/lib/format/unit";
import { capitalised, dotOf, toneOf } from "@/lib/format/verdict";
import type { ListedShift, ShiftSpark } from "@/lib/queries/shifts";
import { shiftUrl } from "@/lib/urls/shift";
import { type ShiftsSelection, shiftsUrl } from "@/lib/urls/shifts";

type Props = {
  project: string;
  shifts: readonly ListedShift[];
  sparks: readonly ShiftSpark[];
  selection: ShiftsSelection;
};

/** Shifts as rows: what moved most and by how much, where, since when, and who has it. */
export function ShiftList({ project, shifts, sparks, selection }: Props) {
  const scale = scaleFor(
    shifts.map(({ summary }) => summary.costSeconds),
    "s",
  );
  const isOwned = shifts.some(({ owner }) => owner !== null);
  const sort = (key: ShiftsSelection["sort"]) => ({
    href: shiftsUrl(project, { ...selection, sort: key, page: 1 }),
    way: selection.sort === key ? ("down" as const) : null,
  });
  return (
    <Table label="Shifts">
      <thead>
        <tr>
          <Head sort={sort("number")}>
            <span aria-hidden="true">#</span>
            <span className="sr-only">Number</span>
          </Head>
          <Head>
            <span className="sr-only">Direction</span>
          </Head>
          <Head>Largest change</Head>
          <Head className="max-md:hidden">
            <span className="sr-only">Around the range</span>
          </Head>
          <Head numeric sort={sort("change")}>
            Change
          </Head>
          <Head numeric sort={sort("cost")} className="max-md:hidden">
            Per pass
          </Head>
          <Head className="max-lg:hidden">Environment</Head>
          <Head className="max-md:hidden">Range, commits</Head>
          <Head className="max-md:hidden" sort={sort("newest")}>
            First shifted
          </Head>
          <Head className="max-lg:hidden">Contained in</Head>
          <Head className="max-sm:hidden">Status</Head>
          {isOwned && <Head className="max-lg:hidden">Owner</Head>}
        </tr>
      </thead>
      <tbody>
        {shifts.map((shift) => (
          <ShiftRow
            key={shift.number}
            project={project}
            shift={shift}
            spark={sparks.find(({ number }) => number === shift.number)}
            scale={scale}
            isOwned={isOwned}
          />
        ))}
      </tbody>
    </Table>
  );
}

type RowProps = { project: string; shift: ListedShift; spark: ShiftSpark | undefined; scale: Scale; isOwned: boolean };

function ShiftRow({ project, shift, spark, scale, isOwned }: RowProps) {
  const { number, direction, summary, lastGood, firstShifted, commitsBetween, containedIn, owner } = shift;
  const others = Math.max(0, summary.worse + summary.better + summary.moved - 1);
  const tone = toneOf(direction);
  return (
    <Row className="relative">
      <Cell className="text-ink-3">#{number}</Cell>
      <Cell className={TONE_TEXT[tone]}>
        <span className="sr-only">{capitalised(direction)}</span>
        <Glyph tone={tone} way={summary.largest.difference < 0 ? "down" : "up"} />
      </Cell>
      <Cell className="w-full max-w-0 min-w-40 truncate max-sm:py-1 max-sm:whitespace-normal">
        <Link
          href={shiftUrl(project, number)}
          prefetch={false}
          title={shift.title}
          className="font-medium after:absolute after:inset-0 after:content-['']"
        >
          {memberName(summary.largest)}
        </Link>
        {others > 0 && <span className="text-ink-3"> and {others} more</span>}
      </Cell>
      <Cell className="max-md:hidden">
        {spark && <MemberSpark member={{ ...spark, better: summary.largest.better }} width={84} />}
      </Cell>
      <Cell numeric>
        <MemberDelta member={summary.largest} />
      </Cell>
      <Cell numeric className="max-md:hidden">
        {summary.costSeconds === null ? (
          <span className="sr-only">no duration moved</span>
        ) : (
          formatDifference(summary.costSeconds, scale)
        )}
      </Cell>
      <Cell className="whitespace-nowrap max-lg:hidden">{summary.environments.map(({ name }) => name).join(", ")}</Cell>
      <Cell className="whitespace-nowrap max-md:hidden">
        <span className="sha">{formatRange(lastGood, firstShifted)}</span>{" "}
        {commitsBetween !== null && <span className="text-ink-3">{commitsBetween + 1}</span>}
      </Cell>
      <Cell className="whitespace-nowrap max-md:hidden">{formatDate(shift.firstShiftedAt)}</Cell>
      <Cell className="whitespace-nowrap text-ink-2 max-lg:hidden">{containedIn ?? "no release yet"}</Cell>
      <Cell className="max-sm:hidden">
        <StatusDot shape={dotOf(shift.status)}>
          {capitalised(shift.status)}
          <Standing shift={shift} />
        </StatusDot>
      </Cell>
      {isOwned && <Cell className="whitespace-nowrap text-ink-3 max-lg:hidden">{owner ?? "unassigned"}</Cell>}
    </Row>
  );
}

/** What the analysis says beside the status, where that is not simply "confirmed". */
function Standing({ shift: { state, partOf, recoveredBy, needsPoints } }: { shift: ListedShift }) {
  const text =
    partOf !== null
      ? `part of #${partOf}`
      : recoveredBy !== null
        ? `recovered by #${recoveredBy}`
        : state === "confirmed"
          ? ""
          : needsPoints !== null
            ? `provisional, ${plural(needsPoints, "point")} more`
            : state;
  return text ? <span className="font-normal text-ink-3">{text}</span> : null;
}
