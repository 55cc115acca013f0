import { randomUUID } from "node:crypto";
import { ChangedMeanwhile, TidemarkError, TooMany, Unavailable } from "@/lib/errors";

/** Seconds after which a client may try again when the database was away. */
const RETRY_AFTER_SECONDS = 5;

/** Faults told in one answer; a document of thousands of results can have as many. */
const MAX_FAULTS = 100;

/**
 * Any thrown thing as `application/problem+json` (RFC 9457). Only our own errors say what happened: anything else is a
 * 500 with a number under which the log has it.
 */
export function problem(thrown: unknown): Response {
  const error = thrown instanceof TidemarkError ? thrown : isDatabaseAway(thrown) ? away() : null;
  if (!error) return unexpected(thrown);
  const { status, code, message, faults } = error;
  const body: Record<string, unknown> = { type: `urn:tidemark:${code}`, title: titles[code] ?? code, status, code };
  body.detail = message;
  if (faults.length) body.faults = faults.slice(0, MAX_FAULTS);
  if (faults.length > MAX_FAULTS) body.moreFaults = faults.length - MAX_FAULTS;
  if (error instanceof ChangedMeanwhile) {
    body.changes = error.changes;
    body.changed = error.changed;
  }
  const headers: Record<string, string> = {};
  if (status === 401) headers["www-authenticate"] = "Bearer";
  if (status === 415) headers["accept-encoding"] = "gzip";
  if (status === 503) headers["retry-after"] = String(RETRY_AFTER_SECONDS);
  if (error instanceof TooMany) headers["retry-after"] = String(error.retryAfterSeconds);
  return respond(body, status, headers);
}

const titles: Record<string, string> = {
  malformed: "The body cannot be read",
  unauthorized: "Who are you?",
  forbidden: "Not allowed",
  "not-found": "Not found",
  conflict: "In conflict with what exists",
  "too-large": "Too large",
  unsupported: "In a form that is not read here",
  invalid: "Not acceptable as it is",
  "too-many": "Tried too often",
  unavailable: "Not available at the moment",
};

function respond(body: unknown, status: number, headers: Record<string, string>): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/problem+json", "cache-control": "no-store", ...headers },
  });
}

const away = () => new Unavailable("The database does not answer. Nothing was changed; send the same request again.");

function unexpected(thrown: unknown): Response {
  const id = randomUUID();
  console.error(`unexpected error ${id}`, thrown);
  const detail = `Something unexpected happened on the server. Its log has the details under ${id}.`;
  const body = { type: "urn:tidemark:internal", title: "Internal error", status: 500, code: "internal", detail };
  return respond(body, 500, {});
}

const AWAY_CODES = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ETIMEDOUT",
  "EPIPE",
  "ENOENT", // a socket folder without a server
  "40001", // serialization failure, deadlock, lock or statement timeout: a retry may do
  "40P01",
  "55P03",
  "57014",
  "53300", // too many connections
  "57P01", // shut down, crashed, starting
  "57P02",
  "57P03",
  "25006", // a replica that is not yet the primary
]);

/** Is this the fault of a database that is away, starting or too busy, rather than of a statement? */
export function isDatabaseAway(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  if (thrown instanceof AggregateError) return thrown.errors.some(isDatabaseAway);
  const code = (thrown as { code?: unknown }).code;
  if (typeof code === "string" && (AWAY_CODES.has(code) || /^08...$/.test(code))) return true;
  return /timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error/.test(
    thrown.message,
  );
}
