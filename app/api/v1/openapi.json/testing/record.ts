import type { Json } from "@/lib/model/words";

const SHOWN = 3;
const RECENT_MILLISECONDS = 10 * 24 * 60 * 60 * 1000;
const ONE_MOMENT = "2026-11-25T10:00:00.000Z";

/** What differs from run to run, or must not be shown. */
const REPLACED: Record<string, Json> = {
  secret: "tm_7Qm4pX2cRk9vT1sLw8bN5dJ0hZ3fG6yA",
  hint: "G6yA",
  link: "http://127.0.0.1:3000/sign-in/invitation?code=inv_2cRk9vT1sLw8bN5dJ0hZ3fG6yA7Qm4pX",
  firstActionSeconds: 5400,
  dueOn: "2026-11-30",
};

/** An answer as the document shows it: lists cut short, figures to six digits, secrets and moments of now replaced. */
export function recordable(value: Json, key = ""): Json {
  if (key in REPLACED && value !== null) return REPLACED[key] ?? null;
  if (typeof value === "number") return Number(value.toPrecision(6));
  if (typeof value === "string") return steadyText(value);
  if (Array.isArray(value)) return value.slice(0, SHOWN).map((item) => recordable(item));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, recordable(item, name)]));
}

/** Texts are tables and documents too: there moments are also written for people, and the time to act ends a line. */
function steadyText(text: string): string {
  const told = text.replace(MOMENTS, (moment) => (isRecent(moment) ? ONE_MOMENT : moment));
  const timed = told.replace(SPELT, (moment) => (isRecent(moment) ? "25 Nov 2026, 10:00 UTC" : moment));
  const dated = timed.replace(DAY, (day) => (isRecent(`${day} UTC`) ? "25 Nov 2026" : day));
  return dated.includes("firstActionSeconds") ? dated.replace(/,\d+(\.\d+)?(?=\r\n)/g, ",5400") : dated;
}

const MOMENTS = /\d{4}-\d\d-\d\dT[\d:.]+Z/g;
const SPELT = /\d{1,2} [A-Z][a-z]{2} \d{4}, \d\d:\d\d UTC/g;
const DAY = /\b\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4}\b/g;

const isRecent = (moment: string) => Math.abs(Date.parse(moment) - Date.now()) < RECENT_MILLISECONDS;
