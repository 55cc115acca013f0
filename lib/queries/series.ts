import { type ProjectRow, readProject } from "@/lib/auth/access";
import { thin } from "@/lib/chart/thin";
import { db, row } from "@/lib/db/sql";
import { NotFound } from "@/lib/errors";
import type { Actor } from "@/lib/model/actor";
import type { NamedLine } from "@/lib/model/line";
import type { Json } from "@/lib/model/words";
import { breaksOf, epochOf, type LineBorder, readLineBorders, type SeriesBreak } from "./breaks";
import { type LeftOutPoint, readLeftOutPoints } from "./leftOut";
import type { Month } from "./packedPoints";
import { type LinePoint, type LineWindow, type RunSamples, readPlacedPoints, readSamples } from "./points";
import {
  type Places,
  readEvents,
  readFacts,
  readFailures,
  readFindings,
  readReleases,
  type SeriesChangepoint,
  type SeriesDrift,
  type SeriesEvent,
  type SeriesFailure,
  type SeriesRelease,
  type SeriesSegment,
} from "./story";
import { findTarget, type SeriesNames, type Target } from "./target";

export type SeriesAsked = SeriesNames & {
  /** Ends of the window, both included: shas (seven characters do) or places on the branch. */
  from: string | null;
  to: string | null;
  /** Adds every sample of every run. */
  samples: boolean;
  /** Gives about so many points at most, keeping minima, maxima and changepoints; null: all. */
  thin: number | null;
};

/** One commit on the line; value, min and max in the metric's unit. */
export type SeriesPoint = {
  sha: string;
  position: number;
  committedAt: string | null;
  pullRequest: number | null;
  runs: number;
  n: number;
  /** Median of the runs' medians. */
  value: number;
  min: number;
  max: number;
  /** Points of different tracks differ in version or facts, or a border lies between: nothing is compared across. */
  track: number;
  /** Its runs disagree by more than half: drawn, but detection leaves it out. */
  open: boolean;
  /** A spike that opens no new level. */
  outlier: boolean;
  /** All of its runs were slow (or fast) as a whole, or the next run decides: drawn, but detection leaves it out. */
  slow: boolean;
  samples?: number[];
  byRun?: RunSamples[];
};

export type { LeftOutPoint, SeriesBreak, SeriesChangepoint, SeriesFailure, SeriesRelease, SeriesSegment };

export type SeriesTrack = { track: number; version: string; facts: Json };

export type SeriesRead = NamedLine & {
  /** Relative change under which nothing is told. */
  smallestEffect: number;
  branch: string;
  /** First and last place of the window, and how many measured points it has before thinning. */
  window: { from: number; to: number; measured: number; whole: boolean };
  level: number | null;
  noise: number | null;
  /** When the line was last analysed; null: never, so it has no segments and changepoints. */
  analysedAt: string | null;
  /** The sum of small steps; null: cannot be told. */
  drift: SeriesDrift | null;
  points: SeriesPoint[];
  /** Values that people left out: drawn as such, and in nothing else here. */
  leftOut: LeftOutPoint[];
  segments: SeriesSegment[];
  changepoints: SeriesChangepoint[];
  failures: SeriesFailure[];
  tracks: SeriesTrack[];
  /** Where neighbouring points of the window lie on different tracks, and why. */
  breaks: SeriesBreak[];
  releases: SeriesRelease[];
  months: { position: number; committedAt: string }[];
  events: SeriesEvent[];
};

/**
 * The history of one case, metric and environment on a branch's line, in first-parent order: points, levels,
 * changepoints and what happened on the way. Branches other than the default one have points only: they are not analysed.
 * Throws NotFound and Invalid as findTarget does.
 */
export async function readSeries(actor: Actor, slug: string, asked: SeriesAsked): Promise<SeriesRead> {
  const [series] = await readSeriesTogether(actor, slug, [asked]);
  return series as SeriesRead;
}

/** Several of one project, in their order: the points of all, and the order of commits, are read in one go. Throws where one would. */
export async function readSeriesTogether(
  actor: Actor,
  slug: string,
  asked: readonly SeriesAsked[],
): Promise<SeriesRead[]> {
  const project = await readProject(actor, slug);
  const found = await Promise.all(asked.map((one) => find(project, one)));
  const [lines, ...beside] = await Promise.all([
    readPlacedPoints(
      project.id,
      found.map(({ window }) => window),
    ),
    ...found.map((one) => readBeside(project.id, one)),
  ]);
  return found.map((one, i) => assemble(one, lines[i] ?? { points: [], months: [] }, beside[i] as Beside));
}

/** A series that was asked for, found, with the places of its window and of its whole branch. */
type FoundSeries = { asked: SeriesAsked; target: Target; places: Places; ends: Places; window: LineWindow };

async function find(project: ProjectRow, asked: SeriesAsked): Promise<FoundSeries> {
  const target = await findTarget(project, asked);
  const [ends, from, to] = await Promise.all([
    endsOf(project, target.branch),
    placeOf(project, target, asked.from, "from"),
    placeOf(project, target, asked.to, "to"),
  ]);
  const places = { from: from ?? ends.from, to: to ?? ends.to };
  return { asked, target, places, ends, window: windowOf(target, places) };
}

/** What is told of one line beside its points. */
async function readBeside(projectId: number, { asked, target, places, window }: FoundSeries) {
  const [leftOut, samples, findings, failures, releases, events, facts, borders] = await Promise.all([
    readLeftOutPoints(projectId, window),
    asked.samples ? readSamples(projectId, window) : null,
    readFindings(projectId, target, places),
    readFailures(projectId, target, places),
    readReleases(projectId, target.branch.id, places),
    readEvents(projectId, target),
    readFacts(projectId, target.environment.id),
    readLineBorders(projectId, target),
  ]);
  return { leftOut, samples, findings, failures, releases, events, facts, borders };
}

