/** The cookie that remembers when a reader looked at a project's overview. */
export const lookedCookie = (project: string): string => `looked-${encodeURIComponent(project)}`;

/** Looking again after so long is another visit. */
const PAUSE_MILLISECONDS = 30 * 60_000;

/** When the visit before this one ended, and when this one was last seen; in ms since 1970. */
export type Visits = { before: number | null; last: number };

/** "1764063000000.1764066600000" as visits; null for anything else. */
export function parseVisits(text: string | undefined): Visits | null {
  const [, before, last] = /^(\d{0,15})\.(\d{1,15})$/.exec(text ?? "") ?? [];
  return last === undefined ? null : { before: before ? Number(before) : null, last: Number(last) };
}

export const writeVisits = ({ before, last }: Visits): string => `${before ?? ""}.${last}`;

/** The visits with a look at `now`. */
export function look(known: Visits | null, now: number): Visits {
  if (!known) return { before: null, last: now };
  return { before: now - known.last > PAUSE_MILLISECONDS ? known.last : known.before, last: now };
}
