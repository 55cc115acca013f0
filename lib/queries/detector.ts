import { type Correction, correctionsOf, judgeCorrected, readCorrections } from "@/lib/analysis/corrections";
import { type JudgedChangepoint, type Judgement, judge } from "@/lib/analysis/judge";
import { type ReleasePlace, readReleasePlaces } from "@/lib/analysis/lineDrift";
import { bordersOf, readBorders, readMeasurements } from "@/lib/analysis/measurements";
import { readPositions } from "@/lib/analysis/positions";
import { readSensitivitySettings } from "@/lib/analysis/sensitivity";
import { splitTracks, type Track } from "@/lib/analysis/tracks";
import { readLeftOut } from "@/lib/analysis/wholeRuns";
import { readProject } from "@/lib/auth/access";
import { type Changepoint, type Detection, detect, type Rejected, visibleChange } from "@/lib/changepoint";
import { db, rows } from "@/lib/db/sql";
import type { Actor } from "@/lib/model/actor";
import type { NamedLine } from "@/lib/model/line";
import { type Sensitivities, type SensitivityLevel, sensitivityOf } from "@/lib/model/sensitivity";
import type { ChangepointDirection } from "@/lib/model/words";
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
    /** Marked or moved by people, who go before the detector. */
    byHand: boolean;
  };

/** A step that the detector finds and nobody is told of: it is part of a drift that is told, or people moved it. */
export type DetectorInstead = Place & Pick<Changepoint, "change" | "difference"> & { why: "drift" | "hand" };

/** A step that was considered and is not told, with its strength z and why. */
export type DetectorRejected = Place & Pick<Rejected, "change" | "difference" | "z" | "p" | "why">;

/** The sum of small steps, beside the steps that are told. */
export type DetectorDrift = {
  /** Tag of the release, or sha of the first commit looked at. */
  since: string;
  isRelease: boolean;
  change: number | null;
  difference: number;
  interval: [number, number];
  p: number;
  /** Steps told since then, which it does not contain. */
  steps: number;
  isTold: boolean;
};

/** How the detector sees one line of the default branch. */
export type DetectorRead = NamedLine & {
  smallestEffect: number;
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
  instead: DetectorInstead[];
  /** Strongest first. */
  rejected: DetectorRejected[];
  drift: DetectorDrift | null;
};

/** Commits that are looked at: the answer is computed when it is asked for. */
const MOST_COMMITS = 20_000;
const MOST_REJECTED = 20;
const NEXT_RUNS = [5, 10, 20];

/**
 * What is told of one line and what is not and why, its noise, what the next runs would show, and how the findings change
 * at another sensitivity. Computed now from what is stored, on the default branch, as the analysis does: with drifts in the
 * place of the steps that they look like, and with what people corrected. Throws NotFound and Invalid as findTarget does.
 */
