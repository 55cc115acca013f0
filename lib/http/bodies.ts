import { config } from "@/lib/config";
import { Invalid, TidemarkError } from "@/lib/errors";
import { parseJson } from "@/lib/model/parseJson";
import { declaredBytes, MAX_BODY_BYTES, type Reading, readJson, readText } from "./body";
import { Gate } from "./gate";

/**
 * Bodies of results are read, parsed and stored a few at a time; the others wait in the network, unread. A parsed body
 * takes about ten times its length, so memory is bounded by these numbers and not by how many clients there are.
 */
export const LARGE_BYTES = 1024 * 1024;
export const LARGE_AT_ONCE = 2;
/** Unread bodies that wait; beyond, clients are asked to come back later (503). */
const MOST_WAITING = 500;
/** Bodies of `LARGE_BYTES` that turned out to be longer, and wait to be read on. */
const MOST_LARGE_WAITING = 100;

/** On globalThis: Next loads modules once per route. */
const globals = globalThis as { tidemarkGates?: { any: Gate; large: Gate } };

function gates(): { any: Gate; large: Gate } {
  globals.tidemarkGates ??= {
    any: new Gate(config.bodies, MOST_WAITING),
    large: new Gate(() => Math.min(LARGE_AT_ONCE, config.bodies()), MOST_LARGE_WAITING),
  };
  return globals.tidemarkGates;
}

/**
 * Reads the JSON body of a request and hands it to `store`, when it is its turn; the turn ends with `store`.
 * Throws what reading throws, Unavailable when too many wait, and what `store` throws.
 */
export const withBody = <T>(request: Request, store: (body: unknown) => Promise<T>): Promise<T> =>
  inTurn(request, async (reading) => store(await readJson(request, reading)));

/**
 * The same for a body that may hold one document, an array of them, or one per line (NDJSON, when the content type says
 * so): at most `most` lines.
 */
export const withDocuments = <T>(request: Request, most: number, store: (body: unknown) => Promise<T>): Promise<T> =>
  inTurn(request, async (reading) => {
    const isLines = /^application\/(x-)?(ndjson|jsonl|jsonlines)\b/i.test(request.headers.get("content-type") ?? "");
    return store(isLines ? await readLines(request, reading, most) : await readJson(request, reading));
  });

async function inTurn<T>(request: Request, work: (reading: Reading) => Promise<T>): Promise<T> {
  const { any, large } = gates();
  const isLarge = (declaredBytes(request) ?? 0) > LARGE_BYTES;
  let leave = await (isLarge ? large : any).enter(request.signal);
  /** Whose body grows makes room for others before it waits for one of the few places. */
  const isComing = async () => {
    leave();
    leave = await large.enter(request.signal);
  };
  try {
    return await work({ most: MAX_BODY_BYTES, large: isLarge ? undefined : { bytes: LARGE_BYTES, isComing } });
  } finally {
    leave();
  }
}

/** One value per line; each is parsed as it arrives, so that only one line is held as text. */
async function readLines(request: Request, reading: Reading, most: number): Promise<unknown[]> {
  const documents: unknown[] = [];
  const take = (line: string) => {
    if (line.trim() === "") return;
    if (documents.length === most) throw new Invalid(`Nothing was stored. A body holds at most ${most} documents.`);
    documents.push(parseLine(line, documents.length));
  };
  let rest = "";
  for await (const piece of readText(request, reading)) {
    const lines = piece.split("\n");
    const last = lines.pop() ?? "";
    for (const line of lines) {
      take(rest + line);
      rest = "";
    }
    rest += last;
  }
  take(rest);
  return documents;
}

function parseLine(line: string, document: number): unknown {
  try {
    return parseJson(line);
  } catch (error) {
    if (!(error instanceof TidemarkError)) throw error;
    const faults = error.faults.length ? error.faults : [{ path: "$", message: error.message }];
    throw new Invalid(
      `Nothing was stored. document ${document}: ${error.message}`,
      faults.map((fault) => ({ ...fault, document })),
    );
  }
}
