import { createHash } from "node:crypto";
import type { z } from "zod";
import { requireScope } from "@/lib/auth/access";
import { authenticate } from "@/lib/auth/authenticate";
import { type Fault, Invalid, NotFound } from "@/lib/errors";
import type { Actor } from "@/lib/model/actor";
import { jsonPath } from "@/lib/model/jsonPath";
import type { Scope } from "@/lib/model/words";
import { readBody } from "./body";
import { problem } from "./problem";
import { requireSameOrigin, requireShort } from "./sameOrigin";

type Params = Record<string, string>;
type Context = { params: Promise<Record<string, string | string[] | undefined>> };

/** What a handler gets: who asks, and the parts of the request, checked. */
export type Call<Query, Body> = {
  request: Request;
  actor: Actor;
  params: Params;
  query: Query;
  body: Body;
};

type Options<Query, Body> = {
  /** What the caller needs. The functions that are called check it for the project; here it is checked before a body is read. */
  scope: Scope;
  /**
   * Only pages of this server may send it, whoever asks, and little at a time: anybody may knock there. A write that a
   * cookie authorises is always checked for where it comes from.
   */
  fromPage?: boolean;
  /** Strict: an unknown query parameter is a 422, since a misspelt filter would silently answer another question. */
  query?: z.ZodType<Query>;
  /** A schema for a JSON body, or a function that reads the body itself. */
  body?: z.ZodType<Body> | ((request: Request) => Promise<Body>);
};

const READS = ["GET", "HEAD"];

/** A handler as Next calls it, with what it asks for: the description of the API is held against that. */
export type Handler = ((request: Request, context?: Context) => Promise<Response>) & {
  readonly options: Options<unknown, unknown>;
};

/**
 * One handler of a route: who, what, call, answer. The handler gives a value (answered as JSON with 200 and an ETag) or
 * a Response. Whatever is thrown becomes `application/problem+json`.
 */
export function route<Query = undefined, Body = undefined>(
  options: Options<Query, Body>,
  handler: (call: Call<Query, Body>) => Promise<unknown> | unknown,
): Handler {
  const handle = async (request: Request, context?: Context) => {
    try {
      const params = readParams((await context?.params) ?? {});
      const actor = await authenticate(request.headers);
      const isRead = READS.includes(request.method);
      if (options.fromPage || (actor.kind === "user" && !isRead)) requireSameOrigin(request.headers);
      if (options.fromPage && !isRead) requireShort(request.headers);
      requireScope(actor, options.scope);
      const query = readQuery(options.query, new URL(request.url).searchParams);
      const body = await readInput(options.body, request);
      const value = await handler({ request, actor, params, query, body });
      return value instanceof Response ? value : answer(value, { request });
    } catch (thrown) {
      return problem(thrown);
    }
  };
  return Object.assign(handle, { options });
}

/** A JSON answer. With the request of a GET it carries an ETag, and is 304 without a body when the reader has it already. */
export function answer(
  value: unknown,
  options: { status?: number; request?: Request; headers?: HeadersInit } = {},
): Response {
  const { status = 200, request } = options;
  const headers = new Headers(options.headers);
  headers.set("content-type", "application/json");
  headers.set("cache-control", "private, no-cache");
  return tagged(JSON.stringify(value), headers, status, request);
}

/** A text answer with the same ETag rules; for CSV and stored documents. */
export function answerText(text: string, contentType: string, request?: Request): Response {
  return tagged(text, new Headers({ "content-type": contentType, "cache-control": "private, no-cache" }), 200, request);
}

function tagged(text: string, headers: Headers, status: number, request?: Request): Response {
  if (status !== 200 || request?.method !== "GET") return new Response(text, { status, headers });
  const etag = `W/"${createHash("sha256").update(text).digest("base64url").slice(0, 22)}"`;
  headers.set("etag", etag);
  const known = request.headers.get("if-none-match")?.split(/\s*,\s*/) ?? [];
  return known.includes(etag) ? new Response(null, { status: 304, headers }) : new Response(text, { status, headers });
}

/** Parts of the path. Next has decoded them: once more would take the '%' of a name for an escape. */
function readParams(raw: Record<string, string | string[] | undefined>): Params {
  const params = Object.entries(raw).map(([name, value]) => [name, [value ?? ""].flat().join("/")] as const);
  if (params.some(([, value]) => value.includes("\0"))) throw new NotFound("No name holds a NUL character.");
  return Object.fromEntries(params);
}

function readQuery<Query>(schema: z.ZodType<Query> | undefined, search: URLSearchParams): Query {
  const names = [...new Set(search.keys())];
  if (!schema) {
    if (names.length) throw new Invalid(`This address takes no query parameters: '${names[0]}' is unknown.`);
    return undefined as Query;
  }
  const sent: Record<string, unknown> = {};
  for (const name of names) {
    const values = search.getAll(name);
    if ([name, ...values].some((text) => text.includes("\0"))) throw new Invalid("The query holds a NUL character.");
    sent[name] = values.length > 1 ? values : values[0];
  }
  return check(schema, sent, "The query is not acceptable.", (path) => `?${path.join(".")}`);
}

async function readInput<Body>(reader: Options<unknown, Body>["body"], request: Request): Promise<Body> {
  if (!reader) return undefined as Body;
  if (typeof reader === "function") return reader(request);
  return check(reader, await readBody(request), "The body is not acceptable.", jsonPath);
}

function check<T>(schema: z.ZodType<T>, value: unknown, message: string, path: (path: PropertyKey[]) => string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.flatMap((issue): Fault[] =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => ({
          path: path([...issue.path, key]),
          message: "Unknown here. Remove it, or check its spelling.",
        }))
      : [{ path: path(issue.path), message: issue.message }],
  );
  throw new Invalid(`${message} ${faults[0]?.path}: ${faults[0]?.message}`, faults);
}
