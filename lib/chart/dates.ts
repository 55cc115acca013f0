import { formatDate, formatMonth } from "@/lib/format/time";

const DAY = 86_400_000;

/** A place on the x axis with its commit date: `x` in whatever the axis counts, `at` as ISO time or null. */
export type DatedPlace = { x: number; at: string | null };
export type AxisTick = { x: number; label: string };

/** Room that a label of the x axis needs. */
export const TICK_SPACING = 64;

/**
 * Ticks where a month begins, thinned to 64 px; the year stands at the first and where it changes. Where the window holds
 * fewer than two month beginnings: days (or nothing where no date is known).
 * `places` are the first commits of months (or of days) in order; `px` turns x into pixels.
 */
export function dateTicks(
  monthStarts: readonly DatedPlace[],
  points: readonly DatedPlace[],
  domain: readonly [number, number],
  px: (x: number) => number,
): AxisTick[] {
  const inside = (place: DatedPlace) => place.at !== null && place.x >= domain[0] && place.x <= domain[1];
  const months = thinned(monthStarts.filter(inside), px);
  if (months.length >= 2) return labelled(months, formatMonth);
  const days = thinned(firstOfDays(points.filter(inside)), px, TICK_SPACING + 24);
  return labelled(days, dayLabel);
}

/** Month beginnings (UTC) between two times, for an axis of time. At most 600. */
export function monthsBetween(from: number, to: number): DatedPlace[] {
  const start = new Date(from);
  const places: DatedPlace[] = [];
  for (let i = 0; i < 600; i++) {
    const at = Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + i, 1);
    if (at > to) break;
    if (at >= from) places.push({ x: at, at: new Date(at).toISOString() });
  }
  return places;
}

function firstOfDays(places: readonly DatedPlace[]): DatedPlace[] {
  const seen = new Set<number>();
  return places.filter(({ at }) => {
    const day = Math.floor(Date.parse(at ?? "") / DAY);
    return !seen.has(day) && seen.add(day);
  });
}

function thinned(places: readonly DatedPlace[], px: (x: number) => number, spacing = TICK_SPACING): DatedPlace[] {
  const kept: DatedPlace[] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const place of places.toSorted((a, b) => a.x - b.x)) {
    if (px(place.x) - last < spacing) continue;
    kept.push(place);
    last = px(place.x);
  }
  return kept;
}

function labelled(places: DatedPlace[], label: (at: string, withYear: boolean) => string): AxisTick[] {
  let year = "";
  return places.map(({ x, at }) => {
    const iso = new Date(at ?? 0).toISOString();
    const withYear = iso.slice(0, 4) !== year;
    year = iso.slice(0, 4);
    return { x, label: label(iso, withYear) };
  });
}

function dayLabel(at: string, withYear: boolean): string {
  return withYear ? formatDate(at) : formatDate(at).replace(/ \d+$/, "");
}
