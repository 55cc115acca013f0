import type { Fault } from "@/lib/errors";
import { Refused } from "../exit";

const WAYS_OUT: Record<number, string> = {
  401: "Give a token in TIDEMARK_TOKEN or with --token-file; `tidemark token create` makes one.",
  403: "The token lacks a scope that this needs: take one that has it, or ask an admin of the project.",
  404: "Look at the server (--url), the project (--project) and what you named.",
};

/** The refusal that an answer of 3xx or 4xx stands for. `body` is the parsed problem+json, or whatever came instead. */
export function readRefusal(status: number, location: string | undefined, body: unknown): Refused {
  if (status < 400) {
    const where = location ? ` to ${location}` : "";
    return new Refused(`The server redirects${where}. Name its real address with --url or TIDEMARK_URL.`, status);
  }
  const problem = isRecord(body) ? body : {};
  const text = [problem.detail, problem.title].find((part) => typeof part === "string" && part !== "");
  const more = typeof problem.moreFaults === "number" ? `${problem.moreFaults} more faults are not listed.` : undefined;
  const lines = [`${text ?? "The server refused the request."} (HTTP ${status})`, WAYS_OUT[status], more];
  return new Refused(lines.filter(Boolean).join(" "), status, readFaults(problem.faults ?? problem.errors));
}

function readFaults(value: unknown): Fault[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isRecord).map((fault) => ({
    path: typeof fault.path === "string" ? fault.path : "$",
    message: typeof fault.message === "string" ? fault.message : "refused",
    ...(typeof fault.document === "number" ? { document: fault.document } : {}),
  }));
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
