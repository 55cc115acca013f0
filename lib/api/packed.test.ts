import fc from "fast-check";
import { expect, test } from "vitest";
import { pack, unpack } from "./packed";

const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const cell = fc.oneof(
  fc.string(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.integer(), { maxLength: 2 }),
);
const column = fc.oneof(
  fc.array(cell, { minLength: 30, maxLength: 30 }),
  fc.array(fc.boolean(), { minLength: 30, maxLength: 30 }),
  fc.array(fc.constantFrom("a1", "b2", ""), { minLength: 30, maxLength: 30 }),
  fc.array(fc.stringMatching(/^[0-9a-f]{7}$/), { minLength: 30, maxLength: 30 }),
  cell.map((one) => Array.from({ length: 30 }, () => one)),
);

test("what is unpacked is what JSON would have given back, whatever the rows hold", () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.stringMatching(/^[a-zA-Z]{1,8}$/), column, { maxKeys: 6 }),
      fc.jsonValue(),
      (columns, beside) => {
        const rows = Array.from({ length: 30 }, (_, at) =>
          Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, values[at]])),
        );
        const data = { rows, beside, few: rows.slice(0, 3) };
        expect(unpack(asJson(pack(data)))).toEqual(asJson(data));
      },
    ),
  );
});

test("data that are no object, and such as were not packed, come back as they are", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (data) => {
      expect(unpack(pack(data))).toEqual(asJson(data));
    }),
  );
  for (const data of [null, 1, "text", [1], { packed: 1 }, { packed: "{}", more: 1 }]) expect(unpack(data)).toBe(data);
});

test("rows take less than half of their JSON, and none of the quotes that a page would have to escape", () => {
  const points = Array.from({ length: 600 }, (_, position) => ({
    ...{ sha: `${position}`.padStart(40, "a"), position, pullRequest: null, runs: 1, value: position / 7 },
    ...{ open: false, outlier: position % 50 === 0, slow: false },
  }));
  const { packed } = pack({ points });
  expect(packed.length).toBeLessThan(JSON.stringify({ points }).length / 2);
  expect(packed.split('"').length).toBeLessThan(60);
});
