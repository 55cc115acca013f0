import { type ProjectRow, readProject } from "@/lib/auth/access";
import { db, row, rows } from "@/lib/db/sql";
import { Invalid, NotFound } from "@/lib/errors";
import type { Actor } from "@/lib/model/actor";
import type { Json } from "@/lib/model/words";
import { isoOf } from "@/lib/queries/points";
import { type Change, changesBetween } from "@/lib/release/changes";
import { decideReport } from "@/lib/release/decide";
import { type ReleasePolicy, readPolicy } from "@/lib/release/policy";
import type { DraftChanges, HistoryEntry, ReportRead, ReportState } from "@/lib/release/read";
import type { ReportDecisions, ReportFigures, ShiftDecision, Waiver } from "@/lib/release/types";
import { computeFigures, type Sides } from "./figures";
import { predecessorOf, readTags } from "./predecessor";
import { type MainLine, readMainLine, resolveSide } from "./side";

/** A report as it is stored. */
export type StoredReport = {
  id: number;
  candidate: string;
  number: number;
  state: ReportState;
  sha: string;
  against: string | null;
  revision: number;
  figures: ReportFigures | null;
  changes: DraftChanges[];
  computedAt: string | null;
  frozenAt: string | null;
  frozenBy: string | null;
  decisions: ReportDecisions | null;
  decidedAt: string | null;
  decidedBy: string | null;
  reason: string | null;
};

export type ReportAsked = {
  candidate: string;
  /** Another side to compare with; null: that of the report, else the last release. */
  against: string | null;
  /** Which report of the candidate; null: the newest. */
  number: number | null;
};

const COLUMNS = `id, candidate, number, state, sha, against, revision, figures, changes, computed_at AS "computedAt",
  frozen_at AS "frozenAt", frozen_by AS "frozenBy", decisions, decided_at AS "decidedAt", decided_by AS "decidedBy", reason`;

/** The report of a candidate against its predecessor, or another side. Throws NotFound, Invalid. */
export async function readReport(actor: Actor, slug: string, asked: ReportAsked): Promise<ReportRead> {
  return reportOf(await readProject(actor, slug), asked);
}

/** The same for a project whose access was checked. */
export async function reportOf(project: ProjectRow, sent: ReportAsked): Promise<ReportRead> {
  const asked = { ...sent, candidate: await nameOf(project, sent.candidate) };
  const stored = await readStored(project, asked);
  const policy = await releasePolicy(project.id);
  const isFrozen =
    stored?.figures && stored.state !== "draft" && (asked.against === null || asked.against === stored.against);
  const live = async () =>
    (await figuresNow(project, asked.candidate, asked.against ?? stored?.against ?? null, policy)).figures;
  const figures = isFrozen && stored.figures ? stored.figures : await live();
  const decisions = await readDecisions(project.id, asked.candidate, figures);
  const kept = isFrozen ? (stored.decisions ?? decisions) : decisions;
  const at = (isFrozen ? stored.decidedAt : null) ?? new Date().toISOString();
  const decided = decideReport(figures, kept, policy, at);
  const since = isFrozen ? await sinceFrozen(project, stored, policy, { figures, decisions: kept }) : null;
  const isOwn = stored !== null && (asked.against === null || asked.against === stored.against);
  return {
    project: { slug: project.slug, name: project.name, repository: project.repository },
    number: isOwn ? stored.number : 0,
    numbers: stored ? await countReports(project.id, asked.candidate) : 0,
    state: isFrozen ? stored.state : "draft",
    revision: stored?.revision ?? 0,
    ...{ figures, decisions: kept, decided, policy },
    frozenAt: isFrozen ? stored.frozenAt : null,
    frozenBy: isFrozen ? stored.frozenBy : null,
    decidedAt: isFrozen ? stored.decidedAt : null,
    decidedBy: isFrozen ? stored.decidedBy : null,
    reason: isFrozen ? stored.reason : null,
    changes: isOwn && stored.state === "draft" ? stored.changes : [],
    since,
    history: await readHistory(project.id, asked.candidate),
  };
}

/** The name under which reports of a candidate are kept: a commit by its whole id. */
async function nameOf(project: ProjectRow, candidate: string): Promise<string> {
  if (!candidate.startsWith("commit:")) return candidate;
  return (await resolveSide(project, null, candidate)).told.name;
}

export async function releasePolicy(projectId: number): Promise<ReleasePolicy> {
  const stored = await row<{ value: Json }>(
    db(),
    "SELECT value FROM settings WHERE project_id = $1 AND key = 'releasePolicy'",
    [projectId],
  );
  return readPolicy(stored?.value);
}

