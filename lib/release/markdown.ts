import { formatChange, formatInterval } from "../format/change";
import { markdownCode, markdownLink, markdownTable, markdownText } from "../format/markdown";
import { plural } from "../format/number";
import { shortRevision } from "../format/revision";
import { formatRange, formatTime, shortSha } from "../format/time";
import { absolute } from "../urls/absolute";
import { releaseUrl } from "../urls/releases";
import { shiftUrl } from "../urls/shift";
import { acceptedShifts, netOfAccepted } from "./decide";
import { caseName } from "./judge";
import type { ReportRead } from "./read";
import type { ReportRow } from "./types";
import {
  bySize,
  countsSentence,
  fixText,
  methodTexts,
  noteText,
  planText,
  reportTitle,
  rowCells,
  rowInWords,
  splitWaivers,
  tagsText,
  untoldSentence,
  verdictRest,
  waiverText,
  whyText,
} from "./words";

/** Rows of a table that an export lists; it says how many more there are. */
const MOST_ROWS = 100;

type Context = ReportRead & { origin: string; branch: string };

/** The whole report as GitHub's Markdown, with absolute links; everything a client sent is inert in it. */
export function reportMarkdown(report: ReportRead, origin: string, branch: string): string {
  const context: Context = { ...report, origin, branch };
  const { figures, decided, state, number } = report;
  const permalink = absolute(
    origin,
    releaseUrl(report.project.slug, figures.candidate.name, number > 0 ? { report: number } : {}),
  );
  const rest = verdictRest(decided);
  const sections = [
    worse(context),
    drifts(context),
    better(context),
    untold(context),
    troubles(context),
    decisions(context),
    differences(context),
    since(context),
    ["## Method", ...methodTexts(report).map(markdownText)],
  ];
  return `${[
    `# ${markdownText(reportTitle(report))}`,
    `${rest === "" ? "" : `**${markdownText(rest)}.** `}${markdownText(countsSentence(figures))}`,
    `${stateText(report)} ${markdownLink(state === "draft" ? "Report" : `Report ${number}`, permalink)}`,
    ...sections.flatMap((parts) => (parts.length > 1 ? parts : [])),
  ].join("\n\n")}\n`;
}

/** What became of the report, with who and when. */
export function stateText({ state, figures, frozenAt, frozenBy, decidedAt, decidedBy, reason }: ReportRead): string {
  const at = `at ${markdownCode(shortSha(figures.candidate.sha))}`;
  if (state === "draft") return `Draft of the analysis of ${formatTime(figures.computedAt)} UTC ${at}.`;
  const frozen = `Frozen ${formatTime(frozenAt)} UTC by ${markdownText(frozenBy ?? "")} ${at}.`;
  if (state === "frozen") return frozen;
  const word = state === "signed" ? "Signed off" : "Rejected";
  return `${frozen} ${word} ${formatTime(decidedAt)} UTC by ${markdownText(decidedBy ?? "")}${reason ? `: ${markdownText(reason)}` : ""}.`;
}

const shiftLink = ({ project, origin }: Context, number: number) =>
  markdownLink(`shift ${number}`, absolute(origin, shiftUrl(project.slug, number)));

function rowsTable(context: Context, rows: readonly ReportRow[]): string[] {
  const { figures, decided } = context;
  const accepted = acceptedShifts(decided);
  const lines = rows.slice(0, MOST_ROWS).map((row) => {
    const cells = rowCells(row);
    const net = netOfAccepted(row, accepted);
    return [
      markdownCode(caseName(row.workload, row.params)),
      markdownText(cells.metric),
      markdownText(row.environment),
      cells.baseline,
      cells.candidate,
      net === null ? cells.change : `${cells.change}, net of accepted ${formatChange(net)}`,
      cells.interval,
      [...new Set(row.steps.flatMap(({ shift }) => shift ?? []))]
        .map((number) => shiftLink(context, number))
        .join(", ") || "none",
    ];
  });
  const head = [
    "workload",
    "metric",
    "environment",
    markdownText(figures.baseline?.label ?? ""),
    markdownText(figures.candidate.label),
    "change",
    "95 % interval",
    "shift",
  ];
  const more = rows.length > MOST_ROWS ? [`And ${plural(rows.length - MOST_ROWS, "more row")}.`] : [];
  return lines.length > 0 ? [markdownTable(head, lines, [3, 4, 5, 6]), ...more] : [];
}

function worse(context: Context): string[] {
  const { figures, decided, branch } = context;
  const shifts = decided.worse.map((shift) => {
    const { decision } = shift;
    const facts = [
      `${markdownText(shift.text)}`,
      `owner ${markdownText(decision?.owner ?? "none")}`,
      decision && decision.issues.length > 0
        ? decision.issues.map((url) => markdownLink("issue", url)).join(", ")
        : "no issue",
      markdownText(tagsText(shift)),
      ...(fixText(shift, figures.candidate.label, branch) === null
        ? []
        : [markdownText(fixText(shift, figures.candidate.label, branch) ?? "")]),
      markdownCode(formatRange(shift.lastGood, shift.firstShifted)),
    ];
    return `- ${shiftLink(context, shift.number)} ${markdownText(shift.title)}: ${facts.join("; ")}`;
  });
  const rows = bySize(figures.rows.filter(({ verdict }) => verdict === "regression"));
  if (shifts.length + rows.length === 0) return ["## What got worse", "Nothing."];
  return ["## What got worse", ...(shifts.length > 0 ? [shifts.join("\n")] : []), ...rowsTable(context, rows)];
}

function drifts({ figures }: Context): string[] {
  const lines = figures.rows.flatMap((row) => {
    if (!row.drift) return [];
    const size =
      row.drift.change === null ? "" : ` ${formatChange(row.drift.change)} [${formatInterval(...row.drift.interval)}]`;
    return [`- ${markdownText(rowInWords(row))}${size}`];
  });
  return lines.length > 0 ? ["## Drift that no single step shows", lines.join("\n")] : [];
}

function better(context: Context): string[] {
  const { figures, decided } = context;
  const rows = bySize(figures.rows.filter(({ verdict }) => verdict === "improvement"));
  if (rows.length === 0) return ["## What got better", "Nothing."];
  const shiftOf = (row: ReportRow) =>
    decided.better.find(({ number }) => row.steps.some(({ shift }) => shift === number)) ?? null;
  const notes = rows.slice(0, MOST_ROWS).map((row) => `- ${markdownText(noteText(row, shiftOf(row)))}`);
  return ["## What got better", ...rowsTable(context, rows), "For the release notes:", notes.join("\n")];
}

function untold(context: Context): string[] {
  const { figures } = context;
  const rows = figures.rows.filter(({ verdict }) => verdict === "cannot tell");
  if (rows.length === 0) return ["## What cannot be told", "Everything can be told."];
  const shown = rows.filter(({ why }) => why !== "noise").slice(0, MOST_ROWS);
  const lines = shown.map((row) => `- ${markdownText(rowInWords(row))}: ${markdownText(whyText(row, figures))}`);
  const plan = figures.plan.map((item) => `- ${markdownText(planText(item))}`);
  return [
    "## What cannot be told",
    markdownText(untoldSentence(rows)),
    ...(lines.length > 0 ? [lines.join("\n")] : []),
    ...(plan.length > 0 ? ["Runs that would settle it:", plan.join("\n")] : []),
  ];
}

function troubles({ figures }: Context): string[] {
  const lines = figures.troubles.map(({ kind, workload, params, environment, error }) => {
    const name = workload === null ? "all workloads" : caseName(workload, params);
    return `- ${markdownText(name)} in ${markdownText(environment)}: ${kind}${error ? `, ${markdownCode(error.slice(0, 200))}` : ""}`;
  });
  const added = figures.added.map(
    ({ workload, params, environment }) =>
      `- ${markdownText(caseName(workload, params))} in ${markdownText(environment)}: new`,
  );
  const all = [...lines, ...added];
  return ["## Failing, missing and new", all.length > 0 ? all.join("\n") : "No workload fails, is missing or is new."];
}

function decisions({ decisions: { waivers }, decided, decidedAt }: Context): string[] {
  const { inForce, over } = splitWaivers(waivers, decidedAt ?? new Date().toISOString());
  const accepted = decided.worse.filter(({ outcome }) => outcome === "accepted");
  const lines = [
    ...accepted.map(
      (shift) =>
        `- #${shift.number}: ${markdownText(shift.text)}${shift.decision?.reason ? `, ${markdownText(shift.decision.reason)}` : ""}`,
    ),
    ...inForce.map((waiver) => `- waived: ${markdownText(waiverText(waiver))}`),
    ...over.map((waiver) => `- over: ${markdownText(waiverText(waiver))}`),
  ];
  return lines.length > 0 ? ["## Accepted and waived", lines.join("\n")] : [];
}

function differences({ figures }: Context): string[] {
  const lines = figures.differences.flatMap(({ environment, facts, components }) => [
    ...facts.map(
      ({ name, before, after }) =>
        `- ${markdownText(environment)}, ${markdownText(name)}: ${markdownCode(JSON.stringify(before))} to ${markdownCode(JSON.stringify(after))}`,
    ),
    ...components.map(
      ({ component, before, after }) =>
        `- ${markdownText(environment)}, ${markdownText(component)}: ${markdownCode(shortRevision(before ?? "none"))} to ${markdownCode(shortRevision(after ?? "none"))}`,
    ),
  ]);
  return lines.length > 0 ? ["## Environments and components", lines.join("\n")] : [];
}

function since({ since: changes, frozenAt }: Context): string[] {
  if (changes === null) return [];
  const head = `## Changed since this report was frozen (${formatTime(frozenAt)} UTC)`;
  return [
    head,
    changes.length > 0
      ? changes.map(({ text }) => `- ${markdownText(text)}`).join("\n")
      : "Nothing above would read otherwise today.",
  ];
}
