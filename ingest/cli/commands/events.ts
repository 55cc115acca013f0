import { EXIT, type Exit, WrongUse } from "../exit";
import { isRecord } from "../http/problem";
import type { ServerOptions } from "../http/settings";
import { createTalk, type Io, type TalkOptions } from "../io";
import { withSession } from "../session";

type EventOptions = ServerOptions & TalkOptions;
export type AddEventOptions = EventOptions & {
  commit?: string;
  at?: string;
  environment?: string;
  workload?: string;
  metric?: string;
  border?: boolean;
};

/** Adds a note on the time axis: at a commit, or at a time; now, when neither is given. Prints its id. */
export async function addEvent(text: string, options: AddEventOptions, io: Io): Promise<Exit> {
  const { commit, at, environment, workload, metric, border = false } = options;
  if (commit !== undefined && at !== undefined) throw new WrongUse("Give --commit or --at, not both.");
  const place = commit !== undefined ? { commit } : { at: at ?? new Date().toISOString() };
  const body = JSON.stringify({ text, ...place, environment, workload, metric, border });
  const answer = await call(options, io, "POST", "events", body);
  const id = isRecord(answer) ? answer.id : null;
  io.print(options.json ? JSON.stringify(answer) : String(id));
  return EXIT.done;
}

/** Lists the newest events. */
export async function listEvents(options: EventOptions, io: Io): Promise<Exit> {
  const answer = await call(options, io, "GET", "events");
  if (options.json) io.print(JSON.stringify(answer));
  else for (const event of itemsOf(answer)) io.print(wordEvent(event));
  return EXIT.done;
}

/** Removes an event; `id` as `events list` prints it. */
export async function removeEvent(id: string, options: EventOptions, io: Io): Promise<Exit> {
  if (!/^\d+$/.test(id)) throw new WrongUse(`"${id}" is no event. \`tidemark events list\` shows their numbers.`);
  const answer = await call(options, io, "DELETE", `events/${id}`);
  io.print(options.json ? JSON.stringify(answer) : `removed ${id}`);
  return EXIT.done;
}

function call(options: EventOptions, io: Io, method: "GET" | "POST" | "DELETE", below: string, body?: string) {
  // An event whose answer was lost would be added twice: adding is never repeated.
  const retries = method === "POST" ? 0 : options.retries;
  return withSession({ ...options, retries }, io, createTalk(io, options), ({ client, path }) =>
    client.call({ method, path: path(below), ...(body === undefined ? {} : { body }) }),
  );
}

function itemsOf(answer: unknown): Record<string, unknown>[] {
  const items = isRecord(answer) ? answer.items : null;
  return Array.isArray(items) ? items.filter(isRecord) : [];
}

function wordEvent({ id, text, border, commit, at, environment, workload, metric }: Record<string, unknown>): string {
  const scope = [environment, workload, metric].filter(Boolean).join(", ");
  return `${id}\t${commit ?? at}\t${[text, border ? "border" : "", scope].filter(Boolean).join("; ")}`;
}
