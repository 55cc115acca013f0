import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Splitter } from "./split";

function split(...chunks: string[]): string[] {
  const splitter = new Splitter();
  return [...chunks.flatMap((chunk) => splitter.push(chunk)), ...splitter.end()].map(({ text }) => text);
}

describe("Splitter", () => {
  test("cuts whatever documents at whatever chunk borders into the documents that went in", () => {
    const documents = fc.array(
      fc.jsonValue().filter((value) => !Array.isArray(value)),
      { minLength: 1 },
    );
    const indent = fc.constantFrom(0, 2);
    const shape = fc.constantFrom("array", "lines");
    fc.assert(
      fc.property(
        documents,
        indent,
        shape,
        fc.infiniteStream(fc.integer({ min: 1, max: 9 })),
        (all, spaces, as, sizes) => {
          const texts = all.map((one) => JSON.stringify(one, null, spaces));
          const whole = as === "array" ? JSON.stringify(all, null, spaces) : texts.join("\n");
          const chunks: string[] = [];
          for (let at = 0; at < whole.length; ) {
            const size = sizes.next().value ?? 1;
            chunks.push(whole.slice(at, at + size));
            at += size;
          }
          expect(split(...chunks).map((text) => JSON.parse(text))).toEqual(JSON.parse(JSON.stringify(all)));
        },
      ),
    );
  });

  test("a document is cut out as it was written", () => {
    expect(split('[ {"a" : 1.0e3}\n, {"b":"]}\\"" } ]')).toEqual(['{"a" : 1.0e3}', '{"b":"]}\\"" }']);
  });

  test("files joined by cat are read one after the other, arrays among them", () => {
    expect(split('{"a":1}{"b":2}\n[{"c":3},{"d":4}]\n{"e":5}')).toHaveLength(5);
  });

  test("lists inside a document are not cut", () => {
    expect(split('[[1,[2]],{"a":[3]}]')).toEqual(["[1,[2]]", '{"a":[3]}']);
  });

  test("says on which line a document starts", () => {
    const splitter = new Splitter();
    const pieces = splitter.push('[\n{"a":\n1},\n\n{"b":2}\n]');
    expect(pieces.map(({ line }) => line)).toEqual([2, 5]);
  });

  test("an empty array holds no document", () => {
    expect(split("[]")).toEqual([]);
  });

  test.each([
    ['{"a": 1', "middle of a document"],
    ['{"a": "x', "middle of a document"],
    ['[{"a": 1}', 'closed by "]"'],
    ['[{"a": 1},]', "out of place"],
    ['[{"a": 1} {"b": 2}]', "out of place"],
    ['[,{"a": 1}]', "out of place"],
    ['{"a": 1}, {"b": 2}', "out of place"],
  ])("refuses %s", (text, fault) => {
    expect(() => split(text)).toThrow(fault);
  });
});
