import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { Malformed, TidemarkError, TooLarge, Unsupported } from "@/lib/errors";
import { parseJson } from "@/lib/model/parseJson";

/** Largest body, after decompression. */
export const MAX_BODY_BYTES = 64 * 1024 * 1024;

/** Largest body of what people and scripts send beside results. */
const MAX_SMALL_BYTES = 1024 * 1024;

/** Who sends nothing for so long is given up: a body that is being read keeps others waiting. */
const STALLED_MILLISECONDS = 60_000;

/**
 * What is refused is still taken from the network, and thrown away, up to so much: many clients (urllib, requests) send
 * all before they read the answer, and would see a broken connection instead of it.
 */
const DISCARDED_BYTES = 256 * 1024 * 1024;

/** How a body is read. */
export type Reading = {
  /** Bytes, unpacked and as sent; more throws TooLarge. */
  most: number;
  /** Called before more than `largeBytes` are held, and waited for. */
  large?: { bytes: number; isComing(): Promise<void> };
};

/** The parsed JSON body of a request of at most 1 MiB. Throws Malformed, Invalid (NaN and the like), TooLarge, Unsupported. */
export const readBody = (request: Request): Promise<unknown> => readJson(request, { most: MAX_SMALL_BYTES });

/** The parsed JSON body. Throws as `readBody`. */
export async function readJson(request: Request, reading: Reading): Promise<unknown> {
  let text = "";
  for await (const piece of readText(request, reading)) text += piece;
  return parseJson(text);
}

/**
 * The body as text, piece by piece: UTF-8, plain or gzip. Nothing beyond the limits is read or unpacked, whatever the
 * headers promise.
 */
export async function* readText(request: Request, reading: Reading): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const decode = (bytes?: Uint8Array) => {
    try {
      return decoder.decode(bytes, { stream: bytes !== undefined });
    } catch {
      throw new Malformed("The body is not valid UTF-8. Send JSON in UTF-8.");
    }
  };
  let size = 0;
  let isLarge = false;
  for await (const bytes of unpack(request, reading.most)) {
    size += bytes.byteLength;
    if (size > reading.most) throw tooLarge(reading.most);
    if (reading.large && !isLarge && size > reading.large.bytes) {
      isLarge = true;
      await reading.large.isComing();
    }
    yield decode(bytes);
  }
  yield decode();
}

/** How many bytes the body has by its own account; null when it does not say, or is packed. */
export function declaredBytes(request: Request): number | null {
  const length = request.headers.get("content-length");
  return length === null || !/^\d+$/.test(length) || encodingOf(request) !== "identity" ? null : Number(length);
}

const encodingOf = (request: Request): string =>
  request.headers.get("content-encoding")?.trim().toLowerCase() || "identity";

function unpack(request: Request, most: number): AsyncIterable<Uint8Array> {
  const encoding = encodingOf(request);
  if (encoding === "identity") return readBytes(request, most);
  if (encoding === "gzip" || encoding === "x-gzip") return unzip(readBytes(request, most));
  const reader = request.body?.getReader();
  if (reader)
    discard(
      reader,
      setTimeout(() => reader.cancel().catch(() => undefined), STALLED_MILLISECONDS),
    );
  throw new Unsupported(`Content-Encoding '${encoding}' is not supported. Send gzip, or no compression.`);
}

async function* readBytes(request: Request, most: number): AsyncGenerator<Uint8Array> {
  const reader = request.body?.getReader();
  if (!reader) return;
  let isStalled = false;
  const stall = setTimeout(() => {
    isStalled = true;
    reader.cancel().catch(() => undefined);
  }, STALLED_MILLISECONDS);
  let isDone = false;
  try {
    if (Number(request.headers.get("content-length") ?? 0) > most) throw tooLarge(most);
    for (let size = 0; ; ) {
      const { done, value } = await reader.read().catch(() => {
        throw new Malformed("The body ended before it was complete. Send it again.");
      });
      if (isStalled) throw new Malformed("The body stopped to arrive. Send it again.");
      isDone = done;
      if (done) return;
      size += value.byteLength;
      if (size > most) throw tooLarge(most);
      stall.refresh();
      yield value;
    }
  } finally {
    if (isDone || isStalled) clearTimeout(stall);
    else await leave(request, discard(reader, stall));
  }
}

/** The connection of a client that wants no other answer ends with this one: then the rest must have come before it. */
async function leave(request: Request, discarding: Promise<void>): Promise<void> {
  if (/\bclose\b/i.test(request.headers.get("connection") ?? "")) await discarding;
}

/** Reads on without keeping anything, behind the answer. */
async function discard(reader: ReadableStreamDefaultReader<Uint8Array>, stall: NodeJS.Timeout): Promise<void> {
  try {
    for (let size = 0; size <= DISCARDED_BYTES; ) {
      const { done, value } = await reader.read();
      if (done) return;
      size += value.byteLength;
      stall.refresh();
    }
    await reader.cancel();
  } catch {
    // the client has gone
  } finally {
    clearTimeout(stall);
  }
}

/** A stream that is left early takes its source with it: a bomb is not unpacked beyond what was asked for. */
async function* unzip(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip({ chunkSize: 64 * 1024 });
  pipeline(Readable.from(packed, { objectMode: false }), gunzip, () => undefined); // the loop below sees its errors
  try {
    yield* gunzip;
  } catch (error) {
    if (error instanceof TidemarkError) throw error;
    throw new Malformed(
      "The body says that it is gzip, but cannot be unpacked, or ends too early. Send it again, or without compression.",
    );
  }
}

const tooLarge = (most: number) =>
  new TooLarge(`The body is larger than ${most / 1024 / 1024} MiB unpacked. Send it in several parts.`);
