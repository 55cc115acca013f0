import type { ProjectRow } from "@/lib/auth/access";
import { componentChanges } from "@/lib/cause/components";
import { drift } from "@/lib/changepoint";
import { DRIFT_POINTS } from "@/lib/changepoint/constants";
import { db, row } from "@/lib/db/sql";
import { canonicalJson } from "@/lib/model/canonicalJson";
import type { Json } from "@/lib/model/words";
import { causeSettings } from "@/lib/queries/settings";
import { heldAt } from "@/lib/release/level";
import { planRuns } from "@/lib/release/plan";
import type { ReleasePolicy } from "@/lib/release/policy";
import { compareLine, type LineSide } from "@/lib/release/row";
import type {
  OwnRuns,
  ReportDifference,
  ReportFigures,
  ReportRow,
  ReportShift,
  ReportTrouble,
} from "@/lib/release/types";
import { median } from "@/lib/stats/quantile";
import { borderText, type Conditions, readConditions, segmentKey } from "./conditions";
import { readLines, type StoredLine } from "./lines";
import { commitsNear, type NearResult, type NearRun, readCosts, readNearResults, readNearRuns } from "./near";
import { type OwnPoint, readOwnPoints } from "./own";
import { readTags } from "./predecessor";
import { readShiftsBetween } from "./shifts";
import type { MainLine, ResolvedSide } from "./side";

export type Sides = { candidate: ResolvedSide; baseline: ResolvedSide | null };

/**
 * All numbers of a report, from what the analysis has stored. Reads the lines of the default branch once, with their points
 * around both releases: some 100 bytes a point. Checks no access.
 */
export async function computeFigures(
  project: ProjectRow,
  main: MainLine | null,
  sides: Sides,
  policy: ReleasePolicy,
): Promise<ReportFigures> {
  const { candidate, baseline } = sides;
  const state = await row<{ analysedAt: string | null; pending: number; createdAt: string }>(
    db(),
    `SELECT p.analysed_at AS "analysedAt", p.created_at AS "createdAt",
       (SELECT count(*) FROM analysis_requests a WHERE a.project_id = p.id) AS pending FROM projects p WHERE p.id = $1`,
    [project.id],
  );
  const head = {
    candidate: candidate.told,
    baseline: baseline?.told ?? null,
    near: policy.near,
    // Not the moment of now: what rests on the same analysis is the same answer.
    computedAt: state?.analysedAt ?? state?.createdAt ?? project.createdAt,
    analysedAt: state?.analysedAt ?? null,
    pending: state?.pending ?? 0,
  };
  const nothing = { rows: [], troubles: [], added: [], shifts: [], differences: [], plan: [] };
  if (!main) return { ...head, ...nothing };
  const near = {
    candidate: commitsNear(candidate, main, policy.near),
    baseline: baseline && commitsNear(baseline, main, policy.near),
  };
  const [own, ownBefore, results, resultsBefore, runs, runsBefore, costs, tags, settings] = await Promise.all([
    readOwnPoints(project.id, candidate.commitId),
    baseline ? readOwnPoints(project.id, baseline.commitId) : [],
    readNearResults(project.id, near.candidate),
    near.baseline ? readNearResults(project.id, near.baseline) : [],
    readNearRuns(project.id, near.candidate),
    near.baseline ? readNearRuns(project.id, near.baseline) : [],
    readCosts(project.id),
    readTags(project, main),
    causeSettings(project.id),
  ]);
  const shifts = await readShiftsBetween(
    project.id,
    main,
    { candidate: candidate.told, baseline: baseline?.told ?? null },
    tags,
  );
  const lines = await readLines(project.id, main, windowOf(sides));
  const troubles = baseline ? findTroubles({ results, resultsBefore, runs, runsBefore }) : failing(results);
  const rows = baseline
    ? await compareLines(project.id, { candidate, baseline }, lines, { own, ownBefore }, troubles, policy)
    : [];
  return {
    ...head,
    rows,
    troubles,
    added: addedCases(rows),
    shifts: shifts.map((shift) => ({ ...shift, fixedHere: isFixedHere(shift.number, candidate, lines, own) })),
    differences: differencesOf(runsBefore, runs, settings.components),
    plan: planRuns({ rows, troubles, candidate: candidate.told, baseline: baseline?.told ?? null }, policy, costs),
  };
}

