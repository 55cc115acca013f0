import { errorOfLook, FALSE_DISCOVERY_RATE, type LookAt, lookOf, PLANNED_RUNS } from "@/lib/compare";
import { db, rows } from "@/lib/db/sql";
import type { Json } from "@/lib/model/words";
import type { ResolvedSide } from "./compareSide";
import { isoOf } from "./points";

/** How far an environment of a planned comparison is. */
export type EnvironmentLook = {
  environment: string;
  /** Runs of either side that count; null: the side is no variant of an experiment, and complete. */
  baseline: number | null;
  contender: number | null;
  /** 0 before the plan is met, 1 when it is, one more with each further run of both sides. */
  look: number;
};

/** Where an experiment stands while its runs arrive. */
export type CompareLooks = {
  experiment: string;
  /** Runs a side after which it is judged for the first time. */
  planned: number;
  /** When the plan was stated; null: never, `planned` is the default. */
  statedAt: string | null;
  /** Runs of the experiment that had come before the plan was stated. */
  before: number;
  /** Whether an environment waits for runs: its rows are `open`, with an interval and no verdict. */
  open: boolean;
  /** Of the environment that is least far. */
  look: number;
  /** False-discovery rate that is spent at this look. */
  rate: number;
  environments: EnvironmentLook[];
};

type Plan = Pick<CompareLooks, "experiment" | "planned" | "statedAt" | "before">;

/** What was stated of experiments, or the default, in the order of `names`. */
export async function readPlans(projectId: number, names: readonly string[]): Promise<(Plan & { copies: Json })[]> {
  const found = await rows<Plan & { copies: Json }>(
    db(),
    `SELECT x.name AS experiment, x.planned_runs AS planned, x.copies, ${isoOf("x.stated_at")} AS "statedAt",
       (SELECT count(*) FROM runs u WHERE u.project_id = $1 AND u.experiment = x.name AND u.received_at < x.stated_at)
         AS before
     FROM experiments x WHERE x.project_id = $1 AND x.name = ANY($2::text[])`,
    [projectId, names],
  );
  return names.map(
    (experiment) =>
      found.find((plan) => plan.experiment === experiment) ?? {
        experiment,
        planned: PLANNED_RUNS,
        copies: {},
        statedAt: null,
        before: 0,
      },
  );
}

type Sides = { baseline: ResolvedSide; contender: ResolvedSide };

/** Where the comparison stands, for the page and (by id of the contender's environment) for the judge; null without an experiment. */
export async function readLooks(
  projectId: number,
  sides: Sides,
  paired: ReadonlyMap<number, number>,
): Promise<{ told: CompareLooks; byEnvironment: Map<number, LookAt> } | null> {
  const names = [sides.baseline, sides.contender].flatMap(({ experiment }) =>
    experiment === null ? [] : [experiment],
  );
  if (names.length === 0) return null;
  // Of two experiments the larger plan holds for both.
  const plan = (await readPlans(projectId, [...new Set(names)])).toSorted((a, b) => b.planned - a.planned)[0] as Plan;
  return looksOf(plan, sides, paired);
}

function looksOf({ experiment, planned, statedAt, before }: Plan, sides: Sides, paired: ReadonlyMap<number, number>) {
  const byEnvironment = new Map<number, LookAt>();
  const environments = environmentsOf(sides, paired).map(({ id, from, name }): EnvironmentLook => {
    const baseline = sides.baseline.experiment === null ? null : countIn(sides.baseline, from);
    const contender = sides.contender.experiment === null ? null : countIn(sides.contender, id);
    const at = { planned, runs: Math.min(baseline ?? Number.MAX_SAFE_INTEGER, contender ?? Number.MAX_SAFE_INTEGER) };
    byEnvironment.set(id, at);
    return { environment: name, baseline, contender, look: lookOf(at) };
  });
  const look = environments.reduce((least, one) => Math.min(least, one.look), environments[0]?.look ?? 0);
  const rate = errorOfLook(FALSE_DISCOVERY_RATE, look);
  const open = environments.some((one) => one.look === 0);
  return { told: { experiment, planned, statedAt, before, open, look, rate, environments }, byEnvironment };
}

const countIn = ({ runs }: ResolvedSide, environmentId: number) =>
  runs.filter((run) => run.environmentId === environmentId).length;

/** Environments that both sides have; of two different ones that are compared, the contender's. */
function environmentsOf({ baseline, contender }: Sides, paired: ReadonlyMap<number, number>) {
  const ids = new Map(
    baseline.runs.map((run) => [paired.get(run.environmentId) ?? run.environmentId, run.environmentId]),
  );
  const names = new Map(contender.runs.map((run) => [run.environmentId, run.environment]));
  return [...ids].flatMap(([id, from]) => {
    const name = names.get(id);
    return name === undefined ? [] : [{ id, from, name }];
  });
}
