import fc from "fast-check";
import { expect, test } from "vitest";
import { releaseQuery, releasesQuery, releasesUrl, releaseUrl } from "./releases";

test("a tag with slashes keeps them in its address; all else is escaped", () => {
  expect(releaseUrl("dask", "release/v1.1")).toBe("/dask/releases/release/v1.1");
  expect(releaseUrl("dask", "branch:main", { against: "v1.0", report: 2 })).toBe(
    "/dask/releases/branch%3Amain?against=v1.0&report=2",
  );
  expect(releaseUrl("dask", "a b?#%/..")).toBe("/dask/releases/a%20b%3F%23%25/%2E%2E");
});

test("the parts of an address, decoded and joined, are the tag again", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }), (tag) => {
      const parts = releaseUrl("p", tag).slice("/p/releases/".length).split("/");
      expect(parts.map(decodeURIComponent).join("/")).toBe(tag);
    }),
  );
});

test("defaults are left out, and what was built is parsed again", () => {
  expect(releasesUrl("dask", { state: null, page: 1, filter: null })).toBe("/dask/releases");
  const selection = { filter: "2023", state: "signed", page: 2 } as const;
  expect(releasesQuery.parse(new URLSearchParams(releasesQuery.build(selection)))).toEqual(selection);
  const report = { against: "a/b c", report: 3, show: "all" } as const;
  expect(releaseQuery.parse(new URLSearchParams(releaseQuery.build(report)))).toEqual(report);
});
