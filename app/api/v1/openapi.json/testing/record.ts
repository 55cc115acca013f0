import type { Json } from "@/lib/model/words";

const SHOWN = 3;
const RECENT_MILLISECONDS = 10 * 24 * 60 * 60 * 1000;
const ONE_MOMENT = "2026-11-25T10:00:00.000Z";

/** What differs from run to run, and must not be shown anyway. */
const SECRETS: Record<string, Json> = {
  secret: "tm_7Qm4pX2cRk9vT1sLw8bN5dJ0hZ3fG6yA",
  hint: "G6yA",
  link: "http://127.0.0.1:3000/sign-in/invitation?code=inv_2cRk9vT1sLw8bN5dJ0hZ3fG6yA7Qm4pX",
};

/** An answer as the document shows it: lists cut short, figures to six digits, secrets and moments of now replaced. */
export function recordable(value: Json, key = ""): Json {
  if (key in SECRETS) return SECRETS[key] ?? null;
  if (typeof value === "number") return Number(value.toPrecision(6));
  if (typeof value === "string") return value.replace(MOMENTS, (moment) => (isRecent(moment) ? ONE_MOMENT : moment));
  if (Array.isArray(value)) return value.slice(0, SHOWN).map((item) => recordable(item));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, recordable(item, name)]));
}

/** Also in a text that is a table. */
const MOMENTS = /\d{4}-\d\d-\d\dT[\d:.]+Z/g;

const isRecent = (moment: string) => Math.abs(Date.parse(moment) - Date.now()) < RECENT_MILLISECONDS;
