import { requestAnalysis } from "@/ingest/store/requestAnalysis";
import { projectFor } from "@/lib/auth/access";
import { recordAudit } from "@/lib/auth/recordAudit";
import { type Db, row, transaction } from "@/lib/db/sql";
import { Conflict, Invalid, NotFound } from "@/lib/errors";
import { type Actor, shownName } from "@/lib/model/actor";
import type { CorrectionBody } from "./bodies";
import { type FoundLine, findCommit, findLine, idOf, seriesOf } from "./find";

export type WrittenCorrection = { projectId: number; id: number; isNew: boolean };

/**
 * Marks a changepoint that was missed, or moves one that is told elsewhere, with a reason. It is kept through every
 * analysis. The same once more changes nothing. Needs `triage`. Throws Invalid for names that do not exist and places that
 * were not measured, Conflict where another correction stands.
 */
export async function correct(actor: Actor, slug: string, input: CorrectionBody): Promise<WrittenCorrection> {
  const project = await projectFor(actor, "triage", slug);
  return transaction(async (tx) => {
    const line = await findLine(tx, project.id, input);
    const { commitId, lastGoodId, fromId } = await placeOf(tx, project.id, line, input);
    const kind = fromId === null ? "mark" : "move";
    const made = await row<{ id: number }>(
      tx,
      `insert into corrections (project_id, kind, case_id, metric_id, environment_id, commit_id, last_good_commit_id,
         from_commit_id, reason, created_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing returning id`,
      [
        project.id,
        kind,
        line.caseId,
        line.metricId,
        line.environmentId,
        commitId,
        lastGoodId,
        fromId,
        input.reason,
        shownName(actor),
      ],
    );
    if (!made)
      return {
        projectId: project.id,
        id: await sameAs(tx, project.id, line, { commitId, lastGoodId, fromId }),
        isNew: false,
      };
    await recordAudit(tx, {
      projectId: project.id,
      actor,
      verb: kind === "mark" ? "marked" : "moved",
      subject: `changepoint of ${input.workload}`,
      detail: { ...input, id: made.id },
    });
    await askFor(tx, project.id, line);
    return { projectId: project.id, id: made.id, isNew: true };
  });
}

/** Takes a correction back: the analysis decides again. Once more changes nothing. Needs `triage`. Throws NotFound. */
export async function removeCorrection(actor: Actor, slug: string, text: string): Promise<WrittenCorrection> {
  const project = await projectFor(actor, "triage", slug);
  const id = idOf(text);
  return transaction(async (tx) => {
    const found = await row<FoundLine & { isNew: boolean; kind: string }>(
      tx,
      `update corrections c set removed_at = coalesce(c.removed_at, now()), removed_by = coalesce(c.removed_by, $3)
         from (select id, removed_at from corrections where project_id = $1 and id = $2 for update) as before
        where c.project_id = $1 and c.id = before.id
       returning c.case_id as "caseId", c.metric_id as "metricId", c.environment_id as "environmentId", c.kind,
                 before.removed_at is null as "isNew"`,
      [project.id, id ?? 0, shownName(actor)],
    );
    if (!found || id === null)
      throw new NotFound(`The project '${slug}' has no correction ${text}. GET the list of its corrections.`);
    if (found.isNew) {
      await recordAudit(tx, {
        projectId: project.id,
        actor,
        verb: "removed",
        subject: `correction ${id}`,
        detail: { kind: found.kind },
      });
      await askFor(tx, project.id, found);
    }
    return { projectId: project.id, id, isNew: found.isNew };
  });
}

type Place = { commitId: number; lastGoodId: number | null; fromId: number | null };

const fault = (field: string, message: string) => new Invalid(message, [{ path: `$.${field}`, message }]);

/** The commits that a correction names, checked: measured on this line, in order, and a changepoint to move. */
async function placeOf(tx: Db, projectId: number, line: FoundLine, input: CorrectionBody): Promise<Place> {
  const commit = await findCommit(tx, projectId, input.commit);
  const place = await measuredAt(tx, projectId, line, commit.id);
  if (!place)
    throw fault("commit", `${commit.sha} was not measured on this line of the default branch. Name one that was.`);
  if (!place.hasBefore)
    throw fault("commit", `${commit.sha} is the first point of this line: there is no level before it.`);
  const lastGood = input.lastGood === undefined ? null : await findCommit(tx, projectId, input.lastGood, "lastGood");
  const good = lastGood && (await measuredAt(tx, projectId, line, lastGood.id));
  if (lastGood && !good)
    throw fault("lastGood", `${lastGood.sha} was not measured on this line of the default branch.`);
  if (good && good.position >= place.position) throw fault("lastGood", "Must lie before the commit.");
  const from = input.moves === undefined ? null : await findCommit(tx, projectId, input.moves, "moves");
  if (from && !(await isTold(tx, projectId, line, from.id)))
    throw fault("moves", `No changepoint is told at ${from.sha} on this line. GET .../series lists them by sha.`);
  return { commitId: commit.id, lastGoodId: lastGood?.id ?? null, fromId: from?.id ?? null };
}

const measuredAt = (tx: Db, projectId: number, line: FoundLine, commitId: number) =>
  row<{ position: number; hasBefore: boolean }>(
    tx,
    `with own as (
       select s.id from series s where s.project_id = $1 and s.case_id = $2 and s.metric_id = $3 and s.environment_id = $4
          and s.trend),
     line as (
       select b.position, p.commit_id from own join points p on p.project_id = $1 and p.series_id = own.id
         join projects j on j.id = $1 join branches r on r.project_id = $1 and r.name = j.default_branch
         join branch_commits b on b.project_id = $1 and b.branch_id = r.id and b.commit_id = p.commit_id
        where b.position is not null)
     select max(position) as position, exists (
         select from line earlier where earlier.position < max(line.position)) as "hasBefore"
       from line where commit_id = $5 having count(*) > 0`,
    [projectId, line.caseId, line.metricId, line.environmentId, commitId],
  );

async function isTold(tx: Db, projectId: number, line: FoundLine, commitId: number): Promise<boolean> {
  const found = await row(
    tx,
    `select from changepoints c join lines l on l.project_id = $1 and l.id = c.line_id
      where c.project_id = $1 and c.commit_id = $5 and l.case_id = $2 and l.metric_id = $3 and l.environment_id = $4
      union all
     select from corrections c where c.project_id = $1 and c.case_id = $2 and c.metric_id = $3
        and c.environment_id = $4 and c.from_commit_id = $5 and c.removed_at is null`,
    [projectId, line.caseId, line.metricId, line.environmentId, commitId],
  );
  return found !== null;
}

/** The correction that stands at this place, when it says the same. Throws Conflict. */
async function sameAs(tx: Db, projectId: number, line: FoundLine, place: Place): Promise<number> {
  const found = await row<{ id: number; isSame: boolean }>(
    tx,
    `select id, last_good_commit_id is not distinct from $6 and from_commit_id is not distinct from $7 as "isSame"
       from corrections where project_id = $1 and case_id = $2 and metric_id = $3 and environment_id = $4
        and commit_id = $5 and removed_at is null`,
    [projectId, line.caseId, line.metricId, line.environmentId, place.commitId, place.lastGoodId, place.fromId],
  );
  if (found?.isSame) return found.id;
  throw new Conflict(`Another correction (${found?.id}) stands at this commit of the line. Remove it first.`);
}

async function askFor(tx: Db, projectId: number, line: FoundLine): Promise<void> {
  await requestAnalysis(tx, projectId, { series: await seriesOf(tx, projectId, line), everything: false });
}
