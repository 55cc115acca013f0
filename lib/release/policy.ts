import type { Json } from "../model/words";
import { NEAR_COMMITS } from "./constants";

/** What a project lets ship. Patterns know `*` and `?`; an empty list is all. */
export type ReleasePolicy = {
  metrics: string[];
  workloads: string[];
  environments: string[];
  /** By metric, the smallest change that counts, as a share; others take the metric's smallest effect. */
  smallest: Record<string, number>;
  /** What a row that cannot be told does to the answer. */
  cannotTell: "cannot tell" | "fail" | "pass";
  /** What a workload that is missing or fails does; it never passes silently. */
  missing: "fail" | "cannot tell";
  /** A run lies near a release when at most so many commits are between. */
  near: number;
  /** Which tags of commit lists are releases. */
  tags: string;
};

export const DEFAULT_POLICY: ReleasePolicy = {
  metrics: [],
  workloads: [],
  environments: [],
  smallest: {},
  cannotTell: "cannot tell",
  missing: "fail",
  near: NEAR_COMMITS,
  tags: "*",
};

/** The policy as it is stored, with what nobody has set. What does not fit (an older version wrote it) is as if unset. */
export function readPolicy(stored: Json | undefined): ReleasePolicy {
  if (stored === undefined || stored === null || typeof stored !== "object" || Array.isArray(stored))
    return DEFAULT_POLICY;
  const texts = (value: Json | undefined) =>
    Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
  const { cannotTell, missing, near, tags, smallest } = stored;
  const isMap = smallest !== null && typeof smallest === "object" && !Array.isArray(smallest);
  return {
    metrics: texts(stored.metrics),
    workloads: texts(stored.workloads),
    environments: texts(stored.environments),
    smallest: isMap
      ? Object.fromEntries(
          Object.entries(smallest).filter((one): one is [string, number] => typeof one[1] === "number"),
        )
      : {},
    cannotTell: cannotTell === "fail" || cannotTell === "pass" ? cannotTell : DEFAULT_POLICY.cannotTell,
    missing: missing === "cannot tell" ? missing : DEFAULT_POLICY.missing,
    near: typeof near === "number" ? near : DEFAULT_POLICY.near,
    tags: typeof tags === "string" && tags !== "" ? tags : DEFAULT_POLICY.tags,
  };
}

/** `*` any characters, `?` one; everything else stands for itself. At worst pattern times name: nothing backtracks further. */
export function fits(pattern: string, name: string): boolean {
  const [wanted, given] = [[...pattern], [...name]];
  let [i, k] = [0, 0];
  // Where to go on when what follows the last star does not fit: one character later.
  let back: { i: number; k: number } | null = null;
  while (k < given.length) {
    if (wanted[i] === "*") {
      back = { i: i + 1, k };
      i++;
    } else if (i < wanted.length && (wanted[i] === "?" || wanted[i] === given[k])) {
      i++;
      k++;
    } else if (back) {
      back = { i: back.i, k: back.k + 1 };
      [i, k] = [back.i, back.k];
    } else return false;
  }
  while (wanted[i] === "*") i++;
  return i === wanted.length;
}

export const fitsAny = (patterns: readonly string[], name: string): boolean =>
  patterns.length === 0 || patterns.some((pattern) => fits(pattern, name));

/** Does the policy look at this case (and metric, where it has one)? */
export function isCovered(
  policy: Pick<ReleasePolicy, "metrics" | "workloads" | "environments">,
  one: { workload: string | null; metric: string | null; environment: string },
): boolean {
  return (
    (one.workload === null || fitsAny(policy.workloads, one.workload)) &&
    (one.metric === null || fitsAny(policy.metrics, one.metric)) &&
    fitsAny(policy.environments, one.environment)
  );
}
