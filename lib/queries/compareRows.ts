import type { FamilyRow, RunSamples } from "@/lib/compare";
import {
  type HistoryRun,
  lineKey,
  type Measured,
  type MeasuredSeries,
  type Mishap,
  type Stretch,
} from "./compareSamples";
import type { ResolvedSide, SideRun } from "./compareSide";

/** The runs of a side in one environment: a run has one place in every row of it. */
export type SidePlaces = {
  /** Place of each run. */
  places: Map<number, number>;
  /** Places of the newest commit's runs: without a value there, a row has none. */
  newest: Set<number>;
  /** Place of the run's commit on the default branch's line, where earlier commits are judged. */
  positions: Map<number, number> | null;
};

/** What a side measured in one row: a place per run, with its number of samples. */
export type RowSide = { runs: RunSamples[]; counts: number[] };

/** One case, version, metric and environment with its two sides. */
export type GatheredRow = {
  caseId: number;
  version: string;
  metricId: number;
  environmentId: number;
  baseline: RowSide | null;
  contender: RowSide | null;
  /** Medians of the runs that show the noise, by place; NaN where one did not measure it. */
  history: number[];
  /** The day of each place; one object for all rows of an environment. */
  days: FamilyRow["days"];
};

export type GatherInput = {
  baseline: ResolvedSide;
  contender: ResolvedSide;
  /** Environment of the baseline -> that of the contender, where two different ones are compared. */
  paired: ReadonlyMap<number, number>;
  measured: readonly MeasuredSeries[];
  history: readonly HistoryRun[];
  /** By `lineKey`, newest stretch first. */
  stretches: ReadonlyMap<string, readonly Stretch[]>;
  /** Places of commits on the default branch, for sides that are branches. */
  positions: ReadonlyMap<number, number>;
};

/**
 * Joins what was measured into rows: those of both sides, and those of one. A median stands for a run's samples (the
 * comparison takes medians of runs); lowest and highest go with it where they differ, so that constant runs show as such.
 */
export function gatherRows(input: GatherInput): GatheredRow[] {
  const sides = { baseline: placesOf(input, "baseline"), contender: placesOf(input, "contender") };
  const history = historyPlaces(input.history);
  const days = daysByEnvironment(input);
  const rows = new Map<string, GatheredRow & { past: MeasuredSeries["past"][] }>();
  for (const series of input.measured) {
    const environmentId = input.paired.get(series.environmentId) ?? series.environmentId;
    const key = `${lineKey({ ...series, environmentId })} ${series.version}`;
    let row = rows.get(key);
    if (!row) {
      const { caseId, version, metricId } = series;
      const none = { baseline: null, contender: null, history: NONE, past: [] };
      row = { caseId, version, metricId, environmentId, ...none, days: days(environmentId) };
      rows.set(key, row);
    }
    for (const point of series.points) {
      for (const side of ["baseline", "contender"] as const) {
        const places = sides[side].get(series.environmentId);
        const place = places?.places.get(point[0]);
        if (place !== undefined) row[side] = withRun(row[side], place, point);
      }
    }
    row.past.push(series.past);
  }
  return [...rows.values()].map(({ past, ...row }) => finish(row, past, input, sides, history));
}

const NONE: number[] = [];

/** Days (UTC) of the runs in the places that `placesOf` and `historyPlaces` give them. */
function daysByEnvironment({ baseline, contender, history, paired }: GatherInput) {
  const known = new Map<number, FamilyRow["days"]>();
  const from = new Map([...paired].map(([own, other]) => [other, own]));
  const daysIn = (runs: readonly Pick<HistoryRun, "environmentId" | "startedAt">[], environmentId: number) =>
    runs.flatMap((run) => (run.environmentId === environmentId ? [run.startedAt?.slice(0, 10) ?? null] : []));
  return (environmentId: number): FamilyRow["days"] => {
    const found = known.get(environmentId) ?? {
      baseline: daysIn(baseline.runs, from.get(environmentId) ?? environmentId),
      contender: daysIn(contender.runs, environmentId),
      history: daysIn(history, environmentId),
    };
    known.set(environmentId, found);
    return found;
  };
}

type Sides = Record<"baseline" | "contender", Map<number, SidePlaces>>;

