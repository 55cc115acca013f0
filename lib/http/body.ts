import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { Malformed, TooLarge } from "@/lib/errors";
import { parseJson } from "@/lib/model/parseJson";

/** Largest body, after decompression. */
export const MAX_BODY_BYTES = 64 * 1024 * 1024;

const unzip = promisify(gunzip);

/** The parsed JSON body of a request. Throws Malformed, Invalid (NaN and the like), TooLarge. */
export async function readBody(request: Request): Promise<unknown> {
  return parseJson(await readText(request));
}

/** The body as text: UTF-8, plain or gzip, at most `MAX_BODY_BYTES`, which holds while reading. */
export async function readText(request: Request): Promise<string> {
  const bytes = await decompress(await readBytes(request), request.headers.get("content-encoding"));
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Malformed("The body is not valid UTF-8. Send JSON in UTF-8.");
  }
}

async function readBytes(request: Request): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  if (!reader) return Buffer.alloc(0);
  for (;;) {
    const { done, value } = await readChunk(reader);
    if (done) return Buffer.concat(chunks, size);
    size += value.byteLength;
    if (size > MAX_BODY_BYTES) {
      await reader.cancel().catch(() => undefined);
      throw tooLarge();
    }
    chunks.push(value);
  }
}

async function readChunk(reader: ReadableStreamDefaultReader<Uint8Array>) {
  try {
    return await reader.read();
  } catch {
    throw new Malformed("The body ended before it was complete. Send it again.");
  }
}

async function decompress(bytes: Buffer, encoding: string | null): Promise<Buffer> {
  if (!encoding || encoding === "identity") return bytes;
  if (encoding !== "gzip") throw new Malformed(`Content-Encoding '${encoding}' is not supported. Send gzip, or none.`);
  try {
    return await unzip(bytes, { maxOutputLength: MAX_BODY_BYTES });
  } catch (error) {
    if ((error as { code?: string }).code === "ERR_BUFFER_TOO_LARGE") throw tooLarge();
    throw new Malformed(
      "The body says that it is gzip, but cannot be unpacked. Send it again, or without compression.",
    );
  }
}

const tooLarge = () =>
  new TooLarge(`The body is larger than ${MAX_BODY_BYTES / 1024 / 1024} MiB unpacked. Send it in several parts.`);
