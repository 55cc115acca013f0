import { expect, test } from "vitest";
import { analyse } from "@/lib/analysis";
import { around, post } from "@/lib/analysis/testing/history";
import { exclude, restore } from "@/lib/commands/exclusions";
import { db, row } from "@/lib/db/sql";
import { testDatabase } from "@/lib/db/testing/database";
import { appendCommits, createTestProject } from "@/lib/db/testing/project";
import { SYSTEM } from "@/lib/model/actor";
import { readSeries } from "./series";

testDatabase();

test("what people left out of a line is listed with run, reason and who, and is no point of it; restored it is one again", async () => {
  const project = await createTestProject();
  const commits = await appendCommits(project, 20);
  await post(project, commits, around(10, 20));
  await analyse(project.id);
  const read = () =>
    readSeries(SYSTEM, project.slug, {
      ...{ workload: "work", params: null, metric: "duration", environment: null, branch: null },
      ...{ from: null, to: null, samples: false, thin: null },
    });
  expect(await read()).toMatchObject({ leftOut: [], points: expect.objectContaining({ length: 20 }) });
  const key = async (place: number) =>
    (
      await row<{ key: string }>(db(), "SELECT key FROM runs WHERE project_id = $1 AND commit_id = $2", [
        project.id,
        commits[place],
      ])
    )?.key ?? "";
  const ada = { ...SYSTEM, name: "ada" };
  const whole = await exclude(ada, project.slug, { run: await key(3), reason: "wrong cluster" });
  await exclude(ada, project.slug, { run: await key(7), workload: "work", metric: "duration", reason: "a typo" });
  const { leftOut, points } = await read();
  expect(leftOut).toMatchObject([
    { position: 3, run: await key(3), whole: true, by: "ada", reason: "wrong cluster", value: expect.closeTo(10, 0) },
    { position: 7, run: await key(7), whole: false, reason: "a typo" },
  ]);
  expect(points.map(({ position }) => position)).not.toContain(3);
  expect(points).toHaveLength(18);
  await restore(ada, project.slug, String(whole.ids[0]));
  expect((await read()).leftOut.map(({ position }) => position)).toEqual([7]);
});
