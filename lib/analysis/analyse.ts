import { type Db, db, row, transaction } from "../db/sql";
import { sensitivityOf } from "../model/sensitivity";
import { readControls, writeCauses } from "./causes";
import { correctionsOf, judgeCorrected, readCorrections, withSlow } from "./corrections";
import { judge } from "./judge";
import { readReleasePlaces } from "./lineDrift";
import { batches, bordersOf, readBorders, readMeasurements } from "./measurements";
import { readPositions } from "./positions";
import { refreshPlanner } from "./refreshPlanner";
import { findLines, findScope, lockProject, type Scope, takeRequests } from "./requests";
import { readSensitivitySettings } from "./sensitivity";
import { splitTracks } from "./tracks";
import { judgeWholeRuns, readLeftOut } from "./wholeRuns";
import { type JudgedLine, writeLines } from "./writeLines";
import { readKnown, writeShifts } from "./writeShifts";

/** What one analysis did. */
export type Analysis = { requests: number; lines: number; shifts: number };

/** Called after each batch of lines: how many are done, of how many. */
export type Progress = (done: number, of: number) => void;

/**
 * Analyses what the requests of a project ask for: judges the lines they touch on the default branch, groups all
 * changepoints of the branch into shifts and removes the requests, in one transaction. One at a time per project; killed
 * half-way it leaves everything as it was, requests included. Requests that arrive meanwhile stay for the next call.
 * Everything is computed from the positions of commits as they are now. null: nothing was asked for.
 */
export async function analyse(projectId: number, progress: Progress = () => undefined): Promise<Analysis | null> {
  await refreshPlanner(db(), projectId, "series"); // for the statements of the analysis
  const result = await transaction(async (tx) => {
    await lockProject(tx, projectId);
    const taken = await takeRequests(tx, projectId);
    if (!taken) return null;
    const scope = await findScope(tx, projectId);
    const done = scope ? await analyseBranch(tx, scope, taken, progress) : { lines: 0, shifts: 0 };
    await row(tx, "UPDATE projects SET analysed_at = clock_timestamp() WHERE id = $1", [projectId]);
    return { requests: taken.requests, ...done };
  });
  if (result) await refreshPlanner(db(), projectId, "lines"); // for whoever reads what it wrote
  return result;
}

async function analyseBranch(
  tx: Db,
  scope: Scope,
  { series, everything, since }: { series: number[]; everything: boolean; since: string },
  progress: Progress,
): Promise<{ lines: number; shifts: number }> {
  const positions = await readPositions(tx, scope);
  const known = await readKnown(tx, scope, positions);
  const borders = await readBorders(tx, scope, positions);
  const touched = await findLines(tx, scope, series, everything);
  const rejudged = await judgeWholeRuns(tx, scope, { positions, borders, lines: touched, everything });
  const lines = rejudged.length === 0 ? touched : await findLines(tx, scope, [...series, ...rejudged], everything);
  const leftOut = await readLeftOut(tx, scope);
  const controls = await readControls(tx, scope);
  const corrections = await readCorrections(tx, scope, positions);
  const said = await readSensitivitySettings(tx, scope.projectId);
  const releases = await readReleasePlaces(tx, scope, positions);
  let done = 0;
  for (const batch of batches(lines)) {
    const measurements = await readMeasurements(tx, scope, positions, batch);
    const judged = batch.map((key, index): JudgedLine => {
      const measured = controls.includes(key) ? [] : (measurements[index] ?? []);
      const used = measured.filter(({ runId }) => !leftOut.has(runId, key.metricId));
      const tracks = splitTracks(used, bordersOf(borders, key));
      const judgement = judgeCorrected(tracks, correctionsOf(corrections, key), key.better, (pieces) =>
        judge(pieces, key.better, key.smallestEffect, sensitivityOf(said, key).value, releases),
      );
      return { key, judgement: withSlow(judgement, measured, used) };
    });
    await writeLines(tx, scope, judged);
    done += batch.length;
    progress(done, lines.length);
  }
  const shifts = await writeShifts(tx, scope, positions, known, since);
  await writeCauses(tx, scope, positions, controls);
  return { lines: lines.length, shifts };
}
