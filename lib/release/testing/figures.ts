import type { ReleaseSide, ReportFigures, ReportRow, ReportShift, ShiftDecision, SideValue } from "../types";

export const side = (name: string, position: number): ReleaseSide => ({
  name,
  kind: "release",
  label: name,
  sha: position.toString(16).padStart(40, "0"),
  committedAt: "2026-01-01T00:00:00.000Z",
  releasedAt: null,
  position,
  reach: position,
  fork: null,
});

export const value = (level: number): SideValue => ({
  from: "level",
  value: level,
  interval: [level * 0.98, level * 1.02],
  points: 20,
  runs: 20,
  distance: 0,
  own: null,
});

export const row = (more: Partial<ReportRow> = {}): ReportRow => ({
  workload: "join",
  workloadNumber: 1,
  params: {},
  metric: "duration",
  metricName: null,
  unit: "s",
  better: "lower",
  smallestEffect: 0.05,
  environment: "vm",
  verdict: "regression",
  why: null,
  whyText: null,
  whySide: null,
  baseline: value(10),
  candidate: value(12),
  change: 0.2,
  difference: 2,
  interval: [0.17, 0.23],
  steps: [{ shift: 7, direction: "regression", state: "confirmed", change: 0.2, difference: 2 }],
  drift: null,
  needsRuns: null,
  ...more,
});

export const shift = (more: Partial<ReportShift> = {}): ReportShift => ({
  number: 7,
  title: "Duration of join +20.0 %",
  direction: "regression",
  state: "confirmed",
  lastGood: "a".repeat(40),
  firstShifted: "b".repeat(40),
  firstShiftedAt: "2026-01-02T00:00:00.000Z",
  commitsBetween: 0,
  contained: "yes",
  mayBeInBaseline: false,
  credits: [{ sha: "b".repeat(40), author: "ada", pullRequest: 12, subject: "change" }],
  recovery: null,
  fixedHere: false,
  tags: ["1.1"],
  spark: null,
  ...more,
});

export const figures = (more: Partial<ReportFigures> = {}): ReportFigures => ({
  candidate: side("1.1", 20),
  baseline: side("1.0", 10),
  near: 20,
  computedAt: "2026-01-05T00:00:00.000Z",
  analysedAt: "2026-01-05T00:00:00.000Z",
  pending: 0,
  rows: [row()],
  troubles: [],
  added: [],
  shifts: [shift()],
  differences: [],
  plan: [],
  ...more,
});

export const said = (more: Partial<ShiftDecision> = {}): ShiftDecision => ({
  number: 7,
  status: "new",
  reason: null,
  owner: null,
  issues: [],
  dueOn: null,
  acceptedUntil: null,
  at: null,
  by: null,
  ...more,
});
