import { type Db, rows } from "@/lib/db/sql";

/** Which of these commits stand on the line of the branch called `name`, with their ids. */
export async function findOnLine(
  tx: Db,
  projectId: number,
  name: string,
  shas: string[],
): Promise<Map<string, number>> {
  const found = await rows<{ id: number; sha: string }>(
    tx,
    `select c.id, c.sha from branch_commits bc
       join branches b on b.project_id = $1 and b.id = bc.branch_id and b.name = $2
       join commits c on c.project_id = (select $1::int) and c.id = bc.commit_id and c.sha = any($3::text[])
      where bc.project_id = (select $1::int) and bc.position is not null`,
    [projectId, name, shas],
  );
  return new Map(found.map(({ id, sha }) => [sha, id]));
}
