import { canonicalJson } from "../model/canonicalJson";
import { USUAL_RUNS } from "./constants";
import { caseName } from "./judge";
import { isCovered, type ReleasePolicy } from "./policy";
import type { PlanItem, ReleaseSide, ReportRow, ReportTrouble } from "./types";

/** What history says of the cost of a run: of a case in an environment. */
export type Costs = {
  /** Runs per measured commit of an environment; undefined: never measured. */
  usualRuns: ReadonlyMap<string, number>;
  /** Seconds of one run of a case, by `costKey`. */
  seconds: ReadonlyMap<string, number>;
};

export const costKey = (workload: string, params: ReportRow["params"], environment: string): string =>
  `${workload} ${canonicalJson(params)} ${environment}`;

type Need = {
  environment: string;
  side: "baseline" | "candidate";
  workload: string;
  params: ReportRow["params"];
  runs: number;
  why: string;
};

/**
 * The runs that would settle what cannot be told and bring what is missing, for whom the policy looks at: per environment and
 * commit the cases with their runs. What no 50 runs would settle is not planned.
 */
export function planRuns(
  figures: {
    rows: readonly ReportRow[];
    troubles: readonly ReportTrouble[];
    candidate: ReleaseSide;
    baseline: ReleaseSide | null;
  },
  policy: Pick<ReleasePolicy, "metrics" | "workloads" | "environments">,
  costs: Costs,
): PlanItem[] {
  const needs = [
    ...figures.rows.filter((row) => isCovered(policy, row)).flatMap((row) => needOf(row, costs)),
    ...figures.troubles
      .filter((one) => isCovered(policy, { ...one, metric: null }))
      .flatMap(({ workload, params, environment, kind }): Need[] =>
        workload === null
          ? []
          : [{ environment, side: "candidate", workload, params, runs: usual(costs, environment), why: kind }],
      ),
  ];
  const places = new Map<string, Need[]>();
  for (const need of needs) {
    const key = JSON.stringify([need.environment, need.side]);
    places.set(key, [...(places.get(key) ?? []), need]);
  }
  return [...places.values()]
    .flatMap((all): PlanItem[] => {
      const [first] = all;
      const sha = first && figures[first.side]?.sha;
      return first && sha ? [itemOf(first, sha, all, costs)] : [];
    })
    .toSorted(
      (a, b) =>
        Number(a.side === "baseline") - Number(b.side === "baseline") || compareText(a.environment, b.environment),
    );
}

function needOf(row: ReportRow, costs: Costs): Need[] {
  if (row.verdict !== "cannot tell" || row.why === null || row.why === "drift") return [];
  const { environment, workload, params } = row;
  const once = { environment, workload, params, why: row.why, runs: usual(costs, environment) };
  if (row.why === "border") return [{ ...once, side: "baseline" }];
  if (row.why === "unmeasured" || row.why === "step") return [{ ...once, side: row.whySide ?? "candidate" }];
  return row.needsRuns === null ? [] : [{ ...once, side: "candidate", runs: row.needsRuns }];
}

const usual = ({ usualRuns }: Costs, environment: string) => usualRuns.get(environment) ?? USUAL_RUNS;

function itemOf({ environment, side }: Need, sha: string, all: readonly Need[], { seconds }: Costs): PlanItem {
  const cases = new Map<string, PlanItem["cases"][number]>();
  for (const { workload, params, runs } of all) {
    const key = costKey(workload, params, environment);
    const known = cases.get(key);
    cases.set(key, { workload, params, runs: Math.max(runs, known?.runs ?? 0), seconds: seconds.get(key) ?? null });
  }
  const listed = [...cases.values()].toSorted((a, b) =>
    compareText(caseName(a.workload, a.params), caseName(b.workload, b.params)),
  );
  const known = listed.filter((one) => one.seconds !== null);
  const hours = known.reduce((sum, one) => sum + one.runs * (one.seconds ?? 0), 0) / 3600;
  return {
    ...{ environment, sha, side },
    why: [...new Set(all.map(({ why }) => why))].toSorted(compareText),
    cases: listed,
    runs: Math.max(...listed.map(({ runs }) => runs)),
    hours: known.length > 0 ? hours : null,
  };
}

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
