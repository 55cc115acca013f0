import { type Db, row } from "../db/sql";
import { groupShifts } from "../shift";
import type { LastPlace } from "../shift/log";
import type { KnownShift } from "../shift/types";
import { type KnownPlace, readEvidence, readPlaces } from "./evidence";
import type { Positions } from "./positions";
import type { Scope } from "./requests";
import { assignMembers, insertLog, insertShifts, readShifts, type StoredShift, updateShifts } from "./shiftRows";
import { tellShifts } from "./tellShifts";

/** The shifts as the analysis before this one left them. */
export type Known = { stored: StoredShift[]; places: Map<number, KnownPlace[]> };

/** Must be read before the changepoints are replaced: by their places the shifts are known again. */
export async function readKnown(tx: Db, scope: Scope, positions: Positions): Promise<Known> {
  const places = new Map<number, KnownPlace[]>();
  for (const place of await readPlaces(tx, scope, positions)) {
    const others = places.get(place.number);
    if (others) others.push(place);
    else places.set(place.number, [place]);
  }
  return { stored: await readShifts(tx, scope, positions), places };
}

/** Groups all changepoints of the branch anew and writes what changed. Gives how many shifts are current. */
export async function writeShifts(
  tx: Db,
  scope: Scope,
  positions: Positions,
  { stored, places }: Known,
): Promise<number> {
  const evidence = await readEvidence(tx, scope, positions);
  const { lastNumber, at } = await clockOf(tx, scope);
  const shifts = groupShifts(
    evidence,
    stored.map((shift) => knownShift(shift, places)),
    lastNumber,
  );
  const placesOf = (number: number) => (places.get(number) ?? []).map(lastPlace);
  const { inserted, updated, log } = tellShifts(shifts, stored, { at, placesOf });
  await insertShifts(tx, scope, inserted);
  await updateShifts(tx, scope, updated);
  await assignMembers(
    tx,
    scope,
    shifts.current.flatMap(({ number, members }) =>
      members.filter(({ shiftNumber }) => shiftNumber !== number).map(({ id }) => ({ id, number })),
    ),
  );
  await insertLog(tx, scope, log);
  await row(tx, "UPDATE projects SET last_shift_number = $2 WHERE id = $1 AND last_shift_number < $2", [
    scope.projectId,
    shifts.lastNumber,
  ]);
  return shifts.current.length;
}

async function clockOf(tx: Db, { projectId }: Scope): Promise<{ lastNumber: number; at: string }> {
  const found = await row<{ lastNumber: number; at: string }>(
    tx,
    `SELECT last_shift_number AS "lastNumber", date_trunc('milliseconds', now()) AS at FROM projects WHERE id = $1`,
    [projectId],
  );
  if (!found) throw new RangeError(`Project ${projectId} is gone.`);
  return found;
}

function knownShift({ number, state, partOf }: StoredShift, places: Known["places"]): KnownShift {
  const standing = state !== "withdrawn" ? "current" : partOf === null ? "withdrawn" : "part";
  return { number, standing, members: places.get(number) ?? [] };
}

function lastPlace(place: KnownPlace): LastPlace {
  const { caseId, metricId, environmentId, lastGoodCommitId, firstShiftedCommitId } = place;
  return { caseId, metricId, environmentId, lastGoodCommitId, firstShiftedCommitId };
}
