import { describeError, describeFault, EXIT, type Exit, type Refused, type ServerFailed, type WrongUse } from "../exit";
import type { Io, TalkOptions } from "../io";
import type { Outcome } from "./deliver";

type Kind = Outcome["kind"];

/** Collects what became of every document, tells it at once, and sums it up. */
export type Report = {
  add: (outcomes: readonly Outcome[]) => void;
  /** A file or document that could not be read. */
  addFault: (fault: WrongUse) => void;
  /** Prints the end (`stopped`: why nothing more was sent) and says how the command ends. */
  finish: (stopped: Refused | ServerFailed | null) => Exit;
};

/** The report of one push. `beforeLine` clears the progress bar away. */
export function createReport(io: Io, options: TalkOptions & { dryRun?: boolean }, beforeLine: () => void): Report {
  const outcomes: Outcome[] = [];
  const faults: WrongUse[] = [];
  const verb = options.dryRun ? "would store" : "stored";
  return {
    add: (added) => {
      if (added.length === 0) return;
      outcomes.push(...added);
      beforeLine();
      for (const outcome of added) tellOutcome(outcome, io, options, verb);
    },
    addFault: (fault) => {
      faults.push(fault);
      beforeLine();
      for (const line of describeError(fault)) io.tell(line);
    },
    finish: (stopped) => {
      if (options.json) io.print(JSON.stringify(summarise(outcomes, faults, options.dryRun === true)));
      if (stopped) io.tell(stopped.message);
      if (!options.quiet) io.tell(countKinds(outcomes, faults.length, verb));
      tellRest(outcomes, stopped, io);
      return exitOf(outcomes, faults.length, stopped);
    },
  };
}

function tellOutcome(outcome: Outcome, io: Io, { json }: TalkOptions, verb: string): void {
  const name = outcome.key ?? outcome.place;
  if (outcome.kind === "refused") {
    const run = outcome.key === null ? "" : ` (run ${outcome.key})`;
    io.tell(`refused: ${outcome.place}${run}: ${outcome.message}`);
    for (const fault of outcome.faults) io.tell(describeFault(fault));
  } else if (json) return;
  else if (outcome.kind === "stored") io.print(`${verb} ${name}${wordCounts(outcome)}`);
  else if (outcome.kind === "unchanged") io.print(`unchanged ${name}`);
}

function wordCounts({ results, samples }: Outcome & { kind: "stored" }): string {
  return results === null ? "" : `  ${results} results, ${samples ?? 0} samples`;
}

function countKinds(outcomes: readonly Outcome[], unreadable: number, verb: string): string {
  const count = (kind: Kind) => outcomes.filter((outcome) => outcome.kind === kind).length;
  const parts: [number, string][] = [
    [count("unchanged"), "unchanged"],
    [count("refused"), "refused"],
    [unreadable, "unreadable"],
    [count("kept"), "kept on disk"],
    [count("unsent"), "NOT sent"],
  ];
  return [`${count("stored")} ${verb}`, ...parts.filter(([n]) => n > 0).map(([n, word]) => `${n} ${word}`)].join(", ");
}

function tellRest(outcomes: readonly Outcome[], stopped: Error | null, io: Io): void {
  const files = new Set(outcomes.flatMap((outcome) => (outcome.kind === "kept" ? outcome.file : [])));
  if (files.size > 0)
    io.tell(
      `Nothing is lost: what could not be sent lies in ${[...files].join(", ")}. The next push with this spool sends it first; \`tidemark push --flush\` sends only that.`,
    );
  const unsent = outcomes.filter((outcome) => outcome.kind === "unsent");
  const reasons = new Set(unsent.map(({ message }) => message));
  for (const reason of reasons) if (reason !== stopped?.message) io.tell(`not sent: ${reason}`);
  if (unsent.length > 0)
    io.tell("Push the same files again: runs that did arrive stay as they are. --spool keeps them.");
}

function summarise(outcomes: readonly Outcome[], faults: readonly WrongUse[], dryRun: boolean): object {
  const of = (kind: Kind) => outcomes.filter((outcome) => outcome.kind === kind).map(({ kind: _, ...rest }) => rest);
  return {
    dryRun,
    stored: of("stored"),
    unchanged: of("unchanged"),
    refused: of("refused"),
    unreadable: faults.map(({ message, faults }) => ({ message, faults })),
    kept: of("kept"),
    unsent: of("unsent"),
  };
}

/** What needs a person comes before what only needs time: access, refused content, unreadable files, the server. */
function exitOf(outcomes: readonly Outcome[], unreadable: number, stopped: Refused | ServerFailed | null): Exit {
  if (stopped?.exit === EXIT.wrongUse) return EXIT.wrongUse;
  if (outcomes.some(({ kind }) => kind === "refused")) return EXIT.no;
  if (unreadable > 0) return EXIT.wrongUse;
  if (outcomes.some(({ kind }) => kind === "kept" || kind === "unsent")) return EXIT.server;
  return EXIT.done;
}
