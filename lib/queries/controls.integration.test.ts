import { expect, test } from "vitest";
import { storeRuns } from "@/ingest/store/storeRuns";
import { day, newProject, result, runDocument } from "@/ingest/store/testing/documents";
import { analyse } from "@/lib/analysis";
import { changeSettings } from "@/lib/commands/settings";
import { db, row } from "@/lib/db/sql";
import { testDatabase } from "@/lib/db/testing/database";
import { ANONYMOUS, SYSTEM } from "@/lib/model/actor";
import { readComparison } from "./compare";
import { readOverview } from "./overview";
import { readWorkload } from "./workload";
import { readWorkloads } from "./workloads";

testDatabase();

const COMMITS = 12;
const LIST: Parameters<typeof readWorkloads>[2] = {
  environment: null,
  branch: null,
  since: null,
  metric: null,
  filter: null,
  retired: false,
  show: "all",
  sort: "name",
  order: null,
  group: "none",
};
const ASKED = { environment: null, metric: null, workload: null, sort: "effect" } as const;

/** `work` and `pinned` in vm-a, and in vm-pin, which is measured last; from the last commit on `pinned` fails. */
async function measured(): Promise<{ slug: string; id: number }> {
  const slug = await newProject();
  const documents = Array.from({ length: COMMITS }, (_, place) =>
    ["vm-a", "vm-pin"].map((environment, k) => {
      const values = { duration: [10 + (place % 3) / 100] };
      const pinned =
        place === COMMITS - 1
          ? { workload: "pinned", outcome: "failed", error: "KilledWorker" }
          : result("pinned", values);
      return runDocument(`c${place}`, {
        ...{ key: `${environment}-${place}`, parents: place === 0 ? [] : [`c${place - 1}`], environment },
        at: day(place * 2 + k),
        results: [result("work", values), pinned],
      });
    }),
  ).flat();
  await storeRuns(SYSTEM, slug, documents);
  const id = (await row<{ id: number }>(db(), "SELECT id FROM projects WHERE slug = $1", [slug]))?.id ?? 0;
  await analyse(id);
  return { slug, id };
}

async function listed(slug: string) {
  const workloads = await readWorkloads(ANONYMOUS, slug, LIST, { offset: 0, limit: 100, sparklines: true });
  const overview = (await readOverview(ANONYMOUS, slug, { environment: null, branch: null })).measured;
  const compared = await readComparison(ANONYMOUS, slug, {
    ...{ ...ASKED, baseline: "run:vm-a-3", contender: "run:vm-a-11" },
  });
  const pinned = await readComparison(ANONYMOUS, slug, {
    ...{ ...ASKED, baseline: "run:vm-pin-3", contender: "run:vm-pin-11" },
  });
  const head = (number: number, environment: string | null) =>
    readWorkload(ANONYMOUS, slug, number, { params: null, environment, branch: null });
  const page = async (number: number, environment: string) => (await head(number, environment)).control;
  return {
    pages: [await page(2, "vm-a"), await page(1, "vm-a"), await page(2, "vm-pin")],
    offered: (await head(2, null)).environments.toSorted(),
    ofPinned: (await head(2, "vm-pin")).environments.toSorted(),
    workloads: workloads.rows.map(({ workload }) => workload.name),
    counts: workloads.counts,
    environments: workloads.environments,
    overview: overview?.environments,
    health: overview?.health.rows.map(({ workload }) => workload.name),
    fresh: overview?.freshness.environments.map(({ name }) => name),
    failing: overview?.troubles.now.failing,
    compared: [...compared.rows.map(({ workload }) => workload), ...compared.oneSided.map(({ workload }) => workload)],
    pinned: pinned.rows.length + pinned.oneSided.length,
    note: pinned.note,
  };
}

test("what the settings name as controls stands in no list, overview or comparison, and comes back with the settings", async () => {
  const { slug, id } = await measured();
  const before = await listed(slug);
  expect(before).toMatchObject({
    pages: [false, false, false],
    ...{ offered: ["vm-a", "vm-pin"], ofPinned: ["vm-a", "vm-pin"], note: null },
    ...{ workloads: ["pinned", "work"], counts: { all: 2, failing: 1 }, failing: 2 },
    environments: expect.arrayContaining(["vm-a", "vm-pin"]),
    compared: expect.arrayContaining(["work", "pinned"]),
  });
  await changeSettings(SYSTEM, slug, { controlWorkloads: ["pinned"], controlEnvironments: ["vm-pin", "not yet"] });
  await analyse(id);
  expect(await listed(slug)).toEqual({
    pages: [false, true, true],
    // Its own page is still there, for whoever has the address.
    ...{ offered: ["vm-a"], ofPinned: ["vm-a", "vm-pin"] },
    note: expect.stringMatching(/^Nothing was compared: the settings name vm-pin as a control/),
    ...{ workloads: ["work"], counts: { all: 1, shifted: 0, failing: 0 }, environments: ["vm-a"], overview: ["vm-a"] },
    ...{ health: ["work"], fresh: ["vm-a"], failing: 0, compared: ["work"], pinned: 0 },
  });
  await changeSettings(SYSTEM, slug, { controlWorkloads: [], controlEnvironments: [] });
  await analyse(id);
  expect(await listed(slug)).toEqual(before);
});
