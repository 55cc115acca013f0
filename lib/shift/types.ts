import type { ChangepointDirection, ShiftDirection } from "../model/words";

/**
 * A changepoint as the grouping sees it. Positions are places of commits on the branch; the step lies in the half-open
 * range (lastGood, firstShifted], most likely at `at`.
 */
export type Candidate = {
  /** Names the line (case, metric, environment) it lies on. */
  line: string;
  /** Names the stretch of the line whose levels compare: one version, one group of facts. */
  track: string;
  lastGood: number;
  firstShifted: number;
  /** What is as good as certain, around that range; absent: the same. Where the steps of other lines may draw it. */
  widest?: { lastGood: number; firstShifted: number };
  /** Likeliest position of the first shifted commit, within the range. */
  at: number;
  /** Levels, in the metric's unit. */
  before: number;
  after: number;
  /** Smallest relative effect of the metric worth telling; 0.05 is 5 %. */
  smallestEffect: number;
  direction: ChangepointDirection;
  /** The chance of so strong a step in a quiet series; 0 where people say that it is one. */
  p: number;
  state: "provisional" | "confirmed";
  /** Whether points that are still to come can decide a provisional one. */
  canGrow: boolean;
};

/** Changepoints that one range of commits explains. */
export type Group<C> = {
  /** In order of position. */
  members: C[];
  /** Those of them that count by their widest range: they are weak beside the others, or their own does not meet the joint one. */
  drawn: C[];
  /** The joint range: what the ranges of all members have in common. Never empty. */
  lastGood: number;
  firstShifted: number;
};

/** Where a member of a known shift lay when it was last seen, in the positions of now. */
export type Place = { line: string; lastGood: number; firstShifted: number };

/** A shift that has a number already. */
export type KnownShift = {
  number: number;
  /** current: has members. withdrawn: has none any more. part: was merged into another. */
  standing: "current" | "withdrawn" | "part";
  members: readonly Place[];
};

/** A shift as it is now. */
export type CurrentShift<C> = Group<C> & {
  number: number;
  /** known: had the number before. opened: new. returned: was withdrawn, or part of another, and stands on its own again. */
  origin: "known" | "opened" | "returned";
  /** The shift that this one was part of until now, when that one was split. */
  splitFrom: number | null;
  direction: ShiftDirection;
  state: "provisional" | "confirmed" | "recovered";
  /** Number of the later shift that undid it. */
  recoveredBy: number | null;
};

/** What became of all shifts of a branch. */
export type Shifts<C> = {
  /** In order of number. */
  current: CurrentShift<C>[];
  /** Shifts that are explained by another one now. */
  merged: { number: number; into: number }[];
  /** Shifts none of whose members is left. */
  withdrawn: number[];
  /** Highest number given away so far. */
  lastNumber: number;
};