export async function readDetector(actor: Actor, slug: string, asked: DetectorAsked): Promise<DetectorRead> {
  const project = await readProject(actor, slug);
  const target = await findTarget(project, { ...asked, branch: null });
  const [line, said] = await Promise.all([readLine(project.id, target), readSensitivitySettings(db(), project.id)]);
  const saved = sensitivityOf(said, { workloadId: target.workload.id, metricId: target.metric.id });
  const sensitivity = asked.sensitivity ?? saved.value;
  const { smallestEffect } = target.metric;
  const looks = line.tracks.map((track) => lookAt(track, target, sensitivity));
  const placeOf = await readPlaces(project.id, line.tracks);
  const newest = looks.reduce<Look | null>((best, one) => (best && endOf(best) > endOf(one) ? best : one), null);
  const judgement = judgeAt(line, target, sensitivity);
  const found = findingsOf(judgement, placeOf);
  const kept = saved.value === sensitivity ? found : findingsOf(judgeAt(line, target, saved.value), placeOf);
  const isIn = (others: DetectorFinding[]) => (one: DetectorFinding) => others.some(({ sha }) => sha === one.sha);
  return {
    ...headOf(target),
    sensitivity,
    saved: { ...saved, ...levelsOf(said, target) },
    points: line.tracks.reduce((sum, { points }) => sum + points.length, 0),
    isCut: line.isCut,
    level: newest?.detection.segments.at(-1)?.level ?? null,
    noise: newest?.detection.noise ?? null,
    correlation: newest?.detection.correlation ?? null,
    visible: NEXT_RUNS.map((runs) => visibleOf(newest, runs, { sensitivity, smallestEffect })),
    found,
    appear: found.filter((one) => !isIn(kept)(one)),
    go: kept.filter((one) => !isIn(found)(one)),
    instead: looks.flatMap((look) => insteadOf(look, judgement, line.corrections, placeOf)),
    rejected: looks
      .flatMap((look) => rejectedOf(look, judgement, placeOf))
      .sort((a, b) => b.z - a.z)
      .slice(0, MOST_REJECTED),
    drift: shownDrift(judgement, placeOf),
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

type Look = { track: Track; detection: Detection };

const endOf = ({ track }: Look): number => track.points.at(-1)?.position ?? -1;

/** What the detector alone says of one track. */
function lookAt(track: Track, { metric: { better, smallestEffect } }: Target, sensitivity: number): Look {
  const values = track.points.map(({ runs }) => runs);
  return { track, detection: detect(values, { better, smallestEffect, sensitivity, explain: true }) };
}

/** What the analysis says of the line. */
function judgeAt({ tracks, corrections, releases }: Line, { metric }: Target, sensitivity: number): Judgement | null {
  const { better, smallestEffect } = metric;
  return judgeCorrected(tracks, corrections, better, (pieces) =>
    judge(pieces, better, smallestEffect, sensitivity, releases),
  );
}

function visibleOf(look: Look | null, runs: number, options: { sensitivity: number; smallestEffect: number }) {
  const seen = look && visibleChange(look.detection, runs, options);
  return { runs, change: seen?.change ?? null, difference: seen?.difference ?? null };
}

type PlaceOf = (commitId: number | undefined) => Place | null;

function findingsOf(judgement: Judgement | null, placeOf: PlaceOf): DetectorFinding[] {
  return (judgement?.changepoints ?? []).flatMap((changepoint: JudgedChangepoint) => {
    const { commitId, before, after, change, difference, interval, p, state, direction, correctionId } = changepoint;
    const place = placeOf(commitId);
    const byHand = correctionId !== undefined;
    return place ? [{ ...place, before, after, change, difference, interval, p, state, direction, byHand }] : [];
  });
}

const isTold = (judgement: Judgement | null, commitId: number | undefined): boolean =>
  judgement?.changepoints.some((one) => one.commitId === commitId) ?? false;

/** Only a drift takes the place of a step, unless people said where the steps of the line are. */
function insteadOf(
  { track, detection }: Look,
  judgement: Judgement | null,
  corrections: readonly Correction[],
  placeOf: PlaceOf,
): DetectorInstead[] {
  const why = corrections.length > 0 ? "hand" : "drift";
  return detection.changepoints.flatMap(({ index, change, difference }) => {
    const commitId = track.points[index]?.commitId;
    const place = placeOf(commitId);
    return place && !isTold(judgement, commitId) ? [{ ...place, change, difference, why }] : [];
  });
}

function rejectedOf({ track, detection }: Look, judgement: Judgement | null, placeOf: PlaceOf): DetectorRejected[] {
  return detection.rejected.flatMap(({ index, change, difference, z, p, why }) => {
    const commitId = track.points[index]?.commitId;
    const place = placeOf(commitId);
    return place && !isTold(judgement, commitId) ? [{ ...place, change, difference, z, p, why }] : [];
  });
}

function shownDrift(judgement: Judgement | null, placeOf: PlaceOf): DetectorDrift | null {
  if (!judgement?.drift) return null;
  const { sinceCommitId, release, told, change, difference, interval, p, steps } = judgement.drift;
  const since = release ?? placeOf(sinceCommitId)?.sha ?? "";
  return { since, isRelease: release !== null, change, difference, interval, p, steps, isTold: told };
}

type Line = { tracks: Track[]; corrections: Correction[]; releases: ReleasePlace[]; isCut: boolean };

/** The line as the analysis reads it: the same statements, borders and corrections. */
async function readLine(projectId: number, target: Target): Promise<Line> {
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
  const [measured, borders, leftOut, corrections, releases] = await Promise.all([
    readMeasurements(db(), scope, positions, [line]),
    readBorders(db(), scope, positions),
    readLeftOut(db(), scope),
    readCorrections(db(), scope, positions),
    readReleasePlaces(db(), scope, positions),
  ]);
  const used = (measured[0] ?? []).filter(({ runId }) => !leftOut.has(runId, line.metricId));
  return {
    tracks: splitTracks(used, bordersOf(borders, line)),
    corrections: correctionsOf(corrections, line),
    releases,
    isCut: positions.size < all.size,
  };
}

async function readPlaces(projectId: number, tracks: readonly Track[]): Promise<PlaceOf> {
  const positions = new Map(tracks.flatMap(({ points }) => points.map((one) => [one.commitId, one.position] as const)));
  const found = await rows<{ id: number; sha: string; committedAt: string | null }>(
    db(),
    `SELECT id, sha, ${isoOf("committed_at")} AS "committedAt" FROM commits WHERE project_id = $1 AND id = ANY($2::int[])`,
    [projectId, [...positions.keys()]],
  );
  const commits = new Map(found.map((commit) => [commit.id, commit]));
  return (commitId) => {
    const commit = commitId === undefined ? undefined : commits.get(commitId);
    const position = commit && positions.get(commit.id);
    return commit && position !== undefined ? { sha: commit.sha, position, committedAt: commit.committedAt } : null;
  };
}
