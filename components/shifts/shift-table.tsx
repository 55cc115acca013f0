"use client";
import Link from "next/link";
import type { MouseEvent } from "react";
import { MemberDelta, memberName } from "@/components/frame/largest";
import { MemberSpark } from "@/components/shift/also-moved";
import { classes } from "@/components/ui/classes";
import { Glyph, TONE_TEXT } from "@/components/ui/glyph";
import { StatusDot } from "@/components/ui/status-dot";
import { Cell, Head, Row, Table } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { plural } from "@/lib/format/number";
import { formatDate, formatRange } from "@/lib/format/time";
import { formatDifference, type Scale, scaleFor } from "@/lib/format/unit";
import { capitalised, dotOf, toneOf } from "@/lib/format/verdict";
import type { ListedShift, ShiftSpark } from "@/lib/queries/shifts";
import { shiftUrl } from "@/lib/urls/shift";
import { type ShiftsSelection, shiftsUrl } from "@/lib/urls/shifts";
import { CheckBox } from "./check-box";
import { isSelected, type Selected } from "./selection";

type Props = {
  project: string;
  shifts: readonly ListedShift[];
  sparks: readonly ShiftSpark[];
  selection: ShiftsSelection;
  mayTriage: boolean;
  current: number | null;
  selected: Selected;
  onCurrent: (number: number) => void;
  onSelect: (number: number, isSpan: boolean) => void;
  onSelectPage: () => void;
};

/** Shifts as rows: what moved most and by how much, where, since when, and who has it. */
export function ShiftTable(props: Props) {
  const { project, shifts, sparks, selection, mayTriage, selected } = props;
  const scale = scaleFor(
    shifts.map(({ summary }) => summary.costSeconds),
    "s",
  );
  const sort = (key: ShiftsSelection["sort"]) => ({
    href: shiftsUrl(project, { ...selection, sort: key, page: 1 }),
    way: selection.sort === key ? ("down" as const) : null,
  });
  const isDue = shifts.some(({ dueOn }) => dueOn !== null) || selection.sort === "due";
  const picked = shifts.filter(({ number }) => isSelected(selected, number)).length;
  return (
    <Table label="Shifts">
      <thead>
        <tr>
          {mayTriage && (
            <Head className="w-6">
              <CheckBox
                label="Select all rows of this page"
                checked={picked === shifts.length}
                isPart={picked > 0 && picked < shifts.length}
                onChange={props.onSelectPage}
              />
            </Head>
          )}
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
          <Head className="max-[1400px]:hidden">Environment</Head>
          <Head className="max-md:hidden">Range, commits</Head>
          <Head className="max-md:hidden" sort={sort("newest")}>
            First shifted
          </Head>
          <Head className={containedClass(isDue)}>Contained in</Head>
          <Head className="max-sm:hidden">Status</Head>
          <Head className="max-lg:hidden">Owner</Head>
          {isDue && (
            <Head className="max-lg:hidden" sort={{ ...sort("due"), way: selection.sort === "due" ? "up" : null }}>
              Due
            </Head>
          )}
        </tr>
      </thead>
      <tbody>
        {shifts.map((shift) => (
          <ShiftRow
            key={shift.number}
            {...props}
            shift={shift}
            spark={sparks.find(({ number }) => number === shift.number)}
            scale={scale}
            isDue={isDue}
          />
        ))}
      </tbody>
    </Table>
  );
}

/** On a laptop the days by which something is due take its room. */
const containedClass = (isDue: boolean) => (isDue ? "max-[1400px]:hidden" : "max-lg:hidden");

type RowProps = Props & { shift: ListedShift; spark: ShiftSpark | undefined; scale: Scale; isDue: boolean };

