import { type Command, InvalidArgumentError, Option } from "commander";

/** Options of every command. */
export function withTalk(command: Command): Command {
  return command
    .option("--json", "print the answer as JSON on stdout, also when it is a fault")
    .option("-q, --quiet", "say nothing on stderr but faults");
}

/** Options of every command that talks to a server. */
export function withServer(command: Command): Command {
  return withTalk(command)
    .option("--url <address>", "address of the server (TIDEMARK_URL, else http://127.0.0.1:3000)")
    .option("--project <slug>", "the project (TIDEMARK_PROJECT)")
    .option("--token-file <file>", "file that holds the token (otherwise TIDEMARK_TOKEN)")
    .addOption(countOption("--retries <n>", "further attempts when the server is away or busy", 0).default(5))
    .addOption(countOption("--timeout <seconds>", "patience with one attempt", 1).default(60));
}

/** An option that takes a whole number of at least `least`. */
export function countOption(flags: string, description: string, least: number): Option {
  return new Option(flags, description).argParser((text: string) => {
    if (!/^\d{1,7}$/.test(text) || Number(text) < least)
      throw new InvalidArgumentError(`Give a whole number from ${least}.`);
    return Number(text);
  });
}

/** For options that may be given several times. */
export function collect(value: string, before: string[]): string[] {
  return [...before, value];
}
