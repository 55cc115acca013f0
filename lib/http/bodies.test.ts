import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import { LARGE_AT_ONCE, LARGE_BYTES, withBody, withDocuments } from "./bodies";
import { MAX_BODY_BYTES } from "./body";
import { Gate } from "./gate";

type Source = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** A request whose body is made while it is read: nothing is pulled ahead. */
function sending(source: Source, headers: Record<string, string> = {}, signal?: AbortSignal): Request {
  const from = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  const body = new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const { done, value } = await from.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: async () => void (await from.return?.()),
    },
    { highWaterMark: 0 },
  );
  return new Request("http://localhost/x", { method: "POST", body, headers, signal, duplex: "half" } as RequestInit);
}

const bytes = (text: string) => new TextEncoder().encode(text);
const NDJSON = { "content-type": "application/x-ndjson" };
const GZIP = { "content-encoding": "gzip" };
const MEBIBYTE = 1024 * 1024;
/** What may have been taken on the side when the refusal is seen. */
const A_FEW_BYTES = 8 * MEBIBYTE;

const read = (request: Request, most = 10_000) => withDocuments(request, most, async (body) => body);
const refusal = (request: Request) =>
  read(request).then(
    () => Promise.reject(new Error("was read")),
    (thrown: { status: number; message: string }) => thrown,
  );

/** Counts what was taken of a source. */
function counting<T extends Uint8Array>(source: Iterable<T>) {
  const taken = { bytes: 0 };
  function* count() {
    for (const part of source) {
      taken.bytes += part.byteLength;
      yield part;
    }
  }
  return { taken, source: count() };
}

function* endless(part: Uint8Array) {
  for (;;) yield part;
}

describe("the limit holds while reading", () => {
  test("a gzip that grows without end is cut off after a few of its bytes", async () => {
    const member = gzipSync(Buffer.alloc(MEBIBYTE, 32)); // 1 KiB that unpacks to 1 MiB; members may follow one another
    const { taken, source } = counting(endless(member));
    expect(await refusal(sending(source, GZIP))).toMatchObject({ status: 413 });
    expect(taken.bytes).toBeLessThan(200 * member.byteLength);
  });

  test("a gzip that unpacks to nothing without end is cut off too", async () => {
    const { taken, source } = counting(endless(Buffer.concat(Array(50_000).fill(gzipSync("")))));
    expect(await refusal(sending(source, GZIP))).toMatchObject({ status: 413 });
    expect(taken.bytes).toBeLessThan(400 * MEBIBYTE);
  });

  test("a body without a length, or with a wrong one, is cut off where the limit is", async () => {
    for (const headers of [{}, { "content-length": "10" }, NDJSON] as Record<string, string>[]) {
      const { taken, source } = counting(endless(Buffer.alloc(MEBIBYTE, 32)));
      expect(await refusal(sending(source, headers))).toMatchObject({ status: 413 });
      expect(taken.bytes).toBeLessThan(MAX_BODY_BYTES + A_FEW_BYTES);
    }
  });

  test("a body that promises too much is not waited for", async () => {
    const { taken, source } = counting(endless(Buffer.alloc(MEBIBYTE, 32)));
    expect(await refusal(sending(source, { "content-length": String(MAX_BODY_BYTES + 1) }))).toMatchObject({
      status: 413,
    });
    expect(taken.bytes).toBeLessThan(A_FEW_BYTES);
  });

  test("lines beyond the most that a body may hold are not read", async () => {
    const { taken, source } = counting(endless(bytes("{}\n".repeat(1000))));
    await expect(read(sending(source, NDJSON), 5000)).rejects.toThrow("at most 5000 documents");
    expect(taken.bytes).toBeLessThan(A_FEW_BYTES);
  });
});

