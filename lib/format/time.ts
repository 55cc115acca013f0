import { NO_VALUE, plural } from "./number";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** "16 Mar 2023", in UTC: the same on server and browser, whatever their zone and language. A dash without a date. */
export function formatDate(iso: string | null | undefined): string {
  const date = dateOf(iso);
  if (!date) return NO_VALUE;
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** "16 Mar 2023, 09:05", in UTC. */
export function formatTime(iso: string | null | undefined): string {
  const date = dateOf(iso);
  if (!date) return NO_VALUE;
  const two = (part: number) => String(part).padStart(2, "0");
  return `${formatDate(iso)}, ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
}

/** Steps of a relative time: a name, and how many of the one before make one. */
const STEPS = [
  ["second", 1],
  ["minute", 60],
  ["hour", 60],
  ["day", 24],
  ["month", 30.44],
  ["year", 12],
] as const;

/** "3 hours ago", "in 2 days", "just now" within a minute; `now` in ms since 1970. A dash without a date. */
export function formatRelative(iso: string | null | undefined, now: number): string {
  const date = dateOf(iso);
  if (!date) return NO_VALUE;
  const seconds = (now - date.getTime()) / 1000;
  let size = Math.abs(seconds);
  let unit = "second";
  for (const [name, many] of STEPS) {
    if (size < many) break;
    size /= many;
    unit = name;
  }
  if (unit === "second") return "just now";
  const text = plural(Math.floor(size), unit);
  return seconds < 0 ? `in ${text}` : `${text} ago`;
}

/** "Mar", and "Jan 2023" for the first month of a year: what a time axis writes at the first commit of a month. */
export function formatMonth(iso: string, withYear: boolean): string {
  const date = dateOf(iso);
  if (!date) return "";
  return `${MONTHS[date.getUTCMonth()]}${withYear ? ` ${date.getUTCFullYear()}` : ""}`;
}

function dateOf(iso: string | null | undefined): Date | null {
  if (!iso) return null;
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? null : date;
}

/** The first seven characters of a sha; a dash without one. */
export function shortSha(sha: string | null | undefined): string {
  return sha ? sha.slice(0, 7) : NO_VALUE;
}

/** "8ae6c9f..5839d0e": from the last good commit to the first shifted one, as git writes a range. */
export function formatRange(lastGood: string | null | undefined, firstShifted: string | null | undefined): string {
  return `${shortSha(lastGood)}..${shortSha(firstShifted)}`;
}