const placeOf = ({ told }: ResolvedSide): number | null => told.position ?? told.fork?.position ?? null;

function windowOf({ candidate, baseline }: Sides): { from: number; to: number } {
  const places = [candidate, baseline].flatMap((side) => (side ? (placeOf(side) ?? []) : []));
  return places.length > 0 ? { from: Math.min(...places), to: Math.max(...places) } : { from: 0, to: 0 };
}

type Both<T> = { candidate: T; baseline: T };

async function compareLines(
  projectId: number,
  sides: Both<ResolvedSide>,
  lines: readonly StoredLine[],
  points: { own: readonly OwnPoint[]; ownBefore: readonly OwnPoint[] },
  troubles: readonly ReportTrouble[],
  policy: ReleasePolicy,
): Promise<ReportRow[]> {
  const conditions = await readConditions(projectId, offLineSegments(sides, lines));
  const [own, ownBefore] = [byLine(points.own), byLine(points.ownBefore)];
  const found = lines.map((line) => {
    const both = {
      candidate: lineSide(sides.candidate, line, own.get(lineKey(line)) ?? [], conditions),
      baseline: lineSide(sides.baseline, line, ownBefore.get(lineKey(line)) ?? [], conditions),
    };
    return { line, compared: compareLine(line, both, policy.near, line) };
  });
  const borders = found.filter(({ compared }) => compared.why === "border" && compared.whyText === null);
  const between = borders.map(({ line }) => ({ line, ends: endsOf(line, sides, policy.near) }));
  const known = await readConditions(
    projectId,
    between.flatMap(({ line, ends }) => ends.map((segment) => ({ line, segment }))),
  );
  const failed = troubles.filter(({ kind }) => kind === "failing" || kind === "skipped");
  return found
    .filter(({ compared }) => compared.baseline !== null || compared.candidate !== null)
    .map(({ line, compared }): ReportRow => {
      const told = rowOf(line, compared, driftOf(line, sides));
      const trouble = failed.find((one) => isCase(one, line));
      if (trouble) return asTrouble(told, trouble);
      const border = between.find((one) => one.line === line);
      if (!border) return told;
      const [before, after] = border.ends.map((segment) => known.get(segmentKey(line, segment)));
      return { ...told, whyText: borderText(before, after) };
    });
}

function rowOf(line: StoredLine, compared: ReturnType<typeof compareLine>, drift: ReportRow["drift"]): ReportRow {
  const { workload, workloadNumber, params, metric, metricName, unit, better, smallestEffect, environment } = line;
  return {
    ...{ workload, workloadNumber, params, metric, metricName, unit, better, smallestEffect, environment },
    ...compared,
    drift,
  };
}

const isCase = (one: ReportTrouble, line: StoredLine) =>
  one.workload === line.workload &&
  one.environment === line.environment &&
  canonicalJson(one.params) === canonicalJson(line.params);

/** A level from before says nothing of a case that fails now. */
const asTrouble = (told: ReportRow, { kind }: ReportTrouble): ReportRow => ({
  ...told,
  ...{ verdict: "cannot tell", why: "unmeasured", whySide: "candidate", needsRuns: null },
  whyText: kind === "failing" ? "it fails there" : "it was skipped there",
  ...{ candidate: null, change: null, difference: null, interval: null },
});

/** Segments whose conditions tell under which track a side's own runs were made; only for sides off the line. */
function offLineSegments(sides: Both<ResolvedSide>, lines: readonly StoredLine[]) {
  const off = [sides.candidate, sides.baseline].some(({ told }) => told.position === null);
  return off ? lines.flatMap((line) => line.segments.map((segment) => ({ line, segment }))) : [];
}

