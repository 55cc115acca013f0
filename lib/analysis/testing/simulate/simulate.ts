import { KINDS, noise } from "@/lib/changepoint/testing/generate";
import { normalDraw } from "@/lib/changepoint/testing/random";
import { seeded } from "@/lib/stats/random";
import type { EnvironmentMove, SimulatedLine, SimulatedProject, SimulatedRun, Truth } from "./types";

type Random = () => number;

const METRICS = [
  { name: "duration", level: 20, noise: [0.01, 0.05] },
  { name: "peak_memory", level: 4e9, noise: [0.005, 0.03] },
  { name: "average_memory", level: 2e9, noise: [0.005, 0.03] },
] as const;
const ENVIRONMENTS = ["small-cluster", "large-cluster"];

/** Commits between two steps of one line, at least: room for eight measured ones. */
const ROOM = 30;
/** Share of lines that drift, and of runs that are late, missing, slow as a whole; of results that are missing. */
const DRIFTING = 0.03;
const LATE = 0.05;
const MISSING = 0.04;
const SLOW = 0.012;
const FAILED = 0.01;
/** Pinned cases per environment. */
const CONTROLS = 4;

/**
 * A project as test clusters make it: 150 to 400 commits, 20 to 40 workloads, three metrics, two environments, of which
 * neither measures every commit; six kinds of noise and a factor per run; steps of groups and of single workloads in both
 * directions, drift, slow runs, a new version of one workload, changed facts, late and missing runs, controls, and in half of
 * the projects an environment that moves.
 * The same seed gives the same project.
 */
export function simulate(seed: number): SimulatedProject {
  const random = seeded(seed * 7919 + 17);
  const commits = 150 + Math.floor(random() * 251);
  const workloads = Array.from({ length: 20 + Math.floor(random() * 21) }, (_, k) => nameOf(k));
  const lines = workloads.flatMap((workload) => linesOf(workload, random));
  const truths = makeTruths(commits, workloads, lines, random);
  const newVersion = {
    workload: workloads[Math.floor(random() * workloads.length)] ?? nameOf(0),
    at: Math.floor(commits * (0.3 + 0.4 * random())),
  };
  // Drawn apart from the rest, so that a project with a move is the same one otherwise.
  const move = makeMove(commits, truths, seeded(seed * 104_729 + 5));
  const project = { seed, commits, lines, truths, newVersion, move };
  const runs = ENVIRONMENTS.flatMap((environment, k) => makeRuns(project, environment, k === 0 ? 0.75 : 0.5, random));
  return { ...project, runs: inOrderOfArrival(runs, random) };
}

const nameOf = (k: number) => `${["array", "frame", "bag", "graph"][k % 4]}/work_${String(k).padStart(2, "0")}`;

function linesOf(workload: string, random: Random): SimulatedLine[] {
  const size = Math.exp(normalDraw(random));
  return METRICS.flatMap((metric) =>
    ENVIRONMENTS.map((environment, k): SimulatedLine => {
      const [least, most] = metric.noise;
      return {
        name: JSON.stringify([workload, metric.name, environment]),
        workload,
        metric: metric.name,
        environment,
        level: metric.level * size * (k === 0 ? 1 : 0.6),
        noise: least + (most - least) * random(),
        kind: KINDS[Math.floor(random() * KINDS.length)] ?? "normal",
        drift: random() < DRIFTING ? (random() < 0.5 ? -1 : 1) * (0.04 + 0.06 * random()) : 0,
      };
    }),
  );
}

/** Steps of groups (a third of the workloads, one or several metrics) and of single workloads, room between those of one line. */
function makeTruths(commits: number, workloads: string[], lines: SimulatedLine[], random: Random): Truth[] {
  const wanted = 4 + Math.floor(random() * 7);
  const taken = new Map<string, number[]>();
  const truths: Truth[] = [];
  for (let attempt = 0; attempt < 200 && truths.length < wanted; attempt++) {
    const at = ROOM + Math.floor(random() * (commits - ROOM - 12));
    const effects = makeEffects(workloads, lines, random);
    const isFree = [...effects.keys()].every((line) => (taken.get(line) ?? []).every((o) => Math.abs(o - at) >= ROOM));
    if (!isFree || truths.some((other) => other.at === at)) continue;
    for (const line of effects.keys()) taken.set(line, [...(taken.get(line) ?? []), at]);
    truths.push({ at, effects });
  }
  return truths.sort((a, b) => a.at - b.at);
}

