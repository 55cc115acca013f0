import { PLANNED_RUNS } from "@/lib/compare";
import { db, rows } from "@/lib/db/sql";
import type { Actor } from "@/lib/model/actor";
import { isoOf } from "./points";
import { readableProject } from "./project";

/** A variant of an experiment, as a side of a comparison. */
export type ExperimentVariant = {
  /** null: runs that carry the experiment's label and no variant. */
  variant: string | null;
  side: string;
  runs: number;
  /** Its commit; null where it ran several. */
  sha: string | null;
};

export type ExperimentItem = {
  name: string;
  plannedRuns: number;
  /** null: never stated, plannedRuns is the default. */
  statedAt: string | null;
  copies: { [variant: string]: string };
  variants: ExperimentVariant[];
};

type Found = Omit<ExperimentItem, "variants" | "plannedRuns"> & {
  planned: number | null;
  variants: ExperimentVariant[] | null;
};

/** All experiments, stated or measured, those with the newest runs first. Excluded runs do not count. */
export async function listExperiments(
  actor: Actor,
  slug: string,
): Promise<{ total: number; items: ExperimentItem[]; next: null }> {
  const project = await readableProject(actor, slug);
  const found = await rows<Found>(
    db(),
    `WITH variants AS (
       SELECT u.experiment, u.variant, count(*) AS runs, max(coalesce(u.started_at, u.received_at)) AS newest,
         CASE WHEN count(DISTINCT u.commit_id) = 1 THEN min(c.sha) END AS sha
       FROM runs u JOIN commits c ON c.project_id = $1 AND c.id = u.commit_id
       WHERE u.project_id = $1 AND u.experiment IS NOT NULL AND NOT EXISTS (
         SELECT FROM exclusions x WHERE x.project_id = $1 AND x.run_id = u.id AND x.restored_at IS NULL)
       GROUP BY u.experiment, u.variant
     ), measured AS (
       SELECT experiment, max(newest) AS newest, json_agg(json_build_object('variant', variant, 'side',
         'experiment:' || experiment || coalesce('/' || variant, ''), 'runs', runs, 'sha', sha) ORDER BY variant) AS variants
       FROM variants GROUP BY experiment
     )
     SELECT coalesce(m.experiment, x.name) AS name, x.planned_runs AS planned, ${isoOf("x.stated_at")} AS "statedAt",
       coalesce(x.copies, '{}') AS copies, m.variants
     FROM measured m
     FULL JOIN (SELECT * FROM experiments WHERE project_id = $1) x ON x.name = m.experiment
     ORDER BY m.newest DESC NULLS LAST, name`,
    [project.id],
  );
  const items = found.map(({ planned, variants, ...one }) => ({
    ...one,
    plannedRuns: planned ?? PLANNED_RUNS,
    variants: variants ?? [],
  }));
  return { total: items.length, items, next: null };
}
