import { expect, test } from "vitest";
import { db, rows } from "@/lib/db/sql";
import { testDatabase } from "@/lib/db/testing/database";
import { appendCommits, createTestProject, type TestProject } from "@/lib/db/testing/project";
import { SYSTEM } from "@/lib/model/actor";
import { readSeries } from "@/lib/queries/series";
import { analyse } from "./analyse";
import { around, other, post, shiftsOf } from "./testing/history";

testDatabase();

/** Another level from the 21st commit on, for a reason that is not the code, and a step of the code at the 41st. */
const FIRST = around(10, 20);
const REST = [...around(14, 20), ...around(16, 20)];

async function history(): Promise<{ project: TestProject; commits: number[] }> {
  const project = await createTestProject();
  return { project, commits: await appendCommits(project, 60) };
}

const read = (project: TestProject) =>
  readSeries(SYSTEM, project.slug, {
    ...{ workload: "work", params: null, metric: "duration", environment: null, branch: null },
    ...{ from: null, to: null, samples: false, thin: null },
  });

/** The step of the code is the only shift, and the line says where it is broken and why. */
async function expectBroken(project: TestProject, why: string, text: RegExp): Promise<void> {
  await analyse(project.id);
  expect(await shiftsOf(project)).toMatchObject([
    { number: 1, state: "confirmed", direction: "regression", lastGood: 39, firstShifted: 40 },
  ]);
  const { breaks, tracks, changepoints, segments } = await read(project);
  expect(breaks).toMatchObject([{ position: 20, why, text: expect.stringMatching(text) }]);
  expect(tracks).toHaveLength(2);
  expect(changepoints.map(({ position }) => position)).toEqual([40]);
  expect(segments.map(({ track }) => track)).toEqual([0, 1, 1]);
}

test("changed facts break the line: no shift there, a step elsewhere is still found, and the break is told", async () => {
  const { project, commits } = await history();
  await post(project, commits.slice(0, 20), FIRST);
  const larger = await other.facts(project, "larger");
  await rows(
    db(),
    `UPDATE environment_revisions SET facts = '{"instance": "m6i.xlarge"}' WHERE project_id = $1 AND id = $2`,
    [project.id, larger.revisionId],
  );
  await rows(
    db(),
    `UPDATE environment_revisions SET facts = '{"instance": "m6i.large"}' WHERE project_id = $1 AND id = $2`,
    [project.id, project.revisionId],
  );
  await post(larger, commits.slice(20), REST);
  await expectBroken(project, "facts", /instance.*m6i\.large.*m6i\.xlarge/);
});

test("a new version of the workload breaks the line: no shift there, a step elsewhere is still found, and the break is told", async () => {
  const { project, commits } = await history();
  const old = await post(project, commits.slice(0, 20), FIRST);
  await rows(db(), "UPDATE series SET version = '1' WHERE id = $1", [old]);
  const now = await post(project, commits.slice(20), REST);
  await rows(db(), "UPDATE series SET version = '2' WHERE id = $1", [now]);
  await expectBroken(project, "version", /1.*2/);
});
