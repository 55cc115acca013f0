import { formatChange, formatInterval } from "../format/change";
import { metricInSentence, metricLabel, paramsLabel } from "../format/name";
import { formatCount } from "../format/number";
import type { Json } from "../model/words";
import { fitsAny, isCovered, type ReleasePolicy } from "./policy";
import type { ReportTrouble, RowVerdict } from "./types";

/** What a gate knows of one case, metric and environment, whether of a release or of a comparison. */
export type GateRow = {
  workload: string;
  params: Json;
  metric: string;
  environment: string;
  verdict: RowVerdict;
  change: number | null;
  interval: readonly [number, number] | null;
  /** Shifts that explain it, if any. */
  shifts: number[];
  /** Why a change for the worse is not held against it: "accepted until 1 Dec 2026 (#19)"; null: nobody said so. */
  excuse: string | null;
  /** Why it cannot be told, and what would settle it. */
  why: string | null;
  needsRuns: number | null;
};

export type GateTrouble = Pick<ReportTrouble, "kind" | "workload" | "params" | "environment" | "error"> & {
  /** A waiver that covers it; null: none. */
  excuse: string | null;
};

export type GateInput = {
  rows: readonly GateRow[];
  troubles: readonly GateTrouble[];
  /** What stands against any answer: no data on a side, facts that differ, analysis that waits. */
  doubts: readonly string[];
  /** What fails by itself: decisions that are missing. */
  blocks: readonly { text: string; shift: number | null }[];
};

export const REASON_KINDS = [
  "undecided",
  "regression",
  "missing",
  "failing",
  "unmeasured",
  "cannot tell",
  "doubt",
] as const;

/** One reason of an answer. `weight` is what it does to it; note: told, and of no effect. */
export type GateReason = {
  kind: (typeof REASON_KINDS)[number];
  weight: "fail" | "cannot tell" | "note";
  text: string;
  workload: string | null;
  params: Json;
  metric: string | null;
  environment: string | null;
  shift: number | null;
};

export const GATE_ANSWERS = ["pass", "fail", "cannot tell"] as const;

export type Judgement = {
  answer: (typeof GATE_ANSWERS)[number];
  reasons: GateReason[];
  /** Rows that the policy looks at, by what became of them. */
  counts: Record<"rows" | "regressions" | "excused" | "improvements" | "unchanged" | "cannotTell" | "missing", number>;
};

/**
 * The answer of the gate. fail wins over cannot tell, and that over pass. A workload that is missing or fails weighs what the
 * policy says, never nothing; a pattern of the policy that nothing fits is a doubt, for a misspelt one would let all pass.
 */
export function judge(policy: ReleasePolicy, input: GateInput): Judgement {
  const rows = input.rows.filter((row) => isCovered(policy, row));
  const troubles = input.troubles.filter((one) => isCovered(policy, { ...one, metric: null }));
  const reasons = [
    ...input.blocks.map(
      ({ text, shift }): GateReason => ({ ...NOWHERE, kind: "undecided", weight: "fail", text, shift }),
    ),
    ...rows.flatMap((row) => reasonOf(policy, row)),
    ...troubles.map((one) => troubleReason(policy, one)),
    ...[...input.doubts, ...emptyPatterns(policy, input)].map((text): GateReason => {
      return { ...NOWHERE, kind: "doubt", weight: "cannot tell", text };
    }),
  ];
  const has = (weight: GateReason["weight"]) => reasons.some((reason) => reason.weight === weight);
  const count = (wanted: (row: GateRow) => boolean) => rows.filter(wanted).length;
  return {
    answer: has("fail") ? "fail" : has("cannot tell") ? "cannot tell" : "pass",
    reasons: reasons.toSorted((a, b) => WEIGHTS.indexOf(a.weight) - WEIGHTS.indexOf(b.weight)),
    counts: {
      rows: rows.length,
      regressions: count(({ verdict, excuse }) => verdict === "regression" && excuse === null),
      excused: count(({ verdict, excuse }) => verdict === "regression" && excuse !== null),
      improvements: count(({ verdict }) => verdict === "improvement"),
      unchanged: count(({ verdict }) => verdict === "unchanged"),
      cannotTell: count(({ verdict }) => verdict === "cannot tell"),
      missing: troubles.length,
    },
  };
}

