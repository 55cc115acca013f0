import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { type Dispatcher, EnvHttpProxyAgent, request } from "undici";
import { ServerFailed } from "../exit";
import { readRefusal } from "./problem";
import { isRetryable, type RetryPolicy, waitBefore } from "./retry";

const compress = promisify(gzip);

type Call = {
  method: "GET" | "POST" | "DELETE";
  /** Below the server's address: "/api/v1/projects". */
  path: string;
  /** JSON text, sent gzipped. */
  body?: string;
  /** The kind of text that is wanted instead of JSON: "text/markdown". */
  accept?: string;
};

export type Client = {
  /** The parsed answer. Throws Refused (3xx, 4xx) and ServerFailed (no usable answer after all attempts). */
  call: (call: Call) => Promise<unknown>;
  /** A text of a kind, as it came: `text(path, "text/markdown")`. Throws as `call` does. */
  text: (path: string, accept: string) => Promise<string>;
  close: () => Promise<void>;
};

export type ClientOptions = RetryPolicy & {
  /** Address of the server, without a slash at the end. */
  url: string;
  token: string | null;
  /** Patience with one attempt, in milliseconds. */
  timeout: number;
  /** Talk for people: why it waits. */
  tell: (line: string) => void;
};

type Attempt =
  | { kind: "answer"; status: number; retryAfter?: string; location?: string; contentType?: string; text: string }
  | { kind: "network"; reason: string };

/** A client of the HTTP API that repeats what is safe to repeat. Honours HTTP_PROXY, HTTPS_PROXY and NO_PROXY. */
export function createClient(options: ClientOptions): Client {
  const dispatcher = new EnvHttpProxyAgent();
  return {
    call: async (call) => parseAnswer(await callWithRetries(call, options, dispatcher), options.url),
    text: async (path, accept) =>
      readText(await callWithRetries({ method: "GET", path, accept }, options, dispatcher), accept, options.url),
    close: () => dispatcher.destroy(),
  };
}

type Answer = Attempt & { kind: "answer" };

/** The answer with a status of 2xx, after as many attempts as are allowed. */
async function callWithRetries(call: Call, options: ClientOptions, dispatcher: Dispatcher): Promise<Answer> {
  const body = call.body === undefined ? undefined : await compress(call.body);
  for (let attempt = 0; ; attempt++) {
    const result = await attemptCall(call, body, options, dispatcher);
    if (result.kind === "answer" && !isRetryable(result.status)) return judge(result, options.url);
    const reason = result.kind === "network" ? result.reason : `answers ${result.status}`;
    const retryAfter = result.kind === "network" ? undefined : result.retryAfter;
    const wait = attempt < options.retries ? waitBefore(attempt, retryAfter, options) : null;
    if (wait === null) throw giveUp(options.url, reason, attempt + 1, retryAfter);
    options.tell(`${options.url}: ${reason}; next attempt in ${(wait / 1000).toFixed(1)} s`);
    await options.sleep(wait);
  }
}

function giveUp(url: string, reason: string, attempts: number, retryAfter: string | undefined): ServerFailed {
  const tried = attempts === 1 ? "1 attempt" : `${attempts} attempts`;
  const asked = retryAfter ? `, Retry-After: ${retryAfter}` : "";
  return new ServerFailed(`No answer from ${url} after ${tried} (${reason}${asked}).`);
}

async function attemptCall(
  call: Call,
  body: Uint8Array | undefined,
  options: ClientOptions,
  dispatcher: Dispatcher,
): Promise<Attempt> {
  try {
    const response = await request(`${options.url}${call.path}`, {
      method: call.method,
      headers: headersOf(call, options.token),
      body: body ?? null,
      dispatcher,
      signal: AbortSignal.timeout(options.timeout),
    });
    return {
      kind: "answer",
      status: response.statusCode,
      retryAfter: single(response.headers["retry-after"]),
      location: single(response.headers.location),
      contentType: single(response.headers["content-type"]),
      text: await response.body.text(),
    };
  } catch (error) {
    return { kind: "network", reason: describeNetwork(error, options.timeout) };
  }
}

function headersOf({ accept = "application/json", body }: Call, token: string | null): Record<string, string> {
  return {
    accept,
    "user-agent": "tidemark-cli",
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    ...(body === undefined ? {} : { "content-type": "application/json", "content-encoding": "gzip" }),
  };
}

function judge(answer: Answer, url: string): Answer {
  if (answer.status >= 500)
    throw new ServerFailed(`${url} failed on this request (HTTP ${answer.status}). Its log says why.`, false);
  if (answer.status >= 300) throw readRefusal(answer.status, answer.location, parse(answer.text));
  return answer;
}

function parseAnswer({ status, text }: Answer, url: string): unknown {
  if (status === 204) return null;
  const body = parse(text);
  // A proxy's login page with status 200 must not pass for "stored".
  if (body === undefined) throw new ServerFailed(`What answers at ${url} is no Tidemark server: no JSON came back.`);
  return body;
}

function readText({ contentType, text }: Answer, accept: string, url: string): string {
  if (contentType?.startsWith(accept)) return text;
  throw new ServerFailed(`What answers at ${url} is no Tidemark server: no ${accept} came back.`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function describeNetwork(error: unknown, timeout: number): string {
  if (!(error instanceof Error)) return "network error";
  if (error.name === "TimeoutError") return `no answer within ${timeout / 1000} s`;
  const { code } = error as NodeJS.ErrnoException;
  if (code === "ECONNREFUSED") return "connection refused";
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return "host name not found";
  if (code === "UND_ERR_SOCKET" || code === "ECONNRESET" || code === "EPIPE") return "connection was cut";
  return error.message || code || "network error";
}

function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
