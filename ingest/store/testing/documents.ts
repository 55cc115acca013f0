import { createHash } from "node:crypto";
import { createProject } from "@/lib/commands/createProject";
import { db, rows } from "@/lib/db/sql";
import { SYSTEM } from "@/lib/model/actor";
import type { Json } from "@/lib/model/words";

let projects = 0;

/** A new empty project; gives its slug. */
export async function newProject(visibility: "public" | "private" = "public"): Promise<string> {
  const slug = `project-${process.pid}-${++projects}`;
  await createProject(SYSTEM, { slug, name: slug, defaultBranch: "main", visibility });
  return slug;
}

/** The commit id that stands for a short name in these tests. */
export const sha = (name: string): string => createHash("sha1").update(name).digest("hex");

type Metrics = { [name: string]: Json };

export const result = (workload = "w", metrics: Metrics = { duration: [10] }) => ({
  workload,
  outcome: "passed",
  metrics,
});

type Options = {
  parents?: string[];
  results?: Json[];
  key?: string;
  at?: string | null;
  started?: string;
  branch?: string | null;
  environment?: string;
  facts?: { [fact: string]: Json };
  run?: { [field: string]: Json };
  commit?: { [field: string]: Json };
};

export type Sent = {
  run: { key: string; [field: string]: Json };
  commit: { [field: string]: Json };
  environment: { name: string; facts: { [fact: string]: Json } };
  results: Json[];
};

/** A run document of commit `name`, whose parents are given by name too. */
export function runDocument(name: string, options: Options = {}): Sent {
  const { parents = [], at = "2026-11-01T00:00:00Z", branch = "main", environment = "10x-m6i.large" } = options;
  return {
    run: {
      key: options.key ?? `k-${name}-${environment}`,
      startedAt: options.started ?? at ?? "2026-11-01T00:00:00Z",
      ...options.run,
    },
    commit: {
      sha: sha(name),
      ...(at === null ? {} : { committedAt: at }),
      ...(branch === null ? {} : { branch }),
      parents: parents.map(sha),
      ...options.commit,
    },
    environment: { name: environment, facts: options.facts ?? { instance: "m6i.large" } },
    results: options.results ?? [result()],
  };
}

/** The day with this number, as a time. */
export const day = (number: number): string => new Date(Date.UTC(2026, 0, 1 + number)).toISOString();

/** The line of a branch, oldest first, as names. */
export async function lineOf(slug: string, names: string[], branch = "main"): Promise<string> {
  const placed = await rows<{ sha: string; position: number }>(
    db(),
    `select c.sha, bc.position from branch_commits bc
       join projects p on p.id = bc.project_id and p.slug = $1
       join branches b on b.project_id = p.id and b.id = bc.branch_id and b.name = $2
       join commits c on c.project_id = p.id and c.id = bc.commit_id
      where bc.position is not null order by bc.position`,
    [slug, branch],
  );
  const name = new Map(names.map((one) => [sha(one), one]));
  for (const [index, { position }] of placed.entries())
    if (position !== index) throw new Error(`Position ${position} stands at ${index}.`);
  return placed.map((place) => name.get(place.sha) ?? place.sha.slice(0, 7)).join(" ");
}

/** The samples of a metric per commit on a branch's line (or of all runs, for null), in position order. */
export async function pointsOf(slug: string, metric = "duration", branch: string | null = "main"): Promise<number[][]> {
  const found = await rows<{ samples: number[] }>(
    db(),
    `select pt.samples from points pt
       join projects p on p.id = pt.project_id and p.slug = $1
       join series s on s.project_id = p.id and s.id = pt.series_id and s.trend
       join metrics m on m.project_id = p.id and m.id = s.metric_id and m.name = $2
       left join branches b on b.project_id = p.id and b.name = $3
       left join branch_commits bc on bc.project_id = p.id and bc.branch_id = b.id and bc.commit_id = pt.commit_id
      where $3::text is null or bc.position is not null
      order by bc.position, pt.run_id`,
    [slug, metric, branch],
  );
  return found.map(({ samples }) => samples);
}

/** Rows of every table of Tidemark: what "leaves no trace" means. */
export async function countRows(): Promise<Record<string, number>> {
  const tables = await rows<{ name: string }>(
    db(),
    "select tablename as name from pg_tables where schemaname = 'public' order by 1",
  );
  const jobs = await rows<{ count: number }>(db(), "select count(*) as count from graphile_worker.jobs");
  const counts: Record<string, number> = { jobs: jobs[0]?.count ?? 0 };
  for (const { name } of tables) {
    const found = await rows<{ count: number }>(db(), `select count(*) as count from "${name}"`);
    counts[name] = found[0]?.count ?? 0;
  }
  return counts;
}

/** What ingestion asked of the analysis, and forgets it. */
export async function takeRequests(slug: string): Promise<{ series: number[]; everything: boolean }[]> {
  return rows(
    db(),
    `with taken as (delete from analysis_requests where project_id = (select id from projects where slug = $1) returning *)
     select series, everything from taken order by id`,
    [slug],
  );
}
