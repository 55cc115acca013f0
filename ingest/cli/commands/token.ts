import { SCOPES, type Scope } from "@/lib/model/words";
import { EXIT, type Exit, ServerFailed, WrongUse } from "../exit";
import { isRecord } from "../http/problem";
import type { ServerOptions } from "../http/settings";
import { createTalk, type Io, type TalkOptions } from "../io";
import { withSession } from "../session";

type TokenOptions = ServerOptions & TalkOptions;
export type CreateTokenOptions = TokenOptions & { name: string; scope: string[]; defaultBranch: boolean };

/** Makes a token and prints its secret, once, alone on stdout. */
export async function createToken(options: CreateTokenOptions, io: Io): Promise<Exit> {
  const scopes = readScopes(options.scope);
  const body = { name: options.name, scopes, ...(options.defaultBranch ? {} : { defaultBranch: false }) };
  const answer = await call(options, io, "POST", "tokens", JSON.stringify(body));
  const secret = isRecord(answer) ? (answer.secret ?? answer.token) : null;
  if (typeof secret !== "string") throw new ServerFailed("The server's answer holds no secret.");
  createTalk(io, options)(`token "${options.name}" (${scopes.join(", ")}): this is the only time it is shown`);
  io.print(options.json ? JSON.stringify(answer) : secret);
  return EXIT.done;
}

/** Lists the tokens of the project; no secrets. */
export async function listTokens(options: TokenOptions, io: Io): Promise<Exit> {
  const answer = await call(options, io, "GET", "tokens");
  if (options.json) io.print(JSON.stringify(answer));
  else for (const token of readItems(answer)) io.print(wordToken(token));
  return EXIT.done;
}

/** Revokes a token at once. `id` as `token list` prints it. */
export async function revokeToken(id: string, options: TokenOptions, io: Io): Promise<Exit> {
  if (!/^\d+$/.test(id)) throw new WrongUse(`"${id}" is no token id. \`tidemark token list\` shows them.`);
  const answer = await call(options, io, "DELETE", `tokens/${id}`);
  io.print(options.json ? JSON.stringify(answer ?? { id: Number(id), revoked: true }) : `revoked ${id}`);
  return EXIT.done;
}

function call(options: TokenOptions, io: Io, method: "GET" | "POST" | "DELETE", below: string, body?: string) {
  // A token whose answer was lost would exist without anybody knowing its secret: making one is never repeated.
  const retries = method === "POST" ? 0 : options.retries;
  return withSession({ ...options, retries }, io, createTalk(io, options), ({ client, path }) =>
    client.call({ method, path: path(below), ...(body === undefined ? {} : { body }) }),
  );
}

function readScopes(given: readonly string[]): Scope[] {
  const words = given.flatMap((text) => text.split(",")).map((word) => word.trim());
  const isScope = (word: string): word is Scope => (SCOPES as readonly string[]).includes(word);
  const wrong = words.find((word) => !isScope(word));
  if (wrong !== undefined) throw new WrongUse(`"${wrong}" is no scope. There are: ${SCOPES.join(", ")}.`);
  return words.length > 0 ? [...new Set(words.filter(isScope))] : ["ingest"];
}

function readItems(answer: unknown): Record<string, unknown>[] {
  const items = isRecord(answer) ? answer.items : answer;
  return Array.isArray(items) ? items.filter(isRecord) : [];
}

function wordToken({ id, name, scopes, defaultBranch, lastUsedAt, revokedAt }: Record<string, unknown>): string {
  const notes = [
    Array.isArray(scopes) ? scopes.join(",") : "",
    defaultBranch === false ? "not for the default branch" : "",
    lastUsedAt ? `last used ${lastUsedAt}` : "never used",
    revokedAt ? `revoked ${revokedAt}` : "",
  ];
  return `${id}\t${name}\t${notes.filter(Boolean).join("; ")}`;
}
