import type { ProjectRow } from "@/lib/auth/access";
import { type ComponentChange, componentChanges, nothingMoved } from "@/lib/cause/components";
import type { ShiftCause } from "@/lib/cause/controls";
import { db, row, rows } from "@/lib/db/sql";
import type { Json } from "@/lib/model/words";
import { isoOf } from "./points";
import { causeSettings } from "./settings";

/** A run that was slow, or fast, as a whole. */
export type WholeRun = {
  run: string;
  sha: string;
  position: number;
  environment: string;
  metric: string;
  state: "pending" | "slow";
  /** Median over its cases of value / level before. */
  factor: number;
  cases: number;
};

/** An event near the range. */
export type NearEvent = { id: number; text: string; border: boolean; position: number | null; at: string | null };

/** What else than the project's code could have moved a shift. */
export type NotTheCode = {
  /** What the controls say; null: there are none with values on both sides. */
  cause: ShiftCause | null;
  /** Components that changed between the last run before the range and the first one after it, by environment. */
  components: (ComponentChange & { environment: string })[];
  /** true: the project is a component of its own, and its revision is the same on both sides. null: not known. */
  nothingMoved: boolean | null;
  /** Runs within the range, or near it, that were slow as a whole: they are in no level. */
  slowRuns: WholeRun[];
  events: NearEvent[];
};

/** Places on the branch on either side of a range that count as near. */
const NEAR = 5;

/** All that speaks for something else than the code of a shift with this range, in places on the branch. */
export async function readNotTheCode(
  project: ProjectRow,
  number: number,
  branchId: number,
  range: { from: number; to: number } | null,
): Promise<NotTheCode> {
  const stored = await row<{ cause: ShiftCause | null }>(
    db(),
    "SELECT cause FROM shifts WHERE project_id = $1 AND number = $2",
    [project.id, number],
  );
  const cause = stored?.cause ?? null;
  if (!range) return { cause, components: [], nothingMoved: null, slowRuns: [], events: [] };
  const place = [project.id, number, branchId, range.from, range.to];
  const [sides, settings, slowRuns, events] = await Promise.all([
    rows<{ environment: string; before: Json; after: Json }>(db(), SIDES, place),
    causeSettings(project.id),
    rows<WholeRun>(db(), SLOW, place),
    rows<NearEvent>(db(), EVENTS, place),
  ]);
  const repositories = { ...ownRepository(project), ...settings.components };
  const moved = sides.map(({ before, after }) => nothingMoved(before, after, [project.slug, repositoryName(project)]));
  return {
    cause,
    components: sides.flatMap(({ environment, before, after }) =>
      componentChanges(before, after, repositories).map((change) => ({ environment, ...change })),
    ),
    nothingMoved: moved.includes(false) ? false : moved.includes(true) ? true : null,
    slowRuns,
    events,
  };
}

const repositoryName = ({ repository }: ProjectRow) =>
  repository
    ?.replace(/\/+$/, "")
    .replace(/\.git$/, "")
    .split("/")
    .at(-1) ?? null;

function ownRepository(project: ProjectRow): Record<string, string> {
  const name = repositoryName(project);
  if (!project.repository) return {};
  return { [project.slug]: project.repository, ...(name && { [name]: project.repository }) };
}

/** $1 project, $2 shift, $3 branch, $4 and $5 places of last good and first shifted. */
const SPOTS = `spots AS (
  SELECT DISTINCT l.environment_id AS id FROM changepoints c
  JOIN lines l ON l.project_id = $1 AND l.id = c.line_id
  WHERE c.project_id = $1 AND c.shift_number = $2
), placed AS (
  SELECT u.id, u.key, u.environment_id, u.commit_id, u.components, u.started_at, b.position
  FROM spots e
  JOIN runs u ON u.project_id = $1 AND u.environment_id = e.id AND u.experiment IS NULL
  JOIN branch_commits b ON b.project_id = $1 AND b.branch_id = $3 AND b.commit_id = u.commit_id
)`;

const SIDES = `WITH ${SPOTS}
SELECT v.name AS environment, before.components AS before, after.components AS after
FROM spots e
JOIN environments v ON v.project_id = $1 AND v.id = e.id
CROSS JOIN LATERAL (SELECT p.components FROM placed p WHERE p.environment_id = e.id AND p.position <= $4
  AND p.components IS NOT NULL ORDER BY p.position DESC, p.started_at DESC NULLS LAST, p.key DESC LIMIT 1) before
CROSS JOIN LATERAL (SELECT p.components FROM placed p WHERE p.environment_id = e.id AND p.position >= $5
  AND p.components IS NOT NULL ORDER BY p.position, p.started_at, p.key LIMIT 1) after
ORDER BY v.name`;

const SLOW = `WITH ${SPOTS}
SELECT p.key AS run, c.sha, p.position, v.name AS environment, m.name AS metric, j.state, j.factor, j.cases
FROM placed p
JOIN run_judgements j ON j.project_id = $1 AND j.run_id = p.id AND j.state IN ('pending', 'slow')
JOIN environments v ON v.project_id = $1 AND v.id = p.environment_id
JOIN metrics m ON m.project_id = $1 AND m.id = j.metric_id
JOIN commits c ON c.project_id = $1 AND c.id = p.commit_id
WHERE p.position BETWEEN $4 - ${NEAR} AND $5 + ${NEAR}
ORDER BY p.position, p.key, m.name LIMIT 100`;

/** Events of the project or of what the shift's members are, placed by commit or by the first commit made since. */
const EVENTS = `WITH members AS (
  SELECT DISTINCT l.environment_id, l.metric_id, k.workload_id FROM changepoints c
  JOIN lines l ON l.project_id = $1 AND l.id = c.line_id
  JOIN cases k ON k.project_id = $1 AND k.id = l.case_id
  WHERE c.project_id = $1 AND c.shift_number = $2
), placed AS (
  SELECT e.*, (
    SELECT min(b.position) FROM branch_commits b JOIN commits c ON c.project_id = $1 AND c.id = b.commit_id
    WHERE b.project_id = $1 AND b.branch_id = $3 AND (c.id = e.commit_id OR c.committed_at >= e.at)) AS position
  FROM events e WHERE e.project_id = $1 AND EXISTS (
    SELECT FROM members m WHERE coalesce(e.environment_id, m.environment_id) = m.environment_id
      AND coalesce(e.metric_id, m.metric_id) = m.metric_id AND coalesce(e.workload_id, m.workload_id) = m.workload_id)
)
SELECT p.id, p.text, p.border, p.position, ${isoOf("p.at")} AS at FROM placed p
WHERE p.position BETWEEN $4 - ${NEAR} AND $5 + ${NEAR} ORDER BY p.position, p.id LIMIT 50`;
