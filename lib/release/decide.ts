import { type GateInput, type GateRow, type GateTrouble, isSmall } from "./judge";
import { isCovered, type ReleasePolicy } from "./policy";
import type {
  ReportDecisions,
  ReportFigures,
  ReportRow,
  ReportShift,
  ReportTrouble,
  ShiftDecision,
  Waiver,
} from "./types";

/**
 * What became of a shift for the worse that the candidate holds. undecided blocks; outside: the policy does not look at what
 * moved; gone: it came and was undone before the candidate; provisional: not confirmed yet.
 */
export const OUTCOMES = ["undecided", "accepted", "waived", "dismissed", "gone", "provisional", "outside"] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** A shift of the report with what people say of it. */
export type DecidedShift = ReportShift & {
  outcome: Outcome;
  /** Why, in words: "accepted by ada until 1 Dec 2026", "fixed by #21, which 2026.11.0 does not hold". */
  text: string;
  decision: ShiftDecision | null;
  waiver: Waiver | null;
};

/** Something that stands in the way of a sign-off. */
export type Block = { text: string; shift: number | null; workload: string | null };

/** A report with what people say, at one moment. */
export type Decided = {
  /** For the worse, or mixed; those that block first, then by number. */
  worse: DecidedShift[];
  better: DecidedShift[];
  blocks: Block[];
  /** Waivers in force that cover something of this report. */
  waivers: Waiver[];
  verdict: { word: "ready" | "not ready" | "nothing to compare"; text: string };
};

const ORDER: Outcome[] = ["undecided", "provisional", "waived", "accepted", "dismissed", "outside", "gone"];

/** Does a waiver hold at this moment? It ends with its last day, UTC. */
export const isInForce = (waiver: Waiver, now: string): boolean =>
  waiver.withdrawnAt === null && now.slice(0, 10) <= waiver.expiresOn;

/** Judges a report by what people said. `now`: ISO time. */
export function decideReport(
  figures: ReportFigures,
  decisions: ReportDecisions,
  policy: ReleasePolicy,
  now: string,
): Decided {
  const inForce = decisions.waivers.filter((waiver) => isInForce(waiver, now));
  const all = figures.shifts.map((shift) => decideShift(shift, figures, decisions, { policy, now, inForce }));
  const worse = all
    .filter(({ direction }) => direction === "regression" || direction === "mixed")
    .toSorted((a, b) => ORDER.indexOf(a.outcome) - ORDER.indexOf(b.outcome) || a.number - b.number);
  const troubles = troublesThatBlock(figures, policy).filter((one) => waiverFor(one, inForce) === null);
  const unexplained = unexplainedRows(figures, policy).filter((row) => waiverFor(row, inForce) === null);
  const blocks = [
    ...worse
      .filter(({ outcome }) => outcome === "undecided")
      .map(
        (shift): Block => ({
          text: `#${shift.number} ${shift.title}: ${shift.text}`,
          shift: shift.number,
          workload: null,
        }),
      ),
    ...unexplained.map((row): Block => {
      const text = `${row.workload}: ${row.metric} got worse in ${row.environment}, and no shift explains it`;
      return { text, shift: null, workload: row.workload };
    }),
    ...troubles.map((one): Block => {
      const word = one.kind === "failing" ? "fails" : one.kind === "skipped" ? "was skipped" : "is missing";
      return { text: `${one.workload} ${word} in ${one.environment}`, shift: null, workload: one.workload };
    }),
  ];
  const used = inForce.filter(({ shift, workload }) =>
    shift !== null
      ? worse.some(({ number, outcome }) => number === shift && outcome === "waived")
      : [...figures.troubles, ...figures.rows].some((one) => one.workload === workload),
  );
  return {
    worse,
    better: all.filter(({ direction, outcome }) => direction === "improvement" && outcome !== "gone"),
    blocks,
    waivers: used,
    verdict: verdictOf(figures, { worse, unexplained: unexplained.length, troubles, waivers: used.length }),
  };
}