test("who sends all before reading the answer gets it: the rest is taken, within a bound, and thrown away", async () => {
  const { taken, source } = counting(Array(100).fill(Buffer.alloc(MEBIBYTE, 32)));
  expect(await refusal(sending(source))).toMatchObject({ status: 413 });
  await expect.poll(() => taken.bytes).toBe(100 * MEBIBYTE);
  const endlessly = counting(endless(Buffer.alloc(MEBIBYTE, 32)));
  expect(await refusal(sending(endlessly.source))).toMatchObject({ status: 413 });
  await expect.poll(() => endlessly.taken.bytes).toBeGreaterThan(300 * MEBIBYTE);
  await new Promise((resolve) => setImmediate(resolve));
  expect(endlessly.taken.bytes).toBeLessThan(400 * MEBIBYTE);
});

describe("what cannot be read", () => {
  test("an unknown compression is 415, and says what is read", async () => {
    for (const encoding of ["deflate", "br", "zstd", "gzip, gzip", "x"]) {
      const error = await refusal(sending([bytes("{}")], { "content-encoding": encoding }));
      expect(error, encoding).toMatchObject({ status: 415, message: expect.stringContaining("Send gzip") });
    }
    expect(await read(sending([gzipSync("[1]")], { "content-encoding": "GZIP" }))).toEqual([1]);
  });

  test("a gzip that is cut off anywhere, or broken, is 400", async () => {
    const whole = gzipSync(JSON.stringify({ a: Array.from({ length: 1000 }, (_, index) => index) }));
    for (const length of [1, 5, 10, 100, whole.length - 9, whole.length - 1])
      expect(await refusal(sending([whole.subarray(0, length)], GZIP)), String(length)).toMatchObject({ status: 400 });
    const flipped = Buffer.from(whole);
    flipped[whole.length - 6] = (flipped[whole.length - 6] ?? 0) ^ 1;
    expect(await refusal(sending([flipped], GZIP))).toMatchObject({ status: 400 });
    expect(await refusal(sending([], GZIP))).toMatchObject({ status: 400 });
  });

  test("half a character at the end is 400", async () => {
    expect(await refusal(sending([bytes('"ä').subarray(0, 2)]))).toMatchObject({ status: 400 });
  });

  test("a connection that ends in the middle is 400", async () => {
    async function* broken() {
      yield bytes("[1,");
      throw new Error("ECONNRESET");
    }
    expect(await refusal(sending(broken()))).toMatchObject({ status: 400 });
  });

  test("who stops to send is given up, and makes room", async () => {
    vi.useFakeTimers();
    async function* stalling() {
      yield bytes("[1,");
      await new Promise(() => undefined);
    }
    const end = refusal(sending(stalling()));
    await vi.advanceTimersByTimeAsync(61_000);
    expect(await end).toMatchObject({ status: 400, message: expect.stringContaining("stopped") });
    vi.useRealTimers();
  });
});

test("wherever the network cuts a body, the same is read; lines, gzip and characters included", async () => {
  const documents = [{ a: "ä€😀" }, { b: [1, null, "x\u2028y"] }, "z"];
  const forms = [
    { whole: bytes(JSON.stringify(documents)), headers: {} },
    { whole: bytes(`\n${documents.map((one) => JSON.stringify(one)).join("\r\n\n")}\n`), headers: NDJSON },
    { whole: bytes(documents.map((one) => JSON.stringify(one)).join("\n")), headers: NDJSON },
  ];
  const cuts = fc.array(fc.nat(100), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...forms), fc.boolean(), cuts, async ({ whole, headers }, isZipped, at) => {
      const all = isZipped ? gzipSync(whole) : whole;
      const places = [0, ...at.map((place) => Math.min(place, all.length)).sort((a, b) => a - b), all.length];
      const parts = places.slice(1).map((place, index) => all.subarray(places[index], place));
      expect(await read(sending(parts, isZipped ? { ...headers, ...GZIP } : { ...headers }))).toEqual(documents);
    }),
    { seed: 4, numRuns: 200 },
  );
});

