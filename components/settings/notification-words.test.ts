import { expect, test } from "vitest";
import { DEFAULT_FILTER } from "@/lib/model/notification";
import type { RouteItem } from "@/lib/queries/notifications";
import {
  changed,
  differences,
  faultAt,
  filterOf,
  filterText,
  numberOf,
  routeOf,
  targetText,
} from "./notification-words";

const valuesOf = (fields: Record<string, string | string[]>) => {
  const all = (name: string) => [fields[name] ?? []].flat();
  return { all, one: (name: string) => all(name)[0] ?? "" };
};

const ROUTE: RouteItem = {
  id: 1,
  name: "Array team",
  channel: "github",
  target: { api: "https://api.github.com", labels: ["performance"], repository: "dask/dask", pullRequests: false },
  secretHint: "wxyz",
  filter: DEFAULT_FILTER,
  digest: "none",
  maxAgeDays: 60,
  enabled: true,
  revision: 1,
  createdBy: "Ada",
  createdAt: "2026-11-25T10:00:00Z",
  deliveries: { waiting: 0, held: 0, delivered: 0, failed: 0 },
  deliveredAt: null,
  lastError: null,
};

test("a filter in words names everything that must hold", () => {
  expect(filterText(DEFAULT_FILTER)).toBe("Regressions, mixed shifts");
  const filter = {
    ...DEFAULT_FILTER,
    metric: "peak_memory",
    workload: "array/",
    environment: "vm-b",
    minChange: 0.07,
  };
  expect(filterText(filter)).toBe(
    "Regressions, mixed shifts, of peak memory, of workloads array/…, on vm-b, from 7\u00a0% on",
  );
});

test("where a route leads is its repository, its address or its addresses of mail", () => {
  expect(targetText(ROUTE)).toBe("dask/dask");
  expect(targetText({ channel: "email", target: { to: ["a@example.org", "b@example.org"] } })).toBe(
    "a@example.org, b@example.org",
  );
  expect(targetText({ channel: "webhook", target: { url: "https://example.org/" } })).toBe("https://example.org/");
});

test("per cents become shares without dust, nothing becomes null, and what is no number goes to the server as it is", () => {
  expect(filterOf(valuesOf({ directions: ["rose"], minChange: "7" }))).toEqual({
    ...DEFAULT_FILTER,
    directions: ["rose"],
    minChange: 0.07,
  });
  expect([numberOf(" 1,5 "), numberOf(""), numberOf("many")]).toEqual([1.5, null, "many"]);
});

test("a form of a channel sends that channel's fields alone", () => {
  const fields = { name: "Mail", to: "a@example.org\n\nb@example.org", digest: "daily", url: "https://example.org" };
  expect(routeOf(valuesOf(fields), "email")).toMatchObject({
    target: { to: ["a@example.org", "b@example.org"] },
    digest: "daily",
    maxAgeDays: null,
    enabled: false,
  });
});

test("only what differs is sent, whatever the order of keys", () => {
  const after = { name: "Arrays", target: { ...ROUTE.target, repository: "dask/dask" }, enabled: true };
  expect(changed(ROUTE, { ...after, target: Object.fromEntries(Object.entries(after.target).reverse()) })).toEqual({
    name: "Arrays",
  });
});

test("what somebody else changed is told in words, also what no list shows", () => {
  expect(differences(ROUTE, { ...ROUTE, digest: "weekly", enabled: false, revision: 3 })).toEqual([
    "Digest: each at once → once a week",
    "State: on → off",
  ]);
  expect(differences(ROUTE, { ...ROUTE, target: { ...ROUTE.target, labels: ["slow"] } })).toEqual([
    "Labels, API root or pull requests were changed",
  ]);
});

test("a fault of a part stands at its field", () => {
  const faults = { "target.to[1]": "Must be an address of mail.", "target.tone": "Unknown." };
  expect(faultAt(faults, "target.to")).toBe("Must be an address of mail.");
  expect(faultAt(faults, "target.t")).toBeUndefined();
});
