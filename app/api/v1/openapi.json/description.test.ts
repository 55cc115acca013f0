import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { z } from "zod";
import { exampleAddress, exampleBody } from "@/lib/openapi/curl";
import { describeApi } from "@/lib/openapi/document";
import { ENDPOINTS } from "@/lib/openapi/endpoints";
import recorded from "@/lib/openapi/examples.json";
import type { Method } from "@/lib/openapi/types";

const document = describeApi("https://perf.example", "1.2.3");
const text = JSON.stringify(document);

test("every reference has its schema, and every named schema is referred to", () => {
  const referred = new Set([...text.matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name]) => name));
  expect([...referred].sort()).toEqual(Object.keys(document.components.schemas).sort());
});

test("the document names the host that was asked, in addresses and commands, and no other server", () => {
  expect(document.servers).toEqual([{ url: "https://perf.example" }]);
  expect(text).toContain("curl -sS \\\\\\n  'https://perf.example/api/v1/health'");
  expect(text).not.toContain("127.0.0.1");
});

test("every parameter says what it is", () => {
  const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));
  const silent = operations.flatMap(({ operationId, parameters }) =>
    parameters.filter(({ description }) => !description.endsWith(".")).map(({ name }) => `${operationId} ${name}`),
  );
  expect(silent).toEqual([]);
});

test("every example has its answer in the document, but for the document itself", () => {
  const names = ENDPOINTS.flatMap(({ examples }) => examples.map(({ name }) => name));
  expect(names.filter((name) => !(name in recorded))).toEqual(["GET /openapi.json"]);
});

/** Paths of keys whose names are part of the interface: not those that a client chose. */
function keysOf(value: unknown, path: string[] = []): string[][] {
  if (value === null || typeof value !== "object") return [];
  if (Array.isArray(value)) return value.slice(0, 1).flatMap((item) => keysOf(item, [...path, "0"]));
  return Object.entries(value).flatMap(([key, item]) => {
    const here = [...path, key];
    return ["params", "facts", "detail", "components", "copies"].includes(key) ? [here] : [here, ...keysOf(item, here)];
  });
}

function renamed(value: unknown, [key = "", ...rest]: string[]): unknown {
  if (Array.isArray(value)) return value.map((item, i) => (i === Number(key) ? renamed(item, rest) : item));
  return Object.fromEntries(
    Object.entries(value as object).map(([name, item]) => {
      if (name !== key) return [name, item];
      return rest.length === 0 ? [`${name}Renamed`, item] : [name, renamed(item, rest)];
    }),
  );
}

test("an answer in which any field has another name is refused by its schema", () => {
  const answers: Record<string, unknown> = recorded;
  let tried = 0;
  for (const { id, answers: described, examples } of ENDPOINTS)
    for (const example of examples) {
      const schema: z.ZodType | undefined = described.find(({ status }) => status === example.status)?.schema;
      const answer = answers[example.name];
      if (!schema || answer === undefined || typeof answer === "string" || id === "getRun") continue;
      expect(schema.safeParse(answer).error?.issues ?? [], example.name).toEqual([]);
      for (const path of keysOf(answer)) {
        tried++;
        expect(schema.safeParse(renamed(answer, path)).success, `${example.name}: ${path.join(".")}`).toBe(false);
      }
    }
  expect(tried).toBeGreaterThan(500);
});

test("the commands, run by a shell, send what the examples say", () => {
  const stub = 'curl() { printf "%s\\0" "$@"; }; TOKEN=tm_x; ';
  for (const endpoint of ENDPOINTS) {
    const method = endpoint.method.toLowerCase() as Lowercase<Method>;
    const samples = document.paths[endpoint.path]?.[method]?.["x-codeSamples"] ?? [];
    for (const [index, example] of endpoint.examples.entries()) {
      const words = execFileSync("sh", ["-c", stub + samples[index]?.source], { encoding: "utf8" }).split("\0");
      const after = (word: string) => words.flatMap((one, i) => (one === word ? [words[i + 1] ?? ""] : []));
      expect(words).toContain(`https://perf.example${exampleAddress(endpoint, example)}`);
      const body = exampleBody(example);
      expect(after("--data-binary")).toEqual(body === null ? [] : [body]);
      expect(after("-X")[0] ?? (body === null ? "GET" : "POST")).toBe(endpoint.method);
      const needsToken = endpoint.scope !== null && endpoint.scope !== "read";
      expect(after("-H").includes("Authorization: Bearer tm_x")).toBe(needsToken);
    }
  }
});

test("docs/api.md names every endpoint, and none that is not there", () => {
  const docs = readFileSync(new URL("../../../../docs/api.md", import.meta.url), "utf8");
  const table = docs.slice(docs.indexOf("| address |"), docs.indexOf("The examples use"));
  const written = [...table.matchAll(/`(GET|POST|PATCH|DELETE) ([^`]+)`/g)].map(([, method, address = ""]) => {
    const rest = address.replace(/^\.\.\./, "");
    if (rest === address) return `${method} ${address}`;
    return `${method} ${rest.startsWith("/{id}") ? "/api/v1/users" : "/api/v1/projects/{project}"}${rest}`;
  });
  expect(written.sort()).toEqual(ENDPOINTS.map(({ method, path }) => `${method} ${path}`).sort());
});