function makeEffects(workloads: string[], lines: SimulatedLine[], random: Random): Map<string, number> {
  const isGroup = random() < 0.5;
  const share = isGroup ? 0.2 + 0.4 * random() : 0;
  const one = workloads[Math.floor(random() * workloads.length)];
  const hit = new Set(workloads.filter((workload) => (isGroup ? random() < share : workload === one)));
  const metrics = new Set(METRICS.map(({ name }) => name).filter(() => random() < 0.5));
  if (metrics.size === 0) metrics.add("duration");
  const sign = random() < 0.6 ? 1 : -1;
  const size = 0.05 + 0.2 * random() ** 2;
  // What costs memory saves time now and then: a mixed shift.
  const signs = new Map(METRICS.map(({ name }) => [name as string, random() < 0.8 ? sign : -sign]));
  return new Map(
    lines
      .filter(({ workload, metric }) => hit.has(workload) && metrics.has(metric as (typeof METRICS)[number]["name"]))
      .map(({ name, metric }) => [name, (signs.get(metric) ?? sign) * size * (0.6 + 0.8 * random())]),
  );
}

/** Away from the steps of its environment's durations: two at once would be one shift of both kinds. */
function makeMove(commits: number, truths: readonly Truth[], random: Random): EnvironmentMove | null {
  if (random() < 0.5) return null;
  const environment = ENVIRONMENTS[Math.floor(random() * ENVIRONMENTS.length)] ?? "";
  const effect = (random() < 0.6 ? 1 : -1) * (0.06 + 0.08 * random());
  for (let attempt = 0; attempt < 50; attempt++) {
    const at = ROOM + Math.floor(random() * (commits - 2 * ROOM));
    if (truths.every((truth) => Math.abs(truth.at - at) >= ROOM / 2)) return { environment, at, effect };
  }
  return null;
}

type Plan = Omit<SimulatedProject, "runs">;

function makeRuns(project: Plan, environment: string, share: number, random: Random): SimulatedRun[] {
  const factsAt = random() < 0.5 ? Math.floor(project.commits * (0.3 + 0.4 * random())) : Number.POSITIVE_INFINITY;
  const measured = Array.from({ length: project.commits }, (_, position) => position).filter(() => random() < share);
  // Some commits are measured again.
  const positions = measured.flatMap((position) => (random() < 0.15 ? [position, position] : [position]));
  const runs = positions.map((position, k): SimulatedRun => {
    const facts = position >= factsAt ? 1 : 0;
    return {
      key: `${environment}-${k}`,
      start: k,
      position,
      environment,
      facts,
      slow: random() < SLOW,
      results: [],
      controls: [],
    };
  });
  const spread = 0.008 * random();
  const factors = runs.map(() => Math.exp(spread * normalDraw(random)));
  const slowness = runs.map(({ slow }) => (slow ? 1.12 + 0.4 * random() : 1));
  const facts = 0.85 + 0.3 * random();
  const moved = runs.map(({ position }) => moveAt(project, environment, position));
  for (const line of project.lines.filter((one) => one.environment === environment)) {
    const errors = noise(line.kind, runs.length, random);
    runs.forEach((run, k) => {
      const time = line.metric === "duration" ? (factors[k] ?? 1) * (slowness[k] ?? 1) * (moved[k] ?? 1) : 1;
      const value =
        levelAt(project, line, run.position) * time * (run.facts ? facts : 1) * (1 + line.noise * (errors[k] ?? 0));
      if (random() >= FAILED) addSamples(project, run, line, value, random);
    });
  }
  const apart = seeded(project.seed * 15_485_863 + environment.length);
  runs.forEach((run, k) => {
    const time = 20 * (factors[k] ?? 1) * (slowness[k] ?? 1) * (moved[k] ?? 1) * (run.facts ? facts : 1);
    run.controls = Array.from({ length: CONTROLS }, () => time * (1 + 0.02 * normalDraw(apart)));
  });
  return runs.filter(() => random() >= MISSING);
}

const moveAt = ({ move }: Plan, environment: string, position: number): number =>
  move?.environment === environment && position >= move.at ? 1 + move.effect : 1;

/** The level of a line at a commit, without noise; the new version of a workload does other work. */
export function levelAt({ truths, commits, newVersion }: Plan, line: SimulatedLine, position: number): number {
  let level = line.level * (1 + (line.drift * position) / commits);
  for (const { at, effects } of truths) if (position >= at) level *= 1 + (effects.get(line.name) ?? 0);
  return line.workload === newVersion.workload && position >= newVersion.at ? level * 1.4 : level;
}

function addSamples(project: Plan, run: SimulatedRun, line: SimulatedLine, value: number, random: Random): void {
  const { workload, at } = project.newVersion;
  const version = line.workload === workload && run.position >= at ? "2" : "1";
  let result = run.results.find((one) => one.workload === line.workload);
  if (!result) {
    result = { workload: line.workload, version, metrics: {} };
    run.results.push(result);
  }
  // Three repeats on one cluster: they share what is wrong with it.
  result.metrics[line.metric] = [0, 1, 2].map(() => value * (1 + 0.004 * normalDraw(random)));
}

/** By commit, both environments in turn; the late ones up to a tenth of the history later. */
function inOrderOfArrival(runs: SimulatedRun[], random: Random): SimulatedRun[] {
  const late = runs.length / 10;
  return runs
    .map((run) => ({ run, at: run.position + random() + (random() < LATE ? late * random() : 0) }))
    .sort((a, b) => a.at - b.at)
    .map(({ run }) => run);
}
