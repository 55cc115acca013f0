import { type Detection, type DetectOptions, drift } from "@/lib/changepoint";
import { type Db, rows } from "../db/sql";
import type { Positions } from "./positions";
import type { Scope } from "./requests";
import type { Track } from "./tracks";

/** A release on the branch's line. */
export type ReleasePlace = { tag: string; position: number };

/** The sum of small steps of a line; `change` (null where no ratio exists), `difference` and `interval` as of a changepoint. */
export type LineDrift = {
  /** First commit of the window, and the release it follows; null: the newest WINDOW points. */
  sinceCommitId: number;
  release: string | null;
  points: number;
  change: number | null;
  difference: number;
  interval: [number, number];
  p: number;
  /** Changepoints in the window beside which it stands: it is what they do not explain. */
  steps: number;
  told: boolean;
};

/** Points looked back over where there is no release, or too few points since the last one. */
const WINDOW = 100;

/**
 * The drift of a track since the last release on the line, else over its newest points; null: too few to tell.
 * `detection` is that of the track; `told`: the places of its changepoints that are told. A drift that would stand in the
 * place of one of them is not told too: one movement is not two findings.
 */
export function driftOf(
  { points }: Track,
  releases: readonly ReleasePlace[],
  options: DetectOptions,
  detection: Detection,
  told: ReadonlySet<number>,
): LineDrift | null {
  const values = points.map((point) => point.runs);
  const last = points.at(-1)?.position ?? 0;
  const release = releases.findLast(({ position }) => position <= last);
  const after = release ? points.findIndex(({ position }) => position > release.position) : -1;
  const since = after < 0 ? null : drift(values, after, options, detection);
  const found = since ?? drift(values, Math.max(0, points.length - WINDOW), options, detection);
  const first = found && points[found.since];
  if (!first) return null;
  const { change, difference, interval, p, steps } = found;
  const isTold = found.isTold && !found.instead.some((index) => told.has(index));
  const tag = since ? (release?.tag ?? null) : null;
  return {
    ...{ sinceCommitId: first.commitId, release: tag, points: found.points },
    ...{ change, difference, interval, p, steps: steps.length, told: isTold },
  };
}

/** The releases on the branch's line, oldest first. */
export async function readReleasePlaces(tx: Db, { projectId }: Scope, positions: Positions): Promise<ReleasePlace[]> {
  const releases = await rows<{ tag: string; commitId: number }>(
    tx,
    `SELECT tag, commit_id AS "commitId" FROM releases WHERE project_id = $1 ORDER BY tag`,
    [projectId],
  );
  return releases
    .flatMap(({ tag, commitId }) => {
      const position = positions.get(commitId);
      return position === undefined ? [] : [{ tag, position }];
    })
    .sort((a, b) => a.position - b.position);
}