type Beside = Awaited<ReturnType<typeof readBeside>>;

function assemble(
  { asked, target, places, ends }: FoundSeries,
  { points: line, months }: { points: LinePoint[]; months: Month[] },
  { leftOut, samples, findings, failures, releases, events, facts, borders }: Beside,
): SeriesRead {
  const { outliers, open, slow, changepoints, ...levels } = findings;
  const tracks = tracksOf(line, borders);
  const sets = { outliers: new Set(outliers), open: new Set(open), slow: new Set(slow) };
  const kept = asked.thin === null ? line : thinned(line, asked.thin, changepoints);
  return {
    workload: target.workload.name,
    workloadNumber: target.workload.number,
    params: target.case.params,
    metric: target.metric.name,
    metricName: target.metric.displayName,
    unit: target.metric.unit,
    better: target.metric.better,
    smallestEffect: target.metric.smallestEffect,
    environment: target.environment.name,
    branch: target.branch.name,
    window: { ...places, measured: line.length, whole: places.from <= ends.from && places.to >= ends.to },
    ...levels,
    changepoints,
    points: kept.map((point) => pointOf(point, tracks, sets, samples)),
    leftOut,
    failures,
    tracks: [...tracks.values()].map(({ track, version, factsGroup }) => ({
      track,
      version,
      facts: facts.find((one) => one.factsGroup === factsGroup)?.facts ?? {},
    })),
    breaks: breaksOf(line, borders, facts),
    releases,
    months,
    events,
  };
}

function windowOf(target: Target, places: Places): LineWindow {
  return {
    branchId: target.branch.id,
    caseId: target.case.id,
    metricId: target.metric.id,
    environmentId: target.environment.id,
    ...places,
  };
}

function pointOf(
  point: LinePoint,
  tracks: Tracks,
  { outliers, open, slow }: Record<"outliers" | "open" | "slow", Set<number>>,
  samples: Map<number, RunSamples[]> | null,
): SeriesPoint {
  const { commitId, version: _, factsGroup: __, ...shown } = point;
  const byRun = samples?.get(commitId);
  return {
    ...shown,
    track: trackOf(tracks, point),
    open: open.has(commitId),
    outlier: outliers.has(commitId),
    slow: slow.has(commitId),
    ...(byRun ? { samples: byRun.flatMap((run) => run.samples), byRun } : {}),
  };
}

/** Tracks of a line by key, and how a point finds its own. */
export type Tracks = Map<string, { track: number; version: string; factsGroup: number }> & {
  borders: readonly LineBorder[];
};

/** Number of the track that a point lies on. */
export const trackOf = (tracks: Tracks, point: Placed): number =>
  tracks.get(trackKey(point, tracks.borders))?.track ?? 0;

type Placed = { version: string; factsGroup: number; position: number };

const trackKey = ({ version, factsGroup, position }: Placed, borders: readonly LineBorder[]) =>
  `${factsGroup} ${epochOf(borders, position)} ${version}`;

/** Tracks numbered in the order in which they first appear on the line; between two borders they are different ones. */
export function tracksOf(points: readonly Placed[], borders: readonly LineBorder[] = []): Tracks {
  const tracks: Tracks = Object.assign(new Map(), { borders });
  for (const point of points) {
    const key = trackKey(point, borders);
    if (tracks.has(key)) continue;
    tracks.set(key, { track: tracks.size, version: point.version, factsGroup: point.factsGroup });
  }
  return tracks;
}

function thinned(line: LinePoint[], most: number, changepoints: readonly SeriesChangepoint[]): LinePoint[] {
  const steps = new Set(changepoints.map((changepoint) => changepoint.position));
  const keep = line.flatMap((point, i) => (steps.has(point.position) ? [i - 1, i] : []));
  const places = line.map(({ position, value }) => ({ x: position, value }));
  return thin(places, Math.floor(most / 2), keep).map((i) => line[i] as LinePoint);
}

async function endsOf(project: ProjectRow, branch: { id: number }): Promise<Places> {
  const ends = await row<Places>(
    db(),
    `SELECT coalesce(min(position), 0) AS from, coalesce(max(position), -1) AS to
     FROM branch_commits WHERE project_id = $1 AND branch_id = $2 AND position IS NOT NULL`,
    [project.id, branch.id],
  );
  return ends ?? { from: 0, to: -1 };
}

/** A window's end as a place: given as a place, or as the sha (or its start) of a commit on the line. */
async function placeOf(
  project: ProjectRow,
  { branch }: Target,
  end: string | null,
  name: string,
): Promise<number | null> {
  if (end === null) return null;
  if (/^\d{1,6}$/.test(end)) return Number(end);
  const isSha = /^[0-9a-z]{4,64}$/i.test(end);
  const found = !isSha
    ? null
    : await row<{ position: number }>(
        db(),
        `SELECT b.position FROM commits c
     JOIN branch_commits b ON b.project_id = $1 AND b.branch_id = $2 AND b.commit_id = c.id
     WHERE c.project_id = $1 AND c.sha >= $3 AND c.sha < $3 || 'g' AND b.position IS NOT NULL
     ORDER BY c.sha = $3 DESC, b.position LIMIT 1`,
        [project.id, branch.id, end.toLowerCase()],
      );
  if (found) return found.position;
  throw new NotFound(`There is no commit ${end} on ${branch.name} (${name}=). Name one of its line, or leave it out.`);
}
