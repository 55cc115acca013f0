import { markdownLink, markdownText } from "@/lib/format/markdown";
import type { GateReason } from "@/lib/release/judge";
import { absolute } from "@/lib/urls/absolute";
import { shiftUrl } from "@/lib/urls/shift";
import { byWeight, countsText, headline, pageOf, type Told } from "./answer";

/** GitHub shows ten errors and ten warnings of a step, and drops the rest without a word. */
const ANNOTATIONS = 10;
/** Reasons of a weight in the summary, which GitHub refuses above 1 MiB. */
const LISTED = 200;

/** Text of a workflow command. https://docs.github.com/actions/reference/workflow-commands-for-github-actions */
export const escapeData = (text: string): string =>
  text.replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");

/** A value between `key=` and the next comma or the colons of a workflow command. */
export const escapeProperty = (text: string): string => escapeData(text).replace(/:/g, "%3A").replace(/,/g, "%2C");

const command = (name: "error" | "warning" | "notice", title: string, text: string): string =>
  `::${name} title=${escapeProperty(seen(title))}::${escapeData(seen(text))}`;

/** Line ends travel escaped; other control characters do not. */
const seen = (text: string) => text.replace(/[^\P{C}\r\n]/gu, " ");

/** Workflow commands: what fails as errors, what cannot be told as warnings, a pass as one notice. */
export function annotationsOf({ check }: Told): string[] {
  const of = (weight: GateReason["weight"]) => check.reasons.filter((one) => one.weight === weight);
  return [
    ...capped("error", of("fail")),
    ...capped("warning", of("cannot tell")),
    ...(check.answer === "pass" ? [command("notice", "Tidemark: pass", headline(check))] : []),
  ];
}

function capped(name: "error" | "warning", reasons: readonly GateReason[]): string[] {
  const shown = reasons.length > ANNOTATIONS ? reasons.slice(0, ANNOTATIONS - 1) : reasons;
  const rest = reasons.length - shown.length;
  return [
    ...shown.map((reason) => command(name, titleOf(reason), reason.text)),
    ...(rest > 0 ? [command(name, "Tidemark", `${rest} more of this kind: see the summary.`)] : []),
  ];
}

function titleOf({ kind, workload, environment }: GateReason): string {
  const place = [workload, environment].filter((part) => part !== null).join(" in ");
  return `Tidemark: ${kind}${place === "" ? "" : `: ${place}`}`;
}

/** The summary of a step, in Markdown in which names are nothing but text. */
export function summaryOf(told: Told): string {
  const { check, origin, project } = told;
  const line = ({ text, shift }: GateReason) => {
    const link =
      shift === null ? "" : ` (${markdownLink(`shift ${shift}`, absolute(origin, shiftUrl(project, shift)))})`;
    return `- ${markdownText(text)}${link}`;
  };
  const sections = byWeight(check.reasons).flatMap(({ title, reasons }) => {
    const rest = reasons.length > LISTED ? [`- ${reasons.length - LISTED} more`] : [];
    return [`### ${title}`, [...reasons.slice(0, LISTED).map(line), ...rest].join("\n")];
  });
  const page = markdownLink(check.by === "report" ? "Report" : "Comparison", pageOf(told));
  const head = [`## Tidemark: ${markdownText(headline(check))}`, `${countsText(check.counts)}. ${page}`];
  return `${[...head, ...sections].join("\n\n")}\n`;
}
