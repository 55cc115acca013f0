import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as it arrived on the socket. */
export type Received = { method: string; path: string; headers: IncomingMessage["headers"]; body: string };

export type Receiver = {
  url: string;
  port: number;
  received: Received[];
  close(): Promise<void>;
};

/** How a receiver answers; one that says nothing answers 204. */
export type Answering = (request: Received, response: ServerResponse) => void;

const accept: Answering = (_, response) => response.writeHead(204).end();

/** A server on a real socket that keeps what it is sent. `port` 0: any that is free. */
export async function receiver(answer: Answering = accept, port = 0): Promise<Receiver> {
  const received: Received[] = [];
  const server = createServer(async (incoming, response) => {
    const parts: Buffer[] = [];
    for await (const part of incoming) parts.push(part as Buffer);
    const request = {
      method: incoming.method ?? "",
      path: incoming.url ?? "",
      headers: incoming.headers,
      body: Buffer.concat(parts).toString("utf8"),
    };
    received.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const own = (server.address() as AddressInfo).port;
  return {
    url: `http://127.0.0.1:${own}`,
    port: own,
    received,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Answers with this status and body. */
export const answering =
  (status: number, body = "", headers: Record<string, string> = {}): Answering =>
  (_, response) =>
    response.writeHead(status, headers).end(body);
