import { Invalid, TidemarkError } from "@/lib/errors";
import { parseJson } from "@/lib/model/parseJson";
import { readText } from "./body";

/**
 * The body of a request that may hold one document, an array of them, or one per line (NDJSON, when the content type
 * says so). Throws Malformed, Invalid, TooLarge.
 */
export async function readDocuments(request: Request): Promise<unknown> {
  const text = await readText(request);
  if (!isLines(request.headers.get("content-type"))) return parseJson(text);
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.map(parseLine);
}

const isLines = (contentType: string | null): boolean =>
  /^application\/(x-)?(ndjson|jsonl|jsonlines)\b/i.test(contentType ?? "");

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