type Context = { policy: ReleasePolicy; now: string; inForce: readonly Waiver[] };

function decideShift(
  shift: ReportShift,
  { candidate, rows }: ReportFigures,
  decisions: ReportDecisions,
  context: Context,
): DecidedShift {
  const decision = decisions.shifts.find(({ number }) => number === shift.number) ?? null;
  const waiver = context.inForce.find((one) => one.shift === shift.number) ?? null;
  const told = (outcome: Outcome, text: string): DecidedShift => ({ ...shift, outcome, text, decision, waiver });
  if (shift.recovery?.inCandidate === "yes")
    return told("gone", `undone by #${shift.recovery.by} before ${candidate.label}`);
  if (shift.fixedHere) return told("gone", `fixed in ${candidate.label} by its own runs, not on the default branch`);
  if (shift.state === "provisional")
    return told("provisional", "provisional: more points would confirm or withdraw it");
  if (!concerns(shift, rows, context.policy)) return told("outside", "nothing that the policy looks at moved");
  if (decision?.status === "infrastructure" || decision?.status === "not real")
    return told("dismissed", `${decision.status}${byWhom(decision)}`);
  if (decision?.status === "accepted" && !isPast(decision.acceptedUntil, context.now)) {
    const until = decision.acceptedUntil ? ` until ${decision.acceptedUntil.slice(0, 10)}` : "";
    return told("accepted", `accepted${byWhom(decision)}${until}`);
  }
  if (waiver)
    return told("waived", `waived for ${candidate.label} until ${waiver.expiresOn}, ${waiver.owner} answers for it`);
  return told("undecided", whyUndecided(shift, decision, candidate.label));
}

function whyUndecided(shift: ReportShift, decision: ShiftDecision | null, label: string): string {
  const { recovery } = shift;
  if (recovery)
    return recovery.inCandidate === "may"
      ? `undone by #${recovery.by}, which ${label} may not hold`
      : `undone by #${recovery.by}, which ${label} does not hold`;
  if (decision?.status === "fixed") return `said to be fixed, and ${label} does not show it`;
  if (decision?.status === "accepted") return `accepted until ${decision.acceptedUntil?.slice(0, 10)}, which is over`;
  const may = shift.contained === "may" ? `, and ${label} may hold it` : "";
  return `${decision?.status === "investigating" ? "being investigated" : "undecided"}${may}`;
}

const byWhom = ({ by }: ShiftDecision) => (by ? ` by ${by}` : "");

/** Is a moment over? null: it never is. */
const isPast = (until: string | null, now: string) => until !== null && until < now;

/** Some row for the worse of the shift is one that the policy looks at. A shift without rows at hand concerns everybody. */
function concerns({ number }: ReportShift, rows: readonly ReportRow[], policy: ReleasePolicy): boolean {
  const own = rows.flatMap((row) =>
    row.steps
      .filter(({ shift, direction }) => shift === number && direction === "regression")
      .map((step) => ({ row, step })),
  );
  if (own.length === 0) return true;
  return own.some(
    ({ row, step }) => isCovered(policy, row) && !isSmall(policy, { metric: row.metric, change: step.change }),
  );
}

const troublesThatBlock = ({ troubles }: ReportFigures, policy: ReleasePolicy): ReportTrouble[] =>
  policy.missing === "fail"
    ? troubles.filter(
        (one) => one.kind !== "unmeasured" && one.workload !== null && isCovered(policy, { ...one, metric: null }),
      )
    : [];

/** Rows that got worse by runs of the release itself, off the line, where no shift is. */
const unexplainedRows = ({ rows }: ReportFigures, policy: ReleasePolicy): ReportRow[] =>
  rows.filter(
    (row) => row.verdict === "regression" && row.steps.length === 0 && isCovered(policy, row) && !isSmall(policy, row),
  );

export const waiverFor = (one: { workload: string | null }, inForce: readonly Waiver[]): Waiver | null =>
  inForce.find(({ workload }) => workload !== null && workload === one.workload) ?? null;

