import { addBusinessDays, format, isValid } from "date-fns";

/**
 * The day that lies `days` working days (Monday to Friday; holidays count as such) after `from`, both as 2026-11-30.
 * Days have no zone here: they are taken apart and put together in the local one, so that no clock is asked.
 */
export function addWorkingDays(from: string, days: number): string {
  const [year = 0, month = 1, day = 1] = from.split("-").map(Number);
  return format(addBusinessDays(new Date(year, month - 1, day, 12), days), "yyyy-MM-dd");
}

/** The day of a moment in UTC. */
export const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

/** Is this a day of the calendar, written as 2026-11-30? */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return isValid(date) && dayOf(date) === text;
}
