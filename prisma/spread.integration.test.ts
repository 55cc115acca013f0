import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { db, row, rows, transaction } from "@/lib/db/sql";
import { testDatabase } from "@/lib/db/testing/database";
import { appendCommits, createTestProject, insertPoints } from "@/lib/db/testing/project";

testDatabase();

const LARGE = ["runs", "results", "points", "segments", "changepoints"];
const PARTS = 4;

/**
 * The migration with the large tables hash-partitioned by project_id, as a server that spreads projects would hold them.
 * A storage setting is one of the parts then, not of the table.
 */
function spreadMigration(): string {
  let sql = readFileSync("prisma/migrations/20261125000000_initial/migration.sql", "utf8");
  for (const table of LARGE) {
    sql = sql.replace(
      new RegExp(`(CREATE TABLE "${table}" \\([\\s\\S]*?\\n\\));`),
      "$1 PARTITION BY HASH (project_id);",
    );
    sql = sql.replace(new RegExp(`ALTER TABLE "${table}" SET \\(.*?\\);`), "");
  }
  const parts = LARGE.flatMap((table) =>
    Array.from(
      { length: PARTS },
      (_, i) => `CREATE TABLE ${table}_${i} PARTITION OF ${table} FOR VALUES WITH (MODULUS ${PARTS}, REMAINDER ${i});`,
    ),
  );
  return `${sql}\n${parts.join("\n")}`;
}

test("the large tables can be partitioned by project: the same statements store and read", async () => {
  await rows(db(), "CREATE SCHEMA spread");
  await transaction(async (tx) => {
    await tx.query("SET LOCAL search_path = spread");
    await tx.query(spreadMigration());
    const kept = await row<{ count: number }>(
      tx,
      "SELECT count(*) FROM pg_partitioned_table JOIN pg_class t ON t.oid = partrelid WHERE relnamespace = 'spread'::regnamespace",
    );
    expect(kept?.count).toBe(LARGE.length);
    for (let i = 0; i < 6; i++) {
      const project = await createTestProject(tx);
      const commits = await appendCommits(project, 3, tx);
      const seriesId = await insertPoints(project, commits, [[1, 2, 3], [4], [5, 6]], tx);
      const found = await rows(
        tx,
        `SELECT position, median, n FROM points JOIN branch_commits USING (project_id, commit_id)
         WHERE project_id = $1 AND series_id = $2 ORDER BY position`,
        [project.id, seriesId],
      );
      expect(found).toEqual([
        { position: 0, median: 2, n: 3 },
        { position: 1, median: 4, n: 1 },
        { position: 2, median: 5.5, n: 2 },
      ]);
    }
    const used = await rows(tx, "SELECT DISTINCT tableoid FROM points");
    expect(used.length).toBeGreaterThan(1);
  });
});
