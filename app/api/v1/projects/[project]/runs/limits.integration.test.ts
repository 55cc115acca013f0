import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { countRows, newProject, result, runDocument } from "@/ingest/store/testing/documents";
import { createToken } from "@/lib/commands/createToken";
import { db, row } from "@/lib/db/sql";
import { testDatabase } from "@/lib/db/testing/database";
import { MAX_BODY_BYTES } from "@/lib/http/body";
import { SYSTEM } from "@/lib/model/actor";
import { POST } from "./route";

testDatabase();

let token = "";
beforeAll(async () => {
  token = (await createToken(SYSTEM, null, { name: "t", scopes: ["ingest"], defaultBranch: true })).secret;
});

async function post(project: string, body: Uint8Array, headers: Record<string, string> = {}, query = "") {
  const response = await POST(
    new Request(`http://localhost/x${query}`, {
      method: "POST",
      body: body as BodyInit,
      headers: { authorization: `Bearer ${token}`, ...headers },
    }),
    { params: Promise.resolve({ project }) },
  );
  const text = await response.text();
  return { status: response.status, headers: response.headers, json: JSON.parse(text) };
}

/** What a project holds; `characters` are those of its documents. */
const holds = (project: string) =>
  row<{ runs: number; results: number; points: number; characters: number }>(
    db(),
    `select count(*) as runs, coalesce(sum(length(r.document)), 0) as characters,
            coalesce(sum((select count(*) from results where project_id = p.id and run_id = r.id)), 0) as results,
            coalesce(sum((select count(*) from points where project_id = p.id and run_id = r.id)), 0) as points
       from projects p join runs r on r.project_id = p.id where p.slug = $1`,
    [project],
  );

const NDJSON = { "content-type": "application/x-ndjson" };
const GZIP = { "content-encoding": "gzip" };

type Form = { headers: Record<string, string>; render(documents: object[], length: number): string };

/** Each way to send three runs (or one), made exactly `length` long by spaces where the form allows them. */
const FORMS: Record<string, Form> = {
  document: { headers: {}, render: ([first], length) => JSON.stringify(first).padEnd(length) },
  array: {
    headers: {},
    render: (documents, length) =>
      `${JSON.stringify(documents)
        .slice(0, -1)
        .padEnd(length - 1)}]`,
  },
  NDJSON: {
    headers: NDJSON,
    render: (documents, length) => {
      const [last = "", ...others] = documents.map((one) => JSON.stringify(one)).reverse();
      const before = others.map((line) => `${line}\n`).join("");
      return `${before}${last.padEnd(length - before.length - 1)}\n`;
    },
  },
};

const SIZES = { "just under": MAX_BODY_BYTES - 1, at: MAX_BODY_BYTES, "just over": MAX_BODY_BYTES + 1 };

describe("the limit of a body, unpacked", () => {
  for (const [name, { headers, render }] of Object.entries(FORMS))
    for (const isZipped of [false, true])
      for (const [where, length] of Object.entries(SIZES)) {
        const isOver = length > MAX_BODY_BYTES;
        const end = isOver ? "is 413 and leaves no trace" : "is stored whole";
        test(`${name}${isZipped ? ", gzip" : ""}: ${where} the limit ${end}`, async () => {
          const project = await newProject();
          const before = await countRows();
          const documents = ["a", "b", "c"].map((commit) =>
            runDocument(commit, { results: [result("v"), result("w")] }),
          );
          const text = render(documents, length);
          expect(text).toHaveLength(length);
          const body = isZipped ? gzipSync(text, { level: 1 }) : new TextEncoder().encode(text);
          const { status, json } = await post(project, body, isZipped ? { ...headers, ...GZIP } : headers);
          expect(status, JSON.stringify(json)).toBe(isOver ? 413 : 201);
          if (isOver) expect(json.detail).toContain("larger than 64 MiB unpacked. Send it in several parts");
          const runs = isOver ? 0 : name === "document" ? 1 : 3;
          expect(await holds(project)).toMatchObject({ runs, results: 2 * runs, points: 2 * runs });
          if (isOver) expect(await countRows()).toEqual(before);
        });
      }

  test("64 MiB that are all content come back as they were sent", async () => {
    const project = await newProject();
    const error = "KilledWorker ä ".repeat(1300).slice(0, 19_000);
    const results = Array.from({ length: 3200 }, (_, index) => ({ workload: `w${index}`, outcome: "failed", error }));
    const text = JSON.stringify(runDocument("a", { results }));
    const bytes = new TextEncoder().encode(text);
    expect(bytes.byteLength).toBeGreaterThan(0.9 * MAX_BODY_BYTES);
    expect(bytes.byteLength).toBeLessThan(MAX_BODY_BYTES);
    expect((await post(project, bytes)).status).toBe(201);
    expect(await holds(project)).toMatchObject({ runs: 1, results: 3200, characters: text.length });
    expect((await post(project, gzipSync(bytes, { level: 1 }), GZIP)).status, "the same again").toBe(200);
  });
});

test("a dry run of each form creates nothing, and says what it would", async () => {
  const project = await newProject();
  const before = await countRows();
  const documents = ["a", "b", "c"].map((commit) => runDocument(commit));
  for (const { headers, render } of Object.values(FORMS))
    for (const isZipped of [false, true]) {
      const text = render(documents, 10_000);
      const body = isZipped ? gzipSync(text) : new TextEncoder().encode(text);
      const answer = await post(project, body, isZipped ? { ...headers, ...GZIP } : headers, "?dryRun=1");
      expect(answer).toMatchObject({ status: 200, json: { created: { workloads: 1, metrics: 1, series: 1 } } });
      expect(await countRows()).toEqual(before);
    }
});

test("a compression that is not read is 415 with what is, a gzip that ends early 400; both leave no trace", async () => {
  const project = await newProject();
  const before = await countRows();
  const text = JSON.stringify(runDocument("a"));
  for (const encoding of ["br", "deflate", "zstd", "x"]) {
    const { status, headers, json } = await post(project, new TextEncoder().encode(text), {
      "content-encoding": encoding,
    });
    expect(status, encoding).toBe(415);
    expect(headers.get("accept-encoding")).toBe("gzip");
    expect(json).toMatchObject({ code: "unsupported", detail: expect.stringContaining("Send gzip") });
  }
  expect((await post(project, gzipSync(text).subarray(0, -3), GZIP)).status).toBe(400);
  expect(await countRows()).toEqual(before);
});
