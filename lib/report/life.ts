import { type ProjectRow, projectFor } from "@/lib/auth/access";
import { recordAudit } from "@/lib/auth/recordAudit";
import { type Db, db, row, rows, transaction } from "@/lib/db/sql";
import { Conflict, Invalid, NotFound } from "@/lib/errors";
import { plural } from "@/lib/format/number";
import { type Actor, shownName } from "@/lib/model/actor";
import type { Json } from "@/lib/model/words";
import { decideReport } from "@/lib/release/decide";
import type { ReportFigures } from "@/lib/release/types";
import type { ReportChange, WaiverBody } from "./bodies";
import { figuresNow, readDecisions, releasePolicy, type StoredReport, subjectOf } from "./read";
import { readMainLine, resolveSide } from "./side";

type Row = Pick<StoredReport, "id" | "number" | "state" | "revision" | "against" | "figures">;

/**
 * Moves a report on: a draft that is followed (a new one beside a frozen report), frozen, signed off, rejected. Needs `triage`. Throws Conflict when
 * somebody wrote since the revision that is named, when the state does not allow it, and when something blocks a sign-off.
 */
export async function changeReport(actor: Actor, slug: string, change: ReportChange): Promise<void> {
  const project = await projectFor(actor, "triage", slug);
  if (change.state === "draft") return write(project, change, startDraft(project, actor));
  if (change.state === "frozen") {
    const policy = await releasePolicy(project.id);
    const { figures } = await figuresNow(project, change.candidate, change.against ?? null, policy);
    if (figures.pending > 0)
      throw new Conflict(
        `The analysis of ${plural(figures.pending, "sent body", "sent bodies")} is not done yet. Freeze the report when it is; GET .../analysis tells.`,
      );
    return write(project, change, (tx, report, { candidate }) =>
      freeze(tx, project, actor, report, { ...change, candidate }, figures),
    );
  }
  return write(project, change, (tx, report, { candidate }) =>
    decide(tx, project, actor, report, { ...change, candidate }),
  );
}

/** What is written to the newest report; `named` is the candidate as reports name it, at this commit. */
type Step = (tx: Db, report: Row, named: { candidate: string; sha: string; isNew: boolean }) => Promise<void>;

/** One write to a candidate's newest report, which is made when there is none; refused when its revision is another. */
async function write(project: ProjectRow, seen: { candidate: string; revision: number }, step: Step): Promise<void> {
  const side = await resolveSide(project, await readMainLine(project), seen.candidate);
  const named = { candidate: side.told.name, sha: side.told.sha };
  await transaction(async (tx) => {
    // One writer per candidate at a time: the first one makes its row.
    await rows(tx, "SELECT pg_advisory_xact_lock($1, hashtext($2))", [project.id, subjectOf(named.candidate)]);
    const report = await newest(tx, project.id, named.candidate);
    const now = report?.revision ?? 0;
    if (now !== seen.revision)
      throw new Conflict(
        `The report of ${named.candidate} was changed meanwhile: it is at revision ${now}, you saw ${seen.revision}. Read it again.`,
      );
    const own = report ?? (await create(tx, project, named, 1, 0));
    await step(tx, own, { ...named, isNew: report === null });
    await rows(
      tx,
      `UPDATE reports SET revision = revision + 1 WHERE project_id = $1 AND id = (
         SELECT id FROM reports WHERE project_id = $1 AND candidate = $2 ORDER BY number DESC LIMIT 1)`,
      [project.id, named.candidate],
    );
  });
}

const newest = (tx: Db, projectId: number, candidate: string) =>
  row<Row>(
    tx,
    `SELECT id, number, state, revision, against, figures FROM reports WHERE project_id = $1 AND candidate = $2
     ORDER BY number DESC LIMIT 1`,
    [projectId, candidate],
  );

async function create(
  tx: Db,
  project: ProjectRow,
  { candidate, sha }: { candidate: string; sha: string },
  number: number,
  revision: number,
): Promise<Row> {
  const made = await row<Row>(
    tx,
    `INSERT INTO reports (project_id, candidate, number, sha, revision) VALUES ($1, $2, $3, $4, $5)
     RETURNING id, number, state, revision, against, figures`,
    [project.id, candidate, number, sha, revision],
  );
  if (!made) throw new Invalid(`The report of ${candidate} cannot be stored.`);
  return made;
}

function startDraft(project: ProjectRow, actor: Actor): Step {
  return async (tx, report, named) => {
    if (named.isNew) return audit(tx, project, actor, named.candidate, "started", { report: report.number });
    if (report.state === "draft")
      throw new Conflict(
        `The report of ${named.candidate} is a draft already: it follows the runs until it is frozen.`,
      );
    const made = await create(tx, project, named, report.number + 1, report.revision);
    await audit(tx, project, actor, named.candidate, "started", { report: made.number });
  };
}

async function freeze(
  tx: Db,
  project: ProjectRow,
  actor: Actor,
  report: Row,
  change: ReportChange,
  figures: ReportFigures,
): Promise<void> {
  if (report.state !== "draft")
    throw new Conflict(
      `Report ${report.number} of ${change.candidate} is ${report.state}: its numbers do not move. Begin a new draft.`,
    );
  await rows(
    tx,
    `UPDATE reports SET state = 'frozen', figures = $3, sha = $4, against = $5, computed_at = $6, frozen_at = now(),
       frozen_by = $7, decisions = NULL WHERE project_id = $1 AND id = $2`,
    [
      ...[project.id, report.id, JSON.stringify(figures), figures.candidate.sha, change.against ?? null],
      ...[figures.computedAt, shownName(actor)],
    ],
  );
  const detail = { report: report.number, sha: figures.candidate.sha, against: figures.baseline?.name ?? null };
  await audit(tx, project, actor, change.candidate, "froze", detail);
}

