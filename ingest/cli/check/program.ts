import { type Command, Option } from "commander";
import type { Exit } from "../exit";
import type { Io } from "../io";
import { countOption, withServer } from "../options";
import { CHECK_FORMATS, type CheckOptions, DEFAULT_WAIT, REPORT_FORMATS, type ReportOptions } from "./options";

/** `tidemark check`, as commander knows it. */
export function addCheck(program: Command, io: Io, end: (exit: Exit) => void): void {
  withServer(program.command("check <candidate>"))
    .summary("ask the gate: may a release, a branch, a commit or a pull request ship?")
    .description(
      "Judges a candidate by the project's release policy, once everything that was sent is analysed. The candidate is a " +
        "tag, branch:NAME, commit:SHA or pr:N (against its merge base). Exit code: 0 pass, 1 fail, 2 wrong use, " +
        "3 server or network, 4 cannot tell.",
    )
    .option(
      "--against <side>",
      "compare with this tag, branch:NAME or commit:SHA (otherwise the release before, or the base)",
    )
    .option("--environment <name>", "judge this environment only")
    .addOption(
      countOption("--wait <seconds>", "wait so long for the analysis of what was sent; 0: answer at once", 0).default(
        DEFAULT_WAIT,
      ),
    )
    .addOption(new Option("--format <format>", "what is printed (default: text)").choices([...CHECK_FORMATS]))
    .addHelpText(
      "after",
      `
Examples:
  tidemark check 2026.10.0
  tidemark check pr:7280 --format github
  tidemark check branch:release-2 --against 2026.9.0 --format junit > gate.xml`,
    )
    .action(async (candidate: string, options: CheckOptions) => {
      const { check } = await import("../commands/check");
      end(await check(candidate, options, io));
    });
}

/** `tidemark report`, as commander knows it. */
export function addReport(program: Command, io: Io, end: (exit: Exit) => void): void {
  withServer(program.command("report <candidate>"))
    .summary("print the report of a release")
    .description(
      "Prints the report of a tag, branch:NAME or commit:SHA against the release before it. It judges nothing: see check.",
    )
    .option("--against <side>", "compare with this tag, branch:NAME or commit:SHA")
    .addOption(countOption("--number <n>", "which of its reports (otherwise the newest)", 1))
    .addOption(new Option("--format <format>", "what is printed (default: markdown)").choices([...REPORT_FORMATS]))
    .addHelpText(
      "after",
      `
Examples:
  tidemark report 2026.10.0 > report.md
  tidemark report branch:main --json`,
    )
    .action(async (candidate: string, options: ReportOptions) => {
      const { report } = await import("../commands/report");
      end(await report(candidate, options, io));
    });
}
