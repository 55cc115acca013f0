import type { ChangepointDirection } from "@/lib/model/words";
import type { MarkdownShift } from "../markdown";
import type { PictureShift } from "../pictured";

type Shared = PictureShift & MarkdownShift;
type Member = Shared["members"][number];

const BASE = 1_600_000_000_000;
const DAY = 86_400_000;
const at = (position: number) => new Date(BASE + position * DAY).toISOString();
const shaOf = (position: number) => position.toString(16).padStart(40, "a");

/** A series that goes from 10 to 12 s between places 14 and 16. */
export function sharedMember(more: Partial<Member> = {}): Member & Shared["members"][number] {
  const direction: ChangepointDirection = "regression";
  return {
    workload: "array/anom_mean",
    params: {},
    metric: "duration",
    metricName: null,
    environment: "vm-b",
    direction,
    unit: "s",
    before: 10,
    after: 12,
    change: 0.2,
    difference: 2,
    interval: [0.18, 0.22],
    p: 0.0001,
    pointsBefore: 15,
    pointsAfter: 14,
    points: Array.from({ length: 30 }, (_, position) => {
      const value = (position < 16 ? 10 : 12) + ((position * 7) % 5) / 20;
      return {
        sha: shaOf(position),
        position,
        committedAt: at(position),
        pullRequest: null,
        value,
        min: value - 0.2,
        max: value + 0.3,
        runs: 3,
        n: 9,
        track: 0,
        open: false,
        outlier: position === 20,
      };
    }),
    segments: [
      { first: 0, last: 15, track: 0, level: 10.1, lo: 10, hi: 10.2 },
      { first: 16, last: 29, track: 0, level: 12.1, lo: 12, hi: 12.2 },
    ],
    ...more,
  };
}

/** A confirmed regression of one series, with what is given in place of it. */
export function sharedShift(more: Partial<Shared> = {}): Shared {
  const members = more.members ?? [sharedMember()];
  return {
    project: { slug: "dask", name: "dask", repository: "https://github.com/dask/distributed" } as Shared["project"],
    branch: "main",
    number: 14,
    title: "Duration of array/anom_mean +20.0 %",
    direction: "regression",
    state: "confirmed",
    summary: { worse: members.length, better: 0, moved: 0 },
    lastGood: shaOf(14),
    firstShifted: shaOf(16),
    firstShiftedAt: at(16),
    commitsBetween: 1,
    commits: [16, 15, 14].map((position) => ({
      sha: shaOf(position),
      pullRequest: 7000 + position,
      subject: "Change",
    })),
    containedIn: "2022.11.0",
    fixedIn: null,
    partOf: null,
    recoveredBy: null,
    needsPoints: null,
    withdrawnReason: null,
    withdrawnAt: null,
    members,
    membersTotal: members.length,
    window: { from: 0, to: 29 },
    range: { from: 14, to: 16 },
    months: [],
    policy: {
      detector: 1,
      smallestEffects: [{ metric: "duration", metricName: null, smallestEffect: 0.05 }],
      sensitivity: [1, 1],
    },
    ...more,
  };
}
