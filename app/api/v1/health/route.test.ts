import { afterAll, beforeAll, expect, test } from "vitest";
import { closePool } from "@/lib/db/pool";
import { GET } from "./route";

beforeAll(async () => {
  await closePool();
  process.env.DATABASE_URL = "postgresql://nobody@127.0.0.1:1/none";
});
afterAll(async () => {
  await closePool();
  delete process.env.DATABASE_URL;
});

test("without a database health is 503 and names the part that fails", async () => {
  const response = await GET();
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({ status: "down", database: "down", version: expect.any(String) });
});
