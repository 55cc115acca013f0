import { db, rows } from "@/lib/db/sql";
import type { LineSegment } from "@/lib/release/level";
import type { StoredLine } from "./lines";

/** Version and facts under which the first point of a segment was measured. */
export type Conditions = { version: string; factsGroup: number };

/** Conditions of segments, by `segmentKey`. Several at one commit: any of them, which may hide that an event lies between. */
export async function readConditions(
  projectId: number,
  wanted: readonly { line: StoredLine; segment: LineSegment & { firstCommitId: number } }[],
): Promise<Map<string, Conditions>> {
  if (wanted.length === 0) return new Map();
  const found = await rows<Conditions & { index: number }>(
    db(),
    `SELECT w.index, s.version, v.facts_group AS "factsGroup"
     FROM unnest($2::int[], $3::int[], $4::int[], $5::int[]) WITH ORDINALITY
       AS w(case_id, metric_id, environment_id, commit_id, index)
     JOIN series s ON s.project_id = $1 AND s.case_id = w.case_id AND s.metric_id = w.metric_id
       AND s.environment_id = w.environment_id AND s.trend
     JOIN environment_revisions v ON v.project_id = $1 AND v.id = s.revision_id
     WHERE EXISTS (SELECT FROM points p WHERE p.project_id = $1 AND p.series_id = s.id AND p.commit_id = w.commit_id)
     ORDER BY w.index, s.version DESC, v.facts_group DESC`,
    [
      projectId,
      wanted.map(({ line }) => line.caseId),
      wanted.map(({ line }) => line.metricId),
      wanted.map(({ line }) => line.environmentId),
      wanted.map(({ segment }) => segment.firstCommitId),
    ],
  );
  return new Map(
    found.flatMap(({ index, ...conditions }): [string, Conditions][] => {
      const one = wanted[index - 1];
      return one ? [[segmentKey(one.line, one.segment), conditions]] : [];
    }),
  );
}

export const segmentKey = (line: Pick<StoredLine, "id">, segment: LineSegment & { firstCommitId: number }): string =>
  `${line.id} ${segment.track} ${segment.firstCommitId}`;

/** What lies between two sets of conditions, in words. */
export function borderText(before: Conditions | undefined, after: Conditions | undefined): string {
  if (before && after && before.version !== after.version)
    return `the workload's version changed from ${named(before.version)} to ${named(after.version)}`;
  if (before && after && before.factsGroup !== after.factsGroup) return "the facts of the environment changed";
  return "an event that is a border lies between";
}

const named = (version: string) => (version === "" ? "none" : version);