async function decide(tx: Db, project: ProjectRow, actor: Actor, report: Row, change: ReportChange): Promise<void> {
  const { candidate, state, reason = null } = change;
  if (report.state === "draft" || !report.figures)
    throw new Conflict(`The report of ${candidate} is a draft, whose numbers still move. Freeze it first.`);
  if (report.state !== "frozen")
    throw new Conflict(
      `Report ${report.number} of ${candidate} was ${report.state} already. Begin a new draft to decide again.`,
    );
  const decisions = await readDecisions(project.id, candidate, report.figures);
  const decided = decideReport(report.figures, decisions, await releasePolicy(project.id), new Date().toISOString());
  if (state === "signed" && decided.blocks.length > 0)
    throw new Conflict(
      `${candidate} cannot be signed off: ${decided.verdict.text}. Decide or waive each of them first.`,
      decided.blocks.map(({ text, shift, workload }) => ({
        path: shift === null ? `workload ${workload}` : `shift ${shift}`,
        message: text,
      })),
    );
  await rows(
    tx,
    `UPDATE reports SET state = $3, decisions = $4, decided_at = now(), decided_by = $5, reason = $6
     WHERE project_id = $1 AND id = $2`,
    [project.id, report.id, state, JSON.stringify(decisions), shownName(actor), reason],
  );
  const verb = state === "signed" ? "signed off" : "rejected";
  await audit(tx, project, actor, candidate, verb, { report: report.number, reason, verdict: decided.verdict.text });
}

/** Waives a shift, or a workload, for one candidate. Needs `triage`. A signed or rejected report takes none any more. */
export async function addWaiver(actor: Actor, slug: string, body: WaiverBody): Promise<void> {
  const project = await projectFor(actor, "triage", slug);
  const { shift = null, workload = null, reason, owner, expiresOn } = body;
  if (expiresOn < new Date().toISOString().slice(0, 10))
    throw new Invalid(`${expiresOn} is over: a waiver ends with that day. Give a later one.`, [
      { path: "$.expiresOn", message: "Is over." },
    ]);
  await write(project, body, async (tx, report, { candidate }) => {
    requireOpen(report, candidate);
    await requireSubject(tx, project, { shift, workload });
    const made = await row<{ id: number }>(
      tx,
      `INSERT INTO waivers (project_id, candidate, shift_number, workload, reason, owner, expires_on, created_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING RETURNING id`,
      [project.id, candidate, shift, workload, reason, owner, expiresOn, shownName(actor)],
    );
    const subject = shift === null ? workload : `#${shift}`;
    if (!made) throw new Conflict(`${subject} is waived for ${candidate} already. Withdraw that waiver first.`);
    await audit(tx, project, actor, candidate, "waived", { subject, reason, owner, expiresOn });
  });
}

/** Takes a waiver back. Needs `triage`. It stays in the report's history. */
export async function withdrawWaiver(
  actor: Actor,
  slug: string,
  id: string,
  seen: number,
): Promise<{ candidate: string }> {
  const project = await projectFor(actor, "triage", slug);
  const waiver = /^\d{1,9}$/.test(id)
    ? await row<{ candidate: string; shift: number | null; workload: string | null }>(
        db(),
        `SELECT candidate, shift_number AS shift, workload FROM waivers
         WHERE project_id = $1 AND id = $2 AND withdrawn_at IS NULL`,
        [project.id, Number(id)],
      )
    : null;
  if (!waiver) throw new NotFound(`The project '${slug}' has no waiver ${id} in force.`);
  const { candidate, shift, workload } = waiver;
  await write(project, { candidate, revision: seen }, async (tx, report) => {
    requireOpen(report, candidate);
    await rows(
      tx,
      "UPDATE waivers SET withdrawn_at = now(), withdrawn_by = $3 WHERE project_id = $1 AND id = $2 AND withdrawn_at IS NULL",
      [project.id, Number(id), shownName(actor)],
    );
    await audit(tx, project, actor, candidate, "withdrew", { subject: shift === null ? workload : `#${shift}` });
  });
  return { candidate };
}

function requireOpen({ state, number }: Row, candidate: string): void {
  if (state === "signed" || state === "rejected")
    throw new Conflict(
      `Report ${number} of ${candidate} was ${state}: what was decided stays. Begin a new draft to change it.`,
    );
}

async function requireSubject(
  tx: Db,
  { id, slug }: ProjectRow,
  { shift, workload }: { shift: number | null; workload: string | null },
): Promise<void> {
  const found =
    shift !== null
      ? await row(tx, "SELECT FROM shifts WHERE project_id = $1 AND number = $2", [id, shift])
      : await row(tx, "SELECT FROM workloads WHERE project_id = $1 AND name = $2", [id, workload]);
  if (!found)
    throw new NotFound(`There is no ${shift === null ? `workload ${workload}` : `shift #${shift}`} in ${slug}.`);
}

const audit = (
  tx: Db,
  { id }: ProjectRow,
  actor: Actor,
  candidate: string,
  verb: string,
  detail: { [name: string]: Json },
) => recordAudit(tx, { projectId: id, actor, verb, subject: subjectOf(candidate), detail });
