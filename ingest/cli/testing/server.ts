import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";

export type Seen = { method: string; path: string; headers: IncomingMessage["headers"]; body: unknown };
/** How the server treats one request: an answer, or what it does to the connection. */
export type Reply =
  | { status: number; body?: unknown; headers?: Record<string, string> }
  | "cut" // the connection ends before an answer
  | "cut in the answer";

/** A server of the test on a free port. `reply` decides by what it saw; everything is recorded. */
export async function startServer(reply: (seen: Seen, index: number) => Reply) {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    request.on("error", () => {});
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const one = toSeen(request, Buffer.concat(chunks));
    answer(response, reply(one, seen.push(one) - 1));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}`, seen, stop };
}

function toSeen({ method = "", url = "", headers }: IncomingMessage, raw: Buffer): Seen {
  const text = (headers["content-encoding"] === "gzip" ? gunzipSync(raw) : raw).toString("utf8");
  return { method, path: url, headers, body: text === "" ? null : JSON.parse(text) };
}

function answer(response: ServerResponse, reply: Reply): void {
  if (reply === "cut") response.destroy();
  else if (reply === "cut in the answer") {
    response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
    response.write('{"stored": [', () => response.destroy());
  } else {
    response.writeHead(reply.status, { "content-type": "application/json", ...reply.headers });
    response.end(typeof reply.body === "string" ? reply.body : JSON.stringify(reply.body ?? {}));
  }
}

type Sent = { run: { key: string } };

/** The answer to runs that are all new. */
export function storeAll({ body }: Seen): Reply {
  const documents = (Array.isArray(body) ? body : [body]) as Sent[];
  const stored = documents.map(({ run }) => ({ key: run.key, results: 1, samples: 3 }));
  return { status: 201, body: { stored, unchanged: [] } };
}
