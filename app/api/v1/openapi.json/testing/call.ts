import type { Handler } from "@/lib/http/route";
import { exampleAddress, exampleBody, LINES } from "@/lib/openapi/curl";
import type { Endpoint, Example } from "@/lib/openapi/types";

const ORIGIN = "http://127.0.0.1:3000";

/** How a request is sent beside what its example says. */
export type Sending = { token: string | null; headers?: Record<string, string>; body?: string };

/** Sends an example to its handler, as the server would. */
export function callExample(
  handler: Handler,
  endpoint: Endpoint,
  example: Example,
  { token, headers, body = exampleBody(example) ?? undefined }: Sending,
): Promise<Response> {
  const request = new Request(ORIGIN + exampleAddress(endpoint, example), {
    method: endpoint.method,
    headers: {
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { "content-type": example.lines ? LINES : "application/json" }),
      ...headers,
    },
    body,
  });
  return handler(request, { params: Promise.resolve(example.path ?? {}) });
}
