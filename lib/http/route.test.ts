import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { closePool } from "../db/pool";
import { Conflict, Unavailable } from "../errors";
import { csv } from "./csv";
import { decodeCursor, encodeCursor, pageOf } from "./paging";
import { isDatabaseAway, problem } from "./problem";
import { answer, route } from "./route";

const request = (path = "", headers: Record<string, string> = {}) =>
  new Request(`http://localhost/x${path}`, { headers });

describe("a route", () => {
  test("answers what its handler gives, with an ETag that spares the body", async () => {
    const get = route({ scope: "read" }, () => ({ a: [1, null] }));
    const first = await get(request());
    expect(await first.json()).toEqual({ a: [1, null] });
    const again = await get(request("", { "if-none-match": `"other", ${first.headers.get("etag")}` }));
    expect([again.status, await again.text()]).toEqual([304, ""]);
  });

  test("gives the parts of the path as Next decoded them", async () => {
    const get = route({ scope: "read" }, ({ params }) => params);
    const context = { params: Promise.resolve({ name: "100% a/b", rest: ["x", "y"] }) };
    expect(await (await get(request(), context)).json()).toEqual({ name: "100% a/b", rest: "x/y" });
    expect((await get(request(), { params: Promise.resolve({ name: "\0" }) })).status).toBe(404);
  });

  test("refuses query parameters that it does not know or that stand twice", async () => {
    const get = route({ scope: "read", query: z.strictObject({ a: z.string().optional() }) }, ({ query }) => query);
    expect(await (await get(request("?a=1"))).json()).toEqual({ a: "1" });
    for (const query of ["?b=1", "?a=1&a=2", "?a=%00"]) expect((await get(request(query))).status, query).toBe(422);
    expect((await route({ scope: "read" }, () => 1)(request("?a=1"))).status).toBe(422);
  });

  test("turns our errors into problems, and hides what others say", async () => {
    const conflict = await problem(new Conflict("Run k exists.", [{ path: "$.run.key", message: "used" }]));
    expect(conflict.headers.get("content-type")).toBe("application/problem+json");
    expect(await conflict.json()).toMatchObject({
      type: "urn:tidemark:conflict",
      status: 409,
      detail: "Run k exists.",
      faults: [{ path: "$.run.key" }],
    });
    const log = console.error;
    console.error = () => undefined;
    const internal = await problem(new Error("password=secret"));
    console.error = log;
    expect(internal.status).toBe(500);
    expect(await internal.text()).not.toContain("secret");
  });

  test("a Response goes out as it is", async () => {
    const post = route({ scope: "read" }, () => answer({ id: 1 }, { status: 201 }));
    const response = await post(request());
    expect([response.status, response.headers.get("etag")]).toEqual([201, null]);
  });
});

describe("without a database", () => {
  beforeAll(async () => {
    await closePool();
    process.env.DATABASE_URL = "postgresql://nobody@127.0.0.1:1/none";
    return async () => {
      await closePool();
      delete process.env.DATABASE_URL;
    };
  });

  test("a request is 503 and says when to come back", async () => {
    const get = route({ scope: "read" }, () => 1);
    const response = await get(request("", { authorization: "Bearer tm_x" }));
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, "5"]);
    expect(await response.json()).toMatchObject({ code: "unavailable" });
  });
});

test("a database that is away is told from a statement that is wrong", () => {
  const withCode = (code: string) => Object.assign(new Error("x"), { code });
  for (const code of ["ECONNREFUSED", "57P01", "08006", "53300"])
    expect(isDatabaseAway(withCode(code)), code).toBe(true);
  for (const code of ["42601", "22P02", "23505"]) expect(isDatabaseAway(withCode(code)), code).toBe(false);
  expect(isDatabaseAway(new AggregateError([withCode("ECONNREFUSED")]))).toBe(true);
  expect(problem(new Unavailable("x")).headers.get("retry-after")).toBe("5");
});

test("CSV quotes what needs it, and no text becomes a formula", () => {
  expect(
    csv(
      ["a", "b"],
      [
        ["=1+1", -1],
        ['x "y", z', null],
        [" @x", true],
      ],
    ),
  ).toBe('a,b\r\n\'=1+1,-1\r\n"x ""y"", z",\r\n\' @x,true\r\n');
});

test("a list in parts says where the next one begins, and refuses cursors of others", () => {
  const part = pageOf(
    [3, 2, 1],
    2,
    9,
    (row) => ({ row }),
    (last) => [last],
  );
  expect(part).toEqual({ total: 9, items: [{ row: 3 }, { row: 2 }], next: encodeCursor([2]) });
  expect(decodeCursor(part.next ?? "", z.tuple([z.int()]))).toEqual([2]);
  expect(
    pageOf(
      [1],
      2,
      9,
      (row) => row,
      () => [],
    ).next,
  ).toBeNull();
  for (const cursor of ["", "x", encodeCursor(["a"]), encodeCursor([1, 2])])
    expect(() => decodeCursor(cursor, z.tuple([z.int()]))).toThrow("Send its 'next' unchanged");
});
