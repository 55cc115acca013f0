import { parseArgs } from "node:util";
import { benchCrash } from "./crash";
import { benchIngest } from "./ingest";

const USAGE = `npm run bench -- ingest [--documents 1000] [--clients 8] [--rounds 3]
npm run bench -- crash [--documents 400] [--clients 4] [--rounds 6] [--seed 1]`;

/** Runs one benchmark. Gives the exit code: 1 where something was lost, doubled or left over. */
export async function main(args: string[]): Promise<number> {
  const number = (fallback: string) => ({ type: "string", default: fallback }) as const;
  const [what, ...rest] = args;
  try {
    if (what === "ingest") {
      const options = { documents: number("1000"), clients: number("8"), rounds: number("3") };
      const { values } = parseArgs({ args: rest, options });
      return await benchIngest(counts(values));
    }
    if (what === "crash") {
      const options = { documents: number("400"), clients: number("4"), rounds: number("6"), seed: number("1") };
      const { values } = parseArgs({ args: rest, options });
      return await benchCrash(counts(values));
    }
  } catch (error) {
    if (!(error instanceof TypeError && "code" in error)) throw error;
    console.error(error.message); // an option that is not known
  }
  console.error(USAGE);
  return 2;
}

function counts<Name extends string>(values: Record<Name, string>): Record<Name, number> {
  const entries = Object.entries<string>(values).map(([name, text]) => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < 1)
      throw Object.assign(new TypeError(`--${name} takes a whole number from 1.`), { code: "ERR_PARSE_ARGS" });
    return [name, value];
  });
  return Object.fromEntries(entries) as Record<Name, number>;
}
