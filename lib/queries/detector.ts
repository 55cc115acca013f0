import { bordersOf, readBorders, readMeasurements } from "@/lib/analysis/measurements";
import { readPositions } from "@/lib/analysis/positions";
import { readSensitivitySettings } from "@/lib/analysis/sensitivity";
import { splitTracks, type Track } from "@/lib/analysis/tracks";
import { readLeftOut } from "@/lib/analysis/wholeRuns";
import { readProject } from "@/lib/auth/access";
import { type Changepoint, type Detection, detect, drift, type Rejected, visibleChange } from "@/lib/changepoint";
import { db, rows } from "@/lib/db/sql";
import type { Actor } from "@/lib/model/actor";
import { type Sensitivities, type SensitivityLevel, sensitivityOf } from "@/lib/model/sensitivity";
import { type Better, type ChangepointDirection, directionOf, type Json } from "@/lib/model/words";
import { isoOf } from "./points";
import { findTarget, type SeriesNames, type Target } from "./target";

export type DetectorAsked = Omit<SeriesNames, "branch"> & {
  /** null: the one that holds for the line. */
  sensitivity: number | null;
};

type Place = { sha: string; position: number; committedAt: string | null };

/** A step that is told, or would be. Levels and difference in the metric's unit. */
export type DetectorFinding = Place &
  Pick<Changepoint, "before" | "after" | "change" | "difference" | "interval" | "p" | "state"> & {
    direction: ChangepointDirection;
  };

/** A step that was considered and is not told, with its strength z and why. */
export type DetectorRejected = Place & Pick<Rejected, "change" | "difference" | "z" | "p" | "why">;

/** The sum of small steps since a release, beside the steps that are told. */
export type DetectorDrift = {
  since: string;
  change: number | null;
  difference: number;
  interval: [number, number];
  p: number;
  /** Steps told since then, which it does not contain. */
  steps: number;
  isTold: boolean;
};

/** How the detector sees one line of the default branch. */
export type DetectorRead = {
  workload: string;
  workloadNumber: number;
  params: Json;
  metric: string;
  metricName: string | null;
  unit: string;
  better: Better;
  smallestEffect: number;
  environment: string;
  branch: string;
  /** The sensitivity of this answer, and the one that holds, with who says so. */
  sensitivity: number;
  saved: { value: number; from: SensitivityLevel | "default" } & Record<SensitivityLevel, number | null>;
  /** Measured commits that were looked at; `isCut`: older ones were left out. */
  points: number;
  isCut: boolean;
  /** Of the stretch that holds the newest point. Noise: sd of a point in the metric's unit; correlation with its neighbour. */
  level: number | null;
  noise: number | null;
  correlation: number | null;
  /** The smallest change that the next runs would show with a chance of 80 %; null: cannot be told. */
  visible: { runs: number; change: number | null; difference: number | null }[];
  found: DetectorFinding[];
  /** Against the sensitivity that holds. */
  appear: DetectorFinding[];
  go: DetectorFinding[];
  /** Strongest first. */
  rejected: DetectorRejected[];
  drift: DetectorDrift | null;
};

/** Commits that are looked at: the answer is computed when it is asked for. */
const MOST_COMMITS = 20_000;
const MOST_REJECTED = 20;
const NEXT_RUNS = [5, 10, 20];

/**
 * What the detector finds on one line and what it rejects and why, its noise, what the next runs would show, and how the
 * findings change at another sensitivity. Computed now from what is stored, on the default branch, as the analysis does.
 * Throws NotFound and Invalid as findTarget does.
 */
export async function readDetector(actor: Actor, slug: string, asked: DetectorAsked): Promise<DetectorRead> {
  const project = await readProject(actor, slug);
  const target = await findTarget(project, { ...asked, branch: null });
  const [{ tracks, isCut }, said] = await Promise.all([
    readTracks(project.id, target),
    readSensitivitySettings(db(), project.id),
  ]);
  const saved = sensitivityOf(said, { workloadId: target.workload.id, metricId: target.metric.id });
  const sensitivity = asked.sensitivity ?? saved.value;
  const looks = tracks.map((track) => lookAt(track, target, sensitivity, saved.value));
  const placeOf = await readPlaces(project.id, tracks);
  const newest = looks.reduce<Look | null>((best, one) => (best && endOf(best) > endOf(one) ? best : one), null);
  const { better } = target.metric;
  const found = looks.flatMap((look) => findingsOf(look.track, look.asked, better, placeOf));
  const kept = looks.flatMap((look) => findingsOf(look.track, look.saved, better, placeOf));
  const isIn = (others: DetectorFinding[]) => (one: DetectorFinding) => others.some(({ sha }) => sha === one.sha);
  return {
    ...headOf(target),
    sensitivity,
    saved: { ...saved, ...levelsOf(said, target) },
    points: tracks.reduce((sum, { points }) => sum + points.length, 0),
    isCut,
    level: newest?.asked.segments.at(-1)?.level ?? null,
    noise: newest?.asked.noise ?? null,
    correlation: newest?.asked.correlation ?? null,
    visible: NEXT_RUNS.map((runs) =>
      visibleOf(newest, runs, { sensitivity, smallestEffect: target.metric.smallestEffect }),
    ),
    found,
    appear: found.filter((one) => !isIn(kept)(one)),
    go: kept.filter((one) => !isIn(found)(one)),
    rejected: looks
      .flatMap((look) => rejectedOf(look, placeOf))
      .sort((a, b) => b.z - a.z)
      .slice(0, MOST_REJECTED),
    drift: newest && (await readDrift(project.id, target, newest, sensitivity)),
  };
}

