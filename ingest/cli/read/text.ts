import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { CliError, WrongUse } from "../exit";
import type { Source } from "./sources";

/** Called with the number of bytes taken from the source, before unpacking. */
export type OnBytes = (bytes: number) => void;

/**
 * The text of a source in chunks: unpacked where it is gzip (told by its first bytes, not by its name), UTF-8, without a
 * byte order mark. Throws WrongUse when it cannot be read, is cut off or is no UTF-8.
 */
export async function* readText(source: Source, onBytes: OnBytes = () => {}): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for await (const chunk of unpack(counted(source.open(), onBytes))) yield decoder.decode(chunk, { stream: true });
    yield decoder.decode();
  } catch (error) {
    throw error instanceof CliError ? error : new WrongUse(wordFault(error as NodeJS.ErrnoException));
  }
}

async function* unpack(chunks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const first = await takeFirst(chunks);
  const whole = joined(first, chunks);
  if (first[0] !== 0x1f || first[1] !== 0x8b) return yield* whole;
  // The callback only keeps a failure from becoming an unhandled one: the loop over the stream throws it.
  for await (const chunk of pipeline(Readable.from(whole), createGunzip(), () => {})) yield chunk as Buffer;
}

async function* counted(raw: Readable, onBytes: OnBytes): AsyncGenerator<Buffer> {
  for await (const chunk of raw) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk as string);
    onBytes(bytes.length);
    yield bytes;
  }
}

/** At least two bytes, unless there are fewer: enough to know gzip. */
async function takeFirst(chunks: AsyncGenerator<Buffer>): Promise<Buffer> {
  let first: Buffer = Buffer.alloc(0);
  while (first.length < 2) {
    const next = await chunks.next();
    if (next.done) break;
    first = Buffer.concat([first, next.value]);
  }
  return first;
}

async function* joined(first: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* rest;
}

function wordFault(error: NodeJS.ErrnoException): string {
  if (error.code === "ERR_ENCODING_INVALID_ENCODED_DATA") return "the text is not UTF-8. Save it as UTF-8.";
  if (error.code === "Z_BUF_ERROR") return "the gzip file is cut off.";
  if (error.code?.startsWith("Z_")) return `the gzip file is damaged (${error.message}).`;
  return `it cannot be read (${error.code ?? error.message}).`;
}
