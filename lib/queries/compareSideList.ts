import { db, rows } from "@/lib/db/sql";
import type { Actor } from "@/lib/model/actor";
import type { SideKind } from "@/lib/urls/compare";
import { isoOf } from "./points";
import { type ProjectHead, readableProject } from "./project";

/** A side that a picker offers. */
export type SideItem = {
  /** As `compare` takes it: `release:2026.11.0`. */
  side: string;
  label: string;
  /** Its commit, where it has one. */
  sha: string | null;
  committedAt: string | null;
  subject: string | null;
  /** Runs that it would bring. */
  runs: number;
  /** There are runs of experiments at this commit, but none outside. */
  experimentsOnly: boolean;
};

export type SideGroup = { kind: SideKind; total: number; items: SideItem[] };
export type SideList = { groups: SideGroup[] };

const SHOWN = 8;

/** Sides whose name, sha, subject or pull request holds `text`; without one the newest of each kind. */
export async function readSides(actor: Actor, slug: string, text: string | null): Promise<SideList> {
  const project = await readableProject(actor, slug);
  const typed = (text ?? "").replaceAll("\0", "").trim();
  // What is typed may be a side in full: its kind is not part of a name.
  const wanted = typed.replace(/^(release|commit|branch|pr|run|experiment):/, "").toLowerCase();
  const groups = await Promise.all([
    readGroup(project, "release", RELEASES, wanted),
    readGroup(project, "branch", BRANCHES, wanted),
    readGroup(project, "experiment", EXPERIMENTS, wanted),
    readGroup(project, "commit", COMMITS, wanted),
    readGroup(project, "run", RUNS, wanted),
  ]);
  return { groups: groups.filter(({ kind, items }) => items.length > 0 && (kind !== "run" || wanted.length > 1)) };
}

/** Two sides that somebody may want to compare, most likely first. */
export type Suggestion = { baseline: SideItem; contender: SideItem };

/** The last two measured releases, the default branch against the last, and the variants of the newest experiment. */
export async function readSuggestions(actor: Actor, slug: string): Promise<Suggestion[]> {
  const project = await readableProject(actor, slug);
  const [releases, experiments, branches] = await Promise.all([
    readGroup(project, "release", RELEASES, "", 50),
    readGroup(project, "experiment", EXPERIMENTS, "", 50),
    readGroup(project, "branch", BRANCHES, project.defaultBranch.toLowerCase()),
  ]);
  const [last, before] = releases.items.filter(({ runs }) => runs > 0);
  const branch = branches.items.find(({ label, runs }) => label === project.defaultBranch && runs > 0);
  return [
    ...(last && before ? [{ baseline: before, contender: last }] : []),
    ...(last && branch ? [{ baseline: last, contender: branch }] : []),
    ...variantPairs(experiments.items),
  ];
}

/** The variants of the newest experiment, each against the one that calls itself the base, else against the first. */
function variantPairs(items: readonly SideItem[]): Suggestion[] {
  const name = items[0]?.label.split(" / ")[0];
  const variants = items
    .filter(({ label }) => label.split(" / ")[0] === name)
    .toSorted((a, b) => (a.side < b.side ? -1 : 1));
  const base = variants.find(({ side }) => /\/(base|baseline|main|control)$/i.test(side)) ?? variants[0];
  return base ? variants.filter((one) => one !== base).map((contender) => ({ baseline: base, contender })) : [];
}

type Row = Omit<SideItem, "experimentsOnly"> & { others: number; total: number };

async function readGroup(
  project: ProjectHead,
  kind: SideKind,
  sql: string,
  wanted: string,
  limit = SHOWN,
): Promise<SideGroup> {
  const found = await rows<Row>(db(), sql, [project.id, wanted, project.defaultBranch, limit]);
  const items = found.map(({ others, total: _, ...item }) => ({
    ...item,
    side: `${kind}:${item.side}`,
    experimentsOnly: item.runs === 0 && others > 0,
  }));
  return { kind, total: found[0]?.total ?? 0, items };
}

const COUNTS = `LEFT JOIN LATERAL (
  SELECT count(*) FILTER (WHERE u.experiment IS NULL) AS runs, count(*) FILTER (WHERE u.experiment IS NOT NULL) AS others
  FROM runs u WHERE u.project_id = $1 AND u.commit_id = c.id AND NOT EXISTS (
    SELECT FROM exclusions x WHERE x.project_id = $1 AND x.run_id = u.id AND x.series_id IS NULL AND x.restored_at IS NULL)) n ON true`;