const WEIGHTS: GateReason["weight"][] = ["fail", "cannot tell", "note"];
const NOWHERE = { workload: null, params: null, metric: null, environment: null, shift: null };

function reasonOf(policy: ReleasePolicy, row: GateRow): GateReason[] {
  const { workload, params, metric, environment, change, interval, shifts } = row;
  const place = { workload, params, metric, environment, shift: shifts[0] ?? null };
  const name = `${metricLabel(metric)} of ${caseName(workload, params)} in ${environment}`;
  if (row.verdict === "regression") {
    const size = change === null ? "got worse" : formatChange(change);
    const reach = change !== null && interval ? ` [${formatInterval(...interval)}]` : "";
    const because = shifts.length > 0 ? `, ${shifts.map((number) => `#${number}`).join(", ")}` : "";
    const told = `${name} ${size}${reach}${because}`;
    if (row.excuse !== null) return [{ ...place, kind: "regression", weight: "note", text: `${told}: ${row.excuse}` }];
    if (isSmall(policy, row)) {
      const limit = formatChange(policy.smallest[metric] ?? 0);
      return [{ ...place, kind: "regression", weight: "note", text: `${told}: under the policy's ${limit}` }];
    }
    return [{ ...place, kind: "regression", weight: "fail", text: told }];
  }
  if (row.verdict !== "cannot tell") return [];
  const more = row.needsRuns === null ? "" : `, ${formatCount(row.needsRuns)} more would settle it`;
  const text = `${name} cannot be told${row.why === null ? "" : `: ${row.why}`}${more}`;
  const weight = policy.cannotTell === "pass" ? "note" : policy.cannotTell;
  return [{ ...place, kind: "cannot tell", weight, text }];
}

/** Certain to be worse, but by less than the project wants to hear of. */
export function isSmall(policy: ReleasePolicy, { metric, change }: { metric: string; change: number | null }): boolean {
  const least = policy.smallest[metric];
  return least !== undefined && change !== null && Math.abs(change) < least;
}

const TROUBLES = {
  missing: "was not measured at the candidate",
  failing: "fails at the candidate",
  skipped: "was skipped at the candidate",
  unmeasured: "no run lies near the candidate",
} as const;

function troubleReason(policy: ReleasePolicy, one: GateTrouble): GateReason {
  const { kind, workload, params, environment, error } = one;
  const subject = workload === null ? environment : `${caseName(workload, params)} in ${environment}`;
  const told = `${subject}: ${TROUBLES[kind]}${error ? ` (${firstLine(error)})` : ""}`;
  const place = { workload, params, metric: null, environment, shift: null };
  const named = kind === "skipped" ? "missing" : kind;
  if (one.excuse !== null) return { ...place, kind: named, weight: "note", text: `${told}: ${one.excuse}` };
  const weight = kind === "unmeasured" ? "cannot tell" : policy.missing;
  return { ...place, kind: named, weight, text: told };
}

/** Each pattern must fit something that was measured. */
function emptyPatterns(policy: ReleasePolicy, { rows, troubles }: GateInput): string[] {
  const known = {
    metrics: new Set(rows.map(({ metric }) => metric)),
    workloads: new Set([...rows, ...troubles].flatMap(({ workload }) => workload ?? [])),
    environments: new Set([...rows, ...troubles].map(({ environment }) => environment)),
  };
  const kinds = ["metrics", "workloads", "environments"] as const;
  const empty = kinds.flatMap((kind) =>
    policy[kind]
      .filter((pattern) => ![...known[kind]].some((name) => fitsAny([pattern], name)))
      .map((pattern) => `No ${kind.slice(0, -1)} fits the policy's ${pattern}.`),
  );
  return rows.length === 0 && troubles.length === 0 ? ["There is nothing to judge."] : empty;
}

const firstLine = (text: string) => (text.split(/\r?\n/)[0] ?? "").slice(0, 200);

/** "anom_mean (size=5)". */
export function caseName(workload: string, params: Json): string {
  const label = paramsLabel(params);
  return label === "" ? workload : `${workload} (${label})`;
}

/** "worker CPU of tree_reduction in vm-b". */
export const rowName = (row: { workload: string; params: Json; metric: string; metricName: string | null }): string =>
  `${metricInSentence(metricLabel(row.metric, row.metricName))} of ${caseName(row.workload, row.params)}`;
