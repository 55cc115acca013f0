import { numbered } from "./numbered";
import { grammar, oneOf, type Selection, segment, text, texts, whole } from "./query";

/** What a side can be. The word stands before the colon: `release:2026.11.0`. */
export const SIDE_KINDS = ["release", "commit", "branch", "pr", "run", "experiment", "env"] as const;
export type SideKind = (typeof SIDE_KINDS)[number];

/** A side as it is written: `experiment:stealing/variant` is of kind experiment, its name `stealing/variant`. */
export type SideName = { kind: SideKind; name: string };

/** Reads a side; null where the kind is none of ours or the name is missing. */
export function parseSide(written: string): SideName | null {
  const colon = written.indexOf(":");
  const kind = SIDE_KINDS.find((one) => one === written.slice(0, Math.max(0, colon)));
  const name = written.slice(colon + 1).trim();
  return kind && name !== "" ? { kind, name } : null;
}

/** The side as it stands in addresses and on the command line. */
export const sideText = ({ kind, name }: SideName): string => `${kind}:${name}`;

/**
 * The baseline that is meant: the one given, or for a pull request its merge base, where none is given or `base` is. null:
 * another contender has no base of its own. `pr:7280` gives `pr:7280/base`.
 */
export function baselineOf(baseline: string | null, contender: string | null): string | null {
  if (baseline !== null && baseline !== "" && baseline !== "base") return baseline;
  const side = parseSide(contender ?? "");
  return side?.kind === "pr" && !side.name.endsWith("/base")
    ? sideText({ kind: "pr", name: `${side.name}/base` })
    : null;
}

/** Verdicts in the order in which a page lists them. */
export const VERDICT_ORDER = ["regression", "improvement", "rose", "fell", "unchanged", "inconclusive"] as const;

/** effect: the larger change first; noise: the larger change in units of its noise; name: workload, then metric. */
export const COMPARE_SORTS = ["effect", "noise", "name"] as const;

/** forest: changes with their intervals; heat: the chance that a change passes each threshold; bars: the values. */
export const COMPARE_VIEWS = ["forest", "heat", "bars"] as const;

/** How bars are grouped. */
export const BAR_GROUPS = ["workload", "variant"] as const;

/**
 * environment limits what is compared; metric and workload (a part of its name) what is shown. verdict shows one group
 * alone, in pages; show names folded groups that are opened. across and up: the metrics of the scatter.
 */
const params = {
  baseline: text,
  contender: text,
  environment: text,
  metric: text,
  workload: text,
  verdict: oneOf(VERDICT_ORDER, null),
  sort: oneOf(COMPARE_SORTS, "effect"),
  view: oneOf(COMPARE_VIEWS, "forest"),
  by: oneOf(BAR_GROUPS, "workload"),
  across: text,
  up: text,
  show: texts,
  page: whole(1, 1),
} as const;

export type CompareSelection = Selection<typeof params>;
export const compareQuery = grammar(params);

/** The comparison of two sides, both written as `release:2026.11.0`. */
export function compareUrl(project: string, selection: Partial<CompareSelection> = {}): string {
  return `/${segment(project)}/compare${compareQuery.build(selection)}`;
}

/** How the samples of a case are drawn: one by one, or counted. */
export const SAMPLE_VIEWS = ["strip", "histogram"] as const;

/** One case of a comparison. metric and environment: none means the first that both sides have; params as JSON. */
const caseParams = {
  baseline: text,
  contender: text,
  environment: text,
  metric: text,
  params: text,
  version: text,
  draw: oneOf(SAMPLE_VIEWS, "strip"),
} as const;

export type CompareCaseSelection = Selection<typeof caseParams>;
export const compareCaseQuery = grammar(caseParams);

/** Both distributions of one case. The number decides which, the words after it are decoration. */
export function compareCaseUrl(
  project: string,
  workload: { number: number; name: string },
  selection: Partial<CompareCaseSelection>,
): string {
  return `/${segment(project)}/compare/${numbered(workload.number, workload.name)}${compareCaseQuery.build(selection)}`;
}

/** All variants of an experiment against one of them. */
const matrixParams = {
  experiment: text,
  baseline: text,
  environment: text,
  metric: text,
  workload: text,
  sort: oneOf(COMPARE_SORTS, "effect"),
  page: whole(1, 1),
} as const;

export type CompareMatrixSelection = Selection<typeof matrixParams>;
export const compareMatrixQuery = grammar(matrixParams);

export function compareMatrixUrl(project: string, selection: Partial<CompareMatrixSelection>): string {
  return `/${segment(project)}/compare/matrix${compareMatrixQuery.build(selection)}`;
}

const { view: _view, by: _by, across: _across, up: _up, show: _show, page: _page, ...filters } = params;
const read = {
  ...filters,
  limit: whole(100, 1),
  cursor: text,
  format: oneOf(["json", "csv"], "json"),
} as const;

/** The same under /api/v1; in parts by `cursor`. */
type CompareReadSelection = Selection<typeof read>;
const compareReadQuery = grammar(read);

const floorQuery = grammar({ baseline: text, contender: text, environment: text });
const { page: _matrixPage, ...matrixFilters } = matrixParams;
const matrixRead = { ...matrixFilters, format: oneOf(["json", "csv"], "json") } as const;
type CompareMatrixRead = Selection<typeof matrixRead>;
const matrixReadQuery = grammar(matrixRead);
const arrivals = grammar({ experiment: text, limit: whole(100, 1) });

const api = (project: string) => `/api/v1/projects/${segment(project)}/compare`;

/** The addresses of a comparison under /api/v1. */
export const compareApiUrl = {
  compare: (project: string, selection: Partial<CompareReadSelection>) =>
    api(project) + compareReadQuery.build(selection),
  /** How many runs of an experiment there are, with the newest: asked again and again while runs arrive. */
  arrivals: (project: string, experiment: string) =>
    `/api/v1/projects/${segment(project)}/runs${arrivals.build({ experiment, limit: 1 })}`,
  /** What no change looks like: an A/A copy, or splits of the history. */
  floor: (project: string, sides: Pick<CompareSelection, "baseline" | "contender" | "environment">) =>
    `${api(project)}/floor${floorQuery.build(sides)}`,
  /** All variants of an experiment against one. */
  matrix: (project: string, selection: Partial<CompareMatrixRead>) =>
    `${api(project)}/matrix${matrixReadQuery.build(selection)}`,
  /** The sides that a picker offers for what was typed. */
  sides: (project: string, typed: string | null) => `${api(project)}/sides${grammar({ text }).build({ text: typed })}`,
};
