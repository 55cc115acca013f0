import { expect, test } from "vitest";
import { fieldsOf, typeOf } from "./fields";
import { namedSchemas } from "./jsonSchema";

const named = namedSchemas();
const told = (name: string) => fieldsOf({ $ref: `#/components/schemas/${name}` }, named);

test("a field tells its type and limits in words", () => {
  expect(typeOf({ type: "string", minLength: 1, maxLength: 200 })).toBe("text, 1 to 200 characters");
  expect(typeOf({ type: "string", format: "date-time" })).toBe("time");
  expect(typeOf({ type: "integer", minimum: 1, maximum: 2_147_483_647 })).toBe("whole number, from 1");
  expect(typeOf({ anyOf: [{ type: "number" }, { type: "null" }] })).toBe("number or null");
  expect(typeOf({ type: "array", items: { type: "number" }, maxItems: 100_000 })).toBe(
    "list of numbers, at most 100,000",
  );
  expect(typeOf({ enum: ["lower", "higher"] })).toBe("lower | higher");
  expect(typeOf({ prefixItems: [{ type: "number" }, { type: "number" }], type: "array" })).toBe("[number, number]");
  expect(typeOf({ $ref: "#/components/schemas/Point" })).toBe("Point");
});

test("inner fields follow theirs, further in; every row has a path of its own", () => {
  const fields = told("RunDocument");
  expect(fields.slice(0, 2)).toMatchObject([
    { path: ".run", depth: 0, type: "object", isRequired: true },
    { path: ".run.key", depth: 1, type: "text", isRequired: true },
  ]);
  expect(fields.find(({ path }) => path === ".results.metrics.{name}.values")).toMatchObject({ depth: 3 });
  expect(new Set(fields.map(({ path }) => path)).size).toBe(fields.length);
});

test("a named part is told by its name, not opened again", () => {
  const largest = told("ShiftSummary").filter(({ path }) => path.startsWith(".worst"));
  expect(largest).toMatchObject([{ type: "Member or null", refs: ["Member"] }]);
});

test("where a body may be one or many, the fields are those of one", () => {
  const one = { $ref: "#/components/schemas/NewToken" };
  expect(fieldsOf({ oneOf: [one, { type: "array", items: one }] }, named)).toEqual(told("NewToken"));
});
