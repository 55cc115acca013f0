/** What one run measured at one commit on one series. */
export type Measurement = {
  seriesId: number;
  version: string;
  factsGroup: number;
  position: number;
  commitId: number;
  runId: number;
  /** At least one, in the metric's unit. */
  samples: number[];
};

/** All runs of a track at one commit. */
export type TrackPoint = { position: number; commitId: number; seriesId: number; runs: number[][] };

/** A stretch of a line within which levels compare. Detection never crosses from one to another. */
export type Track = {
  /** 0, 1, 2 ... in the order in which the tracks of a line begin. */
  number: number;
  points: TrackPoint[];
};

/**
 * The tracks of a line: measurements of one version and one group of facts, between two borders. `borders` are the
 * positions from which on something else is measured. Tracks may overlap in position: an old commit measured again
 * with a newer version lies on the newer track. Any order of the measurements gives the same tracks.
 */
export function splitTracks(measurements: readonly Measurement[], borders: readonly number[] = []): Track[] {
  const tracks = new Map<string, TrackPoint[]>();
  for (const m of [...measurements].sort((a, b) => a.position - b.position || a.runId - b.runId)) {
    const epoch = borders.filter((border) => border <= m.position).length;
    const key = JSON.stringify([m.version, m.factsGroup, epoch]);
    const points = tracks.get(key) ?? [];
    tracks.set(key, points);
    const last = points.at(-1);
    if (last?.position === m.position) last.runs.push(m.samples);
    else points.push({ position: m.position, commitId: m.commitId, seriesId: m.seriesId, runs: [m.samples] });
  }
  return [...tracks]
    .map(([key, points]) => ({ key, points, start: points[0]?.position ?? 0 }))
    .sort((a, b) => a.start - b.start || (a.key < b.key ? -1 : 1))
    .map(({ points }, number) => ({ number, points }));
}
