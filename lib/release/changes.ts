import { formatChange } from "../format/change";
import { shortSha } from "../format/time";
import { canonicalJson } from "../model/canonicalJson";
import { rowName } from "./judge";
import type { ReportDecisions, ReportFigures, ReportRow, ReportTrouble } from "./types";

/** One thing that is different between two computations of a report, in words. */
export type Change = { kind: "side" | "row" | "shift" | "decision" | "trouble"; text: string };

type Moment = { figures: ReportFigures; decisions: ReportDecisions };

/** Changes that are listed; more of a kind are counted. */
const MOST_LISTED = 50;

/** What is different between two computations of the same report: what it is about, its shifts, rows and decisions. */
export function changesBetween(before: Moment, after: Moment): Change[] {
  return [
    ...sideChanges(before.figures, after.figures),
    ...shiftChanges(before.figures, after.figures),
    ...limited(rowChanges(before.figures, after.figures)),
    ...troubleChanges(before.figures, after.figures),
    ...decisionChanges(before.decisions, after.decisions),
  ];
}

function sideChanges(before: ReportFigures, after: ReportFigures): Change[] {
  const changes: Change[] = [];
  const { candidate } = before;
  if (candidate.sha !== after.candidate.sha)
    changes.push({
      kind: "side",
      text: `${candidate.label} names ${shortSha(after.candidate.sha)} now; it named ${shortSha(candidate.sha)}`,
    });
  if (before.baseline?.sha !== after.baseline?.sha)
    changes.push({
      kind: "side",
      text: `It is compared with ${sideText(after.baseline)} now; it was with ${sideText(before.baseline)}`,
    });
  return changes;
}

const sideText = (side: ReportFigures["baseline"]) => (side ? `${side.label} at ${shortSha(side.sha)}` : "nothing");

function shiftChanges(before: ReportFigures, after: ReportFigures): Change[] {
  const [known, now] = [byNumber(before), byNumber(after)];
  return [
    ...[...now.values()].flatMap((shift): Change[] => {
      const old = known.get(shift.number);
      if (!old) return [{ kind: "shift", text: `#${shift.number} ${shift.title}: found since` }];
      if (old.state !== shift.state)
        return [{ kind: "shift", text: `#${shift.number} is ${shift.state} now; it was ${old.state}` }];
      if (old.lastGood !== shift.lastGood || old.firstShifted !== shift.firstShifted)
        return [
          {
            kind: "shift",
            text: `#${shift.number} has another range now: ${shortSha(shift.lastGood)}..${shortSha(shift.firstShifted)}`,
          },
        ];
      return old.recovery?.inCandidate !== shift.recovery?.inCandidate && shift.recovery
        ? [{ kind: "shift", text: `#${shift.number} was undone by #${shift.recovery.by}` }]
        : [];
    }),
    ...[...known.values()].flatMap((shift): Change[] =>
      now.has(shift.number)
        ? []
        : [{ kind: "shift", text: `#${shift.number} ${shift.title}: not between the releases any more` }],
    ),
  ];
}

const byNumber = ({ shifts }: ReportFigures) => new Map(shifts.map((shift) => [shift.number, shift]));

function rowChanges(before: ReportFigures, after: ReportFigures): Change[] {
  const known = new Map(before.rows.map((row) => [rowKey(row), row]));
  return after.rows.flatMap((row): Change[] => {
    const old = known.get(rowKey(row));
    const name = `${rowName(row)} in ${row.environment}`;
    if (!old) return [{ kind: "row", text: `${name}: ${verdictText(row)}, was not there` }];
    const isMoved = Math.abs((old.change ?? 0) - (row.change ?? 0)) >= row.smallestEffect;
    return old.verdict === row.verdict && !isMoved
      ? []
      : [{ kind: "row", text: `${name}: ${verdictText(row)} now; it was ${verdictText(old)}` }];
  });
}

const rowKey = ({ workload, params, metric, environment }: ReportRow) =>
  `${workload} ${canonicalJson(params)} ${metric} ${environment}`;

const verdictText = ({ verdict, change }: ReportRow) =>
  verdict === "cannot tell" ? "cannot be told" : change === null ? verdict : `${verdict} (${formatChange(change)})`;

function troubleChanges(before: ReportFigures, after: ReportFigures): Change[] {
  const keyOf = (one: ReportTrouble) =>
    `${one.kind} ${one.workload ?? ""} ${canonicalJson(one.params)} ${one.environment}`;
  const [known, now] = [before, after].map(({ troubles }) => new Map(troubles.map((one) => [keyOf(one), one]))) as [
    Map<string, ReportTrouble>,
    Map<string, ReportTrouble>,
  ];
  const name = (one: ReportTrouble) => `${one.workload ?? "all"} in ${one.environment}`;
  return [
    ...[...now].flatMap(([key, one]): Change[] =>
      known.has(key) ? [] : [{ kind: "trouble", text: `${name(one)} is ${one.kind} now` }],
    ),
    ...[...known].flatMap(([key, one]): Change[] =>
      now.has(key) ? [] : [{ kind: "trouble", text: `${name(one)} is not ${one.kind} any more` }],
    ),
  ];
}

function decisionChanges(before: ReportDecisions, after: ReportDecisions): Change[] {
  const known = new Map(before.shifts.map((one) => [one.number, one]));
  const withdrawn = new Set(before.waivers.filter(({ withdrawnAt }) => withdrawnAt !== null).map(({ id }) => id));
  const had = new Set(before.waivers.map(({ id }) => id));
  return [
    ...after.shifts.flatMap((one): Change[] => {
      const old = known.get(one.number);
      return old && old.status !== one.status
        ? [{ kind: "decision", text: `#${one.number} is ${one.status} now; it was ${old.status}` }]
        : [];
    }),
    ...after.waivers.flatMap((one): Change[] => {
      const name = one.shift === null ? one.workload : `#${one.shift}`;
      if (!had.has(one.id)) return [{ kind: "decision", text: `${name} was waived by ${one.createdBy}` }];
      return one.withdrawnAt !== null && !withdrawn.has(one.id)
        ? [{ kind: "decision", text: `the waiver of ${name} was withdrawn by ${one.withdrawnBy}` }]
        : [];
    }),
  ];
}

function limited(all: Change[]): Change[] {
  if (all.length <= MOST_LISTED) return all;
  return [...all.slice(0, MOST_LISTED), { kind: "row", text: `and ${all.length - MOST_LISTED} more rows` }];
}