/** Both sides and the numbers as they are now. */
export async function figuresNow(
  project: ProjectRow,
  candidate: string,
  against: string | null,
  policy: ReleasePolicy,
): Promise<{ figures: ReportFigures; sides: Sides; main: MainLine | null }> {
  const main = await readMainLine(project);
  const side = await resolveSide(project, main, candidate);
  const tags = await readTags(project, main);
  const before = against ?? predecessorOf(side, tags, main)?.tag ?? null;
  const baseline = before === null ? null : await resolveSide(project, main, before);
  if (baseline?.commitId === side.commitId)
    throw new Invalid(
      `${baseline.told.label} and ${side.told.label} are the same commit. Choose another side with against=...`,
    );
  const [from, to] = [baseline?.told.position ?? null, side.told.position];
  if (baseline && from !== null && to !== null && from > to)
    throw new Invalid(
      `${baseline.told.label} comes after ${side.told.label}: a report looks from an earlier release to a later one.`,
    );
  const sides = { candidate: side, baseline };
  return { figures: await computeFigures(project, main, sides, policy), sides, main };
}

/** The newest report of a candidate, or the one with this number. null: there is none yet. Throws NotFound for a number. */
export async function readStored(
  project: ProjectRow,
  { candidate, number }: Pick<ReportAsked, "candidate" | "number">,
): Promise<StoredReport | null> {
  const found = await row<StoredReport>(
    db(),
    `SELECT ${COLUMNS} FROM reports WHERE project_id = $1 AND candidate = $2 AND ($3::int IS NULL OR number = $3)
     ORDER BY number DESC LIMIT 1`,
    [project.id, candidate, number],
  );
  if (!found && number !== null) throw new NotFound(`${candidate} has no report ${number} in ${project.slug}.`);
  return found;
}

async function countReports(projectId: number, candidate: string): Promise<number> {
  const found = await row<{ count: number }>(
    db(),
    "SELECT count(*) AS count FROM reports WHERE project_id = $1 AND candidate = $2",
    [projectId, candidate],
  );
  return found?.count ?? 0;
}

/** What people say of the report's shifts now, and all waivers of the candidate, withdrawn ones too. */
export async function readDecisions(
  projectId: number,
  candidate: string,
  { shifts }: ReportFigures,
): Promise<ReportDecisions> {
  const [said, waivers] = await Promise.all([
    rows<ShiftDecision>(
      db(),
      `SELECT number, status, status_reason AS reason, owner, issues, due_on::text AS "dueOn",
         ${isoOf("accepted_until")} AS "acceptedUntil", ${isoOf("decided_at")} AS at, decided_by AS by
       FROM shifts WHERE project_id = $1 AND number = ANY($2::int[]) ORDER BY number`,
      [projectId, shifts.map(({ number }) => number)],
    ),
    rows<Waiver>(
      db(),
      `SELECT id, shift_number AS shift, workload, reason, owner, expires_on::text AS "expiresOn",
         created_by AS "createdBy", ${isoOf("created_at")} AS "createdAt", withdrawn_by AS "withdrawnBy",
         ${isoOf("withdrawn_at")} AS "withdrawnAt"
       FROM waivers WHERE project_id = $1 AND candidate = $2 ORDER BY id`,
      [projectId, candidate],
    ),
  ]);
  return { shifts: said, waivers };
}

/** Verbs and actors of all that was written to a candidate's reports, the newest first. */
async function readHistory(projectId: number, candidate: string): Promise<HistoryEntry[]> {
  return rows<HistoryEntry>(
    db(),
    // The audit keeps the address that a person signs in with; a report that anybody may read names the person.
    `SELECT ${isoOf("a.at")} AS at, coalesce(u.name, a.actor) AS actor, a.verb, a.detail
     FROM audit a LEFT JOIN users u ON u.email = a.actor
     WHERE a.project_id = $1 AND a.subject = $2 ORDER BY a.id DESC LIMIT 100`,
    [projectId, subjectOf(candidate)],
  );
}

export const subjectOf = (candidate: string): string => `report of ${candidate}`;

/** What is different now from what was frozen: levels, shifts, decisions, and where the tag points. */
async function sinceFrozen(
  project: ProjectRow,
  stored: StoredReport,
  policy: ReleasePolicy,
  kept: { figures: ReportFigures; decisions: ReportDecisions },
): Promise<Change[]> {
  try {
    const now = await figuresNow(project, stored.candidate, kept.figures.baseline?.name ?? null, policy);
    const decisions = await readDecisions(project.id, stored.candidate, now.figures);
    return changesBetween(kept, { figures: now.figures, decisions });
  } catch (error) {
    if (error instanceof NotFound || error instanceof Invalid) return [{ kind: "side", text: error.message }];
    throw error;
  }
}
