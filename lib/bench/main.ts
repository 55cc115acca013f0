import { parseArgs } from "node:util";
import { benchAccuracy } from "./accuracy";
import { benchCompare } from "./compare";
import { benchCrash } from "./crash";
import { benchDetect } from "./detect";
import { benchIngest } from "./ingest";
import { benchNext } from "./next";
import { benchPages } from "./pages";
import { benchProject } from "./project";

/** Options are whole numbers from 1, given here with what they are by default. */
type Bench<Name extends string> = {
  options: Record<Name, number>;
  run: (options: Record<Name, number>) => Promise<number> | number;
};

const BENCHES: Record<string, Bench<never>> = {
  ingest: bench({ documents: 1000, clients: 8, rounds: 3 }, benchIngest),
  crash: bench({ documents: 400, clients: 4, rounds: 6, seed: 1 }, benchCrash),
  detect: bench({ rounds: 7 }, benchDetect),
  pages: bench({ workloads: 1000, commits: 2000, long: 10_000, rounds: 7 }, benchPages),
  compare: bench({ cases: 2000, commits: 100, rounds: 7 }, benchCompare),
  next: bench({ searches: 200, seed: 1 }, benchNext),
  project: bench({ projects: 20, seed: 1 }, benchProject),
  accuracy: bench({ series: 2400, seed: 2026 }, benchAccuracy),
};

/** Runs one benchmark. Gives the exit code: 1 where something was lost, doubled, left over, or beyond its limit. */
export async function main(args: string[]): Promise<number> {
  const [what = "", ...rest] = args;
  const chosen = Object.hasOwn(BENCHES, what) ? BENCHES[what] : undefined;
  try {
    if (chosen) return await chosen.run(readOptions(chosen.options, rest));
  } catch (error) {
    if (!(error instanceof TypeError && "code" in error)) throw error;
    console.error(error.message); // an option that is not known
  }
  console.error(Object.entries(BENCHES).map(usage).join("\n"));
  return 2;
}

/** Options of one benchmark stand in one table with those of the others; each is given its own. */
function bench<Name extends string>(options: Record<Name, number>, run: Bench<Name>["run"]): Bench<never> {
  return { options, run: (values: Record<string, number>) => run(values as Record<Name, number>) };
}

function usage([name, { options }]: [string, Bench<never>]): string {
  const texts = Object.entries<number>(options).map(([option, value]) => `[--${option} ${value}]`);
  return `npm run bench -- ${[name, ...texts].join(" ")}`;
}

function readOptions(defaults: Record<string, number>, args: string[]): Record<string, number> {
  const options = Object.fromEntries(
    Object.entries(defaults).map(([name, value]) => [name, { type: "string", default: String(value) } as const]),
  );
  const { values } = parseArgs({ args, options });
  return Object.fromEntries(Object.entries(values).map(([name, text]) => [name, readCount(name, String(text))]));
}

function readCount(name: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1) return value;
  throw Object.assign(new TypeError(`--${name} takes a whole number from 1.`), { code: "ERR_PARSE_ARGS" });
}
