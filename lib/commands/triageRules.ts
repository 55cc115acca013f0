import { type Db, row, rows } from "@/lib/db/sql";
import { Invalid, Unauthorized } from "@/lib/errors";
import type { Actor } from "@/lib/model/actor";
import { type DueDays, readDueDays, type Triage, workingDaysFor } from "@/lib/model/triage";
import type { Json } from "@/lib/model/words";
import { addWorkingDays, dayOf } from "@/lib/model/workingDays";
import { issueUrl } from "@/lib/urls/linkedIssue";
import type { TriageBody } from "./triageBodies";

/** A change as it was asked for, without the revision. */
type Asked = Omit<TriageBody, "revision">;

/** A change with its names and addresses resolved: `apply` says what becomes of a shift. */
export type Decided = {
  asked: Asked;
  reason: string | null;
  apply(shift: { number: number; change: number | null; triage: Triage }): Triage;
};

/** Links of issues that a shift may have. */
const MOST_LINKS = 50;

const fault = (field: string, message: string) => new Invalid(message, [{ path: `$.${field}`, message }]);

/** Resolves what a change names, once for all shifts that it concerns. Throws Invalid. */
export async function decide(
  tx: Db,
  actor: Actor,
  project: { id: number; repository: string | null },
  asked: Asked,
): Promise<Decided> {
  const now = new Date();
  const today = dayOf(now);
  const owner = await ownerOf(tx, actor, asked.owner);
  const due = dueOf(asked.due, today);
  const until = untilOf(asked.acceptedUntil, now);
  const link = linksOf(asked.link, "link", project.repository);
  const unlink = new Set(linksOf(asked.unlink, "unlink", project.repository));
  const days = await dueDaysOf(tx, project.id);
  const apply: Decided["apply"] = ({ number, change, triage }) => {
    if (asked.status === undefined && until !== undefined && triage.status !== "accepted")
      throw fault("acceptedUntil", `#${number} is not accepted: give the status with it.`);
    const issues = [...new Set([...triage.issues, ...link])].filter((url) => !unlink.has(url));
    if (issues.length > MOST_LINKS) throw fault("link", `#${number} would have more than ${MOST_LINKS} links.`);
    const stated = { ...triage, ...statusOf(triage, asked, until), ...owner, issues };
    return { ...stated, dueOn: due === undefined ? usualDue(stated, asked, { change, days, today }) : due };
  };
  return { asked, reason: asked.reason ?? null, apply };
}

function statusOf(before: Triage, asked: Asked, until: string | null | undefined): Partial<Triage> {
  if (asked.status === undefined)
    return until === undefined ? {} : { acceptedUntil: until, statusReason: asked.reason ?? before.statusReason };
  return {
    status: asked.status,
    statusReason: asked.reason ?? null,
    acceptedUntil: asked.status === "accepted" ? (until ?? null) : null,
  };
}

/** What is closed is due no more; what is open and has no day gets that of the settings, when its status is set. */
function usualDue(
  { status, dueOn }: Triage,
  asked: Asked,
  { change, days, today }: { change: number | null; days: DueDays; today: string },
): string | null {
  if (asked.status === undefined) return dueOn;
  if (status !== "new" && status !== "investigating") return null;
  const working = dueOn === null ? workingDaysFor(status, change, days) : null;
  return working === null ? dueOn : addWorkingDays(today, working);
}

async function dueDaysOf(tx: Db, projectId: number): Promise<DueDays> {
  const found = await row<{ value: Json }>(tx, "select value from settings where project_id = $1 and key = 'dueDays'", [
    projectId,
  ]);
  return readDueDays(found?.value);
}

/** A person of this server, a name in free text, or nobody; nothing where it stays as it is. */
async function ownerOf(tx: Db, actor: Actor, owner: Asked["owner"]): Promise<Pick<Triage, "owner" | "ownerId"> | null> {
  if (owner === undefined) return null;
  if (owner === null) return { owner: null, ownerId: null };
  if (owner === "me") {
    if (!actor.user) throw new Unauthorized("'me' is the person that is signed in; a token is nobody. Give a name.");
    return { owner: actor.user.name, ownerId: actor.user.id };
  }
  const byId = typeof owner === "object";
  const people = await rows<{ id: number; name: string }>(
    tx,
    `select id, name from users where disabled_at is null and
       case when $1::int is not null then id = $1 else lower(email) = lower($2) or name = $2 end limit 2`,
    [byId ? owner.user : null, byId ? null : owner],
  );
  const [person] = people;
  if (person && people.length === 1) return { owner: person.name, ownerId: person.id };
  if (byId) throw fault("owner", `Nobody here has the id ${owner.user}, or may sign in.`);
  if (owner.includes("@"))
    throw fault("owner", "Nobody here has this e-mail address. Give a name: it is shown to everybody who may read.");
  return { owner, ownerId: null };
}

function dueOf(due: Asked["due"], today: string): string | null | undefined {
  if (due === undefined || due === null) return due;
  if (typeof due === "object") return addWorkingDays(today, due.workingDays);
  if (due < today) throw fault("due", "Lies in the past.");
  return due;
}

/** A day holds to its end, in UTC. */
function untilOf(until: Asked["acceptedUntil"], now: Date): string | null | undefined {
  if (until === undefined || until === null) return until;
  const end = /^\d{4}-\d\d-\d\d$/.test(until) ? `${until}T23:59:59.999Z` : new Date(until).toISOString();
  if (end <= now.toISOString()) throw fault("acceptedUntil", "Lies in the past.");
  return end;
}

function linksOf(texts: readonly string[] | undefined, field: string, repository: string | null): string[] {
  return (texts ?? []).map((text, i) => {
    const url = issueUrl(text, repository);
    if (url) return url;
    const short = /^[#!]\d+$/.test(text.trim());
    throw fault(
      `${field}[${i}]`,
      short
        ? "The project names no repository: give the whole address."
        : "Must be an address that begins with http:// or https://, or #123.",
    );
  });
}
