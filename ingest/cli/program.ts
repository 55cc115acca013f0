import { Command, type CommanderError } from "commander";
import { addCheck, addReport } from "./check/program";
import type { CommitsOptions } from "./commands/commits";
import type { CompareOptions } from "./commands/compare";
import type { AddEventOptions } from "./commands/events";
import type { NextOptions } from "./commands/next";
import type { PushOptions } from "./commands/push";
import type { ReleasesOptions } from "./commands/releases";
import type { CreateTokenOptions } from "./commands/token";
import { EXIT, type Exit } from "./exit";
import type { Io } from "./io";
import { collect, countOption, withServer, withTalk } from "./options";

const AFTER = `
Data goes to stdout, talk to stderr. Exit codes: 0 done, 1 the answer is no (content refused, a gate failed), 2 wrong use,
3 server or network, 4 cannot tell. The token comes from TIDEMARK_TOKEN or --token-file, never as an argument.`;

/** The command line as commander knows it. Each command is loaded when it runs. `end` receives how it ended. */
export function createProgram(io: Io, end: (exit: Exit) => void): Command {
  const program = new Command("tidemark");
  program
    .description("Sends benchmark results to a Tidemark server, and asks what became of them.")
    .addHelpText("after", AFTER)
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.print(text.trimEnd()), writeErr: (text) => io.tell(text.trimEnd()) });
  addPush(program, io, end);
  addCommits(program, io, end);
  addReleases(program, io, end);
  addEvents(program, io, end);
  addToken(program, io, end);
  addDetect(program, io, end);
  addCompare(program, io, end);
  addNext(program, io, end);
  addCheck(program, io, end);
  addReport(program, io, end);
  return program;
}

type End = (exit: Exit) => void;

function addPush(program: Command, io: Io, end: End): void {
  withServer(program.command("push [files...]"))
    .summary("send results: files, folders, or - for standard input")
    .description(
      "Sends result documents: .json, .ndjson, .jsonl, each also gzipped; one document, an array, or one after the other. " +
        "A run without a key gets one from CI job and attempt, environment and content; a commit left out is taken from " +
        "the git checkout. The same document twice is stored once, so a push may always be repeated.",
    )
    .option("--spool [dir]", "keep on disk what the server cannot take now (TIDEMARK_SPOOL, else .tidemark/spool)")
    .option("--flush", "send what waits in the spool; files may be left out")
    .option("--dry-run", "ask what would be stored, store nothing")
    .option("--repository <dir>", "git checkout to take a missing commit from", ".")
    .addHelpText(
      "after",
      `
Examples:
  tidemark push results.json
  tidemark push results/ --spool=/var/spool/tidemark
  my-benchmark --json | tidemark push -
  tidemark push --flush`,
    )
    .action(async (files: string[], options: PushOptions) => {
      const { push } = await import("./commands/push");
      end(await push(files, options, io));
    });
}

function addCommits(program: Command, io: Io, end: End): void {
  withServer(program.command("commits [repository]"))
    .summary("send the commit list of a branch from git")
    .description(
      "Sends `git log --first-parent` of a branch, oldest first, also commits that were never measured: the order of " +
        "points rests on it. Sending it again is harmless. Works on a detached checkout.",
    )
    .option("--branch <name>", "the branch (otherwise the default branch)")
    .option("--ref <revision>", "its head, where it is not known under its name: HEAD, a sha")
    .option("--since <date>", "only commits since then, as git log takes it")
    .addOption(countOption("--max <n>", "only the newest n", 1))
    .option("--tags", "send the tags of these commits too")
    .option("--dry-run", "print the list, send nothing")
    .addHelpText(
      "after",
      `
Examples:
  tidemark commits
  tidemark commits ~/src/dask --branch main --since 2024-01-01
  tidemark commits --branch main --ref HEAD`,
    )
    .action(async (repository: string | undefined, options: CommitsOptions) => {
      const { commits } = await import("./commands/commits");
      end(await commits(repository ?? ".", options, io));
    });
}

function addReleases(program: Command, io: Io, end: End): void {
  withServer(program.command("releases [source]"))
    .summary("send releases from git tags or a JSON file")
    .description(
      'Sends the tags of a git repository, or the releases of a JSON file: {"releases": [{"tag", "sha", "releasedAt"?}]}.',
    )
    .option("--pattern <glob>", "only tags like this (* and ?); may be given several times", collect, [])
    .option("--dry-run", "print the list, send nothing")
    .addHelpText(
      "after",
      `
Examples:
  tidemark releases --pattern 'v*'
  tidemark releases ~/src/dask --pattern '20*'
  tidemark releases releases.json`,
    )
    .action(async (source: string | undefined, options: ReleasesOptions) => {
      const { releases } = await import("./commands/releases");
      end(await releases(source ?? ".", options, io));
    });
}

function addEvents(program: Command, io: Io, end: End): void {
  const events = program.command("events").summary("note what changed beside the code: new VM type, new data set");
  events.description("Adds, lists and removes notes on the time axis. Adding and removing needs the scope triage.");
  withServer(events.command("add <text>"))
    .description("Adds an event at a commit or a time; now, when neither is given. Prints its number.")
    .option("--commit <sha>", "the commit it stands at; all 40 digits where the server does not know it yet")
    .option("--at <time>", "the time it stands at, with its zone: 2026-11-24T10:00:00Z")
    .option("--environment <name>", "only this environment")
    .option("--workload <name>", "only this workload")
    .option("--metric <name>", "only this metric")
    .option("--border", "detection does not cross it")
    .addHelpText(
      "after",
      '\nExample:\n  tidemark events add "New VM type" --commit "$GITHUB_SHA" --environment 10x-m6i.large --border',
    )
    .action(async (text: string, options: AddEventOptions) => {
      const { addEvent } = await import("./commands/events");
      end(await addEvent(text, options, io));
    });
  withServer(events.command("list"))
    .description("Lists the newest events: number, commit or time, text.")
    .action(async (options: AddEventOptions) => {
      const { listEvents } = await import("./commands/events");
      end(await listEvents(options, io));
    });
  withServer(events.command("remove <id>"))
    .description("Removes an event.")
    .action(async (id: string, options: AddEventOptions) => {
      const { removeEvent } = await import("./commands/events");
      end(await removeEvent(id, options, io));
    });
}

