import { projectFor } from "@/lib/auth/access";
import { db, rows } from "@/lib/db/sql";
import type { Actor } from "@/lib/model/actor";
import { type CauseSettings, readCauseSettings } from "@/lib/model/settings";
import type { Json } from "@/lib/model/words";

/** What the project says is not its code. Needs `admin`. Throws NotFound, Forbidden. */
export async function readSettings(actor: Actor, slug: string): Promise<CauseSettings> {
  return causeSettings((await projectFor(actor, "admin", slug)).id);
}

/** The same by the id of the project; checks no access. */
export async function causeSettings(projectId: number): Promise<CauseSettings> {
  const stored = await rows<{ key: string; value: Json }>(
    db(),
    "select key, value from settings where project_id = $1",
    [projectId],
  );
  return readCauseSettings(new Map(stored.map(({ key, value }) => [key, value])));
}
