import { requestAnalysis } from "@/ingest/store/requestAnalysis";
import { projectFor } from "@/lib/auth/access";
import { recordAudit } from "@/lib/auth/recordAudit";
import { rows, transaction } from "@/lib/db/sql";
import type { Actor } from "@/lib/model/actor";
import { canonicalJson } from "@/lib/model/canonicalJson";
import { type CauseSettings, readCauseSettings } from "@/lib/model/settings";
import type { Json } from "@/lib/model/words";
import type { SettingsChange } from "./bodies";

/**
 * Changes what a project says is not its code: controls, repositories of components, facts that are notes. What is left
 * out stays. Needs `admin`. Controls hold for all runs, also earlier ones, from the next analysis on; notes for runs that
 * are sent from now on.
 */
export async function changeSettings(actor: Actor, slug: string, change: SettingsChange): Promise<CauseSettings> {
  const project = await projectFor(actor, "admin", slug);
  return transaction(async (tx) => {
    await rows(tx, "select from projects where id = $1 for no key update", [project.id]);
    const stored = await rows<{ key: string; value: Json }>(
      tx,
      "select key, value from settings where project_id = $1",
      [project.id],
    );
    const before = new Map(stored.map(({ key, value }) => [key, value]));
    const given = Object.entries(change as Record<string, Json>).map(([key, value]): [string, Json] => [
      key,
      Array.isArray(value) ? [...new Set(value)] : value,
    ]);
    const changed = given.filter(([key, value]) => canonicalJson(before.get(key) ?? null) !== canonicalJson(value));
    for (const [key, value] of changed)
      await rows(
        tx,
        `insert into settings (project_id, key, value) values ($1, $2, $3)
             on conflict (project_id, key) do update set value = excluded.value, updated_at = now()`,
        [project.id, key, JSON.stringify(value)],
      );
    if (changed.length > 0)
      await recordAudit(tx, {
        projectId: project.id,
        actor,
        verb: "changed",
        subject: `settings of ${slug}`,
        detail: Object.fromEntries(changed.map(([key, to]) => [key, { from: before.get(key) ?? null, to }])),
      });
    if (changed.some(([key]) => key === "controlWorkloads" || key === "controlEnvironments"))
      await requestAnalysis(tx, project.id, { series: [], everything: true });
    return readCauseSettings(new Map([...before, ...changed]));
  });
}
