import { type FamilyRow, floorOfCopy, floorOfHistory, type NoiseFloor } from "@/lib/compare";
import { db, rows } from "@/lib/db/sql";
import type { Actor } from "@/lib/model/actor";
import type { Json } from "@/lib/model/words";
import { seeded } from "@/lib/stats/random";
import type { CompareAsked } from "./compare";
import { readPlans } from "./comparePlan";
import { type CompareSide, type ResolvedSide, resolveSide, resolveSides } from "./compareSide";
import { gatherSides, type Sides } from "./compareSides";
import { FALSE_DISCOVERY_RATE, familyRows } from "./compareTold";
import { pairEnvironments } from "./compareWarnings";
import { type ProjectRow, readableProject } from "./project";

/** What 'no change' looks like where two sides are compared, and where that is known from. */
export type CompareFloor = {
  baseline: CompareSide;
  contender: CompareSide;
  /** copy: a variant that equals the baseline. history: random splits of the default branch's runs on one level. */
  source: "copy" | "history" | null;
  /** The copy, as a side; null where it is the history. */
  copy: string | null;
  /** Where equal sides are compared, at most this share of such comparisons is to show a call at all. */
  falseDiscoveryRate: number;
  floor: NoiseFloor | null;
  /** Why there is none, or what else is to be known. */
  note: string | null;
};

type Asked = Pick<CompareAsked, "baseline" | "contender" | "environment">;

/** One seed for all: the same data show the same floor. */
const SEED = 20_261_125;

/**
 * The noise floor of a comparison: that of an A/A copy of the baseline where its experiment has one, otherwise drawn from the
 * history. Throws as `readComparison`.
 */
export async function readFloor(actor: Actor, slug: string, asked: Asked): Promise<CompareFloor> {
  const project = await readableProject(actor, slug);
  const sides = await resolveSides(project, asked);
  const { baseline, contender } = sides;
  const told = {
    baseline: baseline.told,
    contender: contender.told,
    falseDiscoveryRate: FALSE_DISCOVERY_RATE,
  };
  if (baseline.runs.length === 0)
    return { ...told, source: null, copy: null, floor: null, note: "The baseline has no data." };
  const { copy, note } = await findCopy(project, baseline);
  if (copy) {
    const side = await resolveSide(project, copy, asked.environment, "baseline");
    const family = await familyOf(project, { baseline, contender: side });
    if (family.length > 0) return { ...told, source: "copy", copy, floor: floorOfCopy(family, RATE), note: null };
  }
  const family = contender.runs.length > 0 ? await familyOf(project, sides) : [];
  const floor = floorOfHistory(family, seeded(SEED), RATE);
  const none =
    "The history has too few runs on one level for two sides; a variant named after the baseline with -copy would show it.";
  return {
    ...told,
    source: floor ? "history" : null,
    copy: null,
    floor,
    note: floor ? note : [note, none].filter(Boolean).join(" "),
  };
}

const RATE = { falseDiscoveryRate: FALSE_DISCOVERY_RATE };

async function familyOf(project: ProjectRow, sides: Sides): Promise<FamilyRow[]> {
  const { both, names } = await gatherSides(project, sides, pairEnvironments(sides));
  return familyRows(both, names, { looks: null });
}

/** Words that, after the name of a variant or alone, make it a copy of the baseline. */
const COPY_WORDS = ["copy", "again", "repeat", "aa", "a-a"];

/** Whether a variant is, by its name, a copy of another: `baseline-copy` of `baseline`, or `aa` of anything. */
export function isNamedCopy(copy: string, of: string): boolean {
  const name = copy.toLowerCase();
  if (COPY_WORDS.includes(name)) return name !== of.toLowerCase();
  const rest = name.startsWith(of.toLowerCase()) ? name.slice(of.length) : "";
  return /^[-_. /]/.test(rest) && COPY_WORDS.includes(rest.slice(1));
}

type Variant = { variant: string; commits: number[] };

/** A variant that equals the baseline: stated as such, or named so. It must have run the same commits. */
async function findCopy(
  project: ProjectRow,
  { experiment, variant, runs }: ResolvedSide,
): Promise<{ copy: string | null; note: string | null }> {
  if (experiment === null || variant === null) return { copy: null, note: null };
  const [plan] = await readPlans(project.id, [experiment]);
  const variants = await rows<Variant>(
    db(),
    `SELECT variant, array_agg(DISTINCT commit_id) AS commits FROM runs
     WHERE project_id = $1 AND experiment = $2 AND variant IS NOT NULL AND variant <> $3 GROUP BY variant ORDER BY variant`,
    [project.id, experiment, variant],
  );
  const stated = copiesOf(plan?.copies ?? {}, variant);
  const named = variants.filter((one) => isNamedCopy(one.variant, variant) || isNamedCopy(variant, one.variant));
  const found = variants.find((one) => stated.includes(one.variant)) ?? named[0];
  if (!found) return { copy: null, note: null };
  const own = new Set(runs.map(({ commitId }) => commitId));
  if (found.commits.length === own.size && found.commits.every((id) => own.has(id)))
    return { copy: `experiment:${experiment}/${found.variant}`, note: null };
  return { copy: null, note: `${found.variant} ran other commits than ${variant}, so it is no copy of it.` };
}

/** Variants that are stated to equal this one, either way. */
function copiesOf(copies: Json, variant: string): string[] {
  if (copies === null || typeof copies !== "object" || Array.isArray(copies)) return [];
  return Object.entries(copies).flatMap(([copy, of]) =>
    copy === variant && typeof of === "string" ? [of] : of === variant ? [copy] : [],
  );
}
