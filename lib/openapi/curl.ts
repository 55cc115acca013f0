import type { Endpoint, Example } from "./types";

/** The address of an example, below the server's. */
export function exampleAddress({ path }: Endpoint, example: Example): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(example.path?.[name] ?? ""));
  // Slashes and colons need no escape in a query, and sides and names are full of them.
  const query = new URLSearchParams(example.query).toString().replaceAll("%3A", ":").replaceAll("%2F", "/");
  return query ? `${filled}?${query}` : filled;
}

/** The body of an example as it is sent; null: none. */
export function exampleBody({ body, lines }: Example): string | null {
  if (lines) return `${lines.map((line) => JSON.stringify(line)).join("\n")}\n`;
  return body === undefined ? null : readable(body);
}

export const LINES = "application/x-ndjson";

/** The example as a command for a shell that has $TOKEN. */
export function curl(endpoint: Endpoint, example: Example, origin: string): string {
  const { method, scope } = endpoint;
  const body = exampleBody(example);
  const headers = [
    ...Object.entries(example.headers ?? {}).map(([name, value]) => quoted(`${name}: ${value}`)),
    ...(body === null ? [] : [quoted(`Content-Type: ${example.lines ? LINES : "application/json"}`)]),
  ];
  return [
    `curl -sS${method === "GET" || (method === "POST" && body !== null) ? "" : ` -X ${method}`}`,
    quoted(origin + exampleAddress(endpoint, example)),
    ...(scope === null || scope === "read" ? [] : ['-H "Authorization: Bearer $TOKEN"']),
    ...headers.map((header) => `-H ${header}`),
    ...(body === null ? [] : [`--data-binary ${quoted(body)}`]),
  ].join(" \\\n  ");
}

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

const LINE = 100;

/** JSON for people: what fits on a line stands on one. */
export function readable(value: unknown, indent = ""): string {
  const flat = flatten(value);
  if (flat.length + indent.length <= LINE || value === null || typeof value !== "object") return flat;
  const deeper = `${indent}  `;
  const entries = Array.isArray(value)
    ? value.map((item) => deeper + readable(item, deeper))
    : Object.entries(value).map(([key, item]) => `${deeper}${JSON.stringify(key)}: ${readable(item, deeper)}`);
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  return `${open}\n${entries.join(",\n")}\n${indent}${close}`;
}

function flatten(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flatten).join(", ")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}: ${flatten(item)}`).join(", ")}}`;
}
