import { requestTelling } from "../db/jobs";
import { type Db, row } from "../db/sql";
import { groupShifts } from "../shift";
import type { Because } from "../shift/gone";
import type { LastPlace } from "../shift/log";
import type { CurrentShift, KnownShift } from "../shift/types";
import { countLooks, type Evidence, type KnownPlace, readEvidence, readPlaces, withStates } from "./evidence";
import type { Positions } from "./positions";
import type { Scope } from "./requests";
import {
  assignMembers,
  insertLog,
  insertShifts,
  type Membership,
  readShifts,
  type StoredShift,
  updateShifts,
} from "./shiftRows";
import { tellShifts } from "./tellShifts";
import { whyGone } from "./whyGone";

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

/**
 * Groups all changepoints of the branch anew and writes what changed. `since`: from when on what happened is new to this
 * analysis (ISO). Gives how many shifts are current.
 */
export async function writeShifts(
  tx: Db,
  scope: Scope,
  positions: Positions,
  { stored, places }: Known,
  since: string,
): Promise<number> {
  const evidence = withStates(
    await readEvidence(tx, scope, positions),
    [...places.values()].flat(),
    await countLooks(tx, scope),
  );
  const { lastNumber, at } = await clockOf(tx, scope);
  const shifts = groupShifts(
    evidence,
    stored.map((shift) => knownShift(shift, places)),
    lastNumber,
  );
  const placesOf = (number: number) => (places.get(number) ?? []).map(lastPlace);
  const reasons = new Map<number, Because>();
  for (const number of shifts.withdrawn)
    reasons.set(number, await whyGone(tx, scope, { number, members: placesOf(number), since }, positions));
  const becauseOf = (number: number): Because => reasons.get(number) ?? { kind: "judgement" };
  const { inserted, updated, log } = tellShifts(shifts, stored, { at, placesOf, becauseOf });
  await insertShifts(tx, scope, inserted);
  await updateShifts(tx, scope, updated);
  await assignMembers(tx, scope, membershipsOf(shifts.current, evidence));
  await insertLog(tx, scope, log);
  if (log.length > 0) await requestTelling(tx, scope.projectId);
  await row(tx, "UPDATE projects SET last_shift_number = $2 WHERE id = $1 AND last_shift_number < $2", [
    scope.projectId,
    shifts.lastNumber,
  ]);
  return shifts.current.length;
}

/** What is to be written of changepoints: those that belong elsewhere now, or stand differently. */
function membershipsOf(current: readonly CurrentShift<Evidence>[], evidence: readonly Evidence[]): Membership[] {
  const homes = new Map<number, { number: number; drawn: boolean }>();
  for (const { number, members, drawn } of current)
    for (const member of members) homes.set(member.id, { number, drawn: drawn.includes(member) });
  return evidence.flatMap((one) => {
    const { number, drawn } = homes.get(one.id) ?? { number: null, drawn: false };
    const isSame =
      one.shiftNumber === number &&
      one.drawn === drawn &&
      one.storedState === one.state &&
      one.storedNeeds === one.needsPoints;
    return isSame ? [] : [{ id: one.id, number, drawn, state: one.state, needsPoints: one.needsPoints }];
  });
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