describe("a few at once", () => {
  afterEach(() => {
    delete process.env.TIDEMARK_BODIES;
  });

  /** Sends bodies that are all ready at once; gives the most that were being read or stored at the same time. */
  async function sendAll(count: number, length: number, headers: Record<string, string> = {}) {
    let held = 0;
    let most = 0;
    const one = async () => {
      function* parts() {
        most = Math.max(most, ++held);
        yield bytes('"');
        for (let sent = 0; sent < length; sent += LARGE_BYTES / 4) yield Buffer.alloc(LARGE_BYTES / 4, "x");
        yield bytes('"');
      }
      const stored = await withBody(sending(parts(), headers), async (body) => {
        await new Promise((resolve) => setImmediate(resolve));
        return (body as string).length;
      });
      held--;
      return stored;
    };
    const lengths = await Promise.all(Array.from({ length: count }, one));
    expect(lengths.every((stored) => stored >= length)).toBe(true);
    return most;
  }

  test("of many bodies only as many are begun as the setting says", async () => {
    process.env.TIDEMARK_BODIES = "3";
    expect(await sendAll(40, 1000)).toBe(3);
  });

  test("of large bodies two are read on at once, whether they say their length or not", async () => {
    const length = 4 * LARGE_BYTES;
    expect(await sendAll(20, length, { "content-length": String(length) })).toBe(LARGE_AT_ONCE);
    let growing = 0;
    let most = 0;
    const one = () => {
      function* parts() {
        yield bytes('"');
        for (let sent = 0; sent < LARGE_BYTES; sent += LARGE_BYTES / 4) yield Buffer.alloc(LARGE_BYTES / 4, "x");
        most = Math.max(most, ++growing);
        for (let more = 0; more < 12; more++) yield Buffer.alloc(LARGE_BYTES / 4, "x");
        yield bytes('"');
      }
      return withBody(sending(parts()), async () => {
        growing--;
      });
    };
    await Promise.all(Array.from({ length: 20 }, one));
    expect(most).toBe(LARGE_AT_ONCE);
  });

  test("small bodies go on while large ones wait", async () => {
    const holders: (() => void)[] = [];
    const large = Array.from({ length: LARGE_AT_ONCE + 5 }, () =>
      withBody(sending(endlessUntil(LARGE_BYTES * 2)), () => new Promise<void>((resolve) => holders.push(resolve))),
    );
    await expect.poll(() => holders.length).toBe(LARGE_AT_ONCE);
    expect(await withBody(sending([bytes("[1]")]), async (body) => body)).toEqual([1]);
    const all = Promise.all(large);
    const timer = setInterval(() => holders.shift()?.(), 1);
    await all;
    clearInterval(timer);
  });

  function* endlessUntil(length: number) {
    yield bytes('"');
    for (let sent = 0; sent < length; sent += LARGE_BYTES / 2) yield Buffer.alloc(LARGE_BYTES / 2, "x");
    yield bytes('"');
  }
});

describe("a gate", () => {
  test("lets in who waits longest, and sends away who would be one too many", async () => {
    const gate = new Gate(() => 1, 2);
    const leave = await gate.enter();
    const order: string[] = [];
    const [second, third] = ["second", "third"].map((name) =>
      gate.enter().then((out) => {
        order.push(name);
        return out;
      }),
    );
    await expect(gate.enter()).rejects.toMatchObject({ status: 503 });
    leave();
    leave(); // twice counts once
    (await second)?.();
    (await third)?.();
    expect(order).toEqual(["second", "third"]);
    (await gate.enter())();
  });

  test("forgets clients that go away while they wait", async () => {
    const gate = new Gate(() => 1, 2);
    const leave = await gate.enter();
    const gone = new AbortController();
    const waiting = gate.enter(gone.signal);
    gone.abort();
    await expect(waiting).rejects.toMatchObject({ status: 503 });
    await expect(gate.enter(gone.signal)).rejects.toMatchObject({ status: 503 });
    leave();
    (await gate.enter())();
  });
});