function ShiftRow(props: RowProps) {
  const { project, shift, spark, scale, mayTriage, selected, current, isDue } = props;
  const { number, direction, summary, lastGood, firstShifted, commitsBetween, containedIn, owner } = shift;
  const others = Math.max(0, summary.worse + summary.better + summary.moved - 1);
  const tone = toneOf(direction);
  const isPicked = isSelected(selected, number);
  const standing = standingOf(shift);
  const spanOnShift = (event: MouseEvent) => {
    if (!event.shiftKey || !mayTriage) return;
    event.preventDefault();
    props.onSelect(number, true);
  };
  return (
    <Row
      className={classes("relative", current === number && !isPicked && "bg-surface")}
      picked={isPicked}
      aria-selected={isPicked}
    >
      {mayTriage && (
        <Cell className="relative z-10">
          <CheckBox
            label={`Select #${number}`}
            checked={isPicked}
            onChange={(isSpan) => props.onSelect(number, isSpan)}
          />
        </Cell>
      )}
      <Cell className="text-ink-3">#{number}</Cell>
      <Cell className={TONE_TEXT[tone]}>
        <span className="sr-only">{capitalised(direction)}</span>
        <Glyph tone={tone} way={summary.largest.difference < 0 ? "down" : "up"} />
      </Cell>
      <Cell className="w-full max-w-0 min-w-40 max-sm:py-1">
        <span className="flex min-w-0 gap-1 max-sm:block">
          <Link
            href={shiftUrl(project, number)}
            prefetch={false}
            title={shift.title}
            data-shift={number}
            onFocus={() => props.onCurrent(number)}
            onClick={spanOnShift}
            className="min-w-0 truncate font-medium after:absolute after:inset-0 after:content-[''] focus-visible:outline-none focus-visible:after:rounded-1 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent max-sm:whitespace-normal"
          >
            {memberName(summary.largest)}
          </Link>
          {others > 0 && <Others count={others} />}
        </span>
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
      <Cell className="whitespace-nowrap max-[1400px]:hidden">
        {summary.environments.map(({ name }) => name).join(", ")}
      </Cell>
      <Cell className="whitespace-nowrap max-md:hidden">
        <span className="sha">{formatRange(lastGood, firstShifted)}</span>{" "}
        {commitsBetween !== null && <span className="text-ink-3">{commitsBetween + 1}</span>}
      </Cell>
      <Cell className="whitespace-nowrap max-md:hidden">
        <Time at={shift.firstShiftedAt} />
      </Cell>
      <Cell className={classes("whitespace-nowrap text-ink-2", containedClass(isDue))}>
        {containedIn ?? "no release yet"}
      </Cell>
      <Cell className="max-w-40 min-[1400px]:max-w-none max-sm:hidden" title={standing || undefined}>
        <span className="flex min-w-0 gap-1.5">
          <StatusDot shape={dotOf(shift.status)}>{capitalised(shift.status)}</StatusDot>
          {standing && <span className="min-w-0 truncate text-ink-3">{standing}</span>}
        </span>
      </Cell>
      <Cell className={classes("max-w-40 truncate max-lg:hidden", owner === null ? "text-ink-3" : "text-ink-2")}>
        {owner ?? "unassigned"}
      </Cell>
      {isDue && (
        <Cell className="whitespace-nowrap text-ink-2 max-lg:hidden">{shift.dueOn && <Time at={shift.dueOn} />}</Cell>
      )}
    </Row>
  );
}

/** How many series moved beside the one named; in a sign where the name needs the room. */
function Others({ count }: { count: number }) {
  return (
    <span className="shrink-0 text-ink-3">
      <span aria-hidden="true" className="hidden sm:max-[1400px]:inline">
        +{count}
      </span>
      <span className="sm:max-[1400px]:sr-only"> and {count} more</span>
    </span>
  );
}

/** What else is to be known beside the status: an acceptance that ends, or what the analysis says where that is not "confirmed". */
function standingOf({ state, status, acceptedUntil, partOf, recoveredBy, needsPoints }: ListedShift): string {
  if (partOf !== null) return `part of #${partOf}`;
  if (acceptedUntil !== null)
    return `${status === "accepted" ? "until" : "accepted until"} ${formatDate(acceptedUntil)}`;
  if (recoveredBy !== null) return `recovered by #${recoveredBy}`;
  if (state === "confirmed") return "";
  return needsPoints === null ? state : `provisional, ${plural(needsPoints, "point")} more`;
}
