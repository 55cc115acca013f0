import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { readDocuments } from "./documents";

async function read(name: string, content: string | Buffer, chunkSize = 7) {
  const bytes = Buffer.from(content as string);
  const chunks = Array.from({ length: Math.ceil(bytes.length / chunkSize) }, (_, at) =>
    bytes.subarray(at * chunkSize, (at + 1) * chunkSize),
  );
  const values: unknown[] = [];
  const faults: string[] = [];
  for await (const reading of readDocuments({ name, bytes: bytes.length, open: () => Readable.from(chunks) }))
    if (reading.kind === "document") values.push(reading.document.value);
    else faults.push([reading.fault.message, ...reading.fault.faults.map(({ path }) => path)].join(" "));
  return { values, faults };
}

describe("readDocuments", () => {
  test("reads a document, an array and lines alike, packed or not, whatever the name says", async () => {
    for (const text of ['{"a":"é日"}', '[{"a":"é日"}]', '{"a":"é日"}\n'])
      for (const content of [text, gzipSync(text), `\ufeff${text}`])
        for (const name of ["x.json", "x.ndjson", "x.gz"])
          if (!(name === "x.ndjson" && text.startsWith("[")))
            expect(await read(name, content)).toEqual({ values: [{ a: "é日" }], faults: [] });
  });

  test("a bad line of NDJSON costs only itself", async () => {
    const { values, faults } = await read("x.ndjson", '{"a":1}\n{"b": tru\n\n{"c":3}');
    expect(values).toEqual([{ a: 1 }, { c: 3 }]);
    expect(faults).toEqual([expect.stringContaining("x.ndjson, line 2: the text is not JSON")]);
  });

  test("documents before a cut are read, and the cut is told", async () => {
    const { values, faults } = await read("x.json", '[{"a":1},{"b":');
    expect(values).toEqual([{ a: 1 }]);
    expect(faults).toEqual([expect.stringMatching(/x\.json: line 1: .*cut off\?.*1 documents before/)]);
  });

  test("NaN is told with its path and what to send instead", async () => {
    const { faults } = await read("x.json", '{"results":[{"metrics":{"duration":[1,NaN]}}]}');
    expect(faults).toEqual([expect.stringMatching(/failed.*\$\.results\[0\]\.metrics\.duration\[1\]/)]);
  });

  test("a number that overflows is not sent as null", async () => {
    const { faults } = await read("x.json", '{"a":[1e999]}');
    expect(faults).toEqual([expect.stringContaining("$.a[0] is too large a number")]);
  });

  test.each([
    ["", "it is empty"],
    ["[]", "it is empty"],
    [Buffer.from([0xff, 0xfe, 0x7b, 0x00]), "not UTF-8"],
    [gzipSync('{"a":1}').subarray(0, 15), "cut off"],
    [Buffer.concat([gzipSync("{}").subarray(0, 10), Buffer.alloc(20, 0xff)]), "damaged"],
  ])("case %#: says what is wrong with a file that cannot be read", async (content, fault) => {
    expect((await read("x.json", content)).faults).toEqual([expect.stringContaining(fault)]);
  });
});
