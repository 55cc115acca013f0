import type { Endpoint } from "./types";

/** What an error status means, everywhere. */
export const ERRORS: Record<number, { code: string; text: string }> = {
  400: { code: "malformed", text: "The body is no JSON, no UTF-8, or no gzip." },
  401: {
    code: "unauthorized",
    text: "No token or session where one is needed, or a token that is unknown or revoked.",
  },
  403: {
    code: "forbidden",
    text: "The token or person lacks the scope, or may not write for the default branch; or a page of another site sent it.",
  },
  404: { code: "not-found", text: "It does not exist, or is private and not yours." },
  409: { code: "conflict", text: "In conflict with what exists." },
  413: { code: "too-large", text: "The body is too large." },
  415: { code: "unsupported", text: "A Content-Encoding other than gzip." },
  422: { code: "invalid", text: "Readable, but not acceptable: every fault is listed with its path." },
  503: {
    code: "unavailable",
    text: "The database is away or too busy, or too many bodies wait. Nothing was changed: send the same again.",
  },
};

/** The error statuses of an endpoint, by what it takes: a test sees each of them answered. */
export function errorsOf({ path, scope, body, conflict }: Endpoint): number[] {
  if (scope === null) return [];
  return [
    ...(body ? [400] : []),
    401,
    ...(scope === "read" ? [] : [403]),
    ...(path.includes("{") ? [404] : []),
    ...(conflict ? [409] : []),
    ...(body ? [413, 415] : []),
    422,
    503,
  ];
}

/** Why an endpoint answers so. */
export function errorText({ conflict, large }: Endpoint, status: number): string {
  if (status === 409 && conflict) return conflict;
  if (status === 413) return `The body has more than ${large ? "64 MiB unpacked" : "1 MiB"}.`;
  return ERRORS[status]?.text ?? "";
}
