import { type Changepoint, type Detection, type DetectOptions, detect, drift } from "@/lib/changepoint";
import { type Better, type ChangepointDirection, directionOf } from "../model/words";
import { driftOf, type LineDrift, type ReleasePlace } from "./lineDrift";
import type { Track, TrackPoint } from "./tracks";

/** A segment in commits instead of indices. */
export type JudgedSegment = {
  track: number;
  firstCommitId: number;
  lastCommitId: number;
  level: number;
  lo: number;
  hi: number;
  noise: number;
  points: number;
  runs: number;
};

/** A changepoint in commits instead of indices. */
export type JudgedChangepoint = Omit<Changepoint, "index" | "earliest" | "latest" | "widest" | "canGrow"> & {
  commitId: number;
  seriesId: number;
  lastGoodCommitId: number;
  firstShiftedCommitId: number;
  /** The same of the widest range. */
  widestGoodCommitId: number;
  widestShiftedCommitId: number;
  direction: ChangepointDirection;
  /** Whether points that are still to come can decide it: its level is the line's newest, and the one that lacks points. */
  canGrow?: boolean;
  /** Lag-1 correlation of its series' noise. */
  correlation?: number;
  /** Of one that people marked or moved. */
  correctionId?: number;
};

/** What the analysis says of one line. */
export type Judgement = {
  /** Level and noise of the segment that holds the newest point; null while there is none. */
  level: number | null;
  noise: number | null;
  /** Measured commits, on all tracks. */
  points: number;
  lastCommitId: number;
  /** The sum of small steps on the newest track; null: too few points to tell. */
  drift: LineDrift | null;
  /** Commits whose point is an outlier, and whose runs disagree. */
  outliers: number[];
  open: number[];
  /** Commits whose points are left out, since their runs were slow as a whole. */
  slow?: number[];
  /** In the order of tracks, then of position. */
  segments: JudgedSegment[];
  /** At most one per commit. */
  changepoints: JudgedChangepoint[];
};

/** Judges a line by its tracks; `smallestEffect` is relative, `releases` are those on the line. null: the line has no points. */
export function judge(
  tracks: readonly Track[],
  better: Better,
  smallestEffect: number,
  sensitivity = 1,
  releases: readonly ReleasePlace[] = [],
): Judgement | null {
  const found = tracks.map((track) => {
    const values = track.points.map((point) => point.runs);
    const options = { better, smallestEffect, sensitivity };
    const raw = detect(values, options);
    return { track, raw, detection: withoutRamps(values, options, raw) };
  });
  const newest = found.reduce<(typeof found)[number] | null>(
    (best, one) => (best && endOf(best.track).position > endOf(one.track).position ? best : one),
    null,
  );
  if (!newest) return null;
  const last = newest.detection.segments.at(-1);
  const told = new Set(newest.detection.changepoints.map(({ index }) => index));
  return {
    level: last?.level ?? null,
    noise: last?.noise ?? null,
    points: tracks.reduce((sum, track) => sum + track.points.length, 0),
    lastCommitId: endOf(newest.track).commitId,
    drift: driftOf(newest.track, releases, { better, smallestEffect, sensitivity }, newest.raw, told),
    outliers: found.flatMap(({ track, detection }) => detection.outliers.map((index) => at(track, index).commitId)),
    open: found.flatMap(({ track, detection }) => detection.open.map((index) => at(track, index).commitId)),
    segments: found.flatMap(({ track, detection }) => segmentsOf(track, detection)),
    changepoints: strongestPerCommit(
      found.flatMap(({ track, detection }) => changepointsOf(track, detection, better, track === newest.track)),
    ),
  };
}

/** A steady drift is told as such, not as the steps that it looks like from afar. */
function withoutRamps(values: number[][][], options: DetectOptions, detection: Detection): Detection {
  const whole = detection.changepoints.length > 0 ? drift(values, 0, options, detection) : null;
  if (!whole?.isTold) return detection;
  const steps = new Set(whole.instead);
  return { ...detection, changepoints: detection.changepoints.filter(({ index }) => !steps.has(index)) };
}

function segmentsOf(track: Track, { segments }: Detection): JudgedSegment[] {
  return segments.map(({ first, last, ...segment }) => ({
    ...segment,
    track: track.number,
    firstCommitId: at(track, first).commitId,
    lastCommitId: at(track, last).commitId,
  }));
}

function changepointsOf(
  track: Track,
  { changepoints, correlation }: Detection,
  better: Better,
  isNewest: boolean,
): JudgedChangepoint[] {
  return disjoint(changepoints).map(({ index, earliest, latest, widest, ...changepoint }) => ({
    ...changepoint,
    commitId: at(track, index).commitId,
    seriesId: at(track, index).seriesId,
    lastGoodCommitId: at(track, earliest - 1).commitId,
    firstShiftedCommitId: at(track, latest).commitId,
    widestGoodCommitId: at(track, widest[0] - 1).commitId,
    widestShiftedCommitId: at(track, widest[1]).commitId,
    direction: directionOf(changepoint.difference, better),
    correlation: correlation ?? 0,
    canGrow: isNewest && changepoint.canGrow,
  }));
}

/** Two steps of one series must not share a commit, or they would fall into one shift and cancel each other there. */
function disjoint(changepoints: readonly Changepoint[]): Changepoint[] {
  let free = 1;
  return changepoints.map((changepoint, k) => {
    const next = changepoints[k + 1]?.index ?? Infinity;
    const earliest = Math.max(changepoint.earliest, free);
    const latest = Math.min(changepoint.latest, next - 1);
    // The widest range may reach to the neighbours, not beyond.
    const previous = changepoints[k - 1]?.index ?? 0;
    const widest: [number, number] = [
      Math.min(earliest, Math.max(changepoint.widest[0], previous + 1)),
      Math.max(latest, Math.min(changepoint.widest[1], next - 1)),
    ];
    free = latest + 1;
    return { ...changepoint, earliest, latest, widest };
  });
}

/** Tracks may overlap; a line keeps one changepoint per commit, the one least likely to be chance. */
function strongestPerCommit(changepoints: readonly JudgedChangepoint[]): JudgedChangepoint[] {
  const kept = new Map<number, JudgedChangepoint>();
  for (const changepoint of changepoints) {
    const other = kept.get(changepoint.commitId);
    if (!other || changepoint.p < other.p) kept.set(changepoint.commitId, changepoint);
  }
  return [...kept.values()];
}

function at(track: Track, index: number): TrackPoint {
  const point = track.points[index];
  if (!point) throw new RangeError(`Detection names point ${index} of ${track.points.length}.`);
  return point;
}

const endOf = (track: Track): TrackPoint => at(track, track.points.length - 1);
