import { type Db, db, rows } from "../sql";
import { appendCommits, type TestProject } from "./project";

/** A shift as a test wants it; what is left out is that of a confirmed regression that nobody has looked at. */
export type TestShift = {
  status?: string;
  state?: string;
  direction?: string;
  workload?: string;
  metric?: string;
  change?: number;
  costSeconds?: number | null;
  owner?: string | null;
  dueOn?: string | null;
  acceptedUntil?: string | null;
  openedAt?: string;
};

/**
 * Inserts shifts by SQL alone, for tests of triage that need many of them and no data behind. Each lies on a commit of
 * its own, appended to the branch. Gives their numbers.
 */
export async function insertTestShifts(
  project: TestProject,
  shifts: readonly TestShift[],
  on: Db = db(),
): Promise<number[]> {
  const commits = await appendCommits(project, shifts.length + 1, on);
  const made = await rows<{ number: number }>(
    on,
    `WITH sent AS (
       SELECT x.*, p.last_shift_number + row_number() OVER (ORDER BY x.place) AS number
       FROM json_to_recordset($3) AS x (place int, good int, shifted int, status text, state text, direction text,
         owner text, "dueOn" date, "acceptedUntil" timestamptz, "openedAt" timestamptz, summary jsonb, reported jsonb)
       JOIN projects p ON p.id = $1
     ), made AS (
       INSERT INTO shifts (project_id, number, branch_id, direction, state, status, status_reason, owner, due_on,
         accepted_until, issues, last_good_commit_id, first_shifted_commit_id, summary, reported, opened_at, confirmed_at)
       SELECT $1, number, $2, direction, state, status, CASE WHEN status <> 'new' THEN 'because' END, owner, "dueOn",
         "acceptedUntil", '{}', good, shifted, summary, reported, "openedAt",
         CASE WHEN state <> 'provisional' THEN "openedAt" END FROM sent
       RETURNING number
     ), counted AS (
       UPDATE projects SET last_shift_number = last_shift_number + (SELECT count(*) FROM made) WHERE id = $1
     ) SELECT number FROM made ORDER BY number`,
    [project.id, project.branchId, JSON.stringify(shifts.map((shift, i) => stored(shift, i, commits)))],
  );
  return made.map(({ number }) => number);
}

function stored(shift: TestShift, place: number, commits: readonly number[]) {
  const {
    workload = "work",
    metric = "duration",
    change = 0.25,
    direction = "regression",
    state = "confirmed",
  } = shift;
  const { costSeconds = change * 10, openedAt = "2026-11-01T00:00:00Z" } = shift;
  const largest = {
    ...{ workload, workloadNumber: 1, params: {}, metric, metricName: null, unit: "s", better: "lower" },
    ...{ environment: "cluster", direction: direction === "mixed" ? "regression" : direction, state: "confirmed" },
    ...{ before: 10, after: 10 * (1 + change), change, difference: 10 * change, interval: null, p: 0.0001 },
    ...{ pointsBefore: 20, pointsAfter: 20 },
  };
  const counts = { worse: 1, better: 0, moved: 0 };
  return {
    ...{ place, good: commits[place], shifted: commits[place + 1], status: shift.status ?? "new", state, direction },
    ...{ owner: shift.owner ?? null, dueOn: shift.dueOn ?? null, acceptedUntil: shift.acceptedUntil ?? null, openedAt },
    summary: {
      ...{ ...counts, changepoints: 1, largest, worst: largest, best: null, costSeconds },
      environments: [{ ...counts, name: "cluster", costSeconds }],
    },
    reported: {
      ...{ at: openedAt, direction, state: "confirmed", lastGood: "0".repeat(40), firstShifted: "1".repeat(40) },
      ...{ changepoints: 1, members: [largest] },
    },
  };
}
