import { expect, test } from "vitest";
import { storeRuns } from "@/ingest/store/storeRuns";
import { createProject } from "@/lib/commands/createProject";
import { changeSettings } from "@/lib/commands/settings";
import { db, row, rows } from "@/lib/db/sql";
import { testDatabase } from "@/lib/db/testing/database";
import { SYSTEM } from "@/lib/model/actor";
import type { Json } from "@/lib/model/words";
import { readShift } from "@/lib/queries/shift";
import { analyse } from "./analyse";

testDatabase();

const COMMITS = 40;
const STEP = 20;
const shaOf = (place: number) => (place + 0x10000000).toString(16).padEnd(40, "0");
const scatter = (seed: number) => 1 + (((seed * 7919) % 21) - 10) / 1000;

type Shape = { control?: (place: number) => number; controlFlag?: boolean; dask?: (place: number) => string };

/** A workload that gets a fifth slower at commit 20, and a second one, with components. */
function documents({ control = () => 1, controlFlag = true, dask = () => "1" }: Shape): Json[] {
  return Array.from(
    { length: COMMITS },
    (_, place): Json => ({
      run: { key: `r-${place}`, startedAt: new Date(Date.UTC(2026, 0, 1 + place)).toISOString() },
      commit: {
        sha: shaOf(place),
        branch: "main",
        parents: place === 0 ? [] : [shaOf(place - 1)],
        committedAt: new Date(Date.UTC(2026, 0, 1 + place)).toISOString(),
      },
      environment: { name: "cluster" },
      components: { dask: dask(place), pandas: place < STEP ? "2.2.3" : "2.3.0", python: "3.12" },
      results: [
        { workload: "work", outcome: "passed", metrics: { duration: [(place < STEP ? 10 : 12) * scatter(place)] } },
        {
          workload: "pinned",
          outcome: "passed",
          ...(controlFlag && { control: true }),
          metrics: { duration: [5 * control(place) * scatter(place + 3)] },
        },
      ],
    }),
  );
}

let count = 0;
async function analysed(shape: Shape): Promise<{ slug: string; id: number }> {
  const slug = `causes-${count++}`;
  await createProject(SYSTEM, {
    slug,
    name: slug,
    repository: "https://github.com/dask/dask",
    defaultBranch: "main",
    visibility: "public",
  });
  await storeRuns(SYSTEM, slug, documents(shape));
  const id = (await row<{ id: number }>(db(), "SELECT id FROM projects WHERE slug = $1", [slug]))?.id ?? 0;
  await analyse(id);
  return { slug, id };
}

const stepped = (place: number) => (place < STEP ? 1 : 1.2);

test("controls that move along make a shift 'environment, not code', and have no line or shift of their own", async () => {
  const { slug, id } = await analysed({ control: stepped });
  const { notTheCode, membersTotal } = await readShift(SYSTEM, slug, 1);
  expect(membersTotal).toBe(1);
  expect(notTheCode.cause).toMatchObject({
    kind: "environment",
    controls: [
      { environment: "cluster", metric: "duration", cases: 1, verdict: "moved", change: expect.closeTo(0.2, 1) },
    ],
  });
  expect(await rows(db(), "SELECT FROM lines WHERE project_id = $1", [id])).toHaveLength(1);
});

test("controls that hold say so; without controls nothing is said", async () => {
  const held = await analysed({});
  expect((await readShift(SYSTEM, held.slug, 1)).notTheCode.cause?.kind).toBe("held");
  const none = await analysed({ controlFlag: false });
  expect((await readShift(SYSTEM, none.slug, 1)).notTheCode.cause).toBeNull();
});

test("a workload that the settings name is a control, for earlier runs too, until they do not", async () => {
  const { slug, id } = await analysed({ control: stepped, controlFlag: false });
  expect((await readShift(SYSTEM, slug, 1)).membersTotal).toBe(2);
  await changeSettings(SYSTEM, slug, { controlWorkloads: ["pinned"] });
  await analyse(id);
  const shift = await readShift(SYSTEM, slug, 1);
  expect([shift.membersTotal, shift.notTheCode.cause?.kind]).toEqual([1, "environment"]);
  await changeSettings(SYSTEM, slug, { controlWorkloads: [] });
  await analyse(id);
  expect((await readShift(SYSTEM, slug, 1)).membersTotal).toBe(2);
});

test("components that changed within the range are listed with their revisions and a compare link", async () => {
  const { slug } = await analysed({ dask: (place) => (place < STEP ? "aaa" : "bbb") });
  await changeSettings(SYSTEM, slug, { components: { pandas: "https://gitlab.com/pandas/pandas" } });
  const { notTheCode } = await readShift(SYSTEM, slug, 1);
  expect(notTheCode.components).toEqual([
    {
      environment: "cluster",
      component: "dask",
      before: "aaa",
      after: "bbb",
      link: "https://github.com/dask/dask/compare/aaa...bbb",
    },
    {
      environment: "cluster",
      component: "pandas",
      before: "2.2.3",
      after: "2.3.0",
      link: "https://gitlab.com/pandas/pandas/-/compare/2.2.3...2.3.0",
    },
  ]);
  expect(notTheCode.nothingMoved).toBe(false);
});

test("where the project's own revision is the same on both sides, nothing in the code moved", async () => {
  const { slug } = await analysed({});
  expect((await readShift(SYSTEM, slug, 1)).notTheCode).toMatchObject({ nothingMoved: true, slowRuns: [], events: [] });
});

test("settings are checked for who asks, and audited", async () => {
  const { slug, id } = await analysed({});
  const member = { ...SYSTEM, kind: "user" as const, name: "ada@example.org", scopes: ["triage" as const] };
  await expect(changeSettings(member, slug, { notes: ["host"] })).rejects.toThrow("lacks the scope 'admin'");
  expect(await changeSettings(SYSTEM, slug, { notes: ["host", "host"] })).toMatchObject({
    notes: ["host"],
    controlWorkloads: [],
  });
  expect(await row(db(), "SELECT detail FROM audit WHERE project_id = $1 AND verb = 'changed'", [id])).toEqual({
    detail: { notes: { from: null, to: ["host"] } },
  });
});
