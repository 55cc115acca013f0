import type { Fault } from "@/lib/errors";

/** What the exit code of every command says. Scripts rely on it (docs/cli.md has the table). */
export const EXIT = {
  done: 0,
  /** The answer is no: the server refused the content. */
  no: 1,
  /** Wrong use: options, files, token, project. */
  wrongUse: 2,
  /** The server or the network failed; the same command may be run again. */
  server: 3,
  cannotTell: 4,
} as const;
export type Exit = (typeof EXIT)[keyof typeof EXIT];

/** An end of the command that is not `done`. The text names the thing, the fault and the way out. */
export abstract class CliError extends Error {
  abstract readonly exit: Exit;
  readonly faults: readonly Fault[] = [];
  override get name(): string {
    return this.constructor.name;
  }
}

/** The command line, a file or a setting is wrong. Nothing was asked of the server. */
export class WrongUse extends CliError {
  readonly exit = EXIT.wrongUse;
  constructor(
    message: string,
    override readonly faults: readonly Fault[] = [],
  ) {
    super(message);
  }
}

/** Statuses that speak of who asks and where, not of what was sent. */
const ACCESS_STATUSES = new Set([401, 403, 404, 405]);

/** The server answered no, and would answer no again: never sent twice. */
export class Refused extends CliError {
  constructor(
    message: string,
    readonly status: number,
    override readonly faults: readonly Fault[] = [],
  ) {
    super(message);
  }
  /** True: the document is at fault. False: token, project or address are; every document would be refused. */
  get isAboutContent(): boolean {
    return this.status >= 400 && !ACCESS_STATUSES.has(this.status);
  }
  get exit(): Exit {
    return this.isAboutContent ? EXIT.no : EXIT.wrongUse;
  }
}

/** No answer, or one that says nothing about the request. */
export class ServerFailed extends CliError {
  readonly exit = EXIT.server;
  constructor(
    message: string,
    /** False: a fault of this one request (500); others may still pass. */
    readonly isAway = true,
  ) {
    super(message);
  }
}

/** Lines that tell `error` on a terminal: the text, then each fault with its path. */
export function describeError(error: CliError): string[] {
  return [error.message, ...error.faults.map(describeFault)];
}

/** One line for a fault: where in the document, what, and the way out. */
export function describeFault(fault: Fault): string {
  return `  ${fault.path}: ${fault.message}`;
}
