import { parseArgs } from "node:util";
import { benchAccuracy } from "./accuracy";
import { benchCompare } from "./compare";
import { benchCrash } from "./crash";
import { benchDetect } from "./detect";
import { benchIngest } from "./ingest";
import { benchNext } from "./next";
import { benchPages, PARTS } from "./pages";
import { benchProject } from "./project";

/** Options are whole numbers from 1, given here with what they are by default; `parts` of which one alone can be run. */
type Bench<Name extends string> = {
  options: Record<Name, number>;
  parts?: readonly string[];
  run: (options: Record<Name, number>, part: string | null) => Promise<number> | number;
};

const BENCHES: Record<string, Bench<never>> = {
  ingest: bench({ documents: 1000, clients: 8, rounds: 3 }, benchIngest),
  crash: bench({ documents: 400, clients: 4, rounds: 6, seed: 1 }, benchCrash),
  detect: bench({ rounds: 7 }, benchDetect),
  pages: bench({ workloads: 1000, commits: 2000, long: 10_000, rows: 5000, rounds: 7 }, benchPages, PARTS),
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
    if (chosen) {
      const { options, part } = readOptions(chosen, rest);
      return await chosen.run(options, part);
    }
  } catch (error) {
    if (!(error instanceof TypeError && "code" in error)) throw error;
    console.error(error.message); // an option that is not known
  }
  console.error(Object.entries(BENCHES).map(usage).join("\n"));
  return 2;
}

/** Options of one benchmark stand in one table with those of the others; each is given its own. */
function bench<Name extends string>(
  options: Record<Name, number>,
  run: Bench<Name>["run"],
  parts?: readonly string[],
): Bench<never> {
  return { options, parts, run: (values: Record<string, number>, part) => run(values as Record<Name, number>, part) };
}

function usage([name, { options, parts }]: [string, Bench<never>]): string {
  const texts = Object.entries<number>(options).map(([option, value]) => `[--${option} ${value}]`);
  return `npm run bench -- ${[name, ...texts, ...(parts ? [`[--part ${parts.join("|")}]`] : [])].join(" ")}`;
}

function readOptions({ options: defaults, parts }: Bench<never>, args: string[]) {
  const options = Object.fromEntries(
    Object.entries<number>(defaults).map(([name, value]) => [
      name,
      { type: "string", default: String(value) } as const,
    ]),
  );
  const { values } = parseArgs({ args, options: { ...options, ...(parts && { part: { type: "string" as const } }) } });
  const { part = null, ...counts } = values as Record<string, string>;
  if (part !== null && !parts?.includes(part)) throw badArgument(`--part takes ${parts?.join(" or ")}.`);
  return {
    options: Object.fromEntries(Object.entries(counts).map(([name, text]) => [name, readCount(name, text)])),
    part,
  };
}

function readCount(name: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1) return value;
  throw badArgument(`--${name} takes a whole number from 1.`);
}

const badArgument = (text: string) => Object.assign(new TypeError(text), { code: "ERR_PARSE_ARGS" });
