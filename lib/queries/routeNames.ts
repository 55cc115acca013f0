import { projectFor } from "@/lib/auth/access";
import { db, row, rows } from "@/lib/db/sql";
import type { Actor } from "@/lib/model/actor";

/** What a route's filter can name: what exists. */
export type RouteNames = {
  /** Begins of workloads' names up to their first slash, then whole names; at most WORKLOADS of each. */
  workloads: string[];
  metrics: { name: string; displayName: string | null }[];
  environments: string[];
};

/** Names of workloads that are offered; any other may be typed. */
const WORKLOADS = 200;

/** Names that a route may filter by. Needs `admin`. Throws NotFound, Forbidden. */
export async function readRouteNames(actor: Actor, slug: string): Promise<RouteNames> {
  const { id } = await projectFor(actor, "admin", slug);
  const [metrics, others] = await Promise.all([
    rows<RouteNames["metrics"][number]>(
      db(),
      `select name, display_name as "displayName" from metrics where project_id = $1 order by name <> 'duration', id`,
      [id],
    ),
    row<{ prefixes: string[]; workloads: string[]; environments: string[] }>(
      db(),
      `select array(select distinct split_part(name, '/', 1) || '/' as prefix from workloads
           where project_id = $1 and strpos(name, '/') > 1 and merged_into is null order by prefix limit $2) as prefixes,
         array(select name from workloads where project_id = $1 and merged_into is null
           order by name limit $2) as workloads,
         array(select name from environments where project_id = $1 order by name) as environments`,
      [id, WORKLOADS],
    ),
  ]);
  const { prefixes = [], workloads = [], environments = [] } = others ?? {};
  return { workloads: [...prefixes, ...workloads], metrics, environments };
}
