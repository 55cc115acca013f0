import { expect, test } from "vitest";
import { storeRuns } from "@/ingest/store/storeRuns";
import { day, newProject, result, runDocument, sha } from "@/ingest/store/testing/documents";
import { testDatabase } from "@/lib/db/testing/database";
import { NotFound } from "@/lib/errors";
import { ANONYMOUS, SYSTEM } from "@/lib/model/actor";
import { readComponentChanges } from "./componentChanges";

testDatabase();

const ALL = { environment: null, branch: null };

async function projectWith(componentsAt: (place: number) => Record<string, string> | undefined): Promise<string> {
  const slug = await newProject();
  await storeRuns(
    SYSTEM,
    slug,
    Array.from({ length: 12 }, (_, place) => {
      const components = componentsAt(place);
      return {
        ...runDocument(`c${place}`, {
          key: `k-${place}`,
          parents: place === 0 ? [] : [`c${place - 1}`],
          at: day(place),
          results: [result("w", { duration: [10] })],
        }),
        ...(components && { components }),
      };
    }),
  );
  return slug;
}

test("a change of a component stands at the commit that has it first, with what it was before", async () => {
  const slug = await projectWith((place) => ({
    numpy: place < 5 ? "1.0" : "2.0",
    ...(place > 7 && { arrow: "9" }),
    dask: `sha${place}`,
  }));
  const found = await readComponentChanges(ANONYMOUS, slug, ALL);
  expect(found.items.map((item) => [item.sha, item.changes])).toEqual([
    [sha("c5"), [{ name: "numpy", before: "1.0", now: "2.0" }]],
    [sha("c8"), [{ name: "arrow", before: null, now: "9" }]],
  ]);
  expect(found.followed).toEqual([{ name: "dask", changes: 11 }]);
  expect(found.measured).toBe(12);
});

test("a run that told no components changes nothing: what counts is the one before it that did", async () => {
  const slug = await projectWith((place) => (place === 4 ? undefined : { numpy: place < 5 ? "1.0" : "2.0" }));
  const found = await readComponentChanges(ANONYMOUS, slug, ALL);
  expect(found.items.map(({ sha: at, changes }) => [at, changes.length])).toEqual([[sha("c5"), 1]]);
});

test("an unknown environment or branch is not found; a project without runs says that none exists yet", async () => {
  const slug = await projectWith(() => ({ a: "1" }));
  await expect(readComponentChanges(ANONYMOUS, slug, { environment: "moon", branch: null })).rejects.toThrow(NotFound);
  await expect(readComponentChanges(ANONYMOUS, slug, { environment: null, branch: "moon" })).rejects.toThrow(NotFound);
});
