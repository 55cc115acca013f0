import { expect, test } from "vitest";
import { db, row } from "@/lib/db/sql";
import { testDatabase } from "@/lib/db/testing/database";
import { floats, ints, jsonLines, texts } from "./columns";

testDatabase();

const echo = async (type: string, column: unknown) =>
  (await row<{ column: unknown }>(db(), `select $1::${type} as column`, [column]))?.column;

test("whole numbers arrive as they are, none too", async () => {
  const values = [0, 1, -1, 2_147_483_647, -2_147_483_648];
  expect(await echo("int[]", ints(values))).toEqual(values);
  expect(await echo("int[]", ints([]))).toEqual([]);
});

test("numbers arrive bit by bit", async () => {
  const values = [0.1, -0.1, 5e-324, Number.MAX_VALUE, Number.MIN_VALUE, 1 / 3, 1e21, -0];
  expect(await echo("float8[]", floats(values))).toEqual(values);
  expect(await echo("float8[]", floats([]))).toEqual([]);
});

test("texts arrive with quotes, backslashes, commas and gaps; a column of gaps is none", async () => {
  const values = ['a"b', "a\\b", "a,{b}", "", " NULL", "NULL", null, "é\n"];
  expect(await echo("text[]", texts(values))).toEqual(values);
  expect(texts([null, null])).toBeNull();
});

test("JSON arrives a value a line", async () => {
  const lines = jsonLines([{ a: "x\ny" }, undefined, [1]]);
  const found = await row<{ values: unknown }>(
    db(),
    "select to_jsonb(string_to_array($1, e'\\n', '')::jsonb[]) as values",
    [lines],
  );
  expect(found?.values).toEqual([{ a: "x\ny" }, null, [1]]);
});
