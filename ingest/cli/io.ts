import type { Readable } from "node:stream";
import type { Environment } from "./http/settings";

/** What surrounds a command: its streams and variables. Tests bring their own. */
export type Io = {
  env: Environment;
  input: Readable;
  /** Data: a line on stdout. */
  print: (line: string) => void;
  /** Talk: a line on stderr. */
  tell: (line: string) => void;
  /** Does a person look at stderr? */
  isTerminal: boolean;
};

export type TalkOptions = { json?: boolean; quiet?: boolean };

/** The process's own streams. A reader that goes away early (`| head`) ends the output, not the command. */
export function processIo(): Io {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
  return {
    env: process.env,
    input: process.stdin,
    print: (line) => void process.stdout.write(`${line}\n`),
    tell: (line) => void process.stderr.write(`${line}\n`),
    isTerminal: process.stderr.isTTY === true,
  };
}

/** Talk that --quiet silences. Faults are told through `io.tell` itself: those are never silenced. */
export function createTalk(io: Io, { quiet }: TalkOptions): (line: string) => void {
  return quiet ? () => {} : io.tell;
}
