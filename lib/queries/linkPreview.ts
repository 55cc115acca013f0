import { projectFor } from "@/lib/auth/access";
import { db, row } from "@/lib/db/sql";
import type { Actor } from "@/lib/model/actor";
import type { LinkValues } from "@/lib/model/linkTemplates";
import type { Json } from "@/lib/model/words";
import { isoOf } from "./points";

/** What link templates are filled in with for a real run: its newest, and the first result of it. */
export type LinkPreview = { run: string; workload: string | null; values: LinkValues };

type Found = LinkValues & { key: string; workload: string | null; params: Json };

/** Values of the run that arrived last, so that templates can be tried out; null: there is no run yet. Needs `admin`. */
export async function readLinkPreview(actor: Actor, slug: string): Promise<LinkPreview | null> {
  const project = await projectFor(actor, "admin", slug);
  const found = await row<Found>(
    db(),
    `SELECT u.key, c.sha, b.name AS branch, c.pull_request AS "pullRequest", e.name AS environment, u.experiment, u.variant,
       ${isoOf("u.started_at")} AS "startedAt", ${isoOf("u.finished_at")} AS "finishedAt",
       extract(epoch FROM u.started_at)::float8 * 1000 AS "startedAtMs",
       extract(epoch FROM u.finished_at)::float8 * 1000 AS "finishedAtMs",
       u.tags, u.components, r.workload, r.params
     FROM runs u
     JOIN commits c ON c.project_id = $1 AND c.id = u.commit_id
     JOIN environments e ON e.project_id = $1 AND e.id = u.environment_id
     LEFT JOIN branches b ON b.project_id = $1 AND b.id = u.branch_id
     LEFT JOIN LATERAL (
       SELECT w.name AS workload, k.params FROM results s
       JOIN cases k ON k.project_id = $1 AND k.id = s.case_id
       JOIN workloads w ON w.project_id = $1 AND w.id = k.workload_id
       WHERE s.project_id = $1 AND s.run_id = u.id ORDER BY w.name, k.params LIMIT 1) r ON true
     WHERE u.project_id = $1 ORDER BY u.id DESC LIMIT 1`,
    [project.id],
  );
  return found && { run: found.key, workload: found.workload, values: found };
}
