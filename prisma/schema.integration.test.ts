import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { testDatabase } from "@/lib/db/testing/database";
import { drift } from "./schemaEngine";

const database = testDatabase();
const schema = readFileSync("prisma/schema.prisma", "utf8");

test("schema.prisma says what the migrations make", async () => {
  expect(await drift(database.url(), schema)).toBeNull();
});

test("a column that only schema.prisma has is drift, and the missing SQL is told", async () => {
  const planted = schema.replace("model Project {", "model Project {\n  planted String?");
  expect(await drift(database.url(), planted)).toMatch(/ADD COLUMN\s+"planted" TEXT/);
});
