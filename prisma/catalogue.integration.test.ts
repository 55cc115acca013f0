import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { db, rows } from "@/lib/db/sql";
import { testDatabase } from "@/lib/db/testing/database";

testDatabase();

/** Tables that grow with the number of runs or of series: they must be spreadable by project. */
const LARGE = ["runs", "results", "points", "series", "lines", "segments", "changepoints"];
/** Tables that concern the whole server: their rows belong to no project, or are few. */
const WHOLE_SERVER = [
  ...["projects", "tokens", "audit"],
  ...["users", "accounts", "sessions", "invitations", "sign_in_attempts", "server_secrets"],
];

type Constraint = { table: string; name: string; kind: "p" | "u" | "f" | "c"; columns: string[]; definition: string };

const constraints = () =>
  rows<Constraint>(
    db(),
    `SELECT relname AS table, conname AS name, contype AS kind, pg_get_constraintdef(c.oid) AS definition,
            ARRAY(SELECT attname::text FROM pg_attribute WHERE attrelid = conrelid AND attnum = ANY (conkey)) AS columns
     FROM pg_constraint c JOIN pg_class t ON t.oid = conrelid
     WHERE c.connamespace = 'public'::regnamespace AND contype IN ('p', 'u', 'f', 'c') AND relname <> '_prisma_migrations'`,
  );

const indexes = () =>
  rows<{ table: string; name: string; unique: boolean; keys: string[]; definition: string }>(
    db(),
    `SELECT t.relname AS table, i.relname AS name, indisunique AS unique, pg_get_indexdef(indexrelid) AS definition,
            ARRAY(SELECT pg_get_indexdef(indexrelid, k, true) FROM generate_series(1, indnkeyatts) AS k) AS keys
     FROM pg_index JOIN pg_class i ON i.oid = indexrelid JOIN pg_class t ON t.oid = indrelid
     WHERE t.relnamespace = 'public'::regnamespace AND t.relname <> '_prisma_migrations'`,
  );

test("project_id is in every unique and foreign key of every table but those of the whole server", async () => {
  const keys = (await constraints()).filter(({ kind }) => kind !== "c");
  const unique = (await indexes()).filter((index) => index.unique);
  const all = [...keys, ...unique.map((index) => ({ ...index, columns: index.keys }))];
  const without = all.filter(({ table, columns }) => !WHOLE_SERVER.includes(table) && !columns.includes("project_id"));
  expect(without.map(({ table, name }) => `${table}: ${name}`)).toEqual([]);
  expect(new Set(all.map(({ table }) => table))).toEqual(
    new Set([...new Set(all.map(({ table }) => table)), ...LARGE]),
  );
});

test("every index of a large table leads with project_id", async () => {
  const others = (await indexes()).filter(({ table, keys }) => LARGE.includes(table) && keys[0] !== "project_id");
  expect(others.map(({ name }) => name)).toEqual([]);
});

test("a series is read from the index of points alone: the summary is in it, the samples are not", async () => {
  const [primary] = (await indexes()).filter(({ name }) => name === "points_pkey");
  expect(primary?.keys).toEqual(["project_id", "series_id", "commit_id", "run_id"]);
  expect(primary?.definition).toMatch(/INCLUDE \(median, lo, hi, n\)$/);
});

test("points and results have no foreign keys, which would halve the insert rate", async () => {
  const checked = (await constraints()).filter(({ kind }) => kind === "f").map(({ table }) => table);
  for (const table of ["points", "results"]) expect(checked).not.toContain(table);
});

test("points are vacuumed early, so that reads from the index stay reads from the index", async () => {
  const [table] = await rows<{ options: string[] }>(
    db(),
    "SELECT reloptions AS options FROM pg_class WHERE oid = 'points'::regclass",
  );
  expect(table?.options).toContain("autovacuum_vacuum_insert_scale_factor=0.02");
});

test("closed sets of words and orders of values are held by the database", async () => {
  const checks = (await constraints()).filter(({ kind }) => kind === "c").map(({ name }) => name);
  expect(checks.sort()).toEqual([
    "changepoints_direction_check",
    "changepoints_state_check",
    "corrections_kind_check",
    "events_place_check",
    "experiments_planned_runs_check",
    "metrics_better_check",
    "metrics_smallest_effect_check",
    "notification_deliveries_state_check",
    "notification_messages_kind_check",
    "notification_routes_channel_check",
    "notification_routes_digest_check",
    "points_samples_check",
    "projects_visibility_check",
    "reports_state_check",
    "results_failed_repeats_check",
    "results_outcome_check",
    "run_judgements_state_check",
    "runs_variant_check",
    "shifts_accepted_until_check",
    "shifts_direction_check",
    "shifts_state_check",
    "shifts_status_check",
    "users_email_check",
    "users_role_check",
    "waivers_subject_check",
  ]);
});

test("a run is excluded, a place corrected and a shift or workload waived at most once, and what did not pass is found without reading what did", async () => {
  const partial = (await indexes()).filter(({ definition }) => definition.includes(" WHERE "));
  expect(
    Object.fromEntries(partial.map(({ name, unique, definition }) => [name, [unique, definition.split(" WHERE ")[1]]])),
  ).toEqual({
    corrections_active_key: [true, "(removed_at IS NULL)"],
    exclusions_active_key: [true, "(restored_at IS NULL)"],
    results_not_passed_idx: [false, "(outcome <> 'passed'::text)"],
    waivers_active_shift_key: [true, "((withdrawn_at IS NULL) AND (shift_number IS NOT NULL))"],
    waivers_active_workload_key: [true, "((withdrawn_at IS NULL) AND (workload IS NOT NULL))"],
  });
});

/** docs/schema.md as table -> columns. */
function documented(): Map<string, string[]> {
  const tables = new Map<string, string[]>();
  for (const part of readFileSync("docs/schema.md", "utf8").split(/^## /m).slice(1)) {
    const name = /^`(\w+)`/.exec(part)?.[1];
    const columns = [...part.matchAll(/^\| `(\w+)` +\| (.+?) +\|$/gm)].flatMap(([, column]) => column ?? []);
    if (name) tables.set(name, columns);
  }
  return tables;
}

test("docs/schema.md explains every table and column, and none that is not there", async () => {
  const found = await rows<{ table: string; columns: string[] }>(
    db(),
    `SELECT table_name AS table, array_agg(column_name::text ORDER BY column_name) AS columns
     FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> '_prisma_migrations'
     GROUP BY table_name ORDER BY table_name`,
  );
  const told = [...documented()].map(([table, columns]) => ({ table, columns: columns.sort() }));
  expect(told.sort((a, b) => (a.table < b.table ? -1 : 1))).toEqual(found);
});
