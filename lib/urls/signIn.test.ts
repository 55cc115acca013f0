import { expect, test } from "vitest";
import { invitationUrl, safeNext, signInQuery, signInUrl } from "./signIn";

test("after signing in one comes back to the page that one left, whatever it shows", () => {
  const page = "/distributed/workloads?since=2022.9.2&filter=a+b#top";
  const url = signInUrl({ next: page });
  expect(safeNext(signInQuery.parse(new URL(url, "http://x").searchParams).next)).toBe(page);
  expect(signInUrl()).toBe("/sign-in");
});

test("a next page on another site is not followed", () => {
  const foreign = ["//evil.example", "/\\evil.example", "https://evil.example", "evil.example", "javascript:alert(1)"];
  for (const next of [...foreign, "/\t/evil.example", "/a\\b", "\\\\evil.example", "", null])
    expect(safeNext(next)).toBe("/");
  for (const next of foreign) expect(new URL(safeNext(next), "https://own.example").host).toBe("own.example");
});

test("the code of an invitation is in the part of the address that no server is sent", () => {
  const url = new URL(invitationUrl("inv_a b#c"), "http://x");
  expect(url.pathname).toBe("/sign-in/invitation");
  expect(decodeURIComponent(url.hash.slice(1))).toBe("inv_a b#c");
});
