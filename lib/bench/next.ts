import type { Kind } from "../changepoint/testing/generate";
import { CERTAIN } from "../plan/constants";
import {
  repeatsFor,
  type Setting,
  type Summary,
  searchByHalves,
  searchByPlan,
  summarise,
} from "../plan/testing/simulate";
import { table } from "./table";

const REPEATS = 5;
const COMMITS = [2, 5, 20, 50, 200];
const EFFECTS = [1, 1.5, 2, 3, 5, 10];
const KINDS: Kind[] = ["heavy", "skewed", "twoHumped", "spikes", "autocorrelated"];

type Row = { setting: Omit<Setting, "seed">; plan: Summary; five: Summary; enough: Summary; repeats: number };

/**
 * The search for the commit of a shift against plain bisection: runs and share of wrong commits, per length of the range and
 * size of the step. Bisection gets five repeats at each step, and as many as make it right as often as the plan says it is.
 * 1 when the plan needs more runs than five repeats (or as many as it takes) anywhere, or is wrong beyond its certainty over all.
 */
export function benchNext({ searches, seed }: { searches: number; seed: number }): number {
  const settings: Row["setting"][] = [
    ...COMMITS.flatMap((commits) => EFFECTS.map((effect) => ({ commits, effect }))),
    ...KINDS.map((kind) => ({ commits: 50, effect: 3, kind })),
    { commits: 50, effect: 3, room: 3 },
    { commits: 50, effect: 3, history: 8, room: 3 },
  ];
  const rows = settings.map((setting) => measure(setting, searches, seed));
  console.log(table(HEADINGS, rows.map(cells)));
  const wrong = rows.reduce((sum, { plan }) => sum + plan.wrong, 0) / rows.length;
  const costly = rows.filter(({ plan, five, enough }) => plan.runs >= Math.max(five.runs, enough.runs));
  console.log(`\nwrong over all ${searches * rows.length} searches: ${(100 * wrong).toFixed(1)} %; allowed: 5 %`);
  console.log(JSON.stringify({ bench: "next", searches, seed, wrong, rows }));
  return wrong > 1 - CERTAIN || costly.length > 0 ? 1 : 0;
}

function measure(setting: Row["setting"], searches: number, seed: number): Row {
  const seeds = Array.from({ length: searches }, (_, i) => seed + 7919 * i);
  const repeats = repeatsFor(setting.commits, setting.effect, 1 - CERTAIN);
  const halves = (count: number) => summarise(seeds.map((one) => searchByHalves({ ...setting, seed: one }, count)));
  return {
    setting,
    repeats,
    plan: summarise(seeds.map((one) => searchByPlan({ ...setting, seed: one }))),
    five: halves(REPEATS),
    enough: halves(Math.max(REPEATS, repeats)),
  };
}

const HEADINGS = [
  "commits",
  "sds",
  "noise",
  "plan: runs",
  "wrong",
  "expected",
  "polls",
  "bisection x 5: runs",
  "wrong",
  "repeats for 95 %",
  "runs",
  "wrong",
];

function cells({ setting, plan, five, enough, repeats }: Row): string[] {
  const share = (value: number) => `${(100 * value).toFixed(1)} %`;
  const about = [
    setting.kind ?? "normal",
    setting.room ? `+${setting.room}` : "",
    setting.history ? `${setting.history} runs a side` : "",
  ];
  return [
    String(setting.commits),
    String(setting.effect),
    about.filter(Boolean).join(" "),
    plan.runs.toFixed(1),
    share(plan.wrong),
    Number.isFinite(plan.expectedRuns) ? plan.expectedRuns.toFixed(1) : "-",
    plan.polls.toFixed(1),
    five.runs.toFixed(1),
    share(five.wrong),
    String(repeats),
    enough.runs.toFixed(1),
    share(enough.wrong),
  ];
}
