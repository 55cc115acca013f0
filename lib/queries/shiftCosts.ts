import { db, row, rows } from "@/lib/db/sql";
import type { ShiftDirection } from "@/lib/model/words";
import { type Costing, costOf, type ShiftCost } from "@/lib/shift/cost";
import { type ExpectedFalse, expectFalse } from "@/lib/shift/expected";
import { OPEN_SHIFT } from "./open";
import { readNumbered, type ShiftItem } from "./openShifts";
import type { Scope } from "./scope";

/** Measured commits of the line whose runs say how far a shift reaches. */
const RECENT = 100;

/** An open shift with what it costs. */
export type CostedShift = ShiftItem & { cost: ShiftCost };

/** Totals over all open shifts of the branch. */
export type OpenTotals = {
  open: number;
  /** Of them: those in which something got worse, and in which something got better; a mixed one is both. */
  worse: number;
  better: number;
  /** Of them: those of metrics whose good direction nobody has set. */
  rose: number;
  fell: number;
  /** Those that cost time, and the sum of their costs: seconds by which a pass is expected to take longer. */
  costly: number;
  costSeconds: number;
  /** Those that save time, and the sum of what they save, in seconds a pass. */
  saving: number;
  savedSeconds: number;
  /** One pass over all cases now, in seconds: their levels of `duration`, mean over environments. null: none. */
  passSeconds: number | null;
  /** Cases in that pass. */
  cases: number;
  /** How many of what is told are to be expected to be chance. */
  expectedFalse: ExpectedFalse;
};

export type OpenShifts = {
  totals: OpenTotals;
  /** What got worse, by cost: those that cost time first, then by size x certainty x reach. */
  costly: CostedShift[];
  /** What got better, mixed shifts too: those that save most time first, then by size x certainty x reach. */
  saving: CostedShift[];
};

type Weighed = Costing & {
  number: number;
  direction: ShiftDirection;
  /** Largest change as a ratio, and the largest for the better; null: none exists. */
  change: number | null;
  best: number | null;
  cost: ShiftCost;
};

/** The open shifts of the branch by what they cost and save, at most `limits` of each, and totals over all of them. */
export async function readOpenShifts(
  projectId: number,
  scope: Scope,
  limits: { costly: number; saving: number },
): Promise<OpenShifts> {
  const branchId = scope.branch.id;
  const [open, pass, judged] = await Promise.all([
    readWeighed(projectId, scope),
    readPass(projectId, branchId),
    readJudged(projectId, branchId),
  ]);
  const worse = open.filter(({ direction }) => direction !== "improvement").sort(byCost);
  const better = open.filter(({ direction }) => direction === "improvement" || direction === "mixed").sort(bySaving);
  const [costly, saving] = [worse.slice(0, limits.costly), better.slice(0, limits.saving)];
  const shown = await readNumbered(
    projectId,
    branchId,
    [...costly, ...saving].map(({ number }) => number),
  );
  const withItem = ({ number, cost }: Weighed): CostedShift[] => {
    const item = shown.find((one) => one.number === number);
    return item ? [{ ...item, cost }] : [];
  };
  return {
    totals: { ...totalsOf(open), ...pass, expectedFalse: expectFalse(judged.points, judged.series) },
    costly: costly.flatMap(withItem),
    saving: saving.flatMap(withItem),
  };
}

/** Numbers of the open shifts in the order of their cost, for lists that sort by it: cost first, what saves most last. */
export async function rankByCost(projectId: number, scope: Scope): Promise<number[]> {
  const open = await readWeighed(projectId, scope);
  return open.sort(byCost).map(({ number }) => number);
}

/** Where no cost in time is known, size x certainty x reach with the size as a ratio; a change from zero is the largest. */
const weigh = (change: number | null, { certainty, reach }: ShiftCost) =>
  Math.abs(change ?? Number.MAX_VALUE) * certainty * reach;
const isWorse = ({ direction }: Weighed) => Number(direction === "regression" || direction === "mixed");
const secondsOf = ({ cost }: Weighed) => cost.cost ?? 0;

function byCost(a: Weighed, b: Weighed): number {
  return (
    Math.max(0, secondsOf(b)) - Math.max(0, secondsOf(a)) ||
    isWorse(b) - isWorse(a) ||
    weigh(b.change, b.cost) - weigh(a.change, a.cost) ||
    b.number - a.number
  );
}

function bySaving(a: Weighed, b: Weighed): number {
  return (
    Math.min(0, secondsOf(a)) - Math.min(0, secondsOf(b)) ||
    weigh(b.best, b.cost) - weigh(a.best, a.cost) ||
    b.number - a.number
  );
}

