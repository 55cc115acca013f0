import type { NamedLine } from "@/lib/model/line";
import type { ComponentChange } from "../cause/components";
import type { ChangepointDirection, Json, ShiftDirection, ShiftState, ShiftStatus } from "../model/words";

/** A tag, the head of a branch, or a commit, as a side of a report. */
export type ReleaseSide = {
  /** As it is written in addresses: the tag itself, `branch:NAME` or `commit:SHA`. */
  name: string;
  kind: "release" | "branch" | "commit";
  /** What people call it: the tag, the branch, seven characters of the sha. */
  label: string;
  sha: string;
  committedAt: string | null;
  releasedAt: string | null;
  /** Place on the default branch's line; null: it lies on a line of its own (a hot-fix branch). */
  position: number | null;
  /** The newest commit of the default branch that it holds, by any parents; null: none is known. */
  reach: number | null;
  /** Where its line of first parents left the default branch; null: it did not, or that is not known. */
  fork: { sha: string; position: number; commits: number } | null;
};

/** Runs of the side's own commit. */
export type OwnRuns = { value: number; runs: number; n: number; min: number; max: number };

/** The value of a line at a release, in the metric's unit. */
export type SideValue = {
  /** level: of the segment that the commit lies in. runs: of its own runs, where it lies off the line. */
  from: "level" | "runs";
  value: number;
  /** 95 % interval. */
  interval: [number, number];
  points: number;
  runs: number;
  /** Commits to the nearest measured commit of the line. */
  distance: number;
  own: OwnRuns | null;
};

/**
 * Why a row cannot be told. unmeasured: no run lies near. border: version, facts or an event lie between. step: the commit
 * lies within the range of a step. provisional: the step between is not confirmed. drift: the levels differ, and no
 * step is told between them. noise: the interval is wider than the smallest effect.
 */
export const UNTOLD = ["unmeasured", "border", "step", "provisional", "drift", "noise"] as const;
export type Untold = (typeof UNTOLD)[number];

export const ROW_VERDICTS = ["regression", "improvement", "rose", "fell", "unchanged", "cannot tell", "new"] as const;
export type RowVerdict = (typeof ROW_VERDICTS)[number];

/** A changepoint of the row's line between the two releases. */
export type RowStep = {
  shift: number | null;
  direction: ChangepointDirection;
  state: "provisional" | "confirmed";
  change: number | null;
  difference: number;
};

/** One case, metric and environment at both releases. */
export type ReportRow = NamedLine & {
  smallestEffect: number;
  verdict: RowVerdict;
  why: Untold | null;
  /** The same in words, with what lies between. */
  whyText: string | null;
  /** Which side the reason concerns; null: both, or what lies between. */
  whySide: "baseline" | "candidate" | null;
  baseline: SideValue | null;
  candidate: SideValue | null;
  /** candidate / baseline - 1; null where no ratio exists. */
  change: number | null;
  difference: number | null;
  /** 95 % interval of the change, of the difference where that is null. */
  interval: [number, number] | null;
  steps: RowStep[];
  /** The sum of small steps between the releases, where one is told. */
  drift: { change: number | null; difference: number; interval: [number, number]; p: number } | null;
  /** More measured commits near the candidate that would settle it; null: settled, or over 50. */
  needsRuns: number | null;
};

/** A case that should have been measured at the candidate. unmeasured: a whole environment without a run near it. */
export type ReportTrouble = {
  kind: "missing" | "failing" | "skipped" | "unmeasured";
  workload: string | null;
  workloadNumber: number | null;
  params: Json;
  environment: string;
  /** The commit of the newest result, or of the environment's newest run; null: none. */
  sha: string | null;
  /** Commits from it to the candidate. */
  distance: number | null;
  error: string | null;
};

/** What was true of an environment at either release. */
export type ReportDifference = {
  environment: string;
  facts: { name: string; before: Json; after: Json }[];
  components: ComponentChange[];
};

/** A shift between the releases; what people say of it comes beside. */
export type ReportShift = {
  number: number;
  title: string;
  direction: ShiftDirection;
  state: ShiftState;
  lastGood: string;
  firstShifted: string;
  firstShiftedAt: string | null;
  commitsBetween: number | null;
  /** may: the release lies within the range, so that it may hold it or not. */
  contained: "yes" | "may";
  /** The baseline lies within the range: it may hold it already. */
  mayBeInBaseline: boolean;
  /** Commits of the range with author and pull request, at most RANGE_CREDITS, newest first. */
  credits: { sha: string; author: string | null; pullRequest: number | null; subject: string | null }[];
  /** The shift that undid it, whether the candidate holds that one, and the tags that do. */
  recovery: { by: number; inCandidate: "yes" | "may" | "no"; tags: string[] } | null;
  /** The candidate's own runs lie at the level before, while the default branch does not: a fix off the line. */
  fixedHere: boolean;
  /** Tags that hold it, oldest first. */
  tags: string[];
  /** The line of its largest change, for a small chart. */
  spark: ReportSpark | null;
};

export type ReportSpark = {
  name: string;
  unit: string;
  points: { position: number; value: number }[];
  segments: { first: number; last: number; level: number; track: number }[];
  range: { from: number; to: number };
};

/** Work that would settle what cannot be told: one environment at one commit. */
export type PlanItem = {
  environment: string;
  sha: string;
  side: "baseline" | "candidate";
  why: string[];
  cases: { workload: string; params: Json; runs: number; seconds: number | null }[];
  /** Runs of the case that needs most. */
  runs: number;
  /** All of them one after the other; null: no run of these cases told how long it took. */
  hours: number | null;
};

/** All that a report rests on, but for what people say: what a frozen report keeps. */
export type ReportFigures = {
  candidate: ReleaseSide;
  /** null: a first release, or one whose history is not known. */
  baseline: ReleaseSide | null;
  /** Commits within which a run lies near. */
  near: number;
  /** When the analysis was done that the numbers rest on; before the first one, when the project was made. */
  computedAt: string;
  analysedAt: string | null;
  /** Stored bodies that were not analysed yet. */
  pending: number;
  rows: ReportRow[];
  troubles: ReportTrouble[];
  /** Cases that the candidate has and the baseline had not. */
  added: { workload: string; workloadNumber: number; params: Json; environment: string }[];
  shifts: ReportShift[];
  differences: ReportDifference[];
  plan: PlanItem[];
};

/** What people say of a shift. */
export type ShiftDecision = {
  number: number;
  status: ShiftStatus;
  reason: string | null;
  owner: string | null;
  issues: string[];
  dueOn: string | null;
  acceptedUntil: string | null;
  at: string | null;
  by: string | null;
};

/** Somebody answers for shipping in spite of a shift, or of a workload that is missing or fails. */
export type Waiver = {
  id: number;
  /** Number of the shift; null: it concerns a workload. */
  shift: number | null;
  workload: string | null;
  reason: string;
  owner: string;
  /** The last day (UTC) on which it holds, as 2026-11-30. */
  expiresOn: string;
  createdBy: string;
  createdAt: string;
  withdrawnBy: string | null;
  withdrawnAt: string | null;
};

export type ReportDecisions = { shifts: ShiftDecision[]; waivers: Waiver[] };
