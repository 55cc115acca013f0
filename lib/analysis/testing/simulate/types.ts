import type { Kind } from "@/lib/changepoint/testing/generate";

/** One workload x metric x environment of a simulated project, and how it behaves. */
export type SimulatedLine = {
  /** JSON of workload, metric and environment. */
  name: string;
  workload: string;
  metric: string;
  environment: string;
  /** Level at the first commit, in the metric's unit. */
  level: number;
  /** Standard deviation of one run around the level, relative; without spikes and slow runs. */
  noise: number;
  kind: Kind;
  /** Drift as a relative change over the whole history, 0 for most. */
  drift: number;
};

/** A step that the simulation made, and that is to be found. */
export type Truth = {
  /** Position of the first commit with the new level. */
  at: number;
  /** The lines it moved, each by which relative change: 0.1 is 10 % more. */
  effects: Map<string, number>;
};

export type SimulatedRun = {
  key: string;
  /** Place among the runs of its environment in the order of their start. */
  start: number;
  position: number;
  environment: string;
  /** Which facts the environment had: 0 before a change of facts, 1 after it. */
  facts: number;
  /** All results of such a run took longer. */
  slow: boolean;
  results: { workload: string; version: string; metrics: Record<string, number[]> }[];
  /** Durations of a pinned release, one per control: the code does not move them. */
  controls: number[];
};

/** `effect` relative: 0.1 is 10 % more. */
export type EnvironmentMove = { environment: string; at: number; effect: number };

/** A project with a history whose truth is known. */
export type SimulatedProject = {
  seed: number;
  /** Commits of the branch's line. */
  commits: number;
  lines: SimulatedLine[];
  /** In order of position. */
  truths: Truth[];
  /** Workload whose version changed at a commit, with a step that is none. */
  newVersion: { workload: string; at: number };
  /** An environment whose durations, those of the controls too, moved at a commit: no step of the code. null: none did. */
  move: EnvironmentMove | null;
  /** In the order in which they arrive: some are late. Runs that were never made are missing. */
  runs: SimulatedRun[];
};
