import { expect, test } from "vitest";
import { compareLink, componentChanges, nothingMoved } from "./components";

test("components that changed are listed with their revisions and a compare link where a repository is known", () => {
  const before = { dask: "86ac021", pandas: "2.2.3", python: "3.12.1" };
  const after = { dask: "4bcc6b6", pandas: "2.2.3", numpy: "2.0" };
  expect(componentChanges(before, after, { dask: "https://github.com/dask/dask.git" })).toEqual([
    {
      component: "dask",
      before: "86ac021",
      after: "4bcc6b6",
      link: "https://github.com/dask/dask/compare/86ac021...4bcc6b6",
    },
    { component: "numpy", before: null, after: "2.0", link: null },
    { component: "python", before: "3.12.1", after: null, link: null },
  ]);
  expect(componentChanges(null, after, {})).toEqual([]);
});

test("links take the forms of GitHub and GitLab, and nothing that is no web address", () => {
  expect(compareLink("https://gitlab.com/a/b/", "1", "2")).toBe("https://gitlab.com/a/b/-/compare/1...2");
  expect(compareLink("https://github.com/a/b", "feature/x", "2")).toBe(
    "https://github.com/a/b/compare/feature%2Fx...2",
  );
  expect(compareLink("javascript:alert(1)", "1", "2")).toBeNull();
  expect(compareLink(undefined, "1", "2")).toBeNull();
});

test("nothing in the code moved when the project's own revision is the same on both sides", () => {
  expect(nothingMoved({ dask: "1" }, { dask: "1" }, ["dask", null])).toBe(true);
  expect(nothingMoved({ dask: "1" }, { dask: "2" }, ["dask"])).toBe(false);
  expect(nothingMoved({ pandas: "1" }, { pandas: "1" }, ["dask"])).toBeNull();
});
