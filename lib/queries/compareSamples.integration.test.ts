import { expect, test } from "vitest";
import { storeRuns } from "@/ingest/store/storeRuns";
import { day, newProject, result, runDocument } from "@/ingest/store/testing/documents";
import { db, rows } from "@/lib/db/sql";
import { testDatabase } from "@/lib/db/testing/database";
import { SYSTEM } from "@/lib/model/actor";
import { type HistoryRun, readMeasured } from "./compareSamples";

testDatabase();

const WORKLOADS = 7;

/** Three runs of seven workloads with two metrics each: 14 series. */
async function measured() {
  const slug = await newProject();
  const documents = [0, 1, 2].map((place) =>
    runDocument(`c${place}`, {
      key: `k${place}`,
      at: day(place),
      results: Array.from({ length: WORKLOADS }, (_, w) =>
        result(`w${w}`, { duration: [w + 1, w + 2], peak_memory: [100 * (w + 1) + place] }),
      ),
    }),
  );
  await storeRuns(SYSTEM, slug, documents);
  const runs = await rows<HistoryRun & { projectId: number }>(
    db(),
    `SELECT u.project_id AS "projectId", u.id, u.commit_id AS "commitId", u.environment_id AS "environmentId",
       u.revision_id AS "revisionId", false AS "isExperiment"
     FROM runs u JOIN projects p ON p.id = u.project_id WHERE p.slug = $1 ORDER BY u.id`,
    [slug],
  );
  const [first, ...sides] = runs as [(typeof runs)[number], ...typeof runs];
  return { projectId: first.projectId, sides, history: [first] };
}

test("two connections read the same series as one, each once", async () => {
  const { projectId, sides, history } = await measured();
  const byOne = await readMeasured(projectId, sides, history);
  const byTwo = await readMeasured(projectId, sides, history, 1);
  const key = ({ caseId, metricId }: { caseId: number; metricId: number }) => `${caseId} ${metricId}`;
  expect(byOne).toHaveLength(2 * WORKLOADS);
  expect(new Set(byTwo.map(key)).size).toBe(2 * WORKLOADS);
  const inOrder = (all: typeof byOne) => all.toSorted((a, b) => key(a).localeCompare(key(b)));
  expect(inOrder(byTwo)).toEqual(inOrder(byOne));
  expect(byOne.every(({ points, past }) => points.length === 2 && past.medians.length === 1)).toBe(true);
});
