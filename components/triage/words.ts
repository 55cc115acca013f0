import { formatDate } from "@/lib/format/time";
import { capitalised } from "@/lib/format/verdict";
import type { Triage } from "@/lib/model/triage";
import { SHIFT_STATUSES, type ShiftStatus } from "@/lib/model/words";
import { issueLabel } from "@/lib/urls/linkedIssue";

/** What a status means for whoever chooses it. */
export const STATUS_MEANS: Record<ShiftStatus, string> = {
  new: "nobody has decided",
  investigating: "being looked into",
  accepted: "the new normal",
  fixed: "a later commit undid it",
  infrastructure: "not the code",
  "not real": "nothing moved",
};

/** What a change did, in words, from the names that it changed: "Status new → accepted until 31 Dec 2026, owner Ada". */
export function changeText(before: Partial<Triage>, after: Partial<Triage>): string {
  const parts = [statusText(before, after), ownerText(after), dueText(after), ...linkTexts(before, after)];
  const told = parts.filter((part) => part !== null).join(", ");
  return told === "" ? "Reason changed" : told.charAt(0).toUpperCase() + told.slice(1);
}

const isStatus = (word: unknown): word is ShiftStatus => SHIFT_STATUSES.some((status) => status === word);

function statusText(before: Partial<Triage>, after: Partial<Triage>): string | null {
  const until = after.acceptedUntil;
  const end = until ? ` until ${formatDate(until)}` : "";
  if (isStatus(after.status))
    return `${isStatus(before.status) ? `${before.status} → ` : "status "}${after.status}${after.status === "accepted" ? end : ""}`;
  if (until === undefined) return null;
  return until ? `accepted${end}` : "accepted for good";
}

function ownerText({ owner }: Partial<Triage>): string | null {
  if (owner === undefined) return null;
  return owner === null ? "nobody's" : `owner ${owner}`;
}

function dueText({ dueOn }: Partial<Triage>): string | null {
  if (dueOn === undefined) return null;
  return dueOn === null ? "no day" : `due ${formatDate(dueOn)}`;
}

function linkTexts(before: Partial<Triage>, after: Partial<Triage>): string[] {
  const [was, is] = [before.issues ?? [], after.issues ?? []];
  return [
    ...is.filter((url) => !was.includes(url)).map((url) => `linked ${issueLabel(url)}`),
    ...was.filter((url) => !is.includes(url)).map((url) => `unlinked ${issueLabel(url)}`),
  ];
}

/** "Accepted until 31 Dec 2026", "Accepted until 1 Dec 2026: that is over, undecided again", "Not real". */
export function statusTitle({
  status,
  acceptedUntil,
  acceptanceOver,
}: Pick<Triage, "status" | "acceptedUntil"> & { acceptanceOver: boolean }): string {
  if (acceptanceOver) return `Accepted until ${formatDate(acceptedUntil)}: that is over, it is undecided again`;
  return `${capitalised(status)}${acceptedUntil ? ` until ${formatDate(acceptedUntil)}` : ""}`;
}

/** "Shift #12 accepted", "312 shifts accepted": what the message after a change says. */
export function doneText(numbers: readonly number[], what: string): string {
  return `${numbers.length === 1 ? `Shift #${numbers[0]}` : `${numbers.length} shifts`} ${what}`;
}

/** The participle of a change that was asked for. */
export function didText(asked: {
  status?: ShiftStatus;
  owner?: unknown;
  due?: unknown;
  link?: unknown;
  unlink?: unknown;
}) {
  if (asked.status === "new") return "reopened";
  if (asked.status === "investigating") return "under investigation";
  if (asked.status === "infrastructure") return "put down to infrastructure";
  if (asked.status === "not real") return "called not real";
  if (asked.status) return asked.status;
  if (asked.owner === null) return "given to nobody";
  if (asked.owner !== undefined) return "assigned";
  if (asked.due !== undefined) return asked.due === null ? "without a day now" : "given a day";
  return asked.link !== undefined ? "linked" : "unlinked";
}