function addToken(program: Command, io: Io, end: End): void {
  const token = program.command("token").summary("make, list and revoke the project's tokens (needs an admin token)");
  token.description("Makes, lists and revokes the tokens of a project. Needs an admin token in TIDEMARK_TOKEN.");
  withServer(token.command("create"))
    .description("Makes a token. Its secret is printed once, alone on stdout.")
    .requiredOption("--name <name>", "what it is for")
    .option(
      "--scope <scope>",
      "read, ingest, triage or admin; several times or with commas (default: ingest)",
      collect,
      [],
    )
    .option("--no-default-branch", "it may not send results of the default branch (for untrusted jobs)")
    .addHelpText("after", "\nExample:\n  tidemark token create --project dask --name ci --scope ingest > token.txt")
    .action(async (options: CreateTokenOptions) => {
      const { createToken } = await import("./commands/token");
      end(await createToken(options, io));
    });
  withServer(token.command("list"))
    .description("Lists the tokens: id, name, scopes, last use. Secrets are not kept.")
    .action(async (options: CreateTokenOptions) => {
      const { listTokens } = await import("./commands/token");
      end(await listTokens(options, io));
    });
  withServer(token.command("revoke <id>"))
    .description("Revokes a token at once.")
    .action(async (id: string, options: CreateTokenOptions) => {
      const { revokeToken } = await import("./commands/token");
      end(await revokeToken(id, options, io));
    });
}

function addDetect(program: Command, io: Io, end: End): void {
  withTalk(program.command("detect <file>"))
    .summary("find the changepoints of series in a file; needs no server")
    .description(
      'Reads [{"name", "values", "better"?}] from a file or standard input (-) and prints {name: [changepoint, ...]}. ' +
        "A value is null (not measured), a number, an array of samples (one run), or an array of runs.",
    )
    .addHelpText(
      "after",
      `
Examples:
  tidemark detect series.json
  echo '[{"name": "a", "values": [1, 1, 1, 1, 1, 2, 2, 2, 2, 2]}]' | tidemark detect -`,
    )
    .action(async (path: string) => {
      const { detect } = await import("./commands/detect");
      end(await detect(path, io));
    });
}

function addCompare(program: Command, io: Io, end: End): void {
  withServer(program.command("compare [file]"))
    .summary("compare two sides: of a file, without a server, or by name on one")
    .description(
      'With a file (or -): reads [{"workload", "metric", "better", "baseline", "contender", "history"?}], a side being an ' +
        'array of runs, each an array of samples, or [{"family", "rows": [...]}], and prints the verdicts as JSON. ' +
        "With --baseline and --contender: compares two sides on the server. Exit code: 0 no regression, 1 a regression, " +
        "4 cannot tell (no data, missing or failed workloads, sides that are not alike). A file of several families ends with 0.",
    )
    .option(
      "--baseline <side>",
      "release:TAG, commit:SHA, branch:NAME, run:KEY, experiment:NAME/VARIANT or env:NAME; of a pull request its merge base when left out",
    )
    .option("--contender <side>", "the other side, written alike, or pr:N")
    .option("--environment <name>", "compare in this environment only")
    .option("--metric <name>", "rows of this metric only")
    .option("--workload <text>", "rows of workloads that hold this text only")
    .option("--markdown", "print the called rows as Markdown, for a pull request or an issue")
    .option("--table", "of a file: print the called rows as a table instead of JSON")
    .option(
      "--planned-runs <count>",
      "of a file: no verdict before so many runs a side, and each look after it spends less error",
    )
    .addHelpText(
      "after",
      `
Examples:
  tidemark compare runs.json > verdicts.json
  tidemark compare --contender pr:7280
  tidemark compare --baseline release:2026.10.0 --contender branch:main
  tidemark compare --baseline experiment:stealing/baseline --contender experiment:stealing/off --markdown`,
    )
    .action(async (path: string | undefined, options: CompareOptions) => {
      const { compare } = await import("./commands/compare");
      end(await compare(path, options, io));
    });
}

function addNext(program: Command, io: Io, end: End): void {
  withServer(program.command("next"))
    .summary("ask which commit to run next, so that a shift comes down to one")
    .description(
      "Prints which commits to run, a line each: sha, runs, environment, shift and workloads, between tabs. Without --shift " +
        "for all open shifts, the costliest first. Exit code: 0 there is something to run, 4 there is not or it cannot be told.",
    )
    .addOption(countOption("--shift <number>", "for this shift only", 1))
    .option("--environment <name>", "ask for runs in this environment only")
    .addOption(countOption("--limit <n>", "shifts to list at most, up to 100", 1).default(20))
    .addHelpText(
      "after",
      `
Examples:
  tidemark next
  tidemark next --shift 14 --json
  tidemark next --environment vm-b --limit 1`,
    )
    .action(async (options: NextOptions) => {
      const { next } = await import("./commands/next");
      end(await next(options, io));
    });
}

/** What commander's own ends mean: help that was asked for is an answer, all else is wrong use. */
export function exitOfCommander({ exitCode }: CommanderError): Exit {
  return exitCode === 0 ? EXIT.done : EXIT.wrongUse;
}
