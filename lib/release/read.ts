import type { Json } from "../model/words";
import type { Change } from "./changes";
import type { Decided } from "./decide";
import type { Judgement } from "./judge";
import type { ReleasePolicy } from "./policy";
import type { ReportDecisions, ReportFigures } from "./types";

export const REPORT_STATES = ["draft", "frozen", "signed", "rejected"] as const;
export type ReportState = (typeof REPORT_STATES)[number];

/** What one computation of a draft found different from the one before. */
export type DraftChanges = { at: string; changes: Change[] };

export type HistoryEntry = { at: string; actor: string; verb: string; detail: Json };

/** A report as pages and scripts have it. */
export type ReportRead = {
  project: { slug: string; name: string; repository: string | null };
  /** Which of the candidate's reports; 0: a draft that nobody has written to yet. */
  number: number;
  /** How many there are. */
  numbers: number;
  state: ReportState;
  revision: number;
  figures: ReportFigures;
  decisions: ReportDecisions;
  decided: Decided;
  policy: ReleasePolicy;
  frozenAt: string | null;
  frozenBy: string | null;
  decidedAt: string | null;
  decidedBy: string | null;
  reason: string | null;
  /** Of a draft: what changed from one computation to the next, the newest first. */
  changes: DraftChanges[];
  /** Of a frozen report: what is different now; null of a draft. */
  since: Change[] | null;
  history: HistoryEntry[];
};

/** A release as the list shows it. */
export type ReleaseRow = {
  tag: string;
  sha: string;
  releasedAt: string | null;
  committedAt: string | null;
  /** Place on the default branch; null: it lies off its line. */
  position: number | null;
  /** Commits of the line since the release before it there; null: off the line, or the first one. */
  commits: number | null;
  /** State of its newest report; null: nobody has begun one. */
  state: ReportState | null;
  decidedBy: string | null;
  /** It was tagged again since its report was frozen. */
  moved: boolean;
  /** Shifts between it and the release before it on the line, for the worse and for the better; those that are open. */
  worse: number;
  better: number;
  open: number;
  /** Runs of its own commit. */
  runs: number;
};

export type ReleasesRead = { total: number; all: number; items: ReleaseRow[] };

/** The gate's answer with what it was given for. */
export type Check = Judgement & {
  /** How it was judged: a release by its report, a branch or pull request by comparison with its base. */
  by: "report" | "comparison";
  candidate: { name: string; label: string; sha: string | null };
  against: { name: string; label: string; sha: string | null } | null;
  policy: ReleasePolicy;
  /** Stored bodies whose analysis is not done: ask again until it is 0. Comparisons do not wait for it. */
  waits: number;
};
