import { db, rows } from "@/lib/db/sql";
import { canonicalJson } from "@/lib/model/canonicalJson";
import type { Json } from "@/lib/model/words";
import type { LinePoint } from "./points";
import type { SeriesFacts } from "./story";
import type { Target } from "./target";

/** Where a line breaks: nothing before it is compared with what follows. One place may have several reasons. */
export type SeriesBreak = {
  /** The first point after it. */
  sha: string;
  position: number;
  why: "version" | "facts" | "event";
  /** What was crossed, in words. */
  text: string;
};

/** An event that is a border on a line, at its place; of a time: the first commit of the line made since. */
export type LineBorder = { position: number; text: string };

/** The borders that concern a line, in order. Those without a place on the branch yet are left out. */
export async function readLineBorders(projectId: number, target: Target): Promise<LineBorder[]> {
  return rows<LineBorder>(
    db(),
    `SELECT e.text, min(b.position) AS position
     FROM events e
     JOIN commits c ON c.project_id = $1 AND (c.id = e.commit_id OR c.committed_at >= e.at)
     JOIN branch_commits b ON b.project_id = $1 AND b.branch_id = $2 AND b.commit_id = c.id AND b.position IS NOT NULL
     WHERE e.project_id = $1 AND e.border AND (e.environment_id IS NULL OR e.environment_id = $3)
       AND (e.workload_id IS NULL OR e.workload_id = $4) AND (e.metric_id IS NULL OR e.metric_id = $5)
     GROUP BY e.id, e.text ORDER BY position, e.id`,
    [projectId, target.branch.id, target.environment.id, target.workload.id, target.metric.id],
  );
}

/** How many borders lie at or before a place. */
export const epochOf = (borders: readonly LineBorder[], position: number): number =>
  borders.filter((border) => border.position <= position).length;

type Placed = Pick<LinePoint, "sha" | "position" | "version" | "factsGroup">;

/**
 * The breaks of a line between neighbouring points, in order; `points` by position. Where an old commit was measured again
 * under new conditions, neighbours share a track and there is no break.
 */
export function breaksOf(
  points: readonly Placed[],
  borders: readonly LineBorder[],
  facts: readonly SeriesFacts[],
): SeriesBreak[] {
  const breaks: SeriesBreak[] = [];
  const places = byPosition(points);
  const isSame = (a: Placed, b: Placed) =>
    a.version === b.version &&
    a.factsGroup === b.factsGroup &&
    epochOf(borders, a.position) === epochOf(borders, b.position);
  places.forEach((here, i) => {
    const before = places[i - 1];
    if (!before || here.some((point) => before.some((earlier) => isSame(earlier, point)))) return;
    const [from, to] = [before.at(-1) as Placed, here[0] as Placed];
    const told = (why: SeriesBreak["why"], text: string) =>
      breaks.push({ sha: to.sha, position: to.position, why, text });
    if (from.version !== to.version) told("version", `version ${named(from.version)} → ${named(to.version)}`);
    if (from.factsGroup !== to.factsGroup) told("facts", factsText(from, to, facts));
    for (const border of borders)
      if (border.position > from.position && border.position <= to.position) told("event", border.text);
  });
  return breaks;
}

function byPosition(points: readonly Placed[]): Placed[][] {
  const places: Placed[][] = [];
  for (const point of points) {
    const last = places.at(-1);
    if (last?.[0]?.position === point.position) last.push(point);
    else places.push([point]);
  }
  return places;
}

const named = (version: string) => (version === "" ? "(none)" : version);

const MOST_FACTS = 3;

/** "workers 10 → 20, instance m6i.large → m7i.large". */
function factsText(from: Placed, to: Placed, facts: readonly SeriesFacts[]): string {
  const of = ({ factsGroup }: Placed) => {
    const found = facts.find((one) => one.factsGroup === factsGroup)?.facts;
    return found !== null && typeof found === "object" && !Array.isArray(found) ? found : {};
  };
  const [before, after] = [of(from), of(to)];
  const changed = Object.keys(after).filter(
    (name) => name in before && canonicalJson(before[name] ?? null) !== canonicalJson(after[name] ?? null),
  );
  if (changed.length === 0) return "other facts of the environment";
  const shown = changed.slice(0, MOST_FACTS).map((name) => `${name} ${word(before[name])} → ${word(after[name])}`);
  const rest = changed.length - shown.length;
  return shown.join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}

const word = (value: Json | undefined) => (typeof value === "string" ? value : canonicalJson(value ?? null));
