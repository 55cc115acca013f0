import { readProject } from "@/lib/auth/access";
import { db, rows } from "@/lib/db/sql";
import type { Actor } from "@/lib/model/actor";
import { type Judged, type Quality, qualityBy, qualityOf } from "@/lib/shift/quality";
import { QUALITY_GROUPS, type QualityGroup } from "@/lib/urls/shifts";
import { STATUS_NOW } from "./open";
import { type Since, sinceOf } from "./since";

export type QualityRow = Quality & { by: QualityGroup; name: string };

/** How good the alerts were, from what people decided. */
export type QualityRead = {
  since: Since | null;
  all: Quality;
  /** Per metric, workload and version of the detector, those with most decisions first; at most GROUPS of each kind. */
  groups: QualityRow[];
  /** Groups of each kind, those that are not listed included. */
  totals: Record<QualityGroup, number>;
};

/** Groups of one kind that an answer lists. */
export const GROUPS = 1000;

/**
 * Counts what people decided of the shifts that were told: those that were confirmed at some time, or decided on, but
 * for parts of others. `by`: only these groups. Throws Invalid.
 */
export async function readQuality(
  actor: Actor,
  slug: string,
  asked: { since: string | null; by?: QualityGroup },
  most = GROUPS,
): Promise<QualityRead> {
  const project = await readProject(actor, slug);
  const since = await sinceOf(project.id, asked.since);
  const judged = await rows<Judged>(db(), JUDGED, [project.id, since?.at ?? null]);
  const kinds = QUALITY_GROUPS.map((by) => ({ by, groups: qualityBy(judged, groupsOf[by]) }));
  return {
    since,
    all: qualityOf(judged),
    groups: kinds
      .filter(({ by }) => asked.by === undefined || asked.by === by)
      .flatMap(({ by, groups }) => groups.slice(0, most).map((group) => ({ by, ...group }))),
    totals: Object.fromEntries(kinds.map(({ by, groups }) => [by, groups.length])) as Record<QualityGroup, number>,
  };
}

const groupsOf: Record<QualityGroup, (shift: Judged) => readonly string[]> = {
  metric: ({ metrics }) => metrics,
  workload: ({ workloads }) => workloads,
  detector: ({ detector }) => [String(detector)],
};

/** An action is a decision or a note; one that was taken back counts too: somebody had looked. */
const JUDGED = `
SELECT ${STATUS_NOW} AS status, s.detector,
  ARRAY(SELECT DISTINCT m ->> 'metric' FROM jsonb_array_elements(s.reported -> 'members') m) AS metrics,
  ARRAY(SELECT DISTINCT m ->> 'workload' FROM jsonb_array_elements(s.reported -> 'members') m) AS workloads,
  CASE WHEN first.at IS NOT NULL
    THEN extract(epoch FROM greatest(first.at - coalesce(s.confirmed_at, s.opened_at), interval '0'))::float8 END AS "actedAfter"
FROM shifts s
CROSS JOIN LATERAL (SELECT least(
  (SELECT min(d.at) FROM decisions d WHERE d.project_id = $1 AND d.shift_number = s.number AND d.verb = 'triaged'),
  (SELECT min(n.written_at) FROM shift_notes n WHERE n.project_id = $1 AND n.shift_number = s.number)) AS at) first
WHERE s.project_id = $1 AND s.part_of IS NULL AND ($2::timestamptz IS NULL OR s.opened_at >= $2)
  AND (s.confirmed_at IS NOT NULL OR s.decided_at IS NOT NULL)
ORDER BY s.number`;
