import { plural } from "@/lib/format/number";
import type { GateReason } from "@/lib/release/judge";
import type { Check } from "@/lib/release/read";
import { absolute } from "@/lib/urls/absolute";
import { compareUrl } from "@/lib/urls/compare";
import { releaseUrl } from "@/lib/urls/releases";
import { EXIT, type Exit, ServerFailed } from "../exit";
import { isRecord } from "../http/problem";

/** An answer of the gate with where it was asked: what every format is made of. */
export type Told = { check: Check; origin: string; project: string };

/** Weights in the order in which they are told; `title` is for sections. */
export const WEIGHTS = [
  { weight: "fail", title: "Fails" },
  { weight: "cannot tell", title: "Cannot be told" },
  { weight: "note", title: "Of no effect" },
] as const;

const EXITS: Record<Check["answer"], Exit> = { pass: EXIT.done, fail: EXIT.no, "cannot tell": EXIT.cannotTell };

export const exitOf = ({ answer }: Check): Exit => EXITS[answer];

/** The parts that are relied on; a server of another version may lack them. Throws ServerFailed. */
export function readAnswer(value: unknown): Check {
  if (
    isRecord(value) &&
    typeof value.answer === "string" &&
    Object.hasOwn(EXITS, value.answer) &&
    Array.isArray(value.reasons) &&
    isRecord(value.counts) &&
    isRecord(value.candidate) &&
    typeof value.waits === "number"
  )
    return value as Check;
  throw new ServerFailed("The server's answer is none of a gate. Is it of the same version?");
}

/** "fail: 2024.2.0 against 2024.1.1". */
export function headline({ answer, candidate, against }: Check): string {
  return `${answer}: ${candidate.label}${against ? ` against ${against.label}` : ", with nothing to compare with"}`;
}

/** "104 rows: 3 got worse, 2 got worse and are decided on, 5 better, 80 unchanged, 14 cannot be told; 1 missing or failing". */
export function countsText({
  rows,
  regressions,
  excused,
  improvements,
  unchanged,
  cannotTell,
  missing,
}: Counts): string {
  const parts = [
    [regressions, "got worse"],
    [excused, "got worse and are decided on"],
    [improvements, "better"],
    [unchanged, "unchanged"],
    [cannotTell, "cannot be told"],
  ] as const;
  const told = parts.flatMap(([count, words]) => (count > 0 ? [`${count} ${words}`] : []));
  const lacking = missing > 0 ? `; ${missing} missing or failing` : "";
  return `${plural(rows, "row")}${told.length > 0 ? `: ${told.join(", ")}` : ""}${lacking}`;
}

type Counts = Check["counts"];

/** The page that shows what was judged: the report of a release, or the comparison. */
export function pageOf({ check: { by, candidate, against }, origin, project }: Told): string {
  const path =
    by === "report"
      ? releaseUrl(project, candidate.name)
      : compareUrl(project, { baseline: against?.name ?? null, contender: candidate.name });
  return absolute(origin, path);
}

/** Reasons by weight, in the order of WEIGHTS; weights without one are left out. */
export function byWeight(reasons: readonly GateReason[]) {
  return WEIGHTS.map((one) => ({ ...one, reasons: reasons.filter(({ weight }) => weight === one.weight) })).filter(
    (one) => one.reasons.length > 0,
  );
}

/**
 * Names are what clients sent: nothing of them may end a line, steer a terminal, hide in a document, or be a command to a CI
 * system, which reads `##[...]` and `##vso[...]` anywhere in a line.
 */
export function inert(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, " ").replace(/#(?=#\w*\[)/g, "# ");
}
