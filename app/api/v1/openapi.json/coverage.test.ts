import { expect, test } from "vitest";
import { ENDPOINTS } from "@/lib/openapi/endpoints";
import type { Endpoint } from "@/lib/openapi/types";
import { type FoundRoute, findRoutes } from "./testing/routes";

type Described = Pick<Endpoint, "method" | "path" | "scope" | "query" | "body">;

/** What is on one side only, and where handler and description ask for different things. */
function differences(routes: readonly FoundRoute[], described: readonly Described[]): string[] {
  const nameOf = ({ method, path }: { method: string; path: string }) => `${method} ${path}`;
  const handlers = new Map(routes.map((route) => [nameOf(route), route.handler]));
  const names = new Set(described.map(nameOf));
  return [
    ...[...handlers.keys()].filter((name) => !names.has(name)).map((name) => `${name} is not described`),
    ...described.flatMap((endpoint) => {
      const name = nameOf(endpoint);
      const handler = handlers.get(name);
      if (!handler) return [`${name} does not exist`];
      return partsThatDiffer(handler, endpoint).map((part) => `${name}: another ${part}`);
    }),
  ];
}

/** Bodies of results are read in turn, within the call: their handlers name no schema. */
function partsThatDiffer({ options }: FoundRoute["handler"], { scope, query, body }: Described): string[] {
  if (options === undefined) return scope === null ? [] : ["scope"];
  const { scope: needed, query: asked, body: taken } = options;
  return [
    ...(needed === scope ? [] : ["scope"]),
    ...(asked === query ? [] : ["query"]),
    ...(taken === undefined || taken === body ? [] : ["body"]),
  ];
}

test("every method of every route is described, and every description has its route, scope and schemas", async () => {
  const routes = await findRoutes();
  expect(routes.length).toBeGreaterThan(20);
  expect(differences(routes, ENDPOINTS)).toEqual([]);
});

test("a planted difference of any kind is found", async () => {
  const routes = await findRoutes();
  const [first, ...others] = ENDPOINTS as [Endpoint, ...Endpoint[]];
  expect(differences(routes, others)).toEqual([`${first.method} ${first.path} is not described`]);
  const more = { ...first, path: "/api/v1/more" };
  expect(differences(routes, [...ENDPOINTS, more])).toEqual(["GET /api/v1/more does not exist"]);
  const changed = ENDPOINTS.map((endpoint) => {
    if (endpoint.id === "getAnalysis") return { ...endpoint, scope: "admin" as const };
    if (endpoint.id === "getSeries") return { ...endpoint, query: undefined };
    return endpoint.id === "createToken" ? { ...endpoint, body: first.answers[0]?.schema } : endpoint;
  });
  expect(differences(routes, changed)).toEqual([
    "POST /api/v1/projects/{project}/tokens: another body",
    "GET /api/v1/projects/{project}/analysis: another scope",
    "GET /api/v1/projects/{project}/series: another query",
  ]);
});

test("operation ids and names of examples are used once, and every endpoint has an example", () => {
  const ids = ENDPOINTS.map(({ id }) => id);
  const names = ENDPOINTS.flatMap(({ examples }) => examples.map(({ name }) => name));
  expect(new Set(ids).size).toBe(ids.length);
  expect(new Set(names).size).toBe(names.length);
  expect(ENDPOINTS.filter(({ examples }) => examples.length === 0)).toEqual([]);
});