function lineSide(
  side: ResolvedSide,
  line: StoredLine,
  own: readonly OwnPoint[],
  conditions: ReadonlyMap<string, Conditions>,
): LineSide {
  const [first] = own;
  const { position, fork } = side.told;
  if (position !== null) return { kind: "place", place: position, own: first ? runsOf(first) : null };
  const place = fork?.position ?? null;
  if (!first) return { kind: "runs", fork: place, own: null, track: null };
  const held = line.segments.findLast((segment) => {
    const under = conditions.get(segmentKey(line, segment));
    return under && own.some((point) => point.version === under.version && point.factsGroup === under.factsGroup);
  });
  const under = held && conditions.get(segmentKey(line, held));
  const point = own.find((one) => one.version === under?.version && one.factsGroup === under?.factsGroup) ?? first;
  return { kind: "runs", fork: place, own: runsOf(point), track: held?.track ?? null };
}

type LineKey = Pick<OwnPoint, "caseId" | "metricId" | "environmentId">;
const lineKey = ({ caseId, metricId, environmentId }: LineKey) => `${caseId} ${metricId} ${environmentId}`;

function byLine(all: readonly OwnPoint[]): Map<string, OwnPoint[]> {
  const found = new Map<string, OwnPoint[]>();
  for (const point of all) found.set(lineKey(point), [...(found.get(lineKey(point)) ?? []), point]);
  return found;
}

const runsOf = ({ value, runs, n, min, max }: OwnPoint): OwnRuns => ({ value, runs, n, min, max });

/** The segments at both ends of a row between which a border lies. */
function endsOf(line: StoredLine, sides: Both<ResolvedSide>, near: number): StoredLine["segments"] {
  return [sides.baseline, sides.candidate].flatMap((side) => {
    const place = placeOf(side);
    const held = place === null ? null : heldAt(line, place, near);
    const found = held && "at" in held ? held.at[0]?.segment : undefined;
    return line.segments.find((segment) => segment === found) ?? [];
  });
}

/** The sum of small steps after the baseline, up to the candidate, under the conditions of the newest point; null: none is told. */
function driftOf(line: StoredLine, { candidate, baseline }: Both<ResolvedSide>): ReportRow["drift"] {
  const [from, to] = [baseline.told.position, candidate.told.position];
  if (from === null || to === null) return null;
  const until = line.points.filter(({ position }) => position <= to);
  const newest = until.at(-1);
  const own = until.filter(
    ({ version, factsGroup }) => version === newest?.version && factsGroup === newest?.factsGroup,
  );
  const since = own.findIndex(({ position }) => position > from);
  if (since < 0 || own.length - since < DRIFT_POINTS) return null;
  const { better, smallestEffect } = line;
  if (!mayDrift(own.slice(since), smallestEffect)) return null;
  const found = drift(
    own.map(({ value }) => value),
    since,
    { better, smallestEffect },
  );
  if (!found?.isTold || found.instead.length > 0) return null;
  const { change, difference, interval, p } = found;
  return { change, difference, interval, p };
}

type Near = { results: NearResult[]; resultsBefore: NearResult[]; runs: NearRun[]; runsBefore: NearRun[] };

/**
 * Ends of a told drift lie a smallest effect apart: thirds of the window then differ by two thirds of it. A look at half of
 * that saves the fit of nearly all lines, which costs milliseconds each.
 */
function mayDrift(points: readonly { value: number }[], smallestEffect: number): boolean {
  const third = Math.floor(points.length / 3);
  const middle = (part: readonly { value: number }[]) => median(part.map(({ value }) => value)) ?? 0;
  const [first, last] = [middle(points.slice(0, third)), middle(points.slice(-third))];
  return Math.abs(last - first) >= (smallestEffect / 3) * Math.abs(first);
}

