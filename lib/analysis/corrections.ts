import { relativeChange } from "../changepoint/relativeChange";
import { type Db, rows } from "../db/sql";
import { type Better, directionOf } from "../model/words";
import { normalCdf } from "../stats/normal";
import { median } from "../stats/quantile";
import type { JudgedChangepoint, JudgedSegment, Judgement } from "./judge";
import type { Positions } from "./positions";
import type { LineKey, Scope } from "./requests";
import type { Measurement, Track, TrackPoint } from "./tracks";

/** A changepoint that somebody marked or moved, in the positions of now. */
export type Correction = {
  id: number;
  caseId: number;
  metricId: number;
  environmentId: number;
  position: number;
  lastGood: { commitId: number; position: number } | null;
  /** Where it was told before it was moved; null: it was missed. */
  from: number | null;
};

/** Corrections that stand and whose commits lie on the line. */
export async function readCorrections(tx: Db, { projectId }: Scope, positions: Positions): Promise<Correction[]> {
  type Row = Omit<Correction, "position" | "lastGood" | "from"> & {
    at: number;
    good: number | null;
    from: number | null;
  };
  const found = await rows<Row>(
    tx,
    `SELECT id, case_id AS "caseId", metric_id AS "metricId", environment_id AS "environmentId", commit_id AS at,
            last_good_commit_id AS good, from_commit_id AS from
     FROM corrections WHERE project_id = $1 AND removed_at IS NULL ORDER BY id`,
    [projectId],
  );
  return found.flatMap(({ at, good, from, ...line }) => {
    const position = positions.get(at);
    if (position === undefined) return [];
    const place = good === null ? undefined : positions.get(good);
    return {
      ...line,
      position,
      lastGood: good === null || place === undefined ? null : { commitId: good, position: place },
      from: from === null ? null : (positions.get(from) ?? null),
    };
  });
}

/** Those of one line, in order. */
export const correctionsOf = (all: readonly Correction[], line: LineKey): Correction[] =>
  all
    .filter(
      (one) => one.caseId === line.caseId && one.metricId === line.metricId && one.environmentId === line.environmentId,
    )
    .sort((a, b) => a.position - b.position);

type Cut = { correction: Correction; track: number; before: TrackPoint; at: TrackPoint };

/**
 * Judges a line with what people corrected: at a mark its track is cut, either side is judged by itself (`judge`), and the
 * changepoint between them is the one by hand, confirmed. What the data say between the old and the new place of one that
 * was moved is not told. A mark at which nothing is measured (any more), or nothing before it, waits.
 */
export function judgeCorrected(
  tracks: readonly Track[],
  corrections: readonly Correction[],
  better: Better,
  judge: (tracks: readonly Track[]) => Judgement | null,
): Judgement | null {
  const cuts = corrections.flatMap((correction) => cutOf(tracks, correction));
  if (cuts.length === 0) return judge(tracks);
  const judgement = judge(tracks.flatMap((track) => piecesOf(track, cuts)));
  if (!judgement) return null;
  const place = new Map(
    tracks.flatMap(({ points }) => points.map((point) => [point.commitId, point.position] as const)),
  );
  const kept = cuts.reduce((found, cut) => withoutMoved(found, cut, place, tracks), judgement);
  const byHand = cuts.flatMap((cut) => changepointOf(kept.segments, cut, place, better));
  const taken = new Set(byHand.map(({ commitId }) => commitId));
  const others = kept.changepoints.filter(({ commitId }) => !taken.has(commitId));
  const changepoints = [...others, ...byHand].sort(
    (a, b) => (place.get(a.commitId) ?? 0) - (place.get(b.commitId) ?? 0),
  );
  return { ...kept, changepoints };
}

function cutOf(tracks: readonly Track[], correction: Correction): Cut[] {
  for (const { number, points } of tracks) {
    const i = points.findIndex(({ position }) => position === correction.position);
    const [before, at] = [points[i - 1], points[i]];
    if (before && at) return [{ correction, track: number, before, at }];
  }
  return [];
}

function piecesOf(track: Track, cuts: readonly Cut[]): Track[] {
  const places = cuts.filter((cut) => cut.track === track.number).map(({ at }) => at.position);
  const pieces: TrackPoint[][] = [[]];
  for (const point of track.points) {
    if (places.includes(point.position)) pieces.push([]);
    pieces.at(-1)?.push(point);
  }
  return pieces.filter((points) => points.length > 0).map((points) => ({ number: track.number, points }));
}

