import { isDeepStrictEqual } from "node:util";
import { type Because, becauseText } from "../shift/gone";
import { type LastPlace, rangeChange, type ShaRange, type ShiftLogEntry } from "../shift/log";
import { REPORTED_MEMBERS, rank, type ShiftReport, summarise } from "../shift/summary";
import type { CurrentShift, Shifts } from "../shift/types";
import type { Evidence } from "./evidence";
import type { ShiftRow, StoredShift } from "./shiftRows";

/** What is to be written, and what is to be told, when the stored shifts become those of now. */
export type Changes = {
  inserted: (ShiftRow & { reported: ShiftReport; splitFrom: number | null })[];
  /** With `reported` where it is told for the first time: a provisional shift was told to nobody. */
  updated: (ShiftRow & { reported?: ShiftReport })[];
  log: { number: number; entry: ShiftLogEntry }[];
};

type Current = CurrentShift<Evidence>;
type Now = {
  /** ISO time of this analysis. */
  at: string;
  /** Members of the shifts as they were, by number: what is remembered of those that go. */
  placesOf: (number: number) => LastPlace[];
  /** Why a shift that is withdrawn has none left. */
  becauseOf: (number: number) => Because;
};

/** Compares the shifts of now with the stored ones. Pure; shifts that stay as they are appear in neither list. */
export function tellShifts(shifts: Shifts<Evidence>, stored: readonly StoredShift[], now: Now): Changes {
  const before = new Map(stored.map((shift) => [shift.number, shift]));
  const changes: Changes = { inserted: [], updated: [], log: [] };
  for (const shift of shifts.current) {
    const old = before.get(shift.number);
    if (old) tellKnown(shift, old, now, changes);
    else tellOpened(shift, now, changes);
  }
  tellSplits(shifts.current, changes);
  const goesOnIn = new Map(shifts.merged.map(({ number, into }) => [number, into]));
  for (const old of stored) {
    const into = goesOnIn.get(old.number) ?? followed(old, goesOnIn);
    if (into !== null && into !== old.partOf) tellMerged(old, into, now, changes);
    else if (shifts.withdrawn.includes(old.number)) tellWithdrawn(old, now, changes);
  }
  return changes;
}

/** A part of a shift that is itself a part now belongs to the same whole. */
function followed(old: StoredShift, goesOnIn: ReadonlyMap<number, number>): number | null {
  const isPart = old.state === "withdrawn" && old.partOf !== null;
  return isPart ? (goesOnIn.get(old.partOf as number) ?? null) : null;
}

function tellOpened(shift: Current, { at }: Now, changes: Changes): void {
  const { number, members, splitFrom } = shift;
  const row = rowOf(shift, null, at);
  const range = rangeOf(shift);
  changes.inserted.push({
    ...row,
    splitFrom,
    reported: reportOf(shift, at),
  });
  changes.log.push({ number, entry: { kind: "opened", range, changepoints: members.length, splitFrom } });
  tellStates(shift, null, row, changes);
}

function tellKnown(shift: Current, old: StoredShift, { at }: Now, changes: Changes): void {
  const { number, members, splitFrom } = shift;
  const row = rowOf(shift, old, at);
  const range = rangeOf(shift);
  if (shift.origin === "returned")
    changes.log.push({ number, entry: { kind: "returned", range, changepoints: members.length, splitFrom } });
  const was = old.lastGood === null || old.firstShifted === null ? null : old;
  const kind = was ? rangeChange(was as { lastGood: number; firstShifted: number }, shift) : "moved";
  if (kind && shift.origin === "known")
    changes.log.push({
      number,
      entry: { kind, from: { lastGood: old.lastGoodSha, firstShifted: old.firstShiftedSha }, to: range },
    });
  tellStates(shift, old, row, changes);
  const { lastGoodSha, firstShiftedSha, lastGood, firstShifted, ...oldRow } = old;
  const isFirstConfirmed = row.confirmedAt !== null && old.confirmedAt === null;
  if (!isDeepStrictEqual(row, oldRow))
    changes.updated.push(isFirstConfirmed ? { ...row, reported: reportOf(shift, at) } : row);
}

/** What is known of a shift now, as it is told and then kept. */
function reportOf(shift: Current, at: string): ShiftReport {
  return {
    at,
    direction: shift.direction,
    state: shift.state,
    ...rangeOf(shift),
    changepoints: shift.members.length,
    members: rank(shift.members.map(({ member }) => member)).slice(0, REPORTED_MEMBERS),
  };
}

