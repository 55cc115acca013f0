import { afterEach, expect, test, vi } from "vitest";
import { Forbidden, TooLarge } from "@/lib/errors";
import { requireSameOrigin, requireShort } from "./sameOrigin";

afterEach(() => vi.unstubAllEnvs());

const check = (headers: Record<string, string>) => () => requireSameOrigin(new Headers(headers));
const host = "perf.example.org";

test("what the browser attests counts; a page of the same host is own, whatever the scheme", () => {
  expect(check({ host, "sec-fetch-site": "same-origin", origin: "https://elsewhere.example" })).not.toThrow();
  expect(check({ host, origin: `https://${host}` })).not.toThrow();
  expect(check({ host, origin: `http://${host}` })).not.toThrow();
});

test("another site, another port, an opaque origin and no origin at all are refused", () => {
  for (const origin of [
    "https://evil.example",
    `https://${host}:8443`,
    `https://evil.${host}`,
    "null",
    "file://",
    "x",
    "",
  ])
    expect(check({ host, origin })).toThrow(Forbidden);
  for (const site of ["cross-site", "same-site", "none"])
    expect(check({ host, "sec-fetch-site": site, origin: `https://${host}` })).toThrow(Forbidden);
  expect(check({ host })).toThrow(Forbidden);
  expect(check({})).toThrow(Forbidden);
});

test("with a public address its pages are own, also behind a proxy that names another host", () => {
  vi.stubEnv("TIDEMARK_PUBLIC_URL", "https://perf.example.org");
  expect(check({ host: "10.0.0.1:3000", origin: "https://perf.example.org" })).not.toThrow();
  expect(check({ host: "10.0.0.1:3000", origin: "https://evil.example" })).toThrow(Forbidden);
});

test("a form says how long it is, and is short", () => {
  const short = (headers: Record<string, string>) => () => requireShort(new Headers(headers));
  expect(short({ "content-length": "200" })).not.toThrow();
  for (const headers of [{}, { "content-length": "-1" }, { "content-length": "9999999" }, { "content-length": "1e3" }])
    expect(short(headers as Record<string, string>)).toThrow(TooLarge);
  expect(short({ "content-length": "20", "content-encoding": "gzip" })).toThrow(TooLarge);
});