function headOf({ workload, case: own, metric, environment, branch }: Target) {
  return {
    workload: workload.name,
    workloadNumber: workload.number,
    params: own.params,
    metric: metric.name,
    metricName: metric.displayName,
    unit: metric.unit,
    better: metric.better,
    smallestEffect: metric.smallestEffect,
    environment: environment.name,
    branch: branch.name,
  };
}

const levelsOf = (said: Sensitivities, { workload, metric }: Target): Record<SensitivityLevel, number | null> => ({
  workload: said.workloads[workload.id] ?? null,
  metric: said.metrics[metric.id] ?? null,
  project: said.project,
});

type Look = { track: Track; asked: Detection; saved: Detection };

const valuesOf = (track: Track) => track.points.map(({ runs }) => runs);
const endOf = ({ track }: Look): number => track.points.at(-1)?.position ?? -1;

function lookAt(track: Track, { metric }: Target, sensitivity: number, saved: number): Look {
  const options = { better: metric.better, smallestEffect: metric.smallestEffect };
  const values = valuesOf(track);
  const asked = detect(values, { ...options, sensitivity, explain: true });
  return { track, asked, saved: saved === sensitivity ? asked : detect(values, { ...options, sensitivity: saved }) };
}

function visibleOf(look: Look | null, runs: number, options: { sensitivity: number; smallestEffect: number }) {
  const seen = look && visibleChange(look.asked, runs, options);
  return { runs, change: seen?.change ?? null, difference: seen?.difference ?? null };
}

type PlaceOf = (track: Track, index: number) => Place | null;

function findingsOf(track: Track, { changepoints }: Detection, better: Better, placeOf: PlaceOf): DetectorFinding[] {
  return changepoints.flatMap(({ index, before, after, change, difference, interval, p, state }) => {
    const place = placeOf(track, index);
    const direction = directionOf(difference, better);
    return place ? [{ ...place, before, after, change, difference, interval, p, state, direction }] : [];
  });
}

function rejectedOf({ track, asked }: Look, placeOf: PlaceOf): DetectorRejected[] {
  return asked.rejected.flatMap(({ index, change, difference, z, p, why }) => {
    const place = placeOf(track, index);
    return place ? [{ ...place, change, difference, z, p, why }] : [];
  });
}

/** The line's tracks as the analysis makes them: the same statements, the same borders. */
async function readTracks(projectId: number, target: Target): Promise<{ tracks: Track[]; isCut: boolean }> {
  const scope = { projectId, branchId: target.branch.id };
  const all = await readPositions(db(), scope);
  const head = [...all.values()].reduce((most, position) => Math.max(most, position), -1);
  const positions = new Map([...all].filter(([, position]) => position > head - MOST_COMMITS));
  const line = {
    caseId: target.case.id,
    metricId: target.metric.id,
    environmentId: target.environment.id,
    workloadId: target.workload.id,
    better: target.metric.better,
    smallestEffect: target.metric.smallestEffect,
    samples: 0,
  };
  const [measured, borders, leftOut] = await Promise.all([
    readMeasurements(db(), scope, positions, [line]),
    readBorders(db(), scope, positions),
    readLeftOut(db(), scope),
  ]);
  const used = (measured[0] ?? []).filter(({ runId }) => !leftOut.has(runId, line.metricId));
  return { tracks: splitTracks(used, bordersOf(borders, line)), isCut: positions.size < all.size };
}

async function readPlaces(projectId: number, tracks: readonly Track[]): Promise<PlaceOf> {
  const ids = [...new Set(tracks.flatMap(({ points }) => points.map(({ commitId }) => commitId)))];
  const found = await rows<{ id: number; sha: string; committedAt: string | null }>(
    db(),
    `SELECT id, sha, ${isoOf("committed_at")} AS "committedAt" FROM commits WHERE project_id = $1 AND id = ANY($2::int[])`,
    [projectId, ids],
  );
  const commits = new Map(found.map((commit) => [commit.id, commit]));
  return (track, index) => {
    const point = track.points[index];
    const commit = point && commits.get(point.commitId);
    return point && commit ? { sha: commit.sha, position: point.position, committedAt: commit.committedAt } : null;
  };
}

/** The drift since the last release before the newest points, of the stretch that holds them; null: cannot be told. */
async function readDrift(
  projectId: number,
  target: Target,
  { track, asked }: Look,
  sensitivity: number,
): Promise<DetectorDrift | null> {
  const options = { smallestEffect: target.metric.smallestEffect, sensitivity };
  const releases = await rows<{ tag: string; position: number }>(
    db(),
    `SELECT r.tag, b.position FROM releases r
     JOIN branch_commits b ON b.project_id = $1 AND b.branch_id = $2 AND b.commit_id = r.commit_id
     WHERE r.project_id = $1 AND b.position IS NOT NULL ORDER BY b.position DESC, r.tag LIMIT 50`,
    [projectId, target.branch.id],
  );
  // The newest release from which on there are points enough.
  for (const { tag, position } of releases) {
    const since = track.points.findIndex((point) => point.position >= position);
    const found = since < 0 ? null : drift(valuesOf(track), since, options, asked);
    if (!found) continue;
    const { change, difference, interval, p, isTold, steps } = found;
    return { since: tag, change, difference, interval, p, steps: steps.length, isTold };
  }
  return null;
}
