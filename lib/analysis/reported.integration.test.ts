import { expect, test } from "vitest";
import { db, row } from "@/lib/db/sql";
import { testDatabase } from "@/lib/db/testing/database";
import { appendCommits, createTestProject } from "@/lib/db/testing/project";
import type { ShiftReport } from "@/lib/shift/summary";
import { analyse } from "./analyse";
import { around, post } from "./testing/history";

testDatabase();

test("what was reported is frozen when the shift is confirmed first, not while nobody was told of it", async () => {
  const project = await createTestProject();
  const commits = await appendCommits(project, 60);
  const known = async (points: number) => {
    await post(project, commits.slice(23 + sent, 23 + points), around(12, points - sent, 0.01, sent));
    sent = points;
    await analyse(project.id);
    const found = await row<{ state: string; reported: ShiftReport }>(
      db(),
      "SELECT state, reported FROM shifts WHERE project_id = $1 AND number = 1",
      [project.id],
    );
    return { now: found?.state, state: found?.reported.state, after: found?.reported.members[0]?.pointsAfter };
  };
  let sent = 0;
  await post(project, commits.slice(0, 23), around(10, 23));
  expect(await known(3)).toEqual({ now: "provisional", state: "provisional", after: 3 });
  expect(await known(4)).toEqual({ now: "provisional", state: "provisional", after: 3 });
  const confirmed = await known(8);
  expect(confirmed).toEqual({ now: "confirmed", state: "confirmed", after: 8 });
  expect(await known(20)).toEqual(confirmed);
});