type Standing = {
  worse: readonly DecidedShift[];
  unexplained: number;
  troubles: readonly ReportTrouble[];
  waivers: number;
};

function verdictOf(figures: ReportFigures, { worse, unexplained, troubles, waivers }: Standing): Decided["verdict"] {
  if (figures.baseline === null) return { word: "nothing to compare", text: "nothing to compare with" };
  const count = (number: number, one: string, many = `${one}s`) =>
    number > 0 ? [`${number} ${number === 1 ? one : many}`] : [];
  const names = (kinds: ReportTrouble["kind"][]) =>
    new Set(troubles.filter(({ kind }) => kinds.includes(kind)).map(({ workload }) => workload)).size;
  const undecided = worse.filter(({ outcome }) => outcome === "undecided").length;
  const parts = [
    ...count(undecided, "undecided regression"),
    ...count(unexplained, "regression without a shift", "regressions without a shift"),
    ...count(names(["missing", "skipped"]), "workload missing", "workloads missing"),
    ...count(names(["failing"]), "workload failing", "workloads failing"),
  ];
  if (parts.length > 0) return { word: "not ready", text: `not ready: ${parts.join(", ")}` };
  return { word: "ready", text: waivers > 0 ? `ready with ${count(waivers, "waiver").join("")}` : "ready" };
}

/** How a row looks without what was accepted in between; null: nothing was, or no ratio exists. */
export function netOfAccepted(row: ReportRow, accepted: ReadonlySet<number>): number | null {
  const steps = row.steps.filter(({ shift }) => shift !== null && accepted.has(shift));
  if (row.change === null || steps.length === 0 || steps.some(({ change }) => change === null)) return null;
  return steps.reduce((ratio, { change }) => ratio / (1 + (change ?? 0)), 1 + row.change) - 1;
}

/** Numbers of the shifts that are accepted now. */
export const acceptedShifts = ({ worse }: Pick<Decided, "worse">): Set<number> =>
  new Set(worse.filter(({ outcome }) => outcome === "accepted").map(({ number }) => number));

/** A report as the gate judges it. */
export function gateInput(
  figures: ReportFigures,
  decisions: ReportDecisions,
  decided: Decided,
  now: string,
): GateInput {
  const inForce = decisions.waivers.filter((waiver) => isInForce(waiver, now));
  const settled = new Map(decided.worse.map((shift) => [shift.number, shift]));
  const rows = figures.rows.map((row): GateRow => {
    const shifts = [
      ...new Set(row.steps.filter(({ direction }) => direction === "regression").flatMap(({ shift }) => shift ?? [])),
    ];
    const all = shifts.map((number) => settled.get(number));
    const isSettled = all.length > 0 && all.every((shift) => shift && shift.outcome !== "undecided");
    const waiver = waiverFor(row, inForce);
    const excuse = isSettled
      ? all.map((shift) => `#${shift?.number} ${shift?.text}`).join("; ")
      : waiver && `waived until ${waiver.expiresOn}, ${waiver.owner} answers for it`;
    const { workload, params, metric, environment, verdict, change, interval, needsRuns } = row;
    const why = row.whySide && row.whyText ? `${row.whySide}: ${row.whyText}` : row.whyText;
    return { workload, params, metric, environment, verdict, change, interval, shifts, excuse, why, needsRuns };
  });
  const troubles = figures.troubles.map((one): GateTrouble => {
    const waiver = waiverFor(one, inForce);
    return { ...one, excuse: waiver && `waived until ${waiver.expiresOn}, ${waiver.owner} answers for it` };
  });
  return {
    rows,
    troubles,
    doubts: figures.baseline === null ? [`${figures.candidate.label} has no earlier release to compare with.`] : [],
    blocks: decided.worse
      .filter(({ outcome }) => outcome === "undecided")
      .map(({ number, title, text }) => ({ shift: number, text: `#${number} ${title}: ${text}` })),
  };
}