/** The runs of a side by environment, in the order of the side. */
export function placesOf(
  { positions, ...input }: Pick<GatherInput, "baseline" | "contender" | "positions">,
  which: "baseline" | "contender",
): Map<number, SidePlaces> {
  const { runs, isBranch } = input[which];
  const found = new Map<number, SidePlaces>();
  for (const run of runs) {
    let environment = found.get(run.environmentId);
    if (!environment) {
      environment = { places: new Map(), newest: new Set(), positions: isBranch ? new Map() : null };
      found.set(run.environmentId, environment);
    }
    const place = environment.places.size;
    environment.places.set(run.id, place);
    environment.positions?.set(place, positions.get(run.commitId) ?? 0);
    if (!isBranch || run.commitId === newestCommit(runs, run.environmentId)) environment.newest.add(place);
  }
  return found;
}

const newestCommit = (runs: readonly SideRun[], environmentId: number) =>
  runs.find((run) => run.environmentId === environmentId)?.commitId;

const samplesOf = ([, median, lo, hi]: Measured): number[] => (lo === hi ? [median] : [lo, median, hi]);

function withRun(side: RowSide | null, place: number, point: Measured): RowSide {
  const { runs, counts } = side ?? { runs: [], counts: [] };
  while (runs.length <= place) {
    runs.push(null);
    counts.push(0);
  }
  runs[place] = samplesOf(point);
  counts[place] = point[4];
  return { runs, counts };
}

/** Place of each run of the history within its environment, and its position. */
type HistoryPlaces = ReadonlyMap<number, { place: number; position: number; environmentId: number }>;

function historyPlaces(runs: readonly HistoryRun[]): HistoryPlaces {
  const counts = new Map<number, number>();
  return new Map(
    runs.map(({ id, environmentId, position }) => {
      const place = counts.get(environmentId) ?? 0;
      counts.set(environmentId, place + 1);
      return [id, { place, position, environmentId }];
    }),
  );
}

function finish(
  row: GatheredRow,
  past: readonly MeasuredSeries["past"][],
  input: GatherInput,
  sides: Sides,
  history: HistoryPlaces,
): GatheredRow {
  const stretches = input.stretches.get(lineKey(row)) ?? [];
  const baseEnvironment = [...input.paired].find(([, to]) => to === row.environmentId)?.[0] ?? row.environmentId;
  return {
    ...row,
    baseline: present(row.baseline, sides.baseline.get(baseEnvironment), stretches),
    contender: present(row.contender, sides.contender.get(row.environmentId), stretches),
    history: historyOf(past, row.environmentId, history, stretches),
  };
}

/** Of a branch: nothing without a value at its newest commit, and earlier runs only within the present segment. */
function present(side: RowSide | null, places: SidePlaces | undefined, stretches: readonly Stretch[]): RowSide | null {
  if (!side || !places?.positions) return side;
  const { newest, positions } = places;
  if (!side.runs.some((run, place) => run !== null && newest.has(place))) return null;
  const from = stretches[0]?.from ?? Number.POSITIVE_INFINITY;
  const isPresent = (place: number) => newest.has(place) || (positions.get(place) ?? -1) >= from;
  return {
    runs: side.runs.map((run, place) => (isPresent(place) ? run : null)),
    counts: side.counts.map((count, place) => (isPresent(place) ? count : 0)),
  };
}

/**
 * The runs on the stretch that holds the newest of them: one level. Of two environments that are held against each other the
 * contender's alone: a place is one run.
 */
function historyOf(
  past: readonly MeasuredSeries["past"][],
  environmentId: number,
  history: HistoryPlaces,
  stretches: readonly Stretch[],
): number[] {
  let newest = -1;
  for (const { runs } of past)
    for (const run of runs) {
      const at = history.get(run);
      if (at?.environmentId === environmentId && at.position > newest) newest = at.position;
    }
  const stretch = stretches.find(({ from, to }) => from <= newest && newest <= to);
  if (!stretch) return NONE;
  const found: number[] = [];
  for (const { runs, medians } of past)
    runs.forEach((run, i) => {
      const at = history.get(run);
      if (at?.environmentId !== environmentId || at.position < stretch.from || at.position > stretch.to) return;
      while (found.length <= at.place) found.push(Number.NaN);
      found[at.place] = medians[i] as number;
    });
  return found;
}

/** A case that cannot be compared, and why. */
export type OneSidedKind = "missing" | "failed" | "skipped" | "new" | "version";

