import { CommanderError } from "commander";
import { CliError, describeError, EXIT, type Exit, Refused } from "./exit";
import { type Io, processIo } from "./io";
import { createProgram, exitOfCommander } from "./program";

/** Runs the command that `args` (without node and script) name, and resolves to the exit code. Never throws. */
export async function main(args: readonly string[], io: Io = processIo()): Promise<Exit> {
  let exit: Exit = EXIT.done;
  const program = createProgram(io, (ended) => {
    exit = ended;
  });
  try {
    await program.parseAsync(args, { from: "user" });
    return exit;
  } catch (error) {
    return tellEnd(error, wantsJson(args), io);
  }
}

/** Is the answer wanted as JSON? A fault is then told so as well, also where the command line was not understood. */
function wantsJson(args: readonly string[]): boolean {
  return args.some(
    (arg, i) => arg === "--json" || arg === "--format=json" || (arg === "json" && args[i - 1] === "--format"),
  );
}

function tellEnd(error: unknown, isJson: boolean, io: Io): Exit {
  if (error instanceof CommanderError) return exitOfCommander(error);
  if (!(error instanceof CliError)) {
    io.tell(`tidemark: unexpected fault: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return EXIT.cannotTell;
  }
  const [first, ...rest] = describeError(error);
  for (const line of [`tidemark: ${first}`, ...rest]) io.tell(line);
  if (isJson) io.print(JSON.stringify({ error: toJson(error) }));
  return error.exit;
}

function toJson(error: CliError): object {
  const status = error instanceof Refused ? { status: error.status } : {};
  return { message: error.message, exit: error.exit, ...status, faults: error.faults };
}
