import { appendFileSync } from "node:fs";
import { exitOf, headline, inert, readAnswer, type Told } from "../check/answer";
import { annotationsOf, summaryOf } from "../check/github";
import { junitOf } from "../check/junit";
import type { CheckFormat, CheckOptions } from "../check/options";
import { asWrongUse } from "../check/refusal";
import { type Place, readFineRows } from "../check/rows";
import { textOf } from "../check/text";
import { answerWhenAnalysed, CLOCK, type Clock } from "../check/wait";
import { type Exit, ServerFailed, WrongUse } from "../exit";
import { isRecord } from "../http/problem";
import { createTalk, type Io } from "../io";
import { type Session, withSession } from "../session";

/**
 * Asks the gate whether `candidate` may ship. 0: pass; 1: fail; 4: cannot tell. A refusal is wrong use (2), never 1: nothing
 * was judged.
 */
export async function check(candidate: string, options: CheckOptions, io: Io, clock: Clock = CLOCK): Promise<Exit> {
  const format = formatOf(options);
  const tell = createTalk(io, options);
  const told = await withSession(options, io, tell, async (session) => {
    const answer = await answerWhenAnalysed({
      ...questions(session, candidate, options),
      limit: options.wait,
      tell,
      clock,
    });
    return {
      ...{ check: answer, origin: session.url, project: session.project },
      fine: format === "junit" ? await readFineRows(session, answer, options) : [],
    };
  });
  WRITERS[format](told, io, tell);
  return exitOf(told.check);
}

function formatOf({ format, json }: CheckOptions): CheckFormat {
  if (json && format !== undefined && format !== "json")
    throw new WrongUse(`Give --json or --format ${format}, not both.`);
  return json ? "json" : (format ?? "text");
}

function questions({ client, path }: Session, candidate: string, { against, environment }: CheckOptions) {
  const query = new URLSearchParams({
    candidate,
    ...(against !== undefined && { against }),
    ...(environment !== undefined && { environment }),
  });
  return {
    ask: async () => readAnswer(await asWrongUse(client.call({ method: "GET", path: path(`check?${query}`) }))),
    pending: async () => readPending(await client.call({ method: "GET", path: path("analysis") })),
  };
}

function readPending(answer: unknown): number {
  if (isRecord(answer) && typeof answer.pending === "number") return answer.pending;
  throw new ServerFailed("The server does not say how far the analysis is. Is it of the same version?");
}

type Writer = (told: Told & { fine: readonly Place[] }, io: Io, tell: (line: string) => void) => void;

const WRITERS: Record<CheckFormat, Writer> = {
  text: (told, io) => {
    for (const line of textOf(told)) io.print(line);
  },
  json: ({ check }, io, tell) => {
    // Between # and # no more than an escape of JSON: CI systems read `##[...]` in a log as a command.
    io.print(JSON.stringify(check).replace(/#(?=#)/g, "\\u0023"));
    tell(inert(headline(check)));
  },
  junit: (told, io, tell) => {
    io.print(junitOf(told, told.fine));
    tell(inert(headline(told.check)));
  },
  github: writeGithub,
};

/** Annotations go to the log, the summary to the file that GitHub names for it, or to the log where there is none. */
function writeGithub(told: Told, io: Io, tell: (line: string) => void): void {
  for (const line of annotationsOf(told)) io.print(line);
  const summary = summaryOf(told);
  const file = io.env.GITHUB_STEP_SUMMARY;
  if (!file) {
    io.print(summary.trimEnd());
    return;
  }
  try {
    appendFileSync(file, `${summary}\n`);
    tell(inert(headline(told.check)));
  } catch {
    io.tell(`tidemark: the file of GITHUB_STEP_SUMMARY, ${file}, cannot be written; the summary is on stdout.`);
    io.print(summary.trimEnd());
  }
}