/** What the baseline had and the candidate lacks. An environment without any run near is one trouble, not one per case. */
function findTroubles({ results, resultsBefore, runs, runsBefore }: Near): ReportTrouble[] {
  const measured = new Set(runs.map(({ environmentId }) => environmentId));
  const has = new Set(results.map(({ caseId, environmentId }) => `${caseId} ${environmentId}`));
  const silent = runsBefore
    .filter(({ environmentId }) => !measured.has(environmentId))
    .map(({ environment }): ReportTrouble => {
      return {
        kind: "unmeasured",
        workload: null,
        workloadNumber: null,
        params: {},
        environment,
        sha: null,
        distance: null,
        error: null,
      };
    });
  const missing = resultsBefore
    .filter(
      ({ passed, caseId, environmentId }) =>
        passed > 0 && measured.has(environmentId) && !has.has(`${caseId} ${environmentId}`),
    )
    .map((one) => troubleOf("missing", one, { sha: null, distance: null, error: null }));
  return [...failing(results), ...missing, ...silent].toSorted(
    (a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || compareText(a.workload ?? "", b.workload ?? ""),
  );
}

const KINDS: ReportTrouble["kind"][] = ["failing", "missing", "skipped", "unmeasured"];
const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Cases none of whose runs passed at the nearest commit with a result. */
const failing = (results: readonly NearResult[]): ReportTrouble[] =>
  results
    .filter(({ passed }) => passed === 0)
    .map((one) => troubleOf(one.failed > 0 ? "failing" : "skipped", one, one));

function troubleOf(
  kind: ReportTrouble["kind"],
  { workload, workloadNumber, params, environment }: NearResult,
  { sha, distance, error }: Pick<ReportTrouble, "sha" | "distance" | "error">,
): ReportTrouble {
  return { kind, workload, workloadNumber, params, environment, sha, distance, error };
}

function addedCases(rows: readonly ReportRow[]): ReportFigures["added"] {
  const added = new Map<string, ReportFigures["added"][number]>();
  const old = new Set(rows.filter(({ verdict }) => verdict !== "new").map(caseKey));
  for (const one of rows) {
    const { workload, workloadNumber, params, environment } = one;
    if (!old.has(caseKey(one))) added.set(caseKey(one), { workload, workloadNumber, params, environment });
  }
  return [...added.values()];
}

const caseKey = ({ workload, params, environment }: ReportRow) => JSON.stringify([workload, params, environment]);

/** Of the way from the level after a shift back to the one before that a fix has gone at least. */
const FIXED_SHARE = 0.7;

/** The candidate's own runs, off the line, lie back at the level before the shift on every line of it that they measured. */
function isFixedHere(
  number: number,
  { told }: ResolvedSide,
  lines: readonly StoredLine[],
  own: readonly OwnPoint[],
): ReportShift["fixedHere"] {
  if (told.position !== null) return false;
  const measured = lines.flatMap((line) => {
    const step = line.steps.find(({ shift }) => shift === number);
    const point = own.find(
      (one) => one.caseId === line.caseId && one.metricId === line.metricId && one.environmentId === line.environmentId,
    );
    return step && point ? [(step.after - point.value) / (step.after - step.before)] : [];
  });
  return measured.length > 0 && measured.every((share) => share >= FIXED_SHARE);
}

/** What else differs between the newest runs near either side, per environment. */
function differencesOf(
  before: readonly NearRun[],
  after: readonly NearRun[],
  repositories: Record<string, string>,
): ReportDifference[] {
  return after.flatMap((run) => {
    const earlier = before.find(({ environmentId }) => environmentId === run.environmentId);
    if (!earlier) return [];
    const facts = factChanges(earlier.facts, run.facts);
    const components = componentChanges(earlier.components, run.components, repositories);
    return facts.length + components.length > 0 ? [{ environment: run.environment, facts, components }] : [];
  });
}

function factChanges(before: Json, after: Json): ReportDifference["facts"] {
  const [from, to] = [mapOf(before), mapOf(after)];
  return [...new Set([...Object.keys(from), ...Object.keys(to)])]
    .filter((name) => canonicalJson(from[name] ?? null) !== canonicalJson(to[name] ?? null))
    .toSorted()
    .map((name) => ({ name, before: from[name] ?? null, after: to[name] ?? null }));
}

const mapOf = (json: Json) => (json !== null && typeof json === "object" && !Array.isArray(json) ? json : {});
