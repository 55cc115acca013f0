import { type Db, db, row, rows } from "@/lib/db/sql";
import { insertPoints, type TestProject } from "@/lib/db/testing/project";

/** Asks for an analysis, as storing a document does. */
export async function request(project: TestProject, series: number[], everything = false): Promise<void> {
  await rows(db(), "INSERT INTO analysis_requests (project_id, series, everything) VALUES ($1, $2, $3)", [
    project.id,
    series,
    everything,
  ]);
}

/** Stores one run per commit and asks for its analysis. */
export async function post(project: TestProject, commits: number[], values: number[][]): Promise<number> {
  const series = await insertPoints(project, commits, values);
  await request(project, [series]);
  return series;
}

async function insert(text: string, values: unknown[], on: Db = db()): Promise<number> {
  return (await row<{ id: number }>(on, `${text} RETURNING id`, values))?.id ?? 0;
}

/** The same project seen through another metric, environment, set of facts or version: what `post` takes. */
export const other = {
  async metric(project: TestProject, name: string, unit = "B", better = "lower"): Promise<TestProject> {
    const metricId = await insert("INSERT INTO metrics (project_id, name, unit, better) VALUES ($1, $2, $3, $4)", [
      project.id,
      name,
      unit,
      better,
    ]);
    return { ...project, metricId };
  },
  async environment(project: TestProject, name: string): Promise<TestProject> {
    const environmentId = await insert("INSERT INTO environments (project_id, name) VALUES ($1, $2)", [
      project.id,
      name,
    ]);
    return other.facts({ ...project, environmentId }, "first");
  },
  async facts(project: TestProject, facts: string): Promise<TestProject> {
    const revisionId = await insert(
      `INSERT INTO environment_revisions (project_id, environment_id, facts, facts_hash, facts_group)
       VALUES ($1, $2, '{}', $3, currval('environment_revisions_id_seq'))`,
      [project.id, project.environmentId, facts],
    );
    return { ...project, revisionId };
  },
};

/** Values around a level whose noise is the same at every call: repeats a fixed pattern of `spread` (relative). */
export function around(level: number, count: number, spread = 0.01, phase = 0): number[][] {
  return Array.from({ length: count }, (_, k) => [level * (1 + spread * (PATTERN[(k + phase) % PATTERN.length] ?? 0))]);
}

/** Independent standard normal values, drawn once, so that no test depends on chance. */
const PATTERN = [
  0.42, -1.13, 0.77, 0.05, -0.58, 1.31, -0.21, -0.94, 0.63, -1.42, 0.18, 0.89, -0.37, 1.02, -0.71, 0.29, -0.05, 1.57,
  -1.21, 0.51, -0.83, 0.11, 0.96, -0.46, -1.68, 0.72, 0.33, -0.14, 1.18, -0.66, 0.02,
];

export type StoredShift = {
  number: number;
  state: string;
  direction: string;
  status: string;
  lastGood: number;
  firstShifted: number;
  changepoints: number;
  partOf: number | null;
  recoveredBy: number | null;
};

/** Shifts with their range in positions. */
export async function shiftsOf(project: TestProject): Promise<StoredShift[]> {
  return rows<StoredShift>(
    db(),
    `SELECT s.number, s.state, s.direction, s.status, g.position AS "lastGood", f.position AS "firstShifted",
            s.part_of AS "partOf", s.recovered_by AS "recoveredBy",
            (SELECT count(*) FROM changepoints c WHERE c.project_id = $1 AND c.shift_number = s.number) AS changepoints
     FROM shifts s
     JOIN branch_commits g ON g.project_id = $1 AND g.branch_id = $2 AND g.commit_id = s.last_good_commit_id
     JOIN branch_commits f ON f.project_id = $1 AND f.branch_id = $2 AND f.commit_id = s.first_shifted_commit_id
     WHERE s.project_id = $1 ORDER BY s.number`,
    [project.id, project.branchId],
  );
}

/** What was told of a shift: kinds, in order. */
export async function toldOf(project: TestProject, number: number): Promise<string[]> {
  const log = await rows<{ kind: string }>(
    db(),
    "SELECT kind FROM shift_log WHERE project_id = $1 AND shift_number = $2 ORDER BY id",
    [project.id, number],
  );
  return log.map(({ kind }) => kind);
}
