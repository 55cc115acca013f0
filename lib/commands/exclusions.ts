import { requestAnalysis } from "@/ingest/store/requestAnalysis";
import { projectFor } from "@/lib/auth/access";
import { recordAudit } from "@/lib/auth/recordAudit";
import { type Db, row, rows, transaction } from "@/lib/db/sql";
import { Invalid, NotFound } from "@/lib/errors";
import { type Actor, shownName } from "@/lib/model/actor";
import type { ExclusionBody } from "./bodies";
import { findCase, findCommit, findLine, findNamed, findWorkload, idOf } from "./find";

/** A run, or what it measured on one series. */
type Part = { runId: number; key: string; seriesId: number | null };

export type Excluded = {
  projectId: number;
  /** Ids of all that stand now, the newest reason first; `created` of them are new. */
  ids: number[];
  created: number;
};

/**
 * Takes a run, what it measured on one line, or a point (its runs of now on one line) out of all statistics, with a
 * reason. What is out already stays as it is. Needs `triage`. Throws Invalid for names that do not exist.
 */
export async function exclude(actor: Actor, slug: string, input: ExclusionBody): Promise<Excluded> {
  const project = await projectFor(actor, "triage", slug);
  return transaction(async (tx) => {
    const parts = await partsOf(tx, project.id, input);
    const made = await rows<{ id: number }>(
      tx,
      `insert into exclusions (project_id, run_id, series_id, reason, excluded_by)
       select $1, x.run_id, x.series_id, $4, $5 from unnest($2::int[], $3::int[]) as x (run_id, series_id)
           on conflict do nothing returning id`,
      [
        project.id,
        parts.map(({ runId }) => runId),
        parts.map(({ seriesId }) => seriesId),
        input.reason,
        shownName(actor),
      ],
    );
    const standing = await rows<{ id: number }>(
      tx,
      `select e.id from exclusions e join unnest($2::int[], $3::int[]) as x (run_id, series_id)
          on e.run_id = x.run_id and e.series_id is not distinct from x.series_id
        where e.project_id = $1 and e.restored_at is null order by e.id`,
      [project.id, parts.map(({ runId }) => runId), parts.map(({ seriesId }) => seriesId)],
    );
    if (made.length > 0) {
      const { reason, ...named } = input;
      await recordAudit(tx, {
        projectId: project.id,
        actor,
        verb: "excluded",
        subject: named.run === undefined ? `point ${named.commit}` : `run ${named.run}`,
        detail: { ...named, reason, ids: made.map(({ id }) => id) },
      });
      await askFor(tx, project.id, parts);
    }
    return { projectId: project.id, ids: standing.map(({ id }) => id), created: made.length };
  });
}

/** Brings back what an exclusion took out. Once more changes nothing. Needs `triage`. Throws NotFound. */
export async function restore(actor: Actor, slug: string, text: string): Promise<{ projectId: number; id: number }> {
  const project = await projectFor(actor, "triage", slug);
  const id = idOf(text);
  return transaction(async (tx) => {
    const found = await row<Part & { isNew: boolean; reason: string }>(
      tx,
      `update exclusions e set restored_at = coalesce(e.restored_at, now()), restored_by = coalesce(e.restored_by, $3)
         from (select id, restored_at from exclusions where project_id = $1 and id = $2 for update) as before, runs u
        where e.project_id = $1 and e.id = before.id and u.project_id = $1 and u.id = e.run_id
       returning e.run_id as "runId", u.key, e.series_id as "seriesId", e.reason, before.restored_at is null as "isNew"`,
      [project.id, id ?? 0, shownName(actor)],
    );
    if (!found || id === null)
      throw new NotFound(`The project '${slug}' has no exclusion ${text}. GET the list of its exclusions.`);
    if (found.isNew) {
      await recordAudit(tx, {
        projectId: project.id,
        actor,
        verb: "restored",
        subject: `run ${found.key}`,
        detail: { exclusion: id, reason: found.reason },
      });
      await askFor(tx, project.id, [found]);
    }
    return { projectId: project.id, id };
  });
}

async function partsOf(tx: Db, projectId: number, input: ExclusionBody): Promise<Part[]> {
  const { run, commit, workload, metric, environment, params } = input;
  if (commit !== undefined && workload !== undefined && metric !== undefined && environment !== undefined) {
    const line = await findLine(tx, projectId, { workload, params, metric, environment });
    const { id, sha } = await findCommit(tx, projectId, commit);
    const parts = await measured(
      tx,
      projectId,
      `p.commit_id = $2 and s.case_id = $3 and s.metric_id = $4
      and s.environment_id = $5`,
      [id, line.caseId, line.metricId, line.environmentId],
    );
    if (parts.length === 0) throw notMeasured("commit", `Nothing was measured on this line at ${sha}.`);
    return parts;
  }
  const found = await row<{ id: number; commitId: number }>(
    tx,
    `select id, commit_id as "commitId" from runs where project_id = $1 and key = $2`,
    [projectId, run],
  );
  if (!found || run === undefined)
    throw notMeasured("run", `There is no run ${run}. GET the list of runs for their keys.`);
  if (workload === undefined || metric === undefined) return [{ runId: found.id, key: run, seriesId: null }];
  const caseId = await findCase(tx, projectId, await findWorkload(tx, projectId, workload), params);
  const metricId = await findNamed(tx, projectId, "metric", metric);
  const parts = await measured(
    tx,
    projectId,
    "p.commit_id = $2 and p.run_id = $3 and s.case_id = $4 and s.metric_id = $5",
    [...[found.commitId, found.id], ...[caseId, metricId]],
  );
  if (parts.length === 0) throw notMeasured("workload", `The run ${run} has no ${metric} of ${workload}.`);
  return parts;
}

const notMeasured = (field: string, message: string) => new Invalid(message, [{ path: `$.${field}`, message }]);

const measured = (tx: Db, projectId: number, where: string, values: number[]): Promise<Part[]> =>
  rows<Part>(
    tx,
    `select p.run_id as "runId", u.key, s.id as "seriesId" from series s
       join points p on p.project_id = $1 and p.series_id = s.id
       join runs u on u.project_id = $1 and u.id = p.run_id
      where s.project_id = $1 and s.trend and ${where}`,
    [projectId, ...values],
  );

/** Judges anew the lines that these parts lie on. */
async function askFor(tx: Db, projectId: number, parts: readonly Pick<Part, "runId" | "seriesId">[]): Promise<void> {
  const series = await rows<{ id: number }>(
    tx,
    `select distinct s.id from unnest($2::int[], $3::int[]) as x (run_id, series_id)
       join runs u on u.project_id = $1 and u.id = x.run_id
       join results r on r.project_id = $1 and r.run_id = x.run_id
       join series s on s.project_id = $1 and s.case_id = r.case_id and s.environment_id = u.environment_id
        and s.revision_id = u.revision_id and s.trend
      where x.series_id is null or x.series_id = s.id`,
    [projectId, parts.map(({ runId }) => runId), parts.map(({ seriesId }) => seriesId)],
  );
  if (series.length > 0)
    await requestAnalysis(tx, projectId, { series: series.map(({ id }) => id), everything: false });
}
