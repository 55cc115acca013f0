import type { Readable } from "node:stream";
import { Invalid, Malformed } from "@/lib/errors";
import { parseJson } from "@/lib/model/parseJson";
import { WrongUse } from "../exit";
import { findSources } from "./sources";
import { readText } from "./text";

/** The one JSON value of a file (gzip accepted) or of standard input ("-"). Throws WrongUse where there is none. */
export async function readJsonFile(path: string, input: Readable): Promise<unknown> {
  const [source, more] = await findSources([path], input);
  if (!source || more) throw new WrongUse(`${path} is a folder. Name one file.`);
  try {
    const chunks: string[] = [];
    for await (const chunk of readText(source)) chunks.push(chunk);
    return parseText(chunks.join(""));
  } catch (error) {
    if (error instanceof WrongUse) throw new WrongUse(`${source.name}: ${error.message}`, error.faults);
    throw error;
  }
}

/** The parsed value. Throws WrongUse for what is no JSON, NaN and Infinity with their paths. */
export function parseText(text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof Invalid) throw new WrongUse(error.message, error.faults);
    if (error instanceof Malformed) throw new WrongUse(error.message.replace(/^The body/, "the text"));
    throw error;
  }
}
