import { plural } from "@/lib/format/number";
import { EXIT, type Exit, ServerFailed } from "../exit";
import { isRecord } from "../http/problem";
import type { ServerOptions } from "../http/settings";
import { createTalk, type Io, type TalkOptions } from "../io";
import { withSession } from "../session";

export type NextOptions = ServerOptions & TalkOptions & { shift?: number; environment?: string; limit: number };

type Wanted = {
  shift: number;
  state: string;
  reason: string;
  commit: { sha: string } | null;
  environment: string | null;
  workloads: { workload: string }[];
  runs: number;
  expectedRuns: number | null;
  certainty: number | null;
};

/**
 * Asks which commit to run next, for one shift or all open ones. 0: there is something to run; 4: there is not, whether
 * everything is found or nothing can be told. 1 stays the answer of a gate: nothing failed here, and a loop over `next`
 * ends on any code but 0.
 */
export async function next(options: NextOptions, io: Io): Promise<Exit> {
  const tell = createTalk(io, options);
  const { shift } = options;
  const answer = await withSession(options, io, tell, ({ client, path }) =>
    client.call({ method: "GET", path: path(addressOf(options)) }),
  );
  const items = readItems(answer, shift !== undefined);
  if (options.json) io.print(JSON.stringify(answer));
  else for (const item of items.filter(isWanted)) io.print(lineOf(item));
  for (const item of items) tell(wordsOf(item));
  if (items.length === 0) tell("No open shift wants runs.");
  return items.some(isWanted) ? EXIT.done : EXIT.cannotTell;
}

function addressOf({ shift, environment, limit }: NextOptions): string {
  const asked = new URLSearchParams({
    ...(environment !== undefined && { environment }),
    ...(shift === undefined && { limit: String(limit) }),
  }).toString();
  const query = asked === "" ? "" : `?${asked}`;
  return shift === undefined ? `next${query}` : `shifts/${shift}/next${query}`;
}

function readItems(answer: unknown, isOne: boolean): Wanted[] {
  const items = isOne ? [answer] : isRecord(answer) ? answer.items : null;
  const isTold = (item: unknown): item is Wanted =>
    isRecord(item) && typeof item.state === "string" && Array.isArray(item.workloads);
  if (Array.isArray(items) && items.every(isTold)) return items;
  throw new ServerFailed("The server's answer does not say what to run. Is it of the same version?");
}

const isWanted = ({ state, commit }: Wanted) => state === "measure" && commit !== null;

/** Sha, runs, environment, shift and workloads between tabs, for shells to read. */
function lineOf({ commit, runs, environment, shift, workloads }: Wanted): string {
  const names = workloads.map(({ workload }) => inert(workload)).join(", ");
  return [commit?.sha, runs, inert(environment ?? ""), `#${shift}`, names].join("\t");
}

function wordsOf({ shift, reason, expectedRuns, certainty, state }: Wanted): string {
  const expected = state !== "measure" ? "" : ` ${expectedText(expectedRuns)} to a single commit.`;
  const sure = certainty === null ? "" : ` The likeliest one has ${Math.round(100 * certainty)} %.`;
  return `#${shift}: ${inert(reason)}${expected}${sure}`;
}

const expectedText = (runs: number | null) =>
  runs === null ? "More runs than can be told" : `About ${plural(Math.max(1, Math.round(runs)), "run")}`;

/** Names are what clients sent: nothing of them may steer a terminal or end a line. */
function inert(text: string): string {
  return text.replace(/\p{C}/gu, " ");
}
