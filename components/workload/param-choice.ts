import type { Json } from "@/lib/model/words";
import type { WorkloadCase, WorkloadRead } from "@/lib/queries/workload";

export type Params = { [key: string]: Json };

type HasParams = { params: Json };

const paramsOf = ({ params }: HasParams): Params =>
  params !== null && typeof params === "object" && !Array.isArray(params) ? params : {};

/** A parameter's value as people read it; "none" where a set does not have it. */
export function valueText(params: Json, key: string): string {
  const value = paramsOf({ params })[key];
  return value === undefined ? "none" : typeof value === "string" ? value : JSON.stringify(value);
}

/** Values are told apart as JSON: 1 and "1" are two. */
const identity = (one: HasParams, key: string): string => JSON.stringify(paramsOf(one)[key]) ?? "";

/** The parameters in which sets differ, in the order in which they come. */
export function paramKeys(cases: readonly HasParams[]): string[] {
  const keys = new Set(cases.flatMap((one) => Object.keys(paramsOf(one))));
  return [...keys].filter((key) => new Set(cases.map((one) => identity(one, key))).size > 1);
}

/** The parameters of which the drawn lines have several values. */
export const freeKeys = (lines: readonly HasParams[]): string[] => paramKeys(lines);

/** The values that exist of a parameter, each with a set that has it; those that read alike are told apart by their type. */
export function valuesOf<T extends HasParams>(cases: readonly T[], key: string): { text: string; sample: T }[] {
  const found = new Map<string, T>();
  for (const one of cases) if (!found.has(identity(one, key))) found.set(identity(one, key), one);
  return [...found.values()].map((sample) => ({ text: valueText(sample.params, key), sample }));
}

/** A set without some of its parameters: what all cases have in common that differ in these only. */
export function restOf(params: Params, without: readonly string[]): Params {
  return Object.fromEntries(Object.entries(params).filter(([key]) => !without.includes(key)));
}

/**
 * The case that has a parameter's value as `sample` has it and else agrees most with what is chosen; among equals one that
 * was measured in the chosen environment. `differs`: what else changes with it.
 */
export function bestCase(
  cases: readonly WorkloadCase[],
  chosen: WorkloadRead["chosen"],
  key: string,
  sample: HasParams,
): { params: Params; differs: string[] } {
  const wanted = identity(sample, key);
  const keys = paramKeys(cases).filter((other) => other !== key);
  const now = { params: chosen.params };
  const differsIn = (one: HasParams) => keys.filter((other) => identity(one, other) !== identity(now, other));
  const elsewhere = ({ environments }: WorkloadCase) =>
    Number(chosen.environment !== null && !environments.includes(chosen.environment));
  const [best] = cases
    .filter((one) => identity(one, key) === wanted)
    .sort((a, b) => differsIn(a).length - differsIn(b).length || elsewhere(a) - elsewhere(b));
  const found = best ?? sample;
  return { params: paramsOf(found), differs: differsIn(found) };
}

/** How many cases differ from a set in these parameters only: what `with` of the rest draws beside it, itself included. */
export function countSharing(cases: readonly HasParams[], params: Json, released: readonly string[]): number {
  const fixed = Object.keys(paramsOf({ params })).filter((key) => !released.includes(key));
  return cases.filter((one) => fixed.every((key) => identity(one, key) === identity({ params }, key))).length;
}