function totalsOf(open: readonly Weighed[]) {
  const count = (...wanted: ShiftDirection[]) => open.filter(({ direction }) => wanted.includes(direction)).length;
  const costs = open.map(secondsOf).filter((seconds) => seconds > 0);
  const saved = open.map(secondsOf).filter((seconds) => seconds < 0);
  return {
    open: open.length,
    worse: count("regression", "mixed"),
    better: count("improvement", "mixed"),
    rose: count("rose"),
    fell: count("fell"),
    costly: costs.length,
    costSeconds: costs.reduce((sum, seconds) => sum + seconds, 0),
    saving: saved.length,
    savedSeconds: saved.reduce((sum, seconds) => sum - seconds, 0),
  };
}

/** All open shifts with what their cost is made of. A step that somebody marked or moved by hand counts as certain. */
async function readWeighed(projectId: number, scope: Scope): Promise<Weighed[]> {
  const [shares, found] = await Promise.all([
    readShares(projectId, scope),
    rows<Omit<Weighed, "cost">>(
      db(),
      `SELECT s.number, s.direction, (s.summary #>> '{largest,change}')::float8 AS change,
         (s.summary #>> '{best,change}')::float8 AS best, e.environments, c.p
       FROM shifts s
       CROSS JOIN LATERAL (
         SELECT json_agg(json_build_object('name', one ->> 'name', 'costSeconds', (one ->> 'costSeconds')::float8))
           AS environments
         FROM jsonb_array_elements(s.summary -> 'environments') one) e
       CROSS JOIN LATERAL (
         SELECT min(CASE WHEN p.correction_id IS NULL THEN p.p ELSE 0 END) AS p FROM changepoints p
         WHERE p.project_id = $1 AND p.shift_number = s.number) c
       WHERE s.project_id = $1 AND s.branch_id = $2 AND ${OPEN_SHIFT}`,
      [projectId, scope.branch.id],
    ),
  ]);
  return found.map((shift) => {
    const environments = shift.environments ?? [];
    return { ...shift, environments, cost: costOf({ ...shift, environments }, shares) };
  });
}

/** Share of each environment in the runs of the newest measured commits of the line, experiments and controls left out. */
async function readShares(projectId: number, { branch, environments }: Scope): Promise<Map<string, number>> {
  const found = await rows<{ name: string; share: number }>(
    db(),
    `WITH newest AS (
       SELECT commit_id FROM branch_commits WHERE project_id = $1 AND branch_id = $2 AND commit_id = ANY($3::int[])
       ORDER BY position DESC LIMIT ${RECENT})
     SELECT e.name, count(*)::float8 / sum(count(*)) OVER () AS share
     FROM runs r JOIN environments e ON e.project_id = $1 AND e.id = r.environment_id
     WHERE r.project_id = $1 AND r.commit_id IN (SELECT commit_id FROM newest) AND r.environment_id = ANY($4::int[])
       AND r.experiment IS NULL
     GROUP BY e.name`,
    [
      projectId,
      branch.id,
      [...new Set(environments.flatMap(({ recent }) => recent))],
      environments.map(({ id }) => id),
    ],
  );
  return new Map(found.map(({ name, share }) => [name, share]));
}

async function readPass(projectId: number, branchId: number): Promise<{ passSeconds: number | null; cases: number }> {
  const found = await row<{ passSeconds: number | null; cases: number }>(
    db(),
    `SELECT sum(level)::float8 AS "passSeconds", count(*) AS cases FROM (
       SELECT avg(l.level * u.seconds) AS level FROM lines l
       JOIN metrics m ON m.project_id = $1 AND m.id = l.metric_id AND m.name = 'duration'
       JOIN cases c ON c.project_id = $1 AND c.id = l.case_id
       JOIN workloads w ON w.project_id = $1 AND w.id = c.workload_id AND w.retired_at IS NULL
       JOIN (VALUES ('ns', 1e-9), ('us', 1e-6), ('µs', 1e-6), ('ms', 1e-3), ('s', 1), ('min', 60), ('h', 3600))
         AS u(unit, seconds) ON u.unit = m.unit
       WHERE l.project_id = $1 AND l.branch_id = $2 AND l.level IS NOT NULL GROUP BY l.case_id) levels`,
    [projectId, branchId],
  );
  return found ?? { passSeconds: null, cases: 0 };
}

/** How much was judged on the branch: what chance had occasion for. */
async function readJudged(projectId: number, branchId: number): Promise<{ points: number; series: number }> {
  const found = await row<{ points: number; series: number }>(
    db(),
    `SELECT coalesce(sum(points), 0) AS points, count(*) AS series FROM lines
     WHERE project_id = $1 AND branch_id = $2`,
    [projectId, branchId],
  );
  return found ?? { points: 0, series: 0 };
}