/** Takes out what is still told between the old place of a moved changepoint and its new one. */
function withoutMoved(
  judgement: Judgement,
  cut: Cut,
  place: ReadonlyMap<number, number>,
  tracks: readonly Track[],
): Judgement {
  const { from, position } = cut.correction;
  if (from === null) return judgement;
  const [low, high] = [Math.min(from, position), Math.max(from, position)];
  const isMoved = ({ commitId, lastGoodCommitId, firstShiftedCommitId }: JudgedChangepoint) => {
    const at = place.get(commitId) ?? -1;
    const holds = (place.get(lastGoodCommitId) ?? 0) < from && from <= (place.get(firstShiftedCommitId) ?? -1);
    return holds || (at >= low && at <= high);
  };
  const moved = judgement.changepoints.filter(isMoved);
  const points = tracks.find(({ number }) => number === cut.track)?.points ?? [];
  return {
    ...judgement,
    changepoints: judgement.changepoints.filter((one) => !moved.includes(one)),
    segments: moved.reduce((segments, { commitId }) => joined(segments, commitId, points, place), judgement.segments),
  };
}

/** The two segments that meet at a commit as one. */
function joined(
  segments: JudgedSegment[],
  commitId: number,
  points: readonly TrackPoint[],
  place: ReadonlyMap<number, number>,
): JudgedSegment[] {
  const i = segments.findIndex((segment) => segment.firstCommitId === commitId);
  const [first, second] = [segments[i - 1], segments[i]];
  if (!first || !second || first.track !== second.track) return segments;
  const [from, to] = [place.get(first.firstCommitId) ?? 0, place.get(second.lastCommitId) ?? 0];
  const values = points
    .filter(({ position }) => position >= from && position <= to)
    .flatMap(({ runs }) => median(runs.flatMap((run) => median(run) ?? [])) ?? []);
  const one: JudgedSegment = {
    ...first,
    lastCommitId: second.lastCommitId,
    level: median(values) ?? first.level,
    lo: Math.min(first.lo, second.lo),
    hi: Math.max(first.hi, second.hi),
    noise: Math.max(first.noise, second.noise),
    points: first.points + second.points,
    runs: first.runs + second.runs,
  };
  return [...segments.slice(0, i - 1), one, ...segments.slice(i + 1)];
}

const MEDIAN_ERROR = 1.2533;
const TWO_SIDED_95 = 1.96;

function changepointOf(
  segments: readonly JudgedSegment[],
  { correction, track, before, at }: Cut,
  place: ReadonlyMap<number, number>,
  better: Better,
): JudgedChangepoint[] {
  const own = segments.filter((segment) => segment.track === track);
  const isLeft = (segment: JudgedSegment) => (place.get(segment.firstCommitId) ?? 0) < at.position;
  const [left, right] = [own.findLast(isLeft), own.find((segment) => !isLeft(segment))];
  if (!left || !right) return [];
  const change = relativeChange(left.level, right.level);
  const difference = right.level - left.level;
  const errorOf = ({ noise, points }: JudgedSegment) => (MEDIAN_ERROR * noise) / Math.sqrt(points);
  const error = Math.hypot(errorOf(left), errorOf(right));
  const scale = change === null ? 1 : Math.abs(left.level);
  const [middle, margin] = [change ?? difference, (TWO_SIDED_95 * error) / scale];
  const { lastGood } = correction;
  const lastGoodCommitId = lastGood && lastGood.position < at.position ? lastGood.commitId : before.commitId;
  return [
    {
      commitId: at.commitId,
      seriesId: at.seriesId,
      lastGoodCommitId,
      firstShiftedCommitId: at.commitId,
      widestGoodCommitId: lastGoodCommitId,
      widestShiftedCommitId: at.commitId,
      direction: directionOf(difference, better),
      before: left.level,
      after: right.level,
      change,
      difference,
      interval: error > 0 ? [middle - margin, middle + margin] : null,
      p: error > 0 ? 2 * normalCdf(-Math.abs(difference) / error) : difference === 0 ? 1 : 0,
      state: "confirmed",
      pointsBefore: left.points,
      pointsAfter: right.points,
      needsPoints: 0,
      correctionId: correction.id,
    },
  ];
}

/** Tells which commits have only runs that are left out; freshness counts them, levels do not. */
export function withSlow(
  judgement: Judgement | null,
  all: readonly Measurement[],
  used: readonly Measurement[],
): Judgement | null {
  if (!judgement || all.length === used.length) return judgement;
  const counted = new Set(used.map(({ commitId }) => commitId));
  const last = all.reduce((newest, one) => (one.position > newest.position ? one : newest), all[0] as Measurement);
  const slow = [...new Set(all.flatMap(({ commitId }) => (counted.has(commitId) ? [] : [commitId])))];
  return { ...judgement, slow, lastCommitId: last.commitId };
}
