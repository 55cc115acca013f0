import { type Db, row } from "../db/sql";
import { readSensitivities, SENSITIVITY_KEY, type Sensitivities } from "../model/sensitivity";
import type { Json } from "../model/words";

/** What people said of the detector's sensitivity in a project. */
export async function readSensitivitySettings(tx: Db, projectId: number): Promise<Sensitivities> {
  const found = await row<{ value: Json }>(tx, "SELECT value FROM settings WHERE project_id = $1 AND key = $2", [
    projectId,
    SENSITIVITY_KEY,
  ]);
  return readSensitivities(found?.value);
}
