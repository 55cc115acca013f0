import { plural } from "../format/number";
import { formatDate } from "../format/time";

/** What somebody did that an analysis has to follow. */
export type Action = {
  kind: "excluded" | "restored" | "corrected" | "uncorrected" | "border" | "sensitivity" | "settings";
  by: string;
  /** ISO time. */
  at: string;
  /** What it was done to, in words: "run gha-1", "metric duration"; null: the text of an event. */
  subject: string;
  /** The reason that was given; null: none is asked for. */
  reason: string | null;
};

/** Why a shift has no members any more. */
export type Because =
  | { kind: "action"; actions: Action[] }
  /** Its commits left the branch's line, or changed places. */
  | { kind: "history" }
  /** Runs next to its range were slow as a whole. */
  | { kind: "slow"; runs: string[]; total: number }
  /** `points` that arrived after it was told on its series. */
  | { kind: "data"; points: number }
  /** Nothing of the above: what is judged with it, or how, is another. */
  | { kind: "judgement" };

const MOST_NAMED = 3;

/** Why a shift was withdrawn, in sentences: plain text that is stored, so without spaces that do not break. */
export function becauseText(because: Because): string {
  return sentencesOf(because).replace(/[\u00a0\u202f]/gu, " ");
}

function sentencesOf(because: Because): string {
  switch (because.kind) {
    case "action": {
      const left = because.actions.length - MOST_NAMED;
      const told = because.actions.slice(0, MOST_NAMED).map(actionText);
      return [...told, ...(left > 0 ? [`And ${plural(left, "more change", "more changes")} by hand.`] : [])].join(" ");
    }
    case "history":
      return "Its commits are no longer on the branch’s line, or changed places there.";
    case "slow": {
      const left = because.total - because.runs.length;
      const named = because.runs.join(", ") + (left > 0 ? ` and ${left} more` : "");
      return because.total === 1
        ? `Run ${named} was slow as a whole: not the code.`
        : `Runs ${named} were slow as a whole: not the code.`;
    }
    case "data":
      return `Its own data: with ${plural(because.points, "later point")} none of its series shows a step in this range.`;
    case "judgement":
      return "With all data of now, none of its series shows a step in this range that stands on its own.";
  }
}

function actionText({ kind, by, at, subject, reason }: Action): string {
  const who = `by ${by} on ${formatDate(at)}`;
  const why = reason ? `: ${reason.replace(/[.!?\s]+$/u, "")}` : "";
  return `${capitalised(subject)} was ${VERBS[kind]} ${who}${why}.`;
}

const VERBS: Record<Action["kind"], string> = {
  excluded: "excluded",
  restored: "restored",
  corrected: "set by hand",
  uncorrected: "taken back",
  border: "made a border, moved or removed",
  sensitivity: "changed",
  settings: "changed",
};

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