const RELEASES = `
SELECT r.tag AS side, r.tag AS label, c.sha, ${isoOf("c.committed_at")} AS "committedAt", c.subject, n.runs, n.others,
  count(*) OVER () AS total
FROM releases r
JOIN commits c ON c.project_id = $1 AND c.id = r.commit_id
LEFT JOIN branches br ON br.project_id = $1 AND br.name = $3
LEFT JOIN branch_commits b ON b.project_id = $1 AND b.branch_id = br.id AND b.commit_id = c.id
${COUNTS}
WHERE r.project_id = $1 AND (strpos(lower(r.tag), $2) > 0 OR ($2 <> '' AND starts_with(c.sha, $2)))
ORDER BY b.position DESC NULLS LAST, coalesce(r.released_at, c.committed_at) DESC NULLS LAST, r.tag DESC LIMIT $4`;

const BRANCHES = `
SELECT br.name AS side, br.name AS label, c.sha, ${isoOf("c.committed_at")} AS "committedAt", c.subject,
  coalesce(n.runs, 0) AS runs, coalesce(n.others, 0) AS others, count(*) OVER () AS total
FROM branches br
LEFT JOIN LATERAL (
  SELECT b.commit_id FROM branch_commits b
  WHERE b.project_id = $1 AND b.branch_id = br.id AND b.position IS NOT NULL AND EXISTS (
    SELECT FROM runs u WHERE u.project_id = $1 AND u.commit_id = b.commit_id AND u.experiment IS NULL)
  ORDER BY b.position DESC LIMIT 1) newest ON true
LEFT JOIN commits c ON c.project_id = $1 AND c.id = newest.commit_id
${COUNTS}
WHERE br.project_id = $1 AND strpos(lower(br.name), $2) > 0
ORDER BY br.name <> $3, c.committed_at DESC NULLS LAST, br.name LIMIT $4`;

const EXPERIMENTS = `
SELECT u.experiment || coalesce('/' || u.variant, '') AS side, u.experiment || coalesce(' / ' || u.variant, '') AS label,
  CASE WHEN count(DISTINCT u.commit_id) = 1 THEN min(c.sha) END AS sha, ${isoOf("max(c.committed_at)")} AS "committedAt",
  NULL AS subject, count(*) AS runs, 0 AS others, count(*) OVER () AS total
FROM runs u JOIN commits c ON c.project_id = $1 AND c.id = u.commit_id
WHERE u.project_id = $1 AND u.experiment IS NOT NULL AND $3::text <> ''
  AND strpos(lower(u.experiment || coalesce('/' || u.variant, '') || ' ' || coalesce(u.variant, '')), $2) > 0
GROUP BY u.experiment, u.variant
ORDER BY max(max(coalesce(u.started_at, u.received_at))) OVER (PARTITION BY u.experiment) DESC, u.experiment, u.variant
LIMIT $4`;

/** Measured commits; without a text the newest on the default branch. */
const COMMITS = `
SELECT c.sha AS side, left(c.sha, 7) AS label, c.sha, ${isoOf("c.committed_at")} AS "committedAt", c.subject, n.runs,
  n.others, count(*) OVER () AS total
FROM commits c
LEFT JOIN branches br ON br.project_id = $1 AND br.name = $3
LEFT JOIN branch_commits b ON b.project_id = $1 AND b.branch_id = br.id AND b.commit_id = c.id
${COUNTS}
WHERE c.project_id = $1 AND n.runs > 0 AND (starts_with(c.sha, $2) OR strpos(lower(c.subject), $2) > 0
  OR '#' || c.pull_request = $2 OR c.pull_request::text = $2)
ORDER BY b.position DESC NULLS LAST, c.committed_at DESC NULLS LAST, c.id DESC LIMIT $4`;

const RUNS = `
SELECT u.key AS side, u.key AS label, c.sha, ${isoOf("c.committed_at")} AS "committedAt", c.subject, 1 AS runs, 0 AS others,
  count(*) OVER () AS total
FROM runs u JOIN commits c ON c.project_id = $1 AND c.id = u.commit_id
WHERE u.project_id = $1 AND ($2 <> '' AND strpos(lower(u.key), $2) > 0 AND $3::text <> '')
ORDER BY u.started_at DESC NULLS LAST, u.id DESC LIMIT $4`;
