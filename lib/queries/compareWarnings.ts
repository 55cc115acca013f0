import type { Json } from "@/lib/model/words";
import type { CompareLooks } from "./comparePlan";
import type { ResolvedSide, SideRun } from "./compareSide";

/** Something that a reader must know before the figures. */
export type CompareWarning = {
  code:
    | "environments"
    | "commits"
    | "environment-missing"
    | "facts"
    | "same-runs"
    | "shared-runs"
    | "not-interleaved"
    | "plan-late";
  text: string;
  /** No gate may rely on a comparison with this. */
  blocksGate: boolean;
};

type Sides = { baseline: ResolvedSide; contender: ResolvedSide };

/**
 * Which environment of the baseline is held against which of the contender: the same one, or, where each side has a single
 * one and they differ, those two.
 */
export function pairEnvironments({ baseline, contender }: Sides): ReadonlyMap<number, number> {
  const [from, to] = [environmentsOf(baseline.runs), environmentsOf(contender.runs)];
  const isShared = from.some((id) => to.includes(id));
  const [only] = from;
  const [other] = to;
  if (isShared || from.length !== 1 || to.length !== 1 || only === undefined || other === undefined) return new Map();
  return new Map([[only, other]]);
}

const environmentsOf = (runs: readonly SideRun[]) => [...new Set(runs.map((run) => run.environmentId))];

/** What stands between these two sides and a fair comparison. */
export function warningsOf(sides: Sides, paired: ReadonlyMap<number, number>): CompareWarning[] {
  return [
    ...environmentWarnings(sides, paired),
    ...factWarnings(sides),
    ...sharedWarnings(sides),
    ...timeWarnings(sides),
  ];
}

function environmentWarnings({ baseline, contender }: Sides, paired: ReadonlyMap<number, number>): CompareWarning[] {
  const [from, to] = [baseline.told.environments, contender.told.environments];
  if (paired.size > 0) {
    const text = `The sides ran in different environments (${from[0]} and ${to[0]}): a difference may be theirs.`;
    return [{ code: "environments", text, blocksGate: true }, ...commitWarnings({ baseline, contender })];
  }
  const only = (side: string, all: string[], other: string[]): CompareWarning[] =>
    all
      .filter((name) => !other.includes(name))
      .map((name) => ({
        code: "environment-missing",
        text: `${name} was measured on the ${side} only and is left out.`,
        blocksGate: side === "baseline",
      }));
  return [...only("baseline", from, to), ...only("contender", to, from)];
}

/** An environment as a side is its newest commit: the two need not be the same. */
function commitWarnings({ baseline, contender }: Sides): CompareWarning[] {
  const isEnvironment = [baseline, contender].every(({ told }) => told.kind === "env");
  const [from, to] = [baseline.told.sha, contender.told.sha];
  if (!isEnvironment || from === null || to === null || from === to) return [];
  const text = `They ran different commits too (${from.slice(0, 7)} and ${to.slice(0, 7)}): write env:NAME@commit:SHA on both sides for one commit.`;
  return [{ code: "commits", text, blocksGate: true }];
}

function factWarnings({ baseline, contender }: Sides): CompareWarning[] {
  const names = [...new Set(baseline.told.environments)].filter((name) => contender.told.environments.includes(name));
  return names.flatMap((name) => {
    const runs = [...baseline.runs, ...contender.runs].filter((run) => run.environment === name);
    const groups = new Map(runs.map((run) => [run.factsGroup, run.facts]));
    if (groups.size < 2) return [];
    const changed = differingFacts([...groups.values()]);
    const text = `The facts of ${name} differ between runs${changed ? ` (${changed})` : ""}: a difference may be theirs.`;
    return [{ code: "facts", text, blocksGate: true }];
  });
}

/** "instance: m6i.large, m6i.xlarge": facts that have more than one value. */
function differingFacts(all: readonly Json[]): string {
  const facts = all.filter((one) => one !== null && typeof one === "object" && !Array.isArray(one)) as {
    [name: string]: Json;
  }[];
  const names = [...new Set(facts.flatMap((one) => Object.keys(one)))];
  return names
    .map(
      (name) => [name, [...new Set(facts.flatMap((one) => (name in one ? [textOf(one[name] ?? null)] : [])))]] as const,
    )
    .filter(([, values]) => values.length > 1)
    .map(([name, values]) => `${name}: ${values.join(", ")}`)
    .join("; ");
}

const textOf = (value: Json) => (typeof value === "string" ? value : JSON.stringify(value));

function sharedWarnings({ baseline, contender }: Sides): CompareWarning[] {
  const theirs = new Set(contender.runs.map((run) => run.id));
  const shared = baseline.runs.filter((run) => theirs.has(run.id)).length;
  if (shared === 0) return [];
  if (shared === baseline.runs.length && shared === contender.runs.length) {
    const text =
      "Both sides are the same runs, so nothing can differ. An experiment with two equal variants compares a commit with itself.";
    return [{ code: "same-runs", text, blocksGate: true }];
  }
  const text = `${shared} of the runs ${shared === 1 ? "is" : "are"} on both sides, which makes them look more alike than they are.`;
  return [{ code: "shared-runs", text, blocksGate: false }];
}

/** All runs of one side before all of the other: a slow day would look like a change. One run a side cannot be mixed. */
function timeWarnings({ baseline, contender }: Sides): CompareWarning[] {
  const apart = baseline.told.environments.filter((name) => {
    const [first, second] = [baseline, contender].map(({ runs }) =>
      runs.flatMap((run) => (run.environment === name && run.startedAt ? [Date.parse(run.startedAt)] : [])),
    ) as [number[], number[]];
    if (first.length < 2 || second.length < 2) return false;
    return Math.max(...first) < Math.min(...second) || Math.max(...second) < Math.min(...first);
  });
  if (apart.length === 0) return [];
  const text = `The sides ran one after the other in ${apart.join(", ")}, not mixed in time: a movement common to all rows may be the day's, not the code's.`;
  return [{ code: "not-interleaved", text, blocksGate: false }];
}

/** A plan that was stated when runs had come may rest on what they showed. */
export function planWarnings(looks: CompareLooks | null): CompareWarning[] {
  if (!looks || looks.before === 0) return [];
  const { experiment, planned, before } = looks;
  const text = `${experiment} plans ${planned} runs a side, which was stated when ${before} of its runs had come: the error that is held counts from a plan made before.`;
  return [{ code: "plan-late", text, blocksGate: false }];
}
