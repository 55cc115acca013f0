import type { ReportOptions } from "../check/options";
import { asWrongUse } from "../check/refusal";
import { EXIT, type Exit, WrongUse } from "../exit";
import { createTalk, type Io } from "../io";
import { withSession } from "../session";

/** Prints the report of a release, a branch's head or a commit. It judges nothing: 0 says that there is a report. */
export async function report(candidate: string, options: ReportOptions, io: Io): Promise<Exit> {
  const { against, number, json, format } = options;
  if (json && format === "markdown") throw new WrongUse("Give --json or --format markdown, not both.");
  const query = new URLSearchParams({
    candidate: candidate.replace(/^release:/, ""),
    ...(against !== undefined && { against: against.replace(/^release:/, "") }),
    ...(number !== undefined && { report: String(number) }),
  });
  await withSession(options, io, createTalk(io, options), async ({ client, path }) => {
    if (json || format === "json")
      io.print(
        JSON.stringify(await asWrongUse(client.call({ method: "GET", path: path(`releases/report?${query}`) }))),
      );
    else
      io.print((await asWrongUse(client.text(path(`releases/report/markdown?${query}`), "text/markdown"))).trimEnd());
  });
  return EXIT.done;
}