function tellStates(shift: Current, old: StoredShift | null, row: ShiftRow, { log }: Changes): void {
  const { number } = shift;
  if (row.confirmedAt !== null && !old?.confirmedAt)
    log.push({ number, entry: { kind: "confirmed", changepoints: shift.members.length } });
  const was = old?.recoveredBy ?? null;
  if (shift.recoveredBy === was) return;
  if (shift.recoveredBy !== null) log.push({ number, entry: { kind: "recovered", by: shift.recoveredBy } });
  else if (was !== null) log.push({ number, entry: { kind: "relapsed", by: was } });
}

function tellSplits(current: readonly Current[], { log }: Changes): void {
  const parts = new Map<number, number[]>();
  for (const { number, splitFrom } of current)
    if (splitFrom !== null) parts.set(splitFrom, [...(parts.get(splitFrom) ?? []), number]);
  for (const [number, into] of parts) log.push({ number, entry: { kind: "split", into } });
}

function tellMerged(old: StoredShift, into: number, { at, placesOf }: Now, changes: Changes): void {
  changes.updated.push({ ...gone(old, at), partOf: into, withdrawnReason: `It is part of #${into}.` });
  changes.log.push({ number: old.number, entry: { kind: "merged", into, members: placesOf(old.number) } });
}

function tellWithdrawn(old: StoredShift, { at, placesOf, becauseOf }: Now, changes: Changes): void {
  const because = becauseOf(old.number);
  const reason = becauseText(because);
  changes.updated.push({ ...gone(old, at), partOf: null, withdrawnReason: reason });
  changes.log.push({
    number: old.number,
    entry: { kind: "withdrawn", reason, because, members: placesOf(old.number) },
  });
}

function gone(old: StoredShift, at: string): ShiftRow {
  const { lastGoodSha, firstShiftedSha, lastGood, firstShifted, ...row } = old;
  return { ...row, state: "withdrawn", recoveredBy: null, withdrawnAt: at };
}

function rowOf(shift: Current, old: StoredShift | null, at: string): ShiftRow {
  const confirmed = shift.members.some(({ state }) => state === "confirmed");
  return {
    number: shift.number,
    direction: shift.direction,
    state: shift.state,
    ...commitsOf(shift),
    partOf: null,
    recoveredBy: shift.recoveredBy,
    withdrawnReason: null,
    confirmedAt: old?.confirmedAt ?? (confirmed ? at : null),
    withdrawnAt: null,
    summary: summarise(shift.members.map(({ member }) => member)),
  };
}

type End = { commitId: number; sha: string };

/** The commits that bound the joint range; each bound is one of its members'. */
function bounds({ number, members, drawn, lastGood, firstShifted }: Current): { good: End; shifted: End } {
  for (const good of members.map((member) => endsOf(member, drawn.includes(member))))
    if (good.lastGood === lastGood)
      for (const shifted of members.map((member) => endsOf(member, drawn.includes(member))))
        if (shifted.firstShifted === firstShifted) return { good: good.good, shifted: shifted.shifted };
  throw new RangeError(`The range of shift ${number} is none of its members'.`);
}

/** The range by which a member counts. */
function endsOf(
  member: Evidence,
  isDrawn: boolean,
): { lastGood: number; firstShifted: number; good: End; shifted: End } {
  const { widest, widestGoodCommitId, widestShiftedCommitId, widestGoodSha, widestShiftedSha } = member;
  if (isDrawn && widest && widestGoodCommitId !== null && widestShiftedCommitId !== null)
    return {
      ...widest,
      good: { commitId: widestGoodCommitId, sha: widestGoodSha ?? "" },
      shifted: { commitId: widestShiftedCommitId, sha: widestShiftedSha ?? "" },
    };
  const { lastGood, firstShifted, lastGoodCommitId, firstShiftedCommitId, lastGoodSha, firstShiftedSha } = member;
  return {
    lastGood,
    firstShifted,
    good: { commitId: lastGoodCommitId, sha: lastGoodSha },
    shifted: { commitId: firstShiftedCommitId, sha: firstShiftedSha },
  };
}

function commitsOf(shift: Current): Pick<ShiftRow, "lastGoodCommitId" | "firstShiftedCommitId"> {
  const { good, shifted } = bounds(shift);
  return { lastGoodCommitId: good.commitId, firstShiftedCommitId: shifted.commitId };
}

function rangeOf(shift: Current): ShaRange {
  const { good, shifted } = bounds(shift);
  return { lastGood: good.sha, firstShifted: shifted.sha };
}