export type GatheredOneSided = {
  kind: OneSidedKind;
  caseId: number;
  version: string;
  /** The other side's version, of kind version. */
  otherVersion: string | null;
  environmentId: number;
  /** Metrics that only one side has; null: the whole case. */
  metricIds: number[] | null;
  /** Metrics that one of the sides has. */
  presentIds: number[];
  error: string | null;
};

type CaseSides = {
  caseId: number;
  version: string;
  environmentId: number;
  has: { baseline: number[]; contender: number[]; both: number };
  mishap: { baseline: Mishap | null; contender: Mishap | null };
};

/**
 * What is on one side only, a line per case and environment. Only environments that both sides have are looked at. A failure
 * beside good runs of the same side is not listed here: its good values are compared.
 */
export function gatherOneSided(
  rows: readonly GatheredRow[],
  input: Pick<GatherInput, "baseline" | "contender" | "paired">,
  mishaps: readonly Mishap[],
): GatheredOneSided[] {
  const cases = casesOf(rows, input, mishaps);
  const versions = new Map<string, CaseSides[]>();
  for (const one of cases.values()) {
    const key = `${one.caseId} ${one.environmentId}`;
    versions.set(key, [...(versions.get(key) ?? []), one]);
  }
  return [...cases.values()].flatMap((one) => {
    const told = tell(one, versions.get(`${one.caseId} ${one.environmentId}`) ?? []);
    return told ? [told] : [];
  });
}

function casesOf(
  rows: readonly GatheredRow[],
  { baseline, contender, paired }: Pick<GatherInput, "baseline" | "contender" | "paired">,
  mishaps: readonly Mishap[],
): Map<string, CaseSides> {
  const cases = new Map<string, CaseSides>();
  const caseOf = (caseId: number, version: string, environmentId: number): CaseSides => {
    const key = `${caseId} ${environmentId} ${version}`;
    const known = cases.get(key);
    if (known) return known;
    const none = { baseline: [], contender: [], both: 0 };
    const made = { caseId, version, environmentId, has: none, mishap: { baseline: null, contender: null } };
    cases.set(key, made);
    return made;
  };
  for (const row of rows) {
    if (!row.baseline && !row.contender) continue;
    const { has } = caseOf(row.caseId, row.version, row.environmentId);
    if (row.baseline && row.contender) has.both++;
    else has[row.baseline ? "baseline" : "contender"].push(row.metricId);
  }
  for (const [which, side] of [
    ["baseline", baseline],
    ["contender", contender],
  ] as const) {
    const runs = new Map(side.runs.map((run) => [run.id, run]));
    for (const mishap of mishaps) {
      const run = runs.get(mishap.runId);
      if (!run || (side.isBranch && run.commitId !== newestCommit(side.runs, run.environmentId))) continue;
      const environmentId = paired.get(run.environmentId) ?? run.environmentId;
      const one = caseOf(mishap.caseId, mishap.version, environmentId);
      if (one.mishap[which]?.outcome !== "failed") one.mishap[which] = mishap;
    }
  }
  return cases;
}

function tell(one: CaseSides, versions: readonly CaseSides[]): GatheredOneSided | null {
  const { caseId, version, environmentId, has, mishap } = one;
  const presentIds = [...has.baseline, ...has.contender];
  const base = { caseId, version, environmentId, otherVersion: null, metricIds: null, presentIds, error: null };
  const lacking = has.baseline.length > 0 || has.contender.length === 0 ? "contender" : "baseline";
  if (has.both > 0) {
    if (presentIds.length === 0) return null;
    return { ...base, kind: has.baseline.length > 0 ? "missing" : "new", metricIds: presentIds };
  }
  if (has.baseline.length === 0 && has.contender.length === 0) {
    const worst = mishap.contender ?? mishap.baseline;
    return worst ? { ...base, kind: worst.outcome, error: worst.error } : null;
  }
  const other = versions.find((same) => same !== one && same.has[lacking].length > 0);
  // Told once, from the side of the baseline.
  if (other) return lacking === "contender" ? { ...base, kind: "version", otherVersion: other.version } : null;
  if (lacking === "contender")
    return { ...base, kind: mishap.contender?.outcome ?? "missing", error: mishap.contender?.error ?? null };
  return { ...base, kind: "new", error: mishap.baseline?.error ?? null };
}
